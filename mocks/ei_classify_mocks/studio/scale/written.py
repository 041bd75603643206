"""How a scale project is written: `scale:COUNT[,kind=KIND][,windows=COUNT][,labels=COUNT]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .detections import DetectionPatterns
from .keywords import Keywords
from .project import ScaleProject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ei_classify_mocks.studio.projects import Project

    from .patterns import Patterns

PATTERNS: Mapping[str, type[Patterns[Any]]] = {"kws": Keywords, "detection": DetectionPatterns}
"""What `kind=` can name. Each has outputs of a type of its own."""

_MOST = 1_000_000_000  # samples, so that the dates stay within the calendar
_WINDOWS, _LABELS = 10, 12


def scale_project(spec: str, identity: int) -> Project:
    """The project that is written as `spec`.

    Raises:
        ValueError: It is not written as a scale project, or asks for what there cannot be.
    """
    head, *rest = spec.split(",")
    name, _, count = head.partition(":")
    options = dict(part.partition("=")[::2] for part in rest)
    if name != "scale" or not count.isdecimal() or options.keys() - {"kind", "windows", "labels"}:
        raise ValueError(
            f"a project is written scale:COUNT[,kind={'|'.join(PATTERNS)}][,windows=COUNT][,labels=COUNT], "
            f"not {spec!r}"
        )
    kind = options.get("kind", "kws")
    if kind not in PATTERNS:
        raise ValueError(f"a scale project is of kind {' or '.join(PATTERNS)}, not {kind!r}")
    samples, windows = int(count), int(options.get("windows", _WINDOWS))
    labels = int(options.get("labels", _LABELS))
    if samples > _MOST or windows < 1 or labels < 1:
        raise ValueError(f"a scale project has 0 to {_MOST} samples, 1 window or more and 1 label or more")
    return ScaleProject(identity, samples, PATTERNS[kind](windows, labels))
