"""The differences between the contract and a vendor's document, found by walking both side by side.

Only what travels on the wire counts: how schemas are named, split, ordered or described does not. Left out of
the comparison are response headers, links, callbacks and examples.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from _drift.differences import Difference, Direction, severity
from _drift.pairing import pair
from _drift.schemas import COMPOUND, is_component, join, read, reference
from _drift.texts import TEXTS, is_copied

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from _drift.documents import Document, Operation, Pointer
    from _drift.schemas import Alternative, Reference, Schema

NUMBER_FORMATS = {None, "int32", "int64", "float", "double"}
DEFAULT_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}


@dataclass(frozen=True)
class Result:
    """What a comparison found."""

    differences: list[Difference]
    twins: Mapping[Pointer, Pointer]
    """Components of the vendor's document, and the contract's components that stand in the same places."""


def compare(contract: Document, vendor: Document) -> Result:
    """All differences of the operations of either document, the worst first, then as in the contract."""
    walk = _Walk(contract, vendor)
    ours, theirs = contract.operations(), vendor.operations()
    for name, operation in ours.items():
        walk.operation(operation, theirs.get(name))
    for name in theirs.keys() - ours.keys():
        walk.new_operation(theirs[name])
    found = sorted(walk.found.values(), key=lambda one: (-one.severity, one.line or 0, one.spot, one.name))
    return Result(found, walk.twins)


@dataclass(frozen=True)
class _Place:
    """Where on the wire: `GET /api/… → 200 → result[].sample`."""

    base: str
    direction: Direction
    trail: str = ""

    def __str__(self) -> str:
        return f"{self.base} → {self.trail}" if self.trail else self.base

    def under(self, name: str) -> _Place:
        return replace(self, base=f"{self.base} → {name}")

    def field(self, name: str) -> _Place:
        return replace(self, trail=f"{self.trail}.{name}" if self.trail else name)

    def among(self, label: str) -> _Place:
        mark = f" ({label})"
        return replace(self, trail=self.trail + mark) if self.trail else replace(self, base=self.base + mark)

    def inside(self, mark: str) -> _Place:
        return replace(self, trail=self.trail + mark)


@dataclass(frozen=True)
class _Both:
    """The same place in the contract and in the vendor's document."""

    place: _Place
    contract: Pointer
    vendor: Pointer


