"""The one table of the kinds of projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .classification import Classification
from .media import AUDIO, IMAGE, SERIES, TABLE
from .object_detection import ObjectDetection
from .regression import Regression
from .visual_anomaly import VisualAnomaly

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .kind import Kind

_ALL: Sequence[Kind[Any]] = (  # each has outputs of a type of its own
    Classification("classification", SERIES),
    Classification("image-classification", IMAGE),
    Classification("keyword-spotting", AUDIO),
    Regression("regression", TABLE),
    VisualAnomaly("visual-anomaly", IMAGE),
    ObjectDetection("object-detection", IMAGE),
)

KINDS: Mapping[str, Kind[Any]] = {kind.name: kind for kind in _ALL}
"""The kinds, by the names that the projects' data has for them."""
