"""The kinds of difference between the contract and a vendor's document, and whom each one breaks."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.drift.documents import Pointer
    from tools.drift.schemas import Alternative, Reference


class Severity(enum.IntEnum):
    """What a difference means for those who call the API through the contract; the worst is the greatest."""

    TEXT = 0
    ADDITIVE = 1
    TIGHTENED = 2
    BREAKING = 3

    def __str__(self) -> str:
        return {0: "text only", 1: "additive", 2: "tightened", 3: "breaking"}[self]


class Direction(enum.Enum):
    """Who writes the value: the caller, or the server."""

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
    # Nothing changes for a caller when an open enum's values are listed no longer, or when an answer can be
    # had in one more media type.
    Severity.TEXT: [
        "text",
        "text-copied",
        "number-format",
        "path-parameter-renamed",
        "enum-unlisted",
        "media-type-new",
    ],
}

# Fewer values than before. In a response the caller is ready for all that can still come; in a request the
# server now refuses what it took.
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


# More freedom in a request. In a response callers lose what the contract promised: that a field is there, or
# that an object is of the one form whose fields they read.
_LESS_PROMISED = ["field-optional", "alternative-new"]


def severity(kind: str, direction: Direction) -> Severity:
    """Whom a difference of this kind breaks."""
    request = direction is Direction.REQUEST
    if kind in _NARROWER:
        return Severity.BREAKING if request else Severity.TIGHTENED
    if kind in _LESS_PROMISED:
        return Severity.ADDITIVE if request else Severity.BREAKING
    return next(level for level, kinds in _BOTH.items() if kind in kinds)


KINDS = frozenset([*_NARROWER, *_LESS_PROMISED, *(kind for kinds in _BOTH.values() for kind in kinds)])


@dataclass
class Difference:
    """One difference. A component that is used in several places is reported once, with all its places."""

    kind: str
    severity: Severity
    what: str
    spot: str
    """Its place in the contract by name, such as `Sample.sensors[]`: what declarations refer to."""
    contract: Pointer
    """Where it stands in the contract; for something new, where it would be added."""
    vendor: Pointer
    """Where it stands in the vendor's document; for something gone, where it would be."""
    vendor_spot: str
    line: int | None
    """The line in the contract, from 1."""
    name: str = ""
    """The parameter, field or value that the difference is about, where there is one."""
    value: object = None
    """The enum's value or the bound that is there now."""
    schema: Reference = ()
    """The vendor's schema of a new field."""
    alternative: Alternative | None = None
    """The vendor's schema of a new alternative."""
    places: list[str] = field(default_factory=list)
    """Where it shows on the wire, such as `GET /api/… → 200 → result[].sample.label`."""
