"""The kinds of difference between the contract and a vendor's document, and how severe each one is."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.drift.documents import Pointer
    from tools.drift.schemas import Alternative, Reference


class Severity(enum.IntEnum):
    """What a difference means for callers of the API who rely on the contract. The worst is the greatest."""

    TEXT = 0
    ADDITIVE = 1
    TIGHTENED = 2
    BREAKING = 3

    def __str__(self) -> str:
        return {0: "text only", 1: "additive", 2: "tightened", 3: "breaking"}[self]


class Direction(enum.Enum):
    """Who sends the value: the caller or the server."""

    REQUEST = "request"
    RESPONSE = "response"


_BOTH = {
    Severity.BREAKING: [
        "operation-gone",
        "path-changed",
        "method-changed",
        "server-gone",
        "server-new",
        "security-gone",
        "security-new",
        "parameter-gone",
        "parameter-required",
        "parameter-style",
        "body-gone",
        "body-required",
        "response-gone",
        "response-new",
        "media-type-gone",
        "field-gone",
        "type-changed",
        "format-changed",
        "alternative-gone",
    ],
    Severity.ADDITIVE: [
        "operation-new",
        "parameter-new",
        "parameter-optional",
        "body-new",
        "body-optional",
        "field-new",
        "type-looser",
        "map-looser",
        "object-opened",
        "nullable",
        "bound-looser",
        "enum-value-new",
        "enum-opened",
    ],
    # Nothing changes for callers if the values of an open enum are no longer listed, or if an answer is
    # available in a further media type.
    Severity.TEXT: [
        "text",
        "text-copied",
        "number-format",
        "path-parameter-renamed",
        "enum-unlisted",
        "media-type-new",
    ],
}

# Fewer values than before. In a response, callers can handle all that remain. In a request, the server now
# refuses what it used to accept.
_NARROWER = [
    "type-narrower",
    "map-narrower",
    "object-closed",
    "object-detailed",
    "object-split",
    "nullable-gone",
    "bound-tighter",
    "enum-new",
    "enum-closed",
    "enum-value-gone",
    "field-required",
    "field-undefined",
]


# More freedom in a request. In a response, callers lose what the contract promises: that a field is present,
# or that an object has the form whose fields they read.
_LESS_PROMISED = ["field-optional", "alternative-new"]


def severity(kind: str, direction: Direction) -> Severity:
    """Returns how severe a difference of this kind is."""
    request = direction is Direction.REQUEST
    if kind in _NARROWER:
        return Severity.BREAKING if request else Severity.TIGHTENED
    if kind in _LESS_PROMISED:
        return Severity.ADDITIVE if request else Severity.BREAKING
    return next(level for level, kinds in _BOTH.items() if kind in kinds)


KINDS = frozenset([*_NARROWER, *_LESS_PROMISED, *(kind for kinds in _BOTH.values() for kind in kinds)])


@dataclass
class Difference:
    """One difference. A component that is used in several places is reported once, with all of them."""

    kind: str
    severity: Severity
    what: str
    spot: str
    """The name of its place in the contract, such as `Sample.sensors[]`, which declarations refer to."""
    contract: Pointer
    """The place in the contract; for something new, the place to add it."""
    vendor: Pointer
    """The place in the vendor's document; for something gone, where it would be."""
    vendor_spot: str
    line: int | None
    """The line in the contract, from 1."""
    name: str = ""
    """The parameter, field or value that the difference is about, if there is one."""
    value: object = None
    """The value of the enum, or the bound, in the vendor's document."""
    schema: Reference = ()
    """The vendor's schema of a new field."""
    alternative: Alternative | None = None
    """The vendor's schema of a new alternative."""
    places: list[str] = field(default_factory=list)
    """The places on the wire that it affects, such as `GET /api/… → 200 → result[].sample.label`."""
