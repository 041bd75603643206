"""The Studio double: a local Edge Impulse with real data, paging, jobs and faults.

It needs the extra `mocks`, and talks to nothing but the loopback interface.
"""

from ei_classify_mocks.fronts import lazy_front

# `--help` lists the faults, and needs nothing but the standard library.
__getattr__, __dir__, __all__ = lazy_front(__name__, __file__)
