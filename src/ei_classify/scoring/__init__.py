"""Scores: how good a model is, how sure that is, how two models differ, and whether requirements are met.

`score`, `compare` and `check` need the extra `scoring`. `docs/scores.md` defines each figure. `__init__.pyi`
lists the exported names; each is imported when it is first used, so that judging a single prediction needs no
extra.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
