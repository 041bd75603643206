"""The contract and its examples, as files and as data."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

_PACKAGED = Path(__file__).parent / "data"
_ROOT = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parents[2]

CONTRACT = _ROOT / "openapi" / "edge-impulse-classify.yaml"
"""The OpenAPI document, from the installed package or from the checkout."""

EXAMPLES = _ROOT / "mocks" / "examples"
"""The folder of the documented example answers, one JSON file a case."""


@dataclass(frozen=True)
class Example:
    """A documented answer: the status it comes with and its body, as in the file."""

    name: str
    status: int
    body: bytes

    def json(self) -> Any:
        """The body, decoded anew at each call, so that a caller may change what it gets."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Operation:
    """An operation of the contract with its examples, the first of which answers by default."""

    operation_id: str
    method: str
    path: str
    examples: Mapping[str, Example]


def example_names() -> list[str]:
    """The names of all examples, sorted."""
    return sorted(path.stem for path in EXAMPLES.glob("*.json"))


def example(name: str) -> Any:
    """The example of that name, decoded from JSON.

    Raises:
        LookupError: there is none; the message lists those that there are.
    """
    return json.loads(_read(name))


@functools.cache
def document() -> Mapping[str, Any]:
    """The contract, parsed from YAML; references are left as they are. Not to be changed."""
    parsed: dict[str, Any] = yaml.safe_load(CONTRACT.read_bytes())
    return parsed


@functools.cache
def operations() -> Mapping[str, Operation]:
    """The operations of the contract, by operationId.

    Raises:
        LookupError: an answer in the contract has no example, so that nothing could be replayed.
    """
    found = {}
    for path, item in document()["paths"].items():
        for method, operation in item.items():
            examples: dict[str, Example] = {}
            name = operation["operationId"]
            for status, response in operation["responses"].items():
                examples.update(_examples_of(name, status, response))
            found[name] = Operation(name, method.upper(), path, examples)
    return found


def _examples_of(operation_id: str, status: str, response: Mapping[str, Any]) -> dict[str, Example]:
    media = _resolve(response)["content"]["application/json"]
    if not media.get("examples"):
        raise LookupError(
            f"{operation_id} has no example of its answer {status}: write one into mocks/examples/,"
            f" and refer to it from openapi/{CONTRACT.name}"
        )
    first_of_range = int(status.replace("X", "0"))
    return {
        name: Example(name, first_of_range, _read(Path(entry["value"]["$ref"]).stem))
        for name, entry in media["examples"].items()
    }


def _resolve(node: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in node:
        return node
    target: Any = document()
    for key in node["$ref"].removeprefix("#/").split("/"):
        target = target[key]
    return _resolve(target)


def _read(name: str) -> bytes:
    path = EXAMPLES / f"{name}.json"
    if path.parent != EXAMPLES or not path.is_file():
        raise LookupError(f"there is no example {name!r}; there are {', '.join(example_names())}")
    return path.read_bytes()
