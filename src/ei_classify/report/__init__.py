"""The report: one page that says how good models are, where they fail, and how they differ.

`report` needs the extra `report`. `charts` has single charts for notebooks. `docs/report.md` describes both.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
