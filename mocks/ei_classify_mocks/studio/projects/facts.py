"""What filters look at in a sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True)
class Facts:
    """What filters look at in a sample.

    Attributes:
        labels: The label, or the labels of a sample that has several.
        data_type: `audio`, `image`, or empty for any other data.
    """

    id: int
    filename: str
    label: str
    labels: frozenset[str]
    length_ms: float
    frequency_hz: float
    signed: bool
    data_type: str
    metadata: Mapping[str, str]
    added: datetime


Filter: TypeAlias = Callable[[Facts], bool]
"""Whether a sample passes."""
