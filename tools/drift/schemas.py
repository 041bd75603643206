"""Reads what a schema allows, with references followed, `allOf` merged, and alternatives separated."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tools.drift.documents import DriftError, Pointer, write_pointer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tools.drift.documents import Document

Reference = tuple[tuple[Pointer, ...], ...]
"""Any of several schemas, each of which is a conjunction of schemas; usually a single one."""

BOUNDS = (
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
)
COMPOUND = ("object", "array")
_ALTERNATIVES = ("anyOf", "oneOf")
_WITHOUT_EFFECT = {"discriminator", "description", "title", "example", "nullable", "deprecated"}
"""The keys that a schema may have if it does nothing but refer to others."""


def reference(pointer: Pointer) -> Reference:
    """Returns a reference to the schema at one pointer."""
    return ((pointer,),)


@dataclass(frozen=True)
class Part:
    """One schema object as written, and its place."""

    pointer: Pointer
    raw: Mapping[str, Any]


@dataclass(frozen=True)
class Alternative:
    """One type of value that a schema allows, merged from all parts that describe it."""

    type: str
    parts: tuple[Part, ...]
    format: str | None = None
    enum: tuple[Any, ...] | None = None
    open: bool = False
    """Whether other values than those of `enum` are allowed as well."""
    bounds: Mapping[str, Any] = field(default_factory=dict)
    properties: Mapping[str, Reference] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    items: Reference | None = None
    additional: Reference | bool = True

    @property
    def label(self) -> str:
        """The name of its component, or its type."""
        named = (part.pointer for part in self.parts if is_component(part.pointer))
        return str(next(named, (self.type,))[-1])

    def part_with(self, key: str) -> Part:
        """Returns the last part that has the key, or else the last part."""
        return next((part for part in reversed(self.parts) if key in part.raw), self.parts[-1])

    @property
    def is_free_form(self) -> bool:
        """Whether it is an object about which nothing is known."""
        return self.type == "object" and not self.properties and self.additional is True


@dataclass(frozen=True)
class Schema:
    """All that a schema allows."""

    alternatives: tuple[Alternative, ...]
    nullable: bool
    site: Pointer
    """Where the schema is used, before references are followed."""


def is_component(pointer: Pointer) -> bool:
    """Returns whether the pointer leads to a component: a schema, a parameter or the like with a name."""
    return len(pointer) == 3 and pointer[0] == "components"


def read(document: Document, what: Reference) -> Schema:
    """Returns what a schema allows."""
    alternatives: list[Alternative] = []
    nullable = False
    for conjunction in what:
        choices: list[list[Part]] = [[]]
        for pointer in conjunction:
            members, null = _choices(document, pointer, ())
            nullable = nullable or null
            choices = [a + b for a, b in itertools.product(choices, members)]
        alternatives += [_merge(parts) for parts in choices]
    # A field that several parts of an `allOf` describe has several pointers. The last one is edited.
    return Schema(tuple(_join_scalars(alternatives)), nullable, what[0][-1])


def join(alternatives: Iterable[Alternative]) -> Alternative:
    """Returns one object with the fields of all. Required are only those that all of them require."""
    objects = list(alternatives)
    properties: dict[str, Reference] = {}
    for one in objects:
        for name, schema in one.properties.items():
            properties[name] = properties.get(name, ()) + schema
    return Alternative(
        type="object",
        parts=tuple(part for one in objects for part in one.parts),
        properties=properties,
        required=frozenset.intersection(*(one.required for one in objects)),
        additional=next((one.additional for one in objects if one.additional is not True), True),
    )


def _choices(
    document: Document, pointer: Pointer, above: tuple[Pointer, ...]
) -> tuple[list[list[Part]], bool]:
    pointer = document.follow(pointer)
    if pointer in above:
        raise DriftError(f"{document.name}: the schema at {write_pointer(pointer)} is defined by itself")
    raw = document.at(pointer)
    if not isinstance(raw, dict):
        raw = {}  # `additionalProperties: true`, or a boolean schema of OpenAPI 3.1
    above = (*above, pointer)
    nullable = raw.get("nullable") is True
    types = raw.get("type")
    if isinstance(types, list):  # OpenAPI 3.1
        result = [[Part(pointer, {**raw, "type": each})] for each in types]
    else:
        result = [[Part(pointer, raw)]]
    for index in range(len(raw.get("allOf", ()))):
        members, null = _choices(document, (*pointer, "allOf", index), above)
        result = [a + b for a, b in itertools.product(result, members)]
        nullable = nullable or null
    for key in _ALTERNATIVES:
        members = []
        for index in range(len(raw.get(key, ()))):
            more, null = _choices(document, (*pointer, key, index), above)
            members += more
            nullable = nullable or null
        if members:
            result = [a + b for a, b in itertools.product(result, members)]
    if _passes_on(raw, pointer):
        result = [parts[1:] for parts in result]
    values = [parts for parts in result if not any(_is_null(part.raw) for part in parts)]
    return values, nullable or len(values) < len(result)


def _passes_on(raw: Mapping[str, Any], pointer: Pointer) -> bool:
    """Returns whether a schema only refers to others, and so adds nothing to what they allow.

    A component that is an `allOf` is a schema with a name of its own, whatever it consists of.
    """
    keys = raw.keys() - _WITHOUT_EFFECT
    wraps_one = keys == {"allOf"} and len(raw["allOf"]) == 1 and not is_component(pointer)
    return wraps_one or (bool(keys) and keys <= set(_ALTERNATIVES))


def _is_null(raw: Mapping[str, Any]) -> bool:
    """Returns whether it allows only null, which is a type in OpenAPI 3.1 and an enum in OpenAPI 3.0."""
    return raw.get("type") == "null" or raw.get("enum") == [None]


def _merge(parts: list[Part]) -> Alternative:
    enums = [_enum(part.raw) for part in parts if "enum" in part.raw or "const" in part.raw]
    enum = None
    if enums:
        enum = tuple(value for value in enums[0] if all(value in other for other in enums[1:]))
    properties: dict[str, Reference] = {}
    items: list[Pointer] = []
    additional: Reference | bool = True
    for part in parts:
        for name in part.raw.get("properties", ()):
            known = properties.get(name, ((),))[0]
            properties[name] = ((*known, (*part.pointer, "properties", name)),)
        if "items" in part.raw:
            items.append((*part.pointer, "items"))
        more = part.raw.get("additionalProperties", True)
        if more is False:
            additional = False
        elif isinstance(more, dict) and more and additional is True:
            additional = reference((*part.pointer, "additionalProperties"))
    return Alternative(
        type=_type(parts, properties, bool(items), enum),
        parts=tuple(parts),
        format=next((str(part.raw["format"]) for part in parts if "format" in part.raw), None),
        enum=enum,
        bounds={key: part.raw[key] for part in parts for key in BOUNDS if key in part.raw},
        properties=properties,
        required=frozenset(name for part in parts for name in part.raw.get("required", ())),
        items=(tuple(items),) if items else None,
        additional=additional,
    )


def _enum(raw: Mapping[str, Any]) -> list[Any]:
    values = raw["enum"] if "enum" in raw else [raw["const"]]
    return [value for value in values if value is not None]


def _type(parts: list[Part], properties: object, has_items: bool, enum: tuple[Any, ...] | None) -> str:
    stated = [str(part.raw["type"]) for part in parts if "type" in part.raw]
    if stated:
        return "integer" if "integer" in stated and set(stated) <= {"integer", "number"} else stated[0]
    if properties or any("additionalProperties" in part.raw for part in parts):
        return "object"
    if has_items:
        return "array"
    kinds = {type(value) for value in enum or ()}
    return _TYPES.get(kinds.pop(), "any") if len(kinds) == 1 else "any"


_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number"}


def _join_scalars(alternatives: list[Alternative]) -> list[Alternative]:
    """Merges an enum and a plain string into an open enum, and two enums of one type into one."""
    joined: list[Alternative] = []
    for one in alternatives:
        at = next((i for i, other in enumerate(joined) if _same_scalar(one, other)), None)
        if at is None:
            joined.append(one)
            continue
        other = joined[at]
        enum = None
        if one.enum is not None or other.enum is not None:
            enum = tuple(dict.fromkeys([*(other.enum or ()), *(one.enum or ())]))
        joined[at] = replace(
            other,
            parts=other.parts + one.parts,
            format=other.format if other.format == one.format else None,
            enum=enum,
            open=one.open or other.open or (one.enum is None) != (other.enum is None),
            bounds={key: value for key, value in other.bounds.items() if one.bounds.get(key) == value},
        )
    return joined


def _same_scalar(one: Alternative, other: Alternative) -> bool:
    return one.type == other.type and one.type not in COMPOUND
