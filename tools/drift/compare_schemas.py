"""Finds the differences between what two schemas allow, and between all schemas below them."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tools.drift.differences import Direction
from tools.drift.findings import Both
from tools.drift.pairing import pair
from tools.drift.schemas import COMPOUND, join, read
from tools.drift.texts import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.drift.documents import Document, Pointer
    from tools.drift.findings import Findings, Place
    from tools.drift.schemas import Alternative, Reference, Schema

NUMBER_FORMATS = {None, "int32", "int64", "float", "double"}


@dataclass(frozen=True)
class _Reading:
    """What a document says at one reference."""

    schema: Schema
    defined_at: Pointer
    said: dict[str, Any]
    """The words about the schema: those where it is used, or else those of what it refers to."""


def _reading(document: Document, what: Reference) -> _Reading:
    schema = read(document, what)
    raws = [document.get(schema.site), *(part.raw for one in schema.alternatives[:1] for part in one.parts)]
    said = {key: next((raw[key] for raw in raws if key in raw), None) for key in TEXTS}
    return _Reading(schema, document.follow(schema.site), said)


class SchemaComparison:
    """Compares two schemas, side by side."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._report = findings.report
        self._vendor = findings.vendor
        self._above: list[tuple[Reference, Reference]] = []
        # The documents do not change while they are compared, and most schemas are used at many places.
        self._read_ours = functools.cache(functools.partial(_reading, findings.contract))
        self._read_theirs = functools.cache(functools.partial(_reading, findings.vendor))

    def compare(self, at: Both, ours: Reference | None, theirs: Reference | None) -> None:
        """Compares what two schemas allow. Without a schema, anything is allowed.

        `at` is where the schemas are used, in case one of them is missing.
        """
        if ours is None or theirs is None:
            if ours is not None:
                self._report("type-changed", at, "may now be anything")
            if theirs is not None:
                self._report("type-narrower", at, "may be anything here, and is of a known form there")
            return
        if (ours, theirs) in self._above:
            return
        self._above.append((ours, theirs))
        try:
            self._schema(at.place, self._read_ours(ours), self._read_theirs(theirs))
        finally:
            self._above.pop()

    def _schema(self, place: Place, here: _Reading, there: _Reading) -> None:
        ours, theirs = here.schema, there.schema
        at = Both(place, ours.site, theirs.site)
        self._findings.pair_up(here.defined_at, there.defined_at)
        self._findings.report_texts(at, here.said, there.said)
        if theirs.nullable and not ours.nullable:
            self._report("nullable", at, "may now be null")
        if ours.nullable and not theirs.nullable:
            self._report("nullable-gone", at, "is never null now")
        mine, other = list(ours.alternatives), list(theirs.alternatives)
        if len(mine) == 1 and mine[0].is_free_form and all(one.type == "object" for one in other):
            if not all(one.is_free_form for one in other):
                self._report(
                    "object-detailed", at, "is an object of any form here, and of a known form there"
                )
            return
        paired = pair(mine, other)
        if paired.is_split:
            self._report("object-split", at, f"is one object here, and one of {len(other)} there")
            other = [join(one for one in other if one.type == "object")]
            paired = pair(mine, other)
        several = sum(one.type == "object" for one, _ in paired.matched) > 1
        for one, two in paired.matched:
            inside = place.among(one.label) if several else place
            self._alternative(replace(at, place=inside), one, two)
        for one in paired.gone:
            self._gone(at, one)
        for two in paired.new:
            self._new(at, ours, two)

    def _new(self, at: Both, ours: Schema, two: Alternative) -> None:
        if any(one.type in COMPOUND for one in (*ours.alternatives, two)):
            at = replace(at, vendor=two.parts[0].pointer)
            what, suffix = f"may now also be {_article(two.label)}", f" ({two.label})"
            self._report("alternative-new", at, what, name=two.label, suffix=suffix, alternative=two)
        else:
            what = f"may now also be {_article(two.type)}"
            self._report("type-looser", at, what, name=two.type, alternative=two)

    def _gone(self, at: Both, one: Alternative) -> None:
        if one.type in COMPOUND:
            what, suffix = f"is never {_article(one.label)} now", f" ({one.label})"
            self._report("alternative-gone", at, what, name=one.label, suffix=suffix)
        else:
            self._report("type-narrower", at, f"is never {_article(one.type)} now", name=one.type)

    def _alternative(self, at: Both, ours: Alternative, theirs: Alternative) -> None:
        if ours.type != theirs.type:
            change = f"{ours.type} → {theirs.type}"
            here = replace(at, contract=ours.part_with("type").pointer)
            if (theirs.type == "any" and ours.type not in COMPOUND) or (ours.type, theirs.type) == (
                "integer",
                "number",
            ):
                self._report("type-looser", here, change, name=theirs.type)
            elif ours.type == "any" or (ours.type, theirs.type) == ("number", "integer"):
                self._report("type-narrower", here, change, name=theirs.type)
            else:
                self._report("type-changed", here, change)
            if {ours.type, theirs.type} != {"integer", "number"}:
                return
        if ours.format != theirs.format:
            number = {ours.format, theirs.format} <= NUMBER_FORMATS
            here = replace(at, contract=ours.part_with("format").pointer)
            what = f"format {ours.format or 'unset'} → {theirs.format or 'unset'}"
            self._report("number-format" if number else "format-changed", here, what)
        self._enum(at, ours, theirs)
        self._bounds(at, ours, theirs)
        if ours.type == "array":
            here = replace(at, place=at.place.inside("[]"), contract=ours.part_with("items").pointer)
            self.compare(here, ours.items, theirs.items)
        if ours.type == "object":
            self._findings.pair_up(ours.parts[0].pointer, theirs.parts[0].pointer)
            self._object(at, ours, theirs)

    def _enum(self, at: Both, ours: Alternative, theirs: Alternative) -> None:
        part = ours.part_with("enum")
        at = replace(at, contract=part.pointer, vendor=theirs.part_with("enum").pointer)
        if ours.enum is None and theirs.enum is None:
            return
        if ours.enum is None:
            self._report("enum-new", at, f"must now be one of {_values(theirs.enum or ())}")
        elif theirs.enum is None:
            self._report(
                "enum-unlisted" if ours.open else "enum-opened", at, "the values are no longer listed"
            )
        else:
            self._findings.pair_up(at.contract, at.vendor)
            for value in theirs.enum:
                if value not in ours.enum:
                    what = f"value {value!r} is new"
                    self._report("enum-value-new", at, what, name=str(value), suffix=f" {value}", value=value)
            for value in ours.enum:
                if value not in theirs.enum:
                    self._report(
                        "enum-value-gone", at, f"value {value!r} is gone", name=str(value), suffix=f" {value}"
                    )
            if ours.open and not theirs.open:
                self._report("enum-closed", at, "no other values are allowed there")
            if theirs.open and not ours.open:
                self._report("enum-opened", at, "other values are allowed there")

    def _bounds(self, at: Both, ours: Alternative, theirs: Alternative) -> None:
        for key in sorted(ours.bounds.keys() | theirs.bounds.keys()):
            before, after = ours.bounds.get(key), theirs.bounds.get(key)
            if before == after:
                continue
            kind = "bound-looser" if _is_looser(key, before, after) else "bound-tighter"
            here = replace(at, contract=ours.part_with(key).pointer, vendor=theirs.part_with(key).pointer)
            what = f"{key} {'unset' if before is None else before} → {'unset' if after is None else after}"
            self._report(kind, here, what, name=key, value=after)

    def _object(self, at: Both, ours: Alternative, theirs: Alternative) -> None:
        if isinstance(ours.additional, tuple) and theirs.properties and not ours.properties:
            here = replace(at, contract=ours.part_with("additionalProperties").pointer)
            self._report("type-changed", here, "map → object with fields of its own")
            return
        for name, schema in ours.properties.items():
            place = at.place.field(name)
            if name not in theirs.properties:
                vendor = theirs.parts[-1].pointer
                self._report("field-gone", Both(place, schema[0][-1], vendor), "field is gone", name=name)
                continue
            here = Both(place, schema[0][-1], theirs.properties[name][0][-1])
            if name in ours.required and name not in theirs.required:
                self._report("field-optional", here, "field is no longer required", name=name)
            if name in theirs.required and name not in ours.required:
                self._report("field-required", here, "field is required there", name=name)
            self.compare(here, schema, theirs.properties[name])
        for name in theirs.properties:
            if name not in ours.properties:
                self._new_field(at, ours, theirs, name)
        for name in sorted(theirs.required - theirs.properties.keys()):
            here = replace(at, place=at.place.field(name), contract=ours.part_with("properties").pointer)
            what = "field is required there and not defined"
            self._report("field-undefined", here, what, name=name, suffix=f".{name}")
        for one in ours.parts:
            self._findings.pair_up(one.pointer, _closest(theirs, one.raw.get("properties", ())))
        self._additional(at, ours, theirs)

    def _new_field(self, at: Both, ours: Alternative, theirs: Alternative, name: str) -> None:
        schema = theirs.properties[name]
        beside = self._vendor.at(schema[0][-1][:-1])
        here = Both(at.place.field(name), _closest(ours, beside), schema[0][-1])
        required = name in theirs.required
        suffix = f".{name}"
        if not required or at.place.direction is Direction.RESPONSE:
            self._report("field-new", here, "field is new", name=name, suffix=suffix, schema=schema)
        if required:
            self._report("field-required", here, "field is required there", name=name, suffix=suffix)

    def _additional(self, at: Both, ours: Alternative, theirs: Alternative) -> None:
        mine, other = ours.additional, theirs.additional
        at = replace(at, contract=ours.part_with("additionalProperties").pointer)
        if isinstance(mine, tuple) and isinstance(other, tuple):
            self.compare(replace(at, place=at.place.inside("{}")), mine, other)
        elif other is False and mine is not False:
            self._report("object-closed", at, "further fields are not allowed there")
        elif mine is False and other is not False:
            self._report("object-opened", at, "further fields are allowed there")
        elif isinstance(mine, tuple):
            self._report("map-looser", at, "the map's values may be anything")
        elif isinstance(other, tuple):
            self._report("map-narrower", at, "further fields are of one type there")


def _closest(alternative: Alternative, names: Iterable[str]) -> Pointer:
    """Returns the part of an object that shares the most fields with these, the last one of several."""
    wanted = set(names)
    parts = [part for part in alternative.parts if "properties" in part.raw] or list(alternative.parts[-1:])
    return max(reversed(parts), key=lambda part: len(wanted & set(part.raw.get("properties", ())))).pointer


def _is_looser(key: str, before: Any, after: Any) -> bool:
    if after is None:
        return True
    if before is None:
        return False
    if key in ("minimum", "minLength", "minItems", "minProperties", "exclusiveMinimum"):
        return bool(after < before)
    if key in ("maximum", "maxLength", "maxItems", "maxProperties", "exclusiveMaximum"):
        return bool(after > before)
    return key == "uniqueItems" and not after


def _values(values: Iterable[object]) -> str:
    return ", ".join(map(repr, values))


def _article(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
