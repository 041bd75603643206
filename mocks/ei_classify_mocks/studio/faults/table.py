"""The one table of the kinds of faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .bodies import ContentEncoding, EarlyEnd, Status, Truncate
from .connection import Latency, Reset, Stall
from .growth import Grown, UnknownEnums, UnknownFields
from .jobs import JobFault
from .pages import Appear, LimitCap, OffsetIgnored, Vanish
from .values import Dates, Fractions, Nulls, Surrogates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .base import FaultKind

_ALL: tuple[type[FaultKind], ...] = (
    Latency,
    Status,
    OffsetIgnored,
    LimitCap,
    Appear,
    Vanish,
    JobFault,
    UnknownFields,
    UnknownEnums,
    Grown,
    Nulls,
    Fractions,
    Dates,
    Surrogates,
    Truncate,
    ContentEncoding,
    EarlyEnd,
    Stall,
    Reset,
)

KINDS: Mapping[str, type[FaultKind]] = {kind.name: kind for kind in _ALL}
"""The kinds of faults, by name. Those that strike at the same place do so in this order."""
