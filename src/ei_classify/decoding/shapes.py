"""The shape that the pages of a project have in common, which makes the next page faster to decode."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final, cast

import msgspec
from attrs import frozen
from ei_classify_api.models.classification import ClassificationWire
from ei_classify_api.models.classify_job_result_page import ClassifyJobResultPageWire
from ei_classify_api.models.model_prediction import ModelPredictionWire

from .derived import Derivation, properties
from .parts import REPEATED

if TYPE_CHECKING:
    from ei_classify_api.types import Wire

    from . import views
    from .derived import Form

_MOST_LABELS = 1000


@frozen
class Shape:
    """The form in which a page is decoded."""

    labels: tuple[str, ...] | None = None
    """The labels whose scores are the fields `s0`, `s1` … of a window, with NaN for an absent score. None if
    a window is a dict by label."""
    absent: frozenset[str] = frozenset()
    """The attributes that no prediction has."""


PLAIN: Final = Shape()
"""The shape that fits every page. It is used until the first page has been decoded."""


def shape_of(page: views.ClassifyJobResultPage) -> Shape:
    """Return the shape in which a page like this one is decoded fastest. The page itself must be `PLAIN`."""
    return Shape(_labels(page), _absent(page))


@functools.lru_cache(maxsize=8)
def page_decoder(shape: Shape) -> msgspec.json.Decoder[views.ClassifyJobResultPage]:
    """Return a decoder for pages of this shape. It raises `msgspec.ValidationError` for other pages."""
    replaced: dict[tuple[type[Wire], str], Form] = dict.fromkeys(REPEATED, msgspec.Raw)
    if shape.labels is not None:
        replaced[ClassificationWire, "result"] = list[_scores_type(shape.labels)]  # type: ignore[misc]
    derivation = Derivation(replaced, {ModelPredictionWire: shape.absent})
    return msgspec.json.Decoder(derivation.form(ClassifyJobResultPageWire))


def _scores_type(labels: tuple[str, ...]) -> type[msgspec.Struct]:
    names = {f"s{number}": label for number, label in enumerate(labels)}
    absent = float("nan")  # JSON has no number for it
    return msgspec.defstruct(
        "Scores",
        [(name, float, absent) for name in names],
        rename=names,
        forbid_unknown_fields=True,
        gc=False,
    )


def _labels(page: views.ClassifyJobResultPage) -> tuple[str, ...] | None:
    """Return the labels of a page's windows; None if a field for each would not help."""
    windows = cast(
        "list[dict[str, float]]",
        [window for result in page.result for block in result.classifications for window in block.result],
    )
    labels = sorted(set().union(*windows))
    dense = 2 * sum(map(len, windows)) >= len(labels) * len(windows)
    # msgspec does not accept these characters in the name of a field.
    plain = not any(ord(each) < 32 or each in '"\\' for label in labels for each in label)
    return tuple(labels) if labels and dense and plain and len(labels) <= _MOST_LABELS else None


def _absent(page: views.ClassifyJobResultPage) -> frozenset[str]:
    """Return the optional attributes that no prediction of a page has."""
    if not page.predictions:
        return frozenset()
    optional = [each.name for each in properties(ModelPredictionWire) if not each.required]
    return frozenset(
        name for name in optional if all(getattr(each, name) is None for each in page.predictions)
    )
