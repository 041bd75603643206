"""Finds the differences between two operations: how they are called, what they take, what they answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tools.drift.compare_schemas import SchemaComparison
from tools.drift.differences import Direction
from tools.drift.effective import parameters, security, servers, style, template
from tools.drift.findings import Both, Place
from tools.drift.schemas import reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tools.drift.documents import Operation, Pointer
    from tools.drift.findings import Findings


class OperationComparison:
    """Compares two operations, side by side."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._report = findings.report
        self._contract = findings.contract
        self._vendor = findings.vendor
        self._schemas = SchemaComparison(findings)

    def report_new(self, theirs: Operation) -> None:
        """Reports an operation that the contract does not have."""
        at = Both(Place(str(theirs), Direction.RESPONSE), ("paths",), theirs.pointer)
        self._report(
            "operation-new", at, f"operation `{theirs.id}` is new", name=theirs.id, suffix=f" {theirs.id}"
        )

    def compare(self, ours: Operation, theirs: Operation | None) -> None:
        """Compares an operation with the vendor's operation of the same operationId."""
        place = Place(str(ours), Direction.REQUEST)
        if theirs is None:
            what = f"operation `{ours.id}` is gone, or has another operationId"
            self._report("operation-gone", Both(place, ours.pointer, ("paths",)), what)
            return
        at = Both(place, ours.pointer, theirs.pointer)
        if template(ours.path) != template(theirs.path):
            self._report("path-changed", at, f"path is now `{theirs.path}`")
        if ours.method != theirs.method:
            self._report("method-changed", at, f"method is now {theirs.method.upper()}")
        self._findings.report_texts(at, self._contract.at(ours.pointer), self._vendor.at(theirs.pointer))
        self._sets(at, "server", servers(self._contract, ours), servers(self._vendor, theirs))
        self._sets(at, "security", security(self._contract, ours), security(self._vendor, theirs))
        self._parameters(at, ours, theirs)
        self._body(at)
        self._responses(at)

    def _sets(
        self,
        at: Both,
        what: str,
        ours: tuple[Pointer, set[str]],
        theirs: tuple[Pointer, set[str]],
    ) -> None:
        there = replace(at, contract=ours[0], vendor=theirs[0])
        for name in sorted(ours[1] - theirs[1]):
            self._report(f"{what}-gone", there, f"{what} {name} is gone", name=name, suffix=f" {name}")
        for name in sorted(theirs[1] - ours[1]):
            self._report(f"{what}-new", there, f"{what} {name} is new", name=name, suffix=f" {name}")

    def _parameters(self, at: Both, ours: Operation, theirs: Operation) -> None:
        by_position = ours.path.count("{") == theirs.path.count("{")
        mine = parameters(self._contract, ours, by_position=by_position)
        other = parameters(self._vendor, theirs, by_position=by_position)
        for key, pointer in mine.items():
            parameter = self._contract.get(pointer)
            name = f"{parameter.get('in')} {parameter.get('name')}"
            here = replace(at, place=at.place.under(name), contract=self._contract.follow(pointer))
            if key not in other:
                self._report(
                    "parameter-gone", replace(here, vendor=at.vendor), "parameter is gone", name=name
                )
            else:
                self.compare_parameter(replace(here, vendor=self._vendor.follow(other[key])))
        for key in other.keys() - mine.keys():
            pointer = self._vendor.follow(other[key])
            parameter = self._vendor.at(pointer)
            name = f"{parameter.get('in')} {parameter.get('name')}"
            here = replace(at, place=at.place.under(name), vendor=pointer)
            required = parameter.get("required") is True
            kind, what = ("parameter-required", "new, and required") if required else ("parameter-new", "new")
            self._report(kind, here, f"parameter is {what}", name=name, suffix=f" {name}")

    def compare_parameter(self, at: Both) -> None:
        """Compares two parameters in the same place, with the same name unless they are part of the path."""
        ours, theirs = self._contract.at(at.contract), self._vendor.at(at.vendor)
        name = f"{ours.get('in')} {ours.get('name')}"
        self._findings.pair_up(at.contract, at.vendor)
        required = ours.get("required") is True
        if required != (theirs.get("required") is True):
            kind, what = ("optional", "no longer") if required else ("required", "now")
            self._report(f"parameter-{kind}", at, f"parameter is {what} required", name=name)
        if ours.get("name") != theirs.get("name") and ours.get("in") == "path":
            self._report("path-parameter-renamed", at, f"the vendor's name is `{theirs.get('name')}`")
        if style(ours) != style(theirs):
            self._report("parameter-style", at, f"is now written as {style(theirs)}", name=name)
        self._findings.report_texts(at, ours, theirs)
        self._content_or_schema(at, ours, theirs)

    def _content_or_schema(self, at: Both, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        if "content" in ours or "content" in theirs:
            self._content(at, ours, theirs)
        else:
            self._schema_at(at)

    def _body(self, at: Both) -> None:
        ours = self._contract.at(at.contract).get("requestBody")
        theirs = self._vendor.at(at.vendor).get("requestBody")
        at = replace(at, place=at.place.under("body"))
        if ours is None and theirs is None:
            return
        if ours is None:
            here = replace(at, vendor=(*at.vendor, "requestBody"))
            required = self._vendor.get((*at.vendor, "requestBody")).get("required") is True
            kind, what = ("body-required", "new, and required") if required else ("body-new", "new")
            self._report(kind, here, f"request body is {what}", name="body", suffix=" body")
        elif theirs is None:
            self._report(
                "body-gone", replace(at, contract=(*at.contract, "requestBody")), "request body is gone"
            )
        else:
            here = replace(
                at,
                contract=self._contract.follow((*at.contract, "requestBody")),
                vendor=self._vendor.follow((*at.vendor, "requestBody")),
            )
            mine, other = self._contract.at(here.contract), self._vendor.get(here.vendor)
            required = mine.get("required") is True
            if required != (other.get("required") is True):
                kind, what = ("optional", "no longer") if required else ("required", "now")
                self._report(f"body-{kind}", here, f"request body is {what} required")
            self._findings.report_texts(here, mine, other)
            self._content(here, mine, other)

    def _responses(self, at: Both) -> None:
        ours = self._contract.at(at.contract).get("responses", {})
        theirs = self._vendor.at(at.vendor).get("responses", {})
        matched = set()
        for code in ours:
            place = replace(at.place.under(str(code)), direction=Direction.RESPONSE)
            here = Both(place, (*at.contract, "responses", code), (*at.vendor, "responses", code))
            if code in theirs:
                matched.add(code)
                self._response(here)
            elif not any(_is_in_range(str(other), str(code)) for other in theirs):
                self._report("response-gone", replace(here, vendor=at.vendor), f"response {code} is gone")
        for code in theirs.keys() - matched:
            place = replace(at.place.under(str(code)), direction=Direction.RESPONSE)
            range_ = next((own for own in ours if _is_in_range(str(code), str(own))), None)
            vendor = (*at.vendor, "responses", code)
            if range_ is None:
                here = Both(place, (*at.contract, "responses"), vendor)
                self._report(
                    "response-new", here, f"response {code} is new", name=str(code), suffix=f" {code}"
                )
            else:
                self._response(Both(place, (*at.contract, "responses", range_), vendor))

    def _response(self, at: Both) -> None:
        here = replace(
            at,
            contract=self._contract.follow(at.contract),
            vendor=self._vendor.follow(at.vendor),
        )
        ours, theirs = self._contract.at(here.contract), self._vendor.get(at.vendor)
        self._findings.report_texts(here, ours, theirs)
        self._content(here, ours, theirs)

    def _content(self, at: Both, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        mine, other = ours.get("content") or {}, theirs.get("content") or {}
        for media_type in mine:
            here = replace(at, contract=(*at.contract, "content", media_type))
            if media_type in other:
                self._schema_at(replace(here, vendor=(*at.vendor, "content", media_type)))
            else:
                self._report("media-type-gone", here, f"media type {media_type} is gone")
        for media_type in other.keys() - mine.keys():
            here = replace(at, vendor=(*at.vendor, "content", media_type))
            what = f"media type {media_type} is new"
            self._report("media-type-new", here, what, name=media_type, suffix=f" {media_type}")

    def _schema_at(self, at: Both) -> None:
        ours = reference((*at.contract, "schema")) if "schema" in self._contract.at(at.contract) else None
        theirs = reference((*at.vendor, "schema")) if "schema" in self._vendor.at(at.vendor) else None
        self._schemas.compare(at, ours, theirs)


def _is_in_range(code: str, range_: str) -> bool:
    if code == "default":  # what the vendor says about all failures
        return range_ == "4XX"
    return range_ == "default" or (range_[1:].upper() == "XX" and code[:1] == range_[:1])
