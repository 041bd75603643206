"""The tasks of workers: they read a slice of a run and write its part, or read samples to check them.

A task returns an error of this package and does not raise it: Dask would log the call with its traceback.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, cast

import distributed

from ei_classify.client import ClassifyClient
from ei_classify.errors import EiClassifyError
from ei_classify.export.digests import sample_digest
from ei_classify.export.exporting import named_failures
from ei_classify.export.formats import gatherer
from ei_classify.export.parts import PartGatherer
from ei_classify.export.reading import RunReader

from .keys import find_key
from .slices import SliceRead

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ei_classify.dataset import RunEntry
    from ei_classify.export.checking import SampleFound
    from ei_classify.export.gathering import Gatherer

    from .limits import CallLimit
    from .slices import Reading, Slice


def read_slice(reading: Reading, piece: Slice) -> SliceRead | EiClassifyError:
    """Read a slice, write its part to files that stay hidden, and return what is to be said of it."""
    try:
        with named_failures(reading.storage), _reader(reading, piece.run) as (gathering, reader):
            return _read(reading, piece, gathering, reader)
    except EiClassifyError as error:
        return _light(error)


def read_samples(
    reading: Reading, run: RunEntry, offsets: Sequence[int]
) -> dict[int, SampleFound | None] | EiClassifyError:
    """Read the samples of a run at these offsets; None stands for one that is not there."""
    try:
        with _reader(reading, run) as (_, reader):
            return {offset: reader.sample(offset) for offset in offsets}
    except EiClassifyError as error:
        return _light(error)


def _read(reading: Reading, piece: Slice, gathering: Gatherer[Any], reader: RunReader[Any]) -> SliceRead:
    part = PartGatherer(reading.storage, piece.run.folder, gathering)
    total, first, received = None, None, 0
    with contextlib.closing(reader.pages(piece.start, piece.end)) as pages:
        for page in pages:
            part.add(page)
            received += len(page.content)
            total = page.total if page.total is not None else total
            first = first or sample_digest(page, 0)
    return SliceRead(
        part=part.write(piece.number, piece.start),
        total=total,
        first=first,
        facts=part.facts,
        set_aside=part.set_aside,
        bytes=received,
    )


@contextlib.contextmanager
def _reader(reading: Reading, run: RunEntry) -> Iterator[tuple[Gatherer[Any], RunReader[Any]]]:
    gathering = gatherer(reading.format, raw_csv=reading.raw_csv)(run)
    filters: Any = {**reading.filters, "impulse_id": run.impulse_id}
    limit = cast("CallLimit", distributed.get_worker().plugins[reading.limit])
    with ClassifyClient(
        find_key(run.project_id, reading.key_provider).reveal(),
        base_url=reading.server,
        allow_insecure=reading.allow_insecure,
        gate=limit.gate(),
    ) as client:
        yield (
            gathering,
            RunReader(client, run, gathering.reader(), filters, reading.page_size, reading.concurrency),
        )


def _light(error: EiClassifyError) -> EiClassifyError:
    """Return an error without the page that it may have."""
    if hasattr(error, "page"):
        error.page = None
    return error
