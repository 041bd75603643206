"""An OpenAPI document as data: JSON pointers, references, and names for places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Pointer = tuple[str | int, ...]
"""The keys and indices that lead from the document's root to a value."""

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
COMPONENT_DEPTH = 3  # ("components", "schemas", "Sample")


class DriftError(Exception):
    """A problem that stops the comparison. The message says where it is and what to do."""


def write_pointer(pointer: Pointer) -> str:
    """Returns the pointer in the notation of RFC 6901, as a URI fragment."""
    return "#" + "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in pointer)


def read_pointer(text: str) -> Pointer:
    """Returns the pointer in a `$ref`. Only references within the document are supported."""
    if not text.startswith("#/"):
        raise DriftError(f"the reference `{text}` leaves the document; bundle it into one file first")
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in text[2:].split("/"))


@dataclass(frozen=True)
class Operation:
    """One operation of a document."""

    id: str
    path: str
    method: str
    pointer: Pointer
    raw: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"


class Document:
    """An OpenAPI 3 document, as read from YAML or JSON."""

    def __init__(self, data: Any, name: str) -> None:
        if not isinstance(data, dict) or not str(data.get("openapi", "")).startswith("3."):
            raise DriftError(f"{name} is not an OpenAPI 3 document: it has no `openapi: 3.…` at its top")
        self.data: dict[str, Any] = data
        self.name = name

    def at(self, pointer: Pointer) -> Any:
        """Returns the value at the pointer."""
        value: Any = self.data
        for key in pointer:
            try:
                value = value[int(key)] if isinstance(value, list) else value[key]
            except (KeyError, IndexError, TypeError, ValueError):
                raise DriftError(f"{self.name} has nothing at {write_pointer(pointer)}") from None
        return value

    def get(self, pointer: Pointer) -> Any:
        """Returns the object at the pointer, with references followed; an empty one if there is nothing."""
        try:
            return self.at(self.follow(pointer))
        except DriftError:
            return {}

    def follow(self, pointer: Pointer) -> Pointer:
        """Returns where the value at the pointer is defined, following references."""
        seen = [pointer]
        while isinstance(value := self.at(pointer), dict) and isinstance(value.get("$ref"), str):
            pointer = read_pointer(value["$ref"])
            if pointer in seen:
                raise DriftError(
                    f"{self.name}: the reference at {write_pointer(pointer)} leads back to itself"
                )
            seen.append(pointer)
        return pointer

    def operations(self) -> dict[str, Operation]:
        """Returns the document's operations by operationId."""
        found: dict[str, Operation] = {}
        for path, item in (self.data.get("paths") or {}).items():
            for method in METHODS:
                if isinstance(item, dict) and isinstance(item.get(method), dict):
                    pointer: Pointer = ("paths", path, method)
                    name = str(item[method].get("operationId", f"{method} {path}"))
                    found[name] = Operation(name, str(path), method, pointer, item[method])
        return found

    def line(self, pointer: Pointer) -> int | None:
        """Returns the line of the value's key, from 1, if the document was read with positions."""
        line: int | None = None
        value: Any = self.data
        for key in pointer:
            try:
                index = int(key) if isinstance(value, list) else key
                positions = value.lc.data  # of ruamel.yaml: line and column of each entry, from 0
                line = int(positions[index][0]) + 1
                value = value[index]
            except (AttributeError, KeyError, IndexError, TypeError):
                break
        return line

    def spot(self, pointer: Pointer) -> str:
        """Returns a name for the place, such as `Sample.sensors[]`, `query limit` or `getJobStatus 200`."""
        return "".join(self._steps(pointer)).strip()

    def _steps(self, pointer: Pointer) -> Iterator[str]:
        rest = list(pointer) if pointer != ("paths",) else []
        if rest[:1] == ["paths"] and len(rest) > 2 and rest[2] in METHODS:
            operation = self.at(pointer[:COMPONENT_DEPTH])
            yield str(operation.get("operationId", rest[1]))
            rest = rest[COMPONENT_DEPTH:]
        elif rest[:1] == ["components"] and len(rest) >= COMPONENT_DEPTH:
            yield self._parameter(pointer[:3]) if rest[1] == "parameters" else str(rest[2])
            rest = rest[COMPONENT_DEPTH:]
        at = len(pointer) - len(rest)
        while rest:
            key = rest.pop(0)
            following = rest.pop(0) if rest and key in _PAIRS else ""
            if key == "parameters":
                yield " " + self._parameter(pointer[: at + 2])
            else:
                yield _STEPS.get(str(key), " {0} {1}").format(key, following).rstrip()
            at = len(pointer) - len(rest)

    def _parameter(self, pointer: Pointer) -> str:
        parameter = self.get(pointer)
        return f"{parameter.get('in')} {parameter.get('name')}"


_STEPS = {
    "properties": ".{1}",
    "responses": " {1}",
    "items": "[]",
    "additionalProperties": "{{}}",
    "allOf": "",
    "anyOf": "",
    "oneOf": "",
    "content": "",
    "schema": "",
}
_PAIRS = {"properties", "responses", "allOf", "anyOf", "oneOf", "content", "parameters"}
