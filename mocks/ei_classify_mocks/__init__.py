"""Test doubles of the Edge Impulse classify API.

`replay` answers httpx calls in-process from the documented examples, `prism` runs a mock server over the same
examples, `Studio` behaves like a Studio with real data, and `example` gives the examples themselves.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .contract import example, example_names
    from .prism_server import PrismError, RunningPrism, prism
    from .routes import replay
    from .studio import Fault, JobTimes, Studio

__all__ = [
    "Fault",
    "JobTimes",
    "PrismError",
    "RunningPrism",
    "Studio",
    "example",
    "example_names",
    "prism",
    "replay",
]

# Each name is imported when it is first used: the pytest plugin is loaded into every run, and none of its
# users shall wait for a server that they do not start. No module has the name of something in it, for an
# imported module would take its place here.
_HOMES = {
    "Fault": "studio",
    "JobTimes": "studio",
    "PrismError": "prism_server",
    "RunningPrism": "prism_server",
    "Studio": "studio",
    "example": "contract",
    "example_names": "contract",
    "prism": "prism_server",
    "replay": "routes",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value
