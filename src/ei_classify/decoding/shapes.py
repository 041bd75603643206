"""The shape that the pages of a project have in common, which makes the next page faster to decode."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final, cast

import msgspec
from attrs import evolve, field, frozen
from ei_classify_api.familiar import Kin, Oddities
from ei_classify_api.models.classification import ClassificationWire
from ei_classify_api.models.classify_job_result_page import ClassifyJobResultPageWire
from ei_classify_api.models.model_prediction import ModelPredictionWire
from ei_classify_api.types import Notes

from .derived import Derivation, ExactValues, properties, property_type
from .parts import REPEATED

if TYPE_CHECKING:
    from ei_classify_api.types import Wire

    from . import views
    from .derived import Form

_MOST_LABELS = 1000
_SCORES = (ClassificationWire, "result")


@frozen
class Shape:
    """The form in which a page is decoded."""

    labels: tuple[str, ...] | None = None
    """The labels whose scores are the fields `s0`, `s1` … of a window, with NaN for an absent score. None if
    a window is a dict by label."""
    absent: frozenset[str] = frozenset()
    """The attributes that no prediction has."""
    odd: Oddities = field(factory=Oddities)
    """What pages have that the contract does not describe."""

    @property
    def has_null_scores(self) -> bool:
        """Whether the fields of a window may also be None."""
        return self.labels is not None and _SCORES in self.odd.nulls


PLAIN: Final = Shape()
"""The shape that fits every page. It is used until the first page has been decoded."""


def shape_of(page: views.ClassifyJobResultPage, odd: Oddities) -> Shape:
    """Return the shape in which a page like this one is decoded fastest. Its windows must be dicts."""
    unfit = {name for wire, name in odd.unfit if wire is ModelPredictionWire}
    return Shape(None if _SCORES in odd.unfit else _labels(page), _absent(page) - unfit, odd)


def unknown_in_predictions(content: bytes) -> Notes:
    """Return the names of the properties of a page's predictions that the contract does not have."""
    notes = Notes()
    known = {each.encode_name for each in properties(ModelPredictionWire)}
    for prediction in _NAMES.decode(content).predictions:
        notes.unknown.update(((ModelPredictionWire, name), None) for name in prediction.keys() - known)
    return notes


class _Names(msgspec.Struct):
    predictions: list[dict[str, msgspec.Raw]]


_NAMES: Final = msgspec.json.Decoder(_Names)


@functools.lru_cache(maxsize=8)
def page_decoder(shape: Shape) -> msgspec.json.Decoder[views.ClassifyJobResultPage]:
    """Return a decoder for pages of this shape. It raises `msgspec.ValidationError` for other pages."""
    kin = page_kin(shape)
    replaced: dict[tuple[type[Wire], str], Form] = {
        (wire, name): msgspec.Raw
        for wire, name in REPEATED
        if property_type(kin.of.get(wire, wire), name) == property_type(wire, name)
    }
    if shape.labels is not None:
        kind = float | None if shape.has_null_scores else float
        replaced[_SCORES] = list[_scores_type(shape.labels, kind)]  # type: ignore[misc]
    derivation = Derivation(
        replaced,
        {ModelPredictionWire: shape.absent},
        {ModelPredictionWire: shape.odd.names(ModelPredictionWire)},
    )
    return msgspec.json.Decoder(derivation.form(kin.wire))


@functools.lru_cache(maxsize=8)
def page_kin(shape: Shape) -> Kin:
    """Return what there is to do with a page that was decoded in this shape."""
    odd = evolve(shape.odd, unknown=())  # unknown properties are skipped
    if shape.labels is not None:
        odd = evolve(odd, nulls=odd.nulls - {_SCORES})  # a null is read as an absent score
    return Kin(ClassifyJobResultPageWire, odd, ExactValues())


def _scores_type(labels: tuple[str, ...], kind: Form) -> type[msgspec.Struct]:
    names = {f"s{number}": label for number, label in enumerate(labels)}
    absent = float("nan")  # JSON has no number for it
    return msgspec.defstruct(
        "Scores",
        [(name, kind, absent) for name in names],
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
