"""The two answers with results, decoded for tables: with types derived from the generated ones, and fast.

A generated `Wire` type says what JSON may hold. The type derived from it here takes the same values in the
same places. It skips properties that the contract does not know, has None for what is absent, and reads every
number as a float. On top of that come two shortcuts for what repeats:

- Parts that are the same in many samples, such as the learn block, are kept as bytes first and decoded once.
- What the page before had is expected of the next: a window's scores are read into an object with a field a
  label, and predictions without the properties that none had. A page of another shape is decoded once more.

What does not fit is decoded once more with the generated type, whose error names the place.
"""

from __future__ import annotations

import datetime
import functools
import types
import typing
from typing import TYPE_CHECKING, Annotated, Any, Final, Union

import msgspec
from attrs import define, frozen
from ei_classify_api.errors import MismatchError
from ei_classify_api.models.classification import ClassificationWire
from ei_classify_api.models.classified_sample import ClassifiedSampleWire
from ei_classify_api.models.classify_job_result_page import ClassifyJobResultPageWire
from ei_classify_api.models.model_prediction import ModelPredictionWire
from ei_classify_api.models.sample import SampleWire
from ei_classify_api.types import UNSET, Timestamp, Unset, Wire, read_dict, read_json

if TYPE_CHECKING:
    from ei_classify_api.models import ClassifiedSample

    Fields = dict[tuple[type[Wire], str], Any]

_REPEATED: Final = (
    (ClassificationWire, "learn_block"),
    (ClassificationWire, "thresholds"),
    (ClassificationWire, "expected_labels"),
    (SampleWire, "sensors"),
)
_MOST_LABELS = 1000
_LONGEST_KEPT = 16_384
_Instant = Annotated[datetime.datetime, msgspec.Meta(tz=True)]


@frozen
class Shape:
    """What pages of a project have in common, so that they can be read faster once it is known."""

    labels: tuple[str, ...] | None = None
    """The labels whose scores stand in the fields `s0`, `s1` … of a window, NaN for what is absent; with
    None, a window is a dict by label."""
    absent: frozenset[str] = frozenset()
    """The fields that no prediction has; the objects have no such attributes."""


PLAIN: Final = Shape()
"""What is known of a page that was decoded without any shortcut."""


@define(eq=False)
class PageAnswer:
    """A page of a classify job's result, decoded for tables."""

    decoded: Any
    """As `ClassifyJobResultPageWire`, with the differences named above."""
    content: bytes
    """The body that it was decoded from."""
    success: bool
    """Whether the call was carried out."""
    error: str | Unset
    """What the server said where it was not."""
    shape: Shape
    """In what form it was decoded."""

    @staticmethod
    def from_json(content: bytes | str) -> PageAnswer:
        """The page that this JSON stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
            msgspec.DecodeError: It is not JSON.
        """
        body = content.encode() if isinstance(content, str) else content
        try:
            return _read(body, body)
        except (msgspec.ValidationError, OverflowError):
            # The generated type takes more forms of a date than msgspec itself, or else says what is wrong.
            return _read(_written(read_json(body, ClassifyJobResultPageWire)), body)

    @property
    def sample_ids(self) -> list[int]:
        """The ids of the page's samples, in its order."""
        return [result.sample_id for result in self.decoded.result]

    @property
    def total(self) -> int | None:
        """The number of samples over all pages, if the server tells it."""
        count: int | None = self.decoded.total_count
        return count


def decode_page(content: bytes) -> PageAnswer:
    """The page in a body.

    Raises:
        MismatchError: It is not a page.
        msgspec.DecodeError: It is not JSON.
    """
    page = PageAnswer.from_json(content)
    if not page.success:
        raise MismatchError("success", "expected true, got false")
    return page


def convert_sample(answer: ClassifiedSample) -> Any:
    """The answer as `ClassifiedSampleWire`, with the differences named above but for the shortcuts."""
    wire = read_dict(answer.to_dict(), ClassifiedSampleWire)
    return msgspec.json.decode(_written(wire), type=_derive(ClassifiedSampleWire, {}, {}))


def _written(wire: Wire) -> bytes:
    return msgspec.json.encode(wire, enc_hook=datetime.datetime.isoformat)


# --- Shapes ------------------------------------------------------------------------------------------------

_shape = PLAIN  # that of the last page


def _read(body: bytes, content: bytes) -> PageAnswer:
    global _shape
    expected = _shape
    if expected != PLAIN:
        try:
            return _answer(_decoder(expected).decode(body), content, expected)
        except msgspec.ValidationError:
            pass
    page = _decoder(PLAIN).decode(body)
    shape = Shape(_labels(page), _absent(page))
    # The same shape, and it did not do: the server sends something unknown in each prediction.
    _shape = Shape(shape.labels) if shape == expected else shape
    return _answer(page, content, PLAIN)


def _answer(page: Any, content: bytes, shape: Shape) -> PageAnswer:
    return PageAnswer(_resolved(page), content, page.success, page.error or UNSET, shape)


