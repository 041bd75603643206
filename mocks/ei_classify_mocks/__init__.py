"""Test doubles of the Edge Impulse classify API.

`replay` answers httpx calls in-process from the documented examples, `prism` runs a mock server over the same
examples, and `example` gives the data itself.
"""

from .contract import example, example_names
from .prism import PrismError, RunningPrism, prism
from .replay import replay

__all__ = ["PrismError", "RunningPrism", "example", "example_names", "prism", "replay"]
