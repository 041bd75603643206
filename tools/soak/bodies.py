"""Mutated bodies of pages. All readers accept and refuse the same ones, lose nothing, and are quick."""

from __future__ import annotations

import contextlib
import copy
import logging
import math
import time
from typing import TYPE_CHECKING, Any, Final

import msgspec
from ei_classify_api.errors import MismatchError
from ei_classify_api.models import ClassifyJobResultPage
from ei_classify_api.types import untyped
from ei_classify_mocks import example

from ei_classify.decoding import PageReader, RawPage
from ei_classify.tables import Run, page_step

from .mutations import mutated

if TYPE_CHECKING:
    from collections.abc import Callable

    from .tally import Tally

_PAGES: Final = (
    "page-anomaly", "page-documented", "page-motion", "page-object-detection", "page-regression",
    "page-today", "page-visual-anomaly",
)  # fmt: skip
_LONGEST_S = 1.0
_SHARE_OF_WARM = 0.2
_RUN = Run.for_call(1, {})


def run(tally: Tally) -> None:
    """Make the trials."""
    logging.getLogger("ei_classify").setLevel(logging.CRITICAL)
    pages = [_shortened(example(name)) for name in _PAGES]
    readers = [PageReader() for _ in pages]
    for page, reader in zip(pages, readers, strict=True):
        with contextlib.suppress(Broken):
            _judge(msgspec.json.encode(page), reader)  # the first one is slow, as types are made for it
    for chance in tally.trials():
        number = chance.randrange(len(pages))
        content = mutated(copy.deepcopy(pages[number]), chance)
        begun = time.process_time()
        try:
            # A reader that has seen the pages makes new types for what is new, which takes most of the time.
            outcome = _judge(content, readers[number] if chance.random() < _SHARE_OF_WARM else None)
        except Broken as broken:
            outcome = "fell"
            tally.fall(f"{broken}: {content[:200]!r}")
        tally.outcomes[outcome] += 1
        if time.process_time() - begun > _LONGEST_S:
            tally.fall(f"took {time.process_time() - begun:.1f} s: {content[:200]!r}")


class Broken(Exception):  # noqa: N818  # no error of the project
    """A promise was broken."""


def _shortened(page: dict[str, Any]) -> dict[str, Any]:
    """Return the page with its first two samples, and the first predictions of each."""
    ids = [each["sampleId"] for each in page["result"][:2]]
    own = [
        each
        for sample_id in ids
        for each in [*filter(lambda p: p["sampleId"] == sample_id, page["predictions"])][:3]
    ]
    return {**page, "result": page["result"][:2], "predictions": own}


def _judge(content: bytes, warm: PageReader | None) -> str:
    typed = _read("objects", ClassifyJobResultPage.from_json, content)
    raw = _read("raw", lambda body: RawPage.read(0, body), content)
    fresh = _read("tables", PageReader().read, content)
    again = fresh if warm is None else _read("tables of a warm reader", warm.read, content)
    refused = isinstance(typed, str) or not typed.success
    if refused != isinstance(fresh, str) or isinstance(fresh, str) != isinstance(again, str):
        raise Broken(f"judged differently: objects {_told(typed)}, tables {_told(fresh)} and {_told(again)}")
    if refused:
        return "refused" if isinstance(typed, str) else "refused as success is false"
    if isinstance(raw, str):
        raise Broken(f"the raw page is refused: {raw}")
    for page in (fresh,) if again is fresh else (fresh, again):
        if page.sample_ids != [each.sample_id for each in typed.result]:
            raise Broken("other samples in tables")
        if len(page.decoded.predictions) != len(typed.predictions):
            raise Broken("other predictions in tables")
        try:
            step = page_step(page, _RUN)
        except Exception as error:
            raise Broken(f"no tables: {error!r}") from error
        if step.batches["samples"][0].num_rows != len(typed.result):
            raise Broken("samples are missing in the tables")
    if raw.sample_ids != [each.sample_id for each in typed.result]:
        raise Broken("other samples in the raw page")
    if not _same(typed.to_dict(), untyped(content)):
        raise Broken("not everything is written back")
    return "read, with values set aside" if typed.set_aside else "read"


def _read(name: str, read: Callable[[bytes], Any], content: bytes) -> Any:
    """Return what is read, or the text of the error."""
    try:
        return read(content)
    except MismatchError as error:
        return f"does not fit: {error}"
    except msgspec.DecodeError as error:
        return f"is not JSON: {error}"
    except BaseException as error:
        raise Broken(f"{name}: {error!r}") from error


def _told(outcome: object) -> str:
    return outcome if isinstance(outcome, str) else "read"


def _same(ours: Any, theirs: Any) -> bool:
    """Return whether JSON is the same but for nulls, and numbers for how they are written."""
    pairs = [(ours, theirs)]  # in place of recursion, for which some bodies are too deep
    while pairs:
        one, other = pairs.pop()
        if isinstance(one, dict) and isinstance(other, dict):
            names = {name for name in one if one[name] is not None}
            if names != {name for name in other if other[name] is not None}:
                return False
            pairs += [(one[name], other[name]) for name in names]
        elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
            pairs += zip(one, other, strict=True)
        elif not _same_scalar(one, other):
            return False
    return True


def _same_scalar(one: Any, other: Any) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other or (math.isnan(one) and math.isnan(other))
    return type(one) is type(other) and bool(one == other)
