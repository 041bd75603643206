"""The places of an answer: its values, each with what the contract says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ei_classify_mocks.contract import Answer

    Node = Mapping[str, Any]

ABSENT: Final = object()
"""The value of a property that is declared and not there."""

_ANYTHING: Final[Node] = {}

_TYPES: Final[Mapping[str, type | tuple[type, ...]]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
}


class Place(NamedTuple):
    """A place of an answer.

    Attributes:
        value: What is there; `ABSENT` if nothing is.
        schema: What the contract says of it, without references.
        names: The names of the properties that lead to it.
        optional: Whether the contract allows an answer without it.
    """

    value: object
    schema: Node
    names: tuple[str, ...]
    optional: bool


def change_places(value: object, declared: Answer, change: Callable[[Place], object]) -> object:
    """Return an answer with other values.

    Args:
        value: The answer. It is not changed in place.
        declared: What the contract says of it. Places that the contract does not know stay as they are.
        change: Returns the value of a place, which may be `ABSENT`. If it is the one that was there, the
            places inside it are next.
    """
    return _Walk(declared, change).go_on(value, declared.schema, (), optional=False)


class _Walk:
    def __init__(self, declared: Answer, change: Callable[[Place], object]) -> None:
        self._declared = declared
        self._change = change
        self._known: dict[int, tuple[Node, Node]] = {}
        self._choices = 0

    def go_on(self, value: object, schema: Node, names: tuple[str, ...], *, optional: bool) -> object:
        place = Place(value, self._plain(schema, value), names, optional)
        changed = self._change(place)
        if changed is not value:
            return changed
        if isinstance(changed, list):
            items = place.schema.get("items", _ANYTHING)
            return [self.go_on(item, items, names, optional=False) for item in changed]
        return self._inside(changed, place) if isinstance(changed, dict) else changed

    def _inside(self, value: dict[str, object], place: Place) -> dict[str, object]:
        declared = place.schema.get("properties", _ANYTHING)
        required = place.schema.get("required", ())
        more = place.schema.get("additionalProperties")
        entries = more if isinstance(more, dict) else _ANYTHING
        changed = {}
        for name in {**value, **declared}:
            each = self.go_on(
                value.get(name, ABSENT),
                declared.get(name, entries),
                (*place.names, name),
                optional=name in declared and name not in required,
            )
            if each is not ABSENT:
                changed[name] = each
        return changed

    def _plain(self, schema: Node, value: object) -> Node:
        """A schema without references and alternatives: the first alternative that the value fits."""
        known = self._known.get(id(schema))
        if known is not None:
            return known[1]
        before = self._choices
        plain = self._resolved(schema, value)
        if self._choices == before:  # it is the same for any value
            self._known[id(schema)] = schema, plain  # the schema too, so that no other one gets its id
        return plain

    def _resolved(self, schema: Node, value: object) -> Node:
        schema = self._declared.resolve(schema)
        if "allOf" in schema:
            parts = [self._plain(part, value) for part in schema["allOf"]]
            return {
                **{key: item for part in (*parts, schema) for key, item in part.items() if key != "allOf"},
                "properties": {k: v for part in parts for k, v in part.get("properties", {}).items()},
                "required": [name for part in parts for name in part.get("required", ())],
            }
        if "anyOf" in schema:
            self._choices += 1
            parts = [self._plain(part, value) for part in schema["anyOf"]]
            return next((part for part in parts if _fits(part, value)), {})
        return schema


def _fits(schema: Node, value: object) -> bool:
    kind = _TYPES.get(schema.get("type", ""), object)
    if not isinstance(value, kind):
        return False
    return not isinstance(value, dict) or value.keys() >= set(schema.get("required", ()))
