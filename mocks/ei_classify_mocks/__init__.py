"""Test doubles of the Edge Impulse classify API.

`replay` answers httpx calls in-process from the documented examples, `prism` runs a mock server over the same
examples, `Studio` behaves like a Studio that holds real data, and `example` returns the examples themselves.
"""

from .fronts import lazy_front

# The pytest plugin is loaded into every pytest run, and most runs start no server and replay nothing.
__getattr__, __dir__, __all__ = lazy_front(__name__, __file__)
