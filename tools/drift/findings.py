"""Collects differences: each once, with all the places that it affects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tools.drift.differences import Difference, Direction, severity
from tools.drift.schemas import is_component
from tools.drift.texts import TEXTS, is_copied

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tools.drift.documents import Document, Pointer
    from tools.drift.schemas import Alternative, Reference


@dataclass(frozen=True)
class Place:
    """A place on the wire, such as `GET /api/… → 200 → result[].sample`."""

    base: str
    direction: Direction
    trail: str = ""

    def __str__(self) -> str:
        return f"{self.base} → {self.trail}" if self.trail else self.base

    def under(self, name: str) -> Place:
        """Returns the place `name` below the base of this one."""
        return replace(self, base=f"{self.base} → {name}")

    def field(self, name: str) -> Place:
        """Returns the place of the field `name` in this one."""
        return replace(self, trail=f"{self.trail}.{name}" if self.trail else name)

    def among(self, label: str) -> Place:
        """Returns this place as one of several, which `label` tells apart."""
        mark = f" ({label})"
        return replace(self, trail=self.trail + mark) if self.trail else replace(self, base=self.base + mark)

    def inside(self, mark: str) -> Place:
        """Returns the place inside this one that `mark` stands for, such as `[]` for an array's items."""
        return replace(self, trail=self.trail + mark)


@dataclass(frozen=True)
class Both:
    """The same place in the contract and in the vendor's document."""

    place: Place
    contract: Pointer
    vendor: Pointer


class Findings:
    """Collects what differs between the contract and a vendor's document."""

    def __init__(self, contract: Document, vendor: Document) -> None:
        self.contract = contract
        self.vendor = vendor
        self.twins: dict[Pointer, Pointer] = {}
        """The vendor's components, and those of the contract that are used in the same places."""
        self._found: dict[tuple[Any, ...], Difference] = {}

    @property
    def differences(self) -> list[Difference]:
        """The differences, the worst first, then in the order of the contract."""
        return sorted(
            self._found.values(), key=lambda one: (-one.severity, one.line or 0, one.spot, one.name)
        )

    def report(
        self,
        kind: str,
        at: Both,
        what: str,
        *,
        name: str = "",
        suffix: str = "",
        value: object = None,
        schema: Reference = (),
        alternative: Alternative | None = None,
    ) -> None:
        """Adds a difference, or a further place of a known difference."""
        level = severity(kind, at.place.direction)
        key = (kind, at.contract, name, what)
        if key not in self._found:
            self._found[key] = Difference(
                kind=kind,
                severity=level,
                what=what,
                spot=(self.contract.spot(at.contract) + suffix).strip(),
                contract=at.contract,
                vendor=at.vendor,
                vendor_spot=self.vendor.spot(at.vendor),
                line=self.contract.line(at.contract),
                name=name,
                value=value,
                schema=schema,
                alternative=alternative,
            )
        known = self._found[key]
        known.severity = max(known.severity, level)
        if str(at.place) not in known.places:
            known.places.append(str(at.place))

    def pair_up(self, ours: Pointer, theirs: Pointer) -> None:
        """Records that two components are used in the same place."""
        if is_component(ours) and is_component(theirs) and ours[1] == theirs[1]:
            self.twins.setdefault(theirs, ours)

    def report_texts(self, at: Both, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        """Reports where the vendor's words differ from ours, and where they are the same."""
        for key in TEXTS:
            mine, other = ours.get(key), theirs.get(key)
            if is_copied(key, mine, other):
                self.report("text-copied", at, f"{key} is the vendor's own text", name=key)
            elif other is not None and other != mine:
                self.report("text", at, f"{key} is another", name=key)