class _Walk:
    def __init__(self, contract: Document, vendor: Document) -> None:
        self.contract = contract
        self.vendor = vendor
        self.found: dict[tuple[Any, ...], Difference] = {}
        self.twins: dict[Pointer, Pointer] = {}
        self._above: list[tuple[Reference, Reference]] = []

    def report(
        self,
        kind: str,
        at: _Both,
        what: str,
        *,
        name: str = "",
        suffix: str = "",
        value: object = None,
        schema: Reference = (),
        alternative: Alternative | None = None,
    ) -> None:
        """Note a difference, or one more place of a difference that is known already."""
        level = severity(kind, at.place.direction)
        key = (kind, at.contract, name, what)
        if key not in self.found:
            self.found[key] = Difference(
                kind=kind,
                severity=level,
                what=what,
                spot=self.contract.spot(at.contract) + suffix,
                contract=at.contract,
                vendor=at.vendor,
                vendor_spot=self.vendor.spot(at.vendor),
                line=self.contract.line(at.contract),
                name=name,
                value=value,
                schema=schema,
                alternative=alternative,
            )
        known = self.found[key]
        known.severity = max(known.severity, level)
        if str(at.place) not in known.places:
            known.places.append(str(at.place))

    # --- Operations ---------------------------------------------------------------------------------------

    def new_operation(self, theirs: Operation) -> None:
        at = _Both(_Place(str(theirs), Direction.RESPONSE), ("paths",), theirs.pointer)
        self.report(
            "operation-new", at, f"operation `{theirs.id}` is new", name=theirs.id, suffix=f" {theirs.id}"
        )

    def operation(self, ours: Operation, theirs: Operation | None) -> None:
        place = _Place(str(ours), Direction.REQUEST)
        if theirs is None:
            what = f"operation `{ours.id}` is gone, or has another operationId"
            self.report("operation-gone", _Both(place, ours.pointer, ("paths",)), what)
            return
        at = _Both(place, ours.pointer, theirs.pointer)
        if _template(ours.path) != _template(theirs.path):
            self.report("path-changed", at, f"path is now `{theirs.path}`")
        if ours.method != theirs.method:
            self.report("method-changed", at, f"method is now {theirs.method.upper()}")
        self._texts(at, self.contract.at(ours.pointer), self.vendor.at(theirs.pointer))
        self._sets(at, "server", _servers(self.contract, ours), _servers(self.vendor, theirs))
        self._sets(at, "security", _security(self.contract, ours), _security(self.vendor, theirs))
        self._parameters(at, ours, theirs)
        self._body(at)
        self._responses(at)

    def _sets(
        self,
        at: _Both,
        what: str,
        ours: tuple[Pointer, Mapping[str, object]],
        theirs: tuple[Pointer, Mapping[str, object]],
    ) -> None:
        there = replace(at, contract=ours[0], vendor=theirs[0])
        for name in ours[1].keys() - theirs[1].keys():
            self.report(f"{what}-gone", there, f"{what} {name} is gone", name=name, suffix=f" {name}")
        for name in theirs[1].keys() - ours[1].keys():
            self.report(f"{what}-new", there, f"{what} {name} is new", name=name, suffix=f" {name}")

    def _parameters(self, at: _Both, ours: Operation, theirs: Operation) -> None:
        by_position = ours.path.count("{") == theirs.path.count("{")
        mine = _parameters(self.contract, ours, by_position=by_position)
        other = _parameters(self.vendor, theirs, by_position=by_position)
        for key, pointer in mine.items():
            parameter = self.contract.get(pointer)
            name = f"{parameter.get('in')} {parameter.get('name')}"
            here = replace(at, place=at.place.under(name), contract=self.contract.follow(pointer))
            if key not in other:
                self.report("parameter-gone", replace(here, vendor=at.vendor), "parameter is gone", name=name)
            else:
                self._parameter(replace(here, vendor=self.vendor.follow(other[key])), name)
        for key in other.keys() - mine.keys():
            pointer = self.vendor.follow(other[key])
            parameter = self.vendor.at(pointer)
            name = f"{parameter.get('in')} {parameter.get('name')}"
            here = replace(at, place=at.place.under(name), vendor=pointer)
            required = parameter.get("required") is True
            kind, what = ("parameter-required", "new, and required") if required else ("parameter-new", "new")
            self.report(kind, here, f"parameter is {what}", name=name, suffix=f" {name}")

    def _parameter(self, at: _Both, name: str) -> None:
        ours, theirs = self.contract.at(at.contract), self.vendor.at(at.vendor)
        required = ours.get("required") is True
        if required != (theirs.get("required") is True):
            kind, what = ("optional", "no longer") if required else ("required", "now")
            self.report(f"parameter-{kind}", at, f"parameter is {what} required", name=name)
        if ours.get("name") != theirs.get("name") and ours.get("in") == "path":
            self.report("path-parameter-renamed", at, f"the vendor's name is `{theirs.get('name')}`")
        if _style(ours) != _style(theirs):
            self.report("parameter-style", at, f"is now written as {_style(theirs)}", name=name)
        self._texts(at, ours, theirs)
        self._content_or_schema(at, ours, theirs)

    def _content_or_schema(self, at: _Both, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        if "content" in ours or "content" in theirs:
            self._content(at, ours, theirs)
        else:
            self._schema_at(at, "schema")

    def _body(self, at: _Both) -> None:
        ours = self.contract.at(at.contract).get("requestBody")
        theirs = self.vendor.at(at.vendor).get("requestBody")
        at = replace(at, place=at.place.under("body"))
        if ours is None and theirs is None:
            return
        if ours is None:
            here = replace(at, vendor=(*at.vendor, "requestBody"))
            required = self.vendor.get((*at.vendor, "requestBody")).get("required") is True
            kind, what = ("body-required", "new, and required") if required else ("body-new", "new")
            self.report(kind, here, f"request body is {what}", name="body", suffix=" body")
        elif theirs is None:
            self.report(
                "body-gone", replace(at, contract=(*at.contract, "requestBody")), "request body is gone"
            )
        else:
            here = replace(
                at,
                contract=self.contract.follow((*at.contract, "requestBody")),
                vendor=self.vendor.follow((*at.vendor, "requestBody")),
            )
            mine, other = self.contract.at(here.contract), self.vendor.get(here.vendor)
            required = mine.get("required") is True
            if required != (other.get("required") is True):
                kind, what = ("optional", "no longer") if required else ("required", "now")
                self.report(f"body-{kind}", here, f"request body is {what} required")
            self._texts(here, mine, other)
            self._content(here, mine, other)

    def _responses(self, at: _Both) -> None:
        ours = self.contract.at(at.contract).get("responses", {})
        theirs = self.vendor.at(at.vendor).get("responses", {})
        matched = set()
        for code in ours:
            place = replace(at.place.under(str(code)), direction=Direction.RESPONSE)
            here = _Both(place, (*at.contract, "responses", code), (*at.vendor, "responses", code))
            if code in theirs:
                matched.add(code)
                self._response(here)
            elif not any(_is_in_range(str(other), str(code)) for other in theirs):
                self.report("response-gone", replace(here, vendor=at.vendor), f"response {code} is gone")
        for code in theirs.keys() - matched:
            place = replace(at.place.under(str(code)), direction=Direction.RESPONSE)
            range_ = next((own for own in ours if _is_in_range(str(code), str(own))), None)
            vendor = (*at.vendor, "responses", code)
            if range_ is None:
                here = _Both(place, (*at.contract, "responses"), vendor)
                self.report(
                    "response-new", here, f"response {code} is new", name=str(code), suffix=f" {code}"
                )
            else:
                self._response(_Both(place, (*at.contract, "responses", range_), vendor))

    def _response(self, at: _Both) -> None:
        here = replace(at, contract=self.contract.follow(at.contract), vendor=self.vendor.follow(at.vendor))
        ours, theirs = self.contract.at(here.contract), self.vendor.get(at.vendor)
        self._texts(here, ours, theirs)
        self._content(here, ours, theirs)

    def _content(self, at: _Both, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        mine, other = ours.get("content") or {}, theirs.get("content") or {}
        for media_type in mine:
            here = replace(at, contract=(*at.contract, "content", media_type))
            if media_type in other:
                self._schema_at(replace(here, vendor=(*at.vendor, "content", media_type)), "schema")
            else:
                self.report("media-type-gone", here, f"media type {media_type} is gone")
        for media_type in other.keys() - mine.keys():
            here = replace(at, vendor=(*at.vendor, "content", media_type))
            what = f"media type {media_type} is new"
            self.report("media-type-new", here, what, name=media_type, suffix=f" {media_type}")

    def _schema_at(self, at: _Both, key: str) -> None:
        if key in self.contract.at(at.contract) or key in self.vendor.at(at.vendor):
            # A missing schema allows anything; the reader treats what is not there alike.
            self.schema(
                at.place, _where(self.contract, at.contract, key), _where(self.vendor, at.vendor, key)
            )

    # --- Schemas ------------------------------------------------------------------------------------------

    def schema(self, place: _Place, ours: Reference | None, theirs: Reference | None) -> None:
        """Compare what two schemas allow; without one, anything is allowed."""
        if ours is None or theirs is None or (ours, theirs) in self._above:
            return
        self._above.append((ours, theirs))
        try:
            self._schema(place, read(self.contract, ours), read(self.vendor, theirs))
        finally:
            self._above.pop()

    def _schema(self, place: _Place, ours: Schema, theirs: Schema) -> None:
        at = _Both(place, ours.site, theirs.site)
        self._twins(self.contract.follow(ours.site), self.vendor.follow(theirs.site))
        self._texts(at, _said(self.contract, ours), _said(self.vendor, theirs))
        if theirs.nullable and not ours.nullable:
            self.report("nullable", at, "may now be null")
        if ours.nullable and not theirs.nullable:
            self.report("nullable-gone", at, "is never null now")
        mine, other = list(ours.alternatives), list(theirs.alternatives)
        if len(mine) == 1 and mine[0].is_free_form and all(one.type == "object" for one in other):
            if not all(one.is_free_form for one in other):
                self.report("object-detailed", at, "is an object of any form here, and of a known form there")
            return
        paired = pair(mine, other)
        if paired.is_split:
            self.report("object-split", at, f"is one object here, and one of {len(other)} there")
            other = [join(one for one in other if one.type == "object")]
            paired = pair(mine, other)
        several = sum(one.type == "object" for one, _ in paired.matched) > 1
        for one, two in paired.matched:
            here = place.among(one.label) if several else place
            self._alternative(replace(at, place=here), one, two)
        for one in paired.gone:
            self._gone(at, one)
        for two in paired.new:
            self._new(at, ours, two)

    def _new(self, at: _Both, ours: Schema, two: Alternative) -> None:
        if any(one.type in COMPOUND for one in (*ours.alternatives, two)):
            at = replace(at, vendor=two.parts[0].pointer)
            what, suffix = f"may now also be {_article(two.label)}", f" ({two.label})"
            self.report("alternative-new", at, what, name=two.label, suffix=suffix, alternative=two)
        else:
            what = f"may now also be {_article(two.type)}"
            self.report("type-looser", at, what, name=two.type, alternative=two)

    def _gone(self, at: _Both, one: Alternative) -> None:
        if one.type in COMPOUND:
            what, suffix = f"is never {_article(one.label)} now", f" ({one.label})"
            self.report("alternative-gone", at, what, name=one.label, suffix=suffix)
        else:
            self.report("type-narrower", at, f"is never {_article(one.type)} now", name=one.type)

    def _alternative(self, at: _Both, ours: Alternative, theirs: Alternative) -> None:
        if ours.type != theirs.type:
            change = f"{ours.type} → {theirs.type}"
            here = replace(at, contract=ours.part_with("type").pointer)
            if theirs.type == "any" or (ours.type, theirs.type) == ("integer", "number"):
                self.report("type-looser", here, change, name=theirs.type)
            elif ours.type == "any" or (ours.type, theirs.type) == ("number", "integer"):
                self.report("type-narrower", here, change, name=theirs.type)
            else:
                self.report("type-changed", here, change)
            if {ours.type, theirs.type} != {"integer", "number"}:
                return
        if ours.format != theirs.format:
            number = {ours.format, theirs.format} <= NUMBER_FORMATS
            here = replace(at, contract=ours.part_with("format").pointer)
            what = f"format {ours.format or 'unset'} → {theirs.format or 'unset'}"
            self.report("number-format" if number else "format-changed", here, what)
        self._enum(at, ours, theirs)
        self._bounds(at, ours, theirs)
        if ours.type == "array" and ours.items is not None and theirs.items is not None:
            self.schema(at.place.inside("[]"), ours.items, theirs.items)
        if ours.type == "object":
            self._twins(ours.parts[0].pointer, theirs.parts[0].pointer)
            self._object(at, ours, theirs)

    def _enum(self, at: _Both, ours: Alternative, theirs: Alternative) -> None:
        part = ours.part_with("enum")
        at = replace(at, contract=part.pointer, vendor=theirs.part_with("enum").pointer)
        if ours.enum is None and theirs.enum is None:
            return
        if ours.enum is None:
            self.report("enum-new", at, f"must now be one of {_values(theirs.enum or ())}")
        elif theirs.enum is None:
            self.report(
                "enum-unlisted" if ours.open else "enum-opened", at, "the values are no longer listed"
            )
        else:
            self._twins(at.contract, at.vendor)
            for value in theirs.enum:
                if value not in ours.enum:
                    what = f"value {value!r} is new"
                    self.report("enum-value-new", at, what, name=str(value), suffix=f" {value}", value=value)
            for value in ours.enum:
                if value not in theirs.enum:
                    self.report(
                        "enum-value-gone", at, f"value {value!r} is gone", name=str(value), suffix=f" {value}"
                    )
            if ours.open and not theirs.open:
                self.report("enum-closed", at, "no other values are allowed there")
            if theirs.open and not ours.open:
                self.report("enum-opened", at, "other values are allowed there")

    def _bounds(self, at: _Both, ours: Alternative, theirs: Alternative) -> None:
        for key in sorted(ours.bounds.keys() | theirs.bounds.keys()):
            before, after = ours.bounds.get(key), theirs.bounds.get(key)
            if before == after:
                continue
            kind = "bound-looser" if _is_looser(key, before, after) else "bound-tighter"
            here = replace(at, contract=ours.part_with(key).pointer, vendor=theirs.part_with(key).pointer)
            what = f"{key} {'unset' if before is None else before} → {'unset' if after is None else after}"
            self.report(kind, here, what, name=key, value=after)

    def _object(self, at: _Both, ours: Alternative, theirs: Alternative) -> None:
        if isinstance(ours.additional, tuple) and theirs.properties and not ours.properties:
            here = replace(at, contract=ours.part_with("additionalProperties").pointer)
            self.report("type-changed", here, "map → object with fields of its own")
            return
        for name, schema in ours.properties.items():
            place = at.place.field(name)
            if name not in theirs.properties:
                vendor = theirs.parts[-1].pointer
                self.report("field-gone", _Both(place, schema[0][-1], vendor), "field is gone", name=name)
                continue
            here = _Both(place, schema[0][-1], theirs.properties[name][0][-1])
            if name in ours.required and name not in theirs.required:
                self.report("field-optional", here, "field is no longer required", name=name)
            if name in theirs.required and name not in ours.required:
                self.report("field-required", here, "field is required there", name=name)
            self.schema(place, schema, theirs.properties[name])
        for name in theirs.properties:
            if name not in ours.properties:
                self._new_field(at, ours, theirs, name)
        for name in sorted(theirs.required - theirs.properties.keys()):
            here = replace(at, place=at.place.field(name), contract=ours.part_with("properties").pointer)
            what = "field is required there and not defined"
            self.report("field-undefined", here, what, name=name, suffix=f".{name}")
        for one in ours.parts:
            self._twins(one.pointer, _closest(theirs, one.raw.get("properties", ())))
        self._additional(at, ours, theirs)

    def _new_field(self, at: _Both, ours: Alternative, theirs: Alternative, name: str) -> None:
        schema = theirs.properties[name]
        beside = self.vendor.at(schema[0][-1][:-1])
        here = _Both(at.place.field(name), _closest(ours, beside), schema[0][-1])
        required = name in theirs.required
        suffix = f".{name}"
        if not required or at.place.direction is Direction.RESPONSE:
            self.report("field-new", here, "field is new", name=name, suffix=suffix, schema=schema)
        if required:
            self.report("field-required", here, "field is required there", name=name, suffix=suffix)

    def _additional(self, at: _Both, ours: Alternative, theirs: Alternative) -> None:
        mine, other = ours.additional, theirs.additional
        at = replace(at, contract=ours.part_with("additionalProperties").pointer)
        if isinstance(mine, tuple) and isinstance(other, tuple):
            self.schema(at.place.inside("{}"), mine, other)
        elif other is False and mine is not False:
            self.report("object-closed", at, "further fields are not allowed there")
        elif mine is False and other is not False:
            self.report("object-opened", at, "further fields are allowed there")
        elif isinstance(mine, tuple):
            self.report("map-looser", at, "the map's values may be anything")
        elif isinstance(other, tuple):
            self.report("map-narrower", at, "further fields are of one type there")

    def _twins(self, ours: Pointer, theirs: Pointer) -> None:
        if is_component(ours) and is_component(theirs):
            self.twins.setdefault(theirs, ours)

    def _texts(self, at: _Both, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        for key in TEXTS:
            mine, other = ours.get(key), theirs.get(key)
            if is_copied(key, mine, other):
                self.report("text-copied", at, f"{key} is the vendor's own text", name=key)
            elif other is not None and other != mine:
                self.report("text", at, f"{key} is another", name=key)


def _said(document: Document, schema: Schema) -> dict[str, Any]:
    """What is said of the schema in words, by the site itself or else by what it refers to."""
    raws = [document.get(schema.site), *(part.raw for one in schema.alternatives[:1] for part in one.parts)]
    return {key: next((raw[key] for raw in raws if key in raw), None) for key in TEXTS}


def _closest(alternative: Alternative, names: Iterable[str]) -> Pointer:
    """The part of an object that shares most fields with these; the last of several."""
    wanted = set(names)
    parts = [part for part in alternative.parts if "properties" in part.raw] or list(alternative.parts[-1:])
    return max(reversed(parts), key=lambda part: len(wanted & set(part.raw.get("properties", ())))).pointer


def _where(document: Document, pointer: Pointer, key: str) -> Reference | None:
    return reference((*pointer, key)) if key in document.at(pointer) else None


def _template(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def _is_in_range(code: str, range_: str) -> bool:
    return range_ == "default" or (range_[1:].upper() == "XX" and code[:1] == range_[:1])


def _style(parameter: Mapping[str, Any]) -> str:
    style = parameter.get("style", DEFAULT_STYLES.get(str(parameter.get("in")), "form"))
    return f"{style}, {'' if parameter.get('explode', style == 'form') else 'not '}exploded"


def _parameters(
    document: Document, operation: Operation, *, by_position: bool
) -> dict[tuple[str, str], Pointer]:
    found: dict[tuple[str, str], Pointer] = {}
    order = re.findall(r"\{([^}]*)\}", operation.path)
    for base in (operation.pointer[:2], operation.pointer):
        for index in range(len(document.at(base).get("parameters") or ())):
            pointer = (*base, "parameters", index)
            parameter = document.get(pointer)
            place, name = str(parameter.get("in")), str(parameter.get("name"))
            if place == "path" and by_position and name in order:
                name = str(order.index(name))
            found[place, name] = pointer
    return found


def _effective(document: Document, operation: Operation, key: str) -> tuple[Pointer, Any]:
    bases = [operation.pointer, operation.pointer[:2], ()]
    base = next((base for base in bases if key in document.at(base)), ())
    return (*base, key), document.at(base).get(key, [])


def _servers(document: Document, operation: Operation) -> tuple[Pointer, dict[str, object]]:
    pointer, servers = _effective(document, operation, "servers")
    return pointer, {str(server.get("url")).rstrip("/"): None for server in servers}


def _security(document: Document, operation: Operation) -> tuple[Pointer, dict[str, object]]:
    pointer, requirements = _effective(document, operation, "security")
    found: dict[str, object] = {}
    for requirement in requirements:
        ways = sorted(_scheme(document, str(name), scopes or []) for name, scopes in requirement.items())
        found[" and ".join(ways) or "none at all"] = None
    return pointer, found or {"none at all": None}


def _scheme(document: Document, name: str, scopes: Iterable[str]) -> str:
    scheme = document.get(("components", "securitySchemes", name))
    kind = str(scheme.get("type", f"`{name}` (undefined)"))
    if kind == "apiKey":
        return f"key in {scheme.get('in')} {scheme.get('name')}"
    return " ".join(
        [kind, *([str(scheme["scheme"])] if "scheme" in scheme else []), *sorted(map(str, scopes))]
    )


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
