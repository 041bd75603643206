"""The one table of the kinds of faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .bodies import Status, Truncate
from .connection import Latency, Reset, Stall
from .growth import UnknownEnums, UnknownFields
from .jobs import JobFault
from .pages import Appear, LimitCap, OffsetIgnored, Vanish

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .base import FaultKind

_ALL: tuple[type[FaultKind], ...] = (
    Latency,
    Status,
    Truncate,
    Stall,
    Reset,
    OffsetIgnored,
    LimitCap,
    Appear,
    Vanish,
    UnknownFields,
    UnknownEnums,
    JobFault,
)

KINDS: Mapping[str, type[FaultKind]] = {kind.name: kind for kind in _ALL}
"""The kinds of faults, by name. Those that strike at the same place do so in this order."""
