"""Pairs the alternatives of a schema in the contract with those in the vendor's document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.drift.schemas import COMPOUND

if TYPE_CHECKING:
    from tools.drift.schemas import Alternative

NO_OWN_FIELDS = 0.001


@dataclass(frozen=True)
class Pairing:
    """The alternatives that correspond to each other, and those left over on either side."""

    matched: list[tuple[Alternative, Alternative]]
    gone: list[Alternative]
    new: list[Alternative]
    is_split: bool = False
    """Whether one object of the contract is several for the vendor, each with some of its fields."""


def pair(ours: list[Alternative], theirs: list[Alternative]) -> Pairing:
    """Pairs alternatives of the same type, and objects by how similar their fields are."""
    if len(ours) == 1 and len(theirs) == 1:
        return Pairing([(ours[0], theirs[0])], [], [])
    gone, new = list(ours), list(theirs)
    matched = _same_type(gone, new)
    if _is_split(ours, theirs):
        return Pairing([], gone, new, is_split=True)
    matched += _most_alike(gone, new)
    # One scalar left on either side is a value whose type has changed.
    scalars = (
        [one for one in gone if one.type not in COMPOUND],
        [two for two in new if two.type not in COMPOUND],
    )
    if len(scalars[0]) == 1 and scalars[1]:
        one = scalars[0][0]
        two = next(
            (each for each in scalars[1] if {one.type, each.type} == {"integer", "number"}), scalars[1][0]
        )
        gone.remove(one)
        new.remove(two)
        matched.append((one, two))
    return Pairing(matched, gone, new)


def _same_type(gone: list[Alternative], new: list[Alternative]) -> list[tuple[Alternative, Alternative]]:
    matched = []
    for one in list(gone):
        two = next((each for each in new if each.type == one.type != "object"), None)
        if two is not None:
            gone.remove(one)
            new.remove(two)
            matched.append((one, two))
    return matched


def _most_alike(gone: list[Alternative], new: list[Alternative]) -> list[tuple[Alternative, Alternative]]:
    """Pairs objects by their fields, except those that all of them have, such as `success`."""
    ours, theirs = [[one for one in side if one.type == "object"] for side in (gone, new)]
    if len(ours) == 1 == len(theirs) and len(gone) == 1 == len(new):
        candidates = [(1.0, ours[0], theirs[0])]
    else:
        fields = [frozenset(one.properties) for one in [*ours, *theirs]]
        everywhere = frozenset.intersection(*fields) if fields else frozenset()
        only = len(theirs) == 1
        candidates = [
            (_likeness(one, two, everywhere, only=only), one, two) for one in ours for two in theirs
        ]
    matched = []
    for likeness, one, two in sorted(candidates, key=lambda each: -each[0]):
        if likeness > 0 and one in gone and two in new:
            gone.remove(one)
            new.remove(two)
            matched.append((one, two))
    return matched


def _likeness(one: Alternative, two: Alternative, everywhere: frozenset[str], *, only: bool) -> float:
    ours, theirs = set(one.properties) - everywhere, set(two.properties) - everywhere
    # Without distinctive fields it may be any of ours: the first one left after all others are paired. The
    # vendor's only one may also be the one of ours that had none, and has gained some.
    if not theirs or (only and not ours):
        return NO_OWN_FIELDS
    return len(ours & theirs) / len(ours | theirs)


def _is_split(ours: list[Alternative], theirs: list[Alternative]) -> bool:
    if len(ours) != 1 or len(theirs) < 2 or any(one.type != "object" for one in [*ours, *theirs]):
        return False
    fields = set(ours[0].properties)
    return bool(fields) and not any(fields <= set(two.properties) for two in theirs)