def _labels(page: Any) -> tuple[str, ...] | None:
    """The labels of a page's windows, if a field for each would help."""
    windows = [
        window for result in page.result for block in result.classifications for window in block.result
    ]
    labels = sorted(set().union(*windows))
    dense = 2 * sum(map(len, windows)) >= len(labels) * len(windows)
    # msgspec takes no such characters in the name of a field.
    plain = not any(ord(each) < 32 or each in '"\\' for label in labels for each in label)
    return tuple(labels) if labels and dense and plain and len(labels) <= _MOST_LABELS else None


def _absent(page: Any) -> frozenset[str]:
    """The optional fields that no prediction of a page has."""
    if not page.predictions:
        return frozenset()
    fields = [each.name for each in msgspec.structs.fields(ModelPredictionWire) if not each.required]
    known = [name for name in fields if name != "_unknown"]
    return frozenset(name for name in known if all(getattr(each, name) is None for each in page.predictions))


@functools.lru_cache(maxsize=8)
def _decoder(shape: Shape) -> msgspec.json.Decoder[Any]:
    done: dict[type[Wire], Any] = {}
    fields: Fields = dict.fromkeys(_REPEATED, msgspec.Raw)
    if shape.labels is not None:
        names = {f"s{number}": label for number, label in enumerate(shape.labels)}
        absent = float("nan")  # which no JSON number is
        scores = msgspec.defstruct(
            "Scores",
            [(name, float, absent) for name in names],
            rename=names,
            forbid_unknown_fields=True,
            gc=False,
        )
        fields[ClassificationWire, "result"] = list[scores]  # type: ignore[valid-type]
    if shape.absent:
        _derive(ModelPredictionWire, fields, done, shape.absent)
    return msgspec.json.Decoder(_derive(ClassifyJobResultPageWire, fields, done))


# --- Repeated parts ----------------------------------------------------------------------------------------


def _resolved(page: Any) -> Any:
    """The page, with its repeated parts decoded. What is the same in two places is one object then."""
    for result in page.result:
        sample = result.sample
        sample.sensors = _part(SampleWire, "sensors", bytes(sample.sensors))
        for block in result.classifications:
            block.learn_block = _part(ClassificationWire, "learn_block", bytes(block.learn_block))
            block.expected_labels = _part(ClassificationWire, "expected_labels", bytes(block.expected_labels))
            if block.thresholds is not None:
                block.thresholds = _part(ClassificationWire, "thresholds", bytes(block.thresholds))
    return page


def _part(wire: type[Wire], name: str, content: bytes) -> Any:
    # What is long is seldom the same twice, and would take too much memory to keep.
    read = _short_part if len(content) <= _LONGEST_KEPT else _short_part.__wrapped__
    return read(wire, name, content)


@functools.lru_cache(maxsize=1024)
def _short_part(wire: type[Wire], name: str, content: bytes) -> Any:
    return _part_decoder(wire, name).decode(content)


@functools.cache
def _part_decoder(wire: type[Wire], name: str) -> msgspec.json.Decoder[Any]:
    (kind,) = [field.type for field in msgspec.structs.fields(wire) if field.name == name]
    return msgspec.json.Decoder(_derived(kind, {}, {}))


# --- Types -------------------------------------------------------------------------------------------------


def _derive(
    wire: type[Wire],
    fields: Fields,
    done: dict[type[Wire], Any],
    absent: frozenset[str] = frozenset(),
) -> Any:
    """The type to decode into, from the generated one.

    `fields` are read as another type than theirs. With `absent` fields, these and unknown ones are refused.
    """
    if wire not in done:
        done[wire] = Any  # for parts of its own kind: no table has them
        known = [each for each in msgspec.structs.fields(wire) if each.name not in {"_unknown", *absent}]
        kinds = {
            each.name: fields.get((wire, each.name)) or _derived(each.type, fields, done) for each in known
        }
        done[wire] = msgspec.defstruct(
            wire.__name__,
            [(each.name, kinds[each.name], *(() if each.required else (None,))) for each in known],
            rename={each.name: each.encode_name for each in known},
            kw_only=True,
            forbid_unknown_fields=bool(absent),
            gc=False,
        )
    return done[wire]


def _derived(kind: Any, fields: Fields, done: dict[type[Wire], Any]) -> Any:
    arguments = typing.get_args(kind)
    container = typing.get_origin(kind)
    if isinstance(kind, type) and issubclass(kind, Wire):
        return _derive(kind, fields, done)
    if kind is Timestamp:
        return _Instant
    if container in (Union, types.UnionType):
        kinds = [each for each in arguments if each is not Unset and not (each is int and float in arguments)]
        return Union[tuple(_derived(each, fields, done) for each in kinds)]  # noqa: UP007
    if arguments:
        return container[tuple(_derived(each, fields, done) for each in arguments)]
    return kind
