"""Where the contract and the examples lie, and how they are read."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

_PACKAGED = Path(__file__).parents[1] / "data"
_ROOT = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parents[3]

CONTRACT = _ROOT / "openapi" / "edge-impulse-classify.yaml"
"""The OpenAPI document, from the installed package or from the checkout."""

EXAMPLES = _ROOT / "mocks" / "examples"
"""The folder of the documented example answers, one JSON file per case."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader in C takes a tenth of the time, but not every build of PyYAML has it."""


@functools.cache
def document() -> Mapping[str, Any]:
    """The contract, parsed from YAML, with its references left as they are. It must not be changed."""
    parsed: dict[str, Any] = yaml.load(CONTRACT.read_bytes(), _LOADER)  # noqa: S506  # both are safe
    return parsed


def example_names() -> list[str]:
    """The names of all examples, sorted."""
    return sorted(path.stem for path in EXAMPLES.glob("*.json"))


def example(name: str) -> Any:
    """The example of that name, decoded from JSON.

    Raises:
        LookupError: There is no such example; the message lists those that exist.
    """
    return json.loads(read_example(name))


def read_example(name: str) -> bytes:
    """The bytes of the example of that name.

    Raises:
        LookupError: There is no such example; the message lists those that exist.
    """
    path = EXAMPLES / f"{name}.json"
    if path.parent != EXAMPLES or not path.is_file():
        raise LookupError(f"there is no example {name!r}; there are {', '.join(example_names())}")
    return path.read_bytes()
