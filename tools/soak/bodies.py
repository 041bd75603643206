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
            outcome = _judge(content, readers[number])
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


def _judge(content: bytes, warm: PageReader) -> str:
    typed = _read("objects", ClassifyJobResultPage.from_json, content)
    raw = _read("raw", lambda body: RawPage.read(0, body), content)
    fresh = _read("tables", PageReader().read, content)
    again = _read("tables of a warm reader", warm.read, content)
    refused = isinstance(typed, str) or not typed.success
    if refused != isinstance(fresh, str) or isinstance(fresh, str) != isinstance(again, str):
        raise Broken(f"judged differently: objects {_told(typed)}, tables {_told(fresh)} and {_told(again)}")
    if refused:
        return "refused" if isinstance(typed, str) else "refused as success is false"
    if isinstance(raw, str):
        raise Broken(f"the raw page is refused: {raw}")
    for page in (fresh, again):
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
    if isinstance(ours, dict) and isinstance(theirs, dict):
        one, other = ({k: v for k, v in each.items() if v is not None} for each in (ours, theirs))
        return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(_same, ours, theirs))
    if isinstance(ours, bool) or isinstance(theirs, bool):
        return ours is theirs
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return ours == theirs or (math.isnan(ours) and math.isnan(theirs))
    return bool(ours == theirs)
