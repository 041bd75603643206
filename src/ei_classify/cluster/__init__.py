"""Work on many projects at once, on a Dask cluster. This package needs the extra `cluster`.

`__init__.pyi` lists the exported names; each is imported when it is first used, as `score` needs the extra
`scoring` as well.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
