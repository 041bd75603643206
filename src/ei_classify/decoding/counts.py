"""Counts of values that do not fit the contract, by kind of place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ei_classify_api.types import SetAside

MOST_KINDS = 100
LONGEST_KIND = 200  # characters; the names in a place may come from a user's metadata

_Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


def kind_of(place: str) -> str:
    """Return the kind of a place: `result[].sample.created` for `result[7].sample.created`."""
    return re.sub(r"\[[^]]*\]", "[]", place)


class SetAsideCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many values do not fit the contract and were left out.

    `SetAsideCounts()` is the value before the first answer. At most 1000 values are counted per page.
    """

    total: _Count = 0
    kinds: dict[str, _Count] = {}
    """The number of values by kind of place, such as `result[].sample.created`, in the order in which they
    first occurred. These are the first 100 kinds, each cut to 200 characters; the total includes all."""

    @classmethod
    def of(cls, found: Iterable[SetAside]) -> SetAsideCounts:
        """Return the counts of these values."""
        kinds: dict[str, int] = {}
        values = list(found)
        for each in values:
            kind = kind_of(each.place)[:LONGEST_KIND]
            kinds[kind] = kinds.get(kind, 0) + 1
        return cls(len(values), _bounded(kinds))

    def merge(self, later: SetAsideCounts) -> SetAsideCounts:
        """Return the counts of these answers together with those of later answers."""
        if not later.total:
            return self
        kinds = dict(self.kinds)
        for kind, count in later.kinds.items():
            kinds[kind] = kinds.get(kind, 0) + count
        return SetAsideCounts(self.total + later.total, _bounded(kinds))


def _bounded(kinds: dict[str, int]) -> dict[str, int]:
    return dict(list(kinds.items())[:MOST_KINDS])
