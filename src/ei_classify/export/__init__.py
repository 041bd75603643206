"""All results of a classify job on disk: whole, resumable, as Parquet, CSV or JSON lines.

The layout is that of Hive partitions: `project_id=…/impulse_id=…/variant=…/TABLE/part-….parquet`. Parts
appear whole or not at all, and `manifest.json` says which of them count. An export that was stopped, in
whatever way, goes on where it was when it is called again.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from attrs import frozen

from ei_classify.decoding import PageAnswer, PageReader
from ei_classify.errors import (
    ConfigurationError,
    ExportChangedError,
    ExportDamagedError,
    ExportError,
)
from ei_classify.operations import DEFAULT_CONCURRENCY, DEFAULT_PAGE_SIZE, encode_filters
from ei_classify.walking import SeenIds

from .files import settle, sole_user, whole_file
from .formats import FORMATS, Format, Gatherer, gatherer
from .manifest import NAME, UNASKED, FileEntry, Manifest, Part, RunEntry, packed

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Generator, Iterable, Iterator, Sequence
    from typing import IO, Unpack

    from ei_classify.client import ClassifyClient
    from ei_classify.operations import PageFilters

__all__ = ["FORMATS", "Exported", "Format", "Progress", "export"]

ROWS_PER_PART = 262_144
"""After how many rows a part is written. Until then they are held in memory."""
SECONDS_PER_PART = 30.0
"""After how many seconds a part is written at the latest, so that a slow export loses little when stopped."""


@frozen
class Progress:
    """How far an export has come with a variant."""

    variant: str | None
    samples: int
    """How many samples were read, those of earlier calls included."""
    total: int | None
    """How many there are, if the server tells it."""
    resumed: int
    """How many of the samples were in already when this call began."""
    bytes: int
    """How much was received for this variant in this call, after decompression."""


@frozen
class Exported:
    """What an export did."""

    folder: Path
    samples: int
    """How many samples are in, over all variants."""
    new: int
    """How many of them this call read."""


def export(
    client: ClassifyClient,
    folder: str | Path,
    project_id: int,
    *,
    variants: Sequence[str | None] = (None,),
    format: Format = "parquet",  # the word of the command line  # noqa: A002
    restart: bool = False,
    page_size: int = DEFAULT_PAGE_SIZE,
    concurrency: int = DEFAULT_CONCURRENCY,
    rows_per_part: int = ROWS_PER_PART,
    on_progress: Callable[[Progress], object] | None = None,
    **filters: Unpack[PageFilters],
) -> Exported:
    """Write all results of a project's classify job into a folder; called again, go on where that stopped.

    Args:
        client: What reads the results.
        folder: Where they go; made if it is not there. Other projects and variants may be in it already.
        project_id: The project.
        variants: The model variants, one after the other; None is the one that the server chooses.
        format: `parquet` for all tables (see `ei_classify.tables`), `csv` for predictions and scores, `jsonl`
            for the answers as they came, one sample a line. The first two need the extra `tables`.
        restart: Throw away what is there of these variants, once there is something to put in its place, and
            begin anew; as another format, if the folder holds nothing else.
        page_size: How many samples to ask for at a time.
        concurrency: How many calls may be under way.
        rows_per_part: After how many rows a part is written. Until then they are held in memory.
        on_progress: Called after each page.
        filters: Which samples; see `PageFilters`.

    Raises:
        ExportChangedError: The results are no longer those that the folder holds a part of.
        ExportLockedError: Another export is writing into the folder.
        ExportDamagedError: What the folder holds is not what was written.
        ExportError: The folder cannot be written, or holds another kind of export.
        ResultsChangedError: The results changed while they were read.
        MissingExtraError: pyarrow is not installed.
        CallError: A call failed. What was written stays, and the same call goes on from there.
        ConfigurationError: The format is not known, or `variants` is empty or holds `@default`.
    """
    if format not in FORMATS:
        raise ConfigurationError(
            f"must be {', '.join(FORMATS[:-1])} or {FORMATS[-1]}, not {format!r}", name="format"
        )
    if not variants or isinstance(variants, str):
        raise ConfigurationError("must be a list of at least one variant", name="variants")
    if filters.get("variant") is not None:
        raise ConfigurationError("give variants, not variant")
    if UNASKED["variant"] in variants:
        raise ConfigurationError(
            f"cannot be {UNASKED['variant']}, the folder of the variant that the server chooses",
            name="variants",
            advice="Ask for None.",
        )
    gather = gatherer(format)  # before anything is read or written
    root = Path(folder)
    new = 0
    with _named_failures(root), sole_user(root):
        asked = [
            _fresh(project_id, variant, dict(filters))
            for variant in dict.fromkeys(None if each is None else str(each) for each in variants)
        ]
        holding = _open(root, format, restart, [fresh.folder for fresh in asked])
        entries = []
        for fresh in asked:
            entry = _entry(holding, fresh, restart)
            before = entry.samples
            _Run(
                client, holding, entry, gather(entry), page_size, concurrency, rows_per_part, on_progress
            ).go_on(filters)
            new += entry.samples - before
            entries.append(entry)
    return Exported(root, sum(entry.samples for entry in entries), new)


@contextlib.contextmanager
def _named_failures(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if isinstance(error, TimeoutError) or error.errno is None:
            raise  # not of the disk
        reason = f"{error.strerror} ({error.filename})" if error.filename else str(error.strerror)
        raise ExportError(
            f"cannot write: {reason}. What the manifest names is whole; once this is mended, the same "
            "command goes on",
            str(root),
        ) from error


class _Holding:
    """What the folder of an export holds. It changes once there is something to put into it."""

    def __init__(self, root: Path, manifest: Manifest, obsolete: Iterable[str] = ()) -> None:
        self.root = root
        self.manifest = manifest
        self._obsolete = list(obsolete)

    def begin(self, entry: RunEntry) -> None:
        """Make room for a run of which nothing is in yet."""
        while self._obsolete:
            _remove_parts(self.root / self._obsolete.pop())
        self.manifest.runs[entry.folder] = entry
        self.manifest.save(self.root)  # from here on the old files are leftovers
        _remove_parts(self.root / entry.folder)


def _open(root: Path, format: Format, restart: bool, asked: list[str]) -> _Holding:  # noqa: A002
    """What the folder holds; `asked` are the folders of the runs that are to be in it."""
    try:
        manifest = Manifest.load(root)
    except ExportDamagedError:
        if not restart:
            raise
        manifest = None
    if manifest is None:
        there = {path.parent.parent for path in root.glob("project_id=*/impulse_id=*/variant=*/*/part-*")}
        runs = {folder.relative_to(root).as_posix() for folder in there}
        if unnamed := sorted(runs.difference(asked if restart else ())):
            raise ExportDamagedError(
                f"it holds {', '.join(unnamed)}, and no {NAME} that says what of it counts. Remove that, "
                "read it again with --restart, or use another folder",
                str(root),
            )
        return _Holding(root, Manifest(format), runs)
    if manifest.format != format:
        held = [run for run, entry in manifest.runs.items() if entry.parts]
        kept = ", ".join(run for run in held if run not in asked)
        if kept or (held and not restart):
            why = f", and of these --restart would not read {kept} again" if restart else ""
            raise ExportError(
                f"it holds an export as {manifest.format}{why}; for {format} use another folder", str(root)
            )
        return _Holding(root, Manifest(format), manifest.runs)
    return _Holding(root, manifest)


def _fresh(project_id: int, variant: str | None, filters: dict[str, Any]) -> RunEntry:
    """A run of which nothing is in yet."""
    impulse_id = filters.pop("impulse_id", None)
    asked = msgspec.json.decode(msgspec.json.encode(encode_filters(filters)))
    return RunEntry(project_id, impulse_id, variant, asked, datetime.datetime.now(datetime.UTC).isoformat())


def _entry(holding: _Holding, fresh: RunEntry, restart: bool) -> RunEntry:
    """What is in of this run so far."""
    entry = holding.manifest.runs.get(fresh.folder)
    if restart or entry is None or not entry.parts:  # one without samples may have been read too early
        return fresh
    if entry.filters != fresh.filters:
        raise ExportError(
            f"{fresh.folder} was read with other filters ({entry.filters or 'none'}); use another folder, or "
            "--restart",
            str(holding.root),
        )
    return entry


def _remove_parts(folder: Path, keep: Container[str] = ()) -> None:
    """Remove the parts of a run, other than those to keep, by path within its folder."""
    for file in [*folder.glob("*/part-*"), *folder.glob("*/.part-*.tmp")]:
        if file.relative_to(folder).as_posix() not in keep:
            file.unlink()


class _Run:
    """The export of one variant."""

    def __init__(
        self,
        client: ClassifyClient,
        holding: _Holding,
        entry: RunEntry,
        gatherer: Gatherer,
        page_size: int,
        concurrency: int,
        rows_per_part: int,
        on_progress: Callable[[Progress], object] | None,
    ) -> None:
        self._client = client
        self._holding = holding
        self._root = holding.root
        self._entry = entry
        self._gatherer = gatherer
        self._reader = PageReader()
        self._page_size = page_size
        self._concurrency = concurrency
        self._rows_per_part = rows_per_part
        self._on_progress = on_progress
        self._folder = holding.root / entry.folder
        self._resumed = entry.samples
        self._received = 0

    def go_on(self, filters: PageFilters) -> None:
        """Check what is in, then read and write the rest."""
        asked: Any = {**filters, "variant": self._entry.variant}
        if self._entry.parts:
            self._check_files()
            _remove_parts(self._folder, keep=self._entry.files)  # what a stopped export has left
            self._check_unchanged(asked)
        if self._entry.complete:
            self._report(0)
            return
        seen = SeenIds()
        if known := self._entry.ids:
            seen.add(known)
        pages = self._read(asked, self._entry.samples, self._page_size, self._concurrency)
        gathered: list[int] = []
        last: PageAnswer | None = None
        begun = time.monotonic()
        with contextlib.closing(pages):
            for page in pages:
                if (repeated := seen.add(page.sample_ids)) is not None:
                    raise self._changed(f"sample {repeated} came a second time")
                self._note(page)
                self._gatherer.add(page)
                gathered += page.sample_ids
                last = page
                self._received += len(page.content)
                self._report(len(gathered))
                late = time.monotonic() - begun > SECONDS_PER_PART
                if self._gatherer.rows >= self._rows_per_part or late:
                    self._write_part(gathered, page)
                    gathered, last, begun = [], None, time.monotonic()
        total, read = self._entry.total, self._entry.samples + len(gathered)
        if total not in (None, read):  # the pages of this call need not have told it
            raise self._changed(f"there were {total} samples, and now there are {read}")
        if last is not None:
            self._write_part(gathered, last)
        self._complete()

    def _read(
        self, asked: Any, offset: int, limit: int, concurrency: int
    ) -> Generator[PageAnswer, None, None]:
        def read(_offset: int, content: bytes) -> PageAnswer:
            return self._reader.read(content)

        with self._client.read_pages(
            self._entry.project_id, read, page_size=limit, offset=offset, concurrency=concurrency, **asked
        ) as pages:
            yield from pages

    # --- What is in ----------------------------------------------------------------------------------------

    def _check_files(self) -> None:
        for path, entry in self._entry.files.items():
            file = self._folder / path
            try:
                size = file.stat().st_size
                if size != entry.bytes:
                    raise ValueError(f"it has {size} bytes and not {entry.bytes}")
                self._gatherer.check(file, entry.rows)
            except (OSError, ValueError) as error:
                reason = "it is missing" if isinstance(error, FileNotFoundError) else str(error)
                raise ExportDamagedError(
                    f"{file.relative_to(self._root)} is not what was written: {reason}. Use --restart to "
                    "read these results again",
                    str(self._root),
                ) from error

    def _check_unchanged(self, asked: Any) -> None:
        """Make sure that the results are still those of which the folder holds a part.

        The API does not name a run of the classify job. What tells one from another is what it says of a
        sample: the first and the last that are in are read again.
        """
        ids, told = self._entry.ids, False
        places = {0: (ids[0], self._entry.first), len(ids) - 1: (ids[-1], self._entry.parts[-1].last)}
        for offset, (sample_id, digest) in places.items():
            with contextlib.closing(self._read(asked, offset, 1, 1)) as pages:
                page = next(pages, None)
            if page is None or page.sample_ids[0] != sample_id:
                raise self._changed(f"sample {sample_id} is no longer the one at offset {offset}")
            self._note(page)
            told = told or page.total is not None
            if _digest(page, 0) != digest:
                raise self._changed(f"what is said of sample {sample_id} is not what it was")
        if self._entry.complete and not told:
            with contextlib.closing(self._read(asked, len(ids), 1, 1)) as pages:
                if next(pages, None) is not None:
                    raise self._changed(f"there were {len(ids)} samples, and now there are more")

    def _note(self, page: PageAnswer) -> None:
        entry = self._entry
        known = entry.samples if entry.total is None and entry.complete else entry.total
        if page.total is not None:  # else what was told before still holds
            if entry.parts and known not in (None, page.total):
                raise self._changed(f"there were {known} samples, and now there are {page.total}")
            entry.total = page.total
        if self._entry.first is None:
            self._entry.first = _digest(page, 0)

    def _changed(self, what: str) -> ExportChangedError:
        return ExportChangedError(
            f"the results have changed since they were exported: {what}. Use --restart to export the new "
            "ones",
            str(self._root),
        )

    # --- What is added -------------------------------------------------------------------------------------

    def _write_part(self, ids: list[int], page: PageAnswer) -> None:
        """Write what was gathered; the manifest names it last."""
        number = len(self._entry.parts)
        if not number:
            self._holding.begin(self._entry)
        files = self._write(number, self._gatherer.take())
        digest = _digest(page, len(page.sample_ids) - 1)
        part = Part(number, self._entry.samples, len(ids), packed(ids), digest, files)
        self._entry.parts.append(part)
        self._entry.facts = self._gatherer.facts
        self._holding.manifest.save(self._root)

    def _complete(self) -> None:
        self._entry.complete = True
        if not self._entry.parts:  # there is no sample, also none of those from before
            self._holding.begin(self._entry)
            return
        if files := self._write(0, self._gatherer.finish()):
            self._entry.parts[-1].files.update(files)
        self._holding.manifest.save(self._root)

    def _write(
        self, number: int, files: Iterable[tuple[str, int, Callable[[IO[bytes]], object]]]
    ) -> dict[str, FileEntry]:
        written = {}
        for name, rows, write in files:
            path = self._folder / name / f"part-{number:05}.{self._gatherer.extension}"
            with whole_file(path) as file:
                write(file)
            written[f"{name}/{path.name}"] = FileEntry(rows, path.stat().st_size)
        folders = {(self._folder / name).parent for name in written}
        if number == 0:  # these were made just now
            folders |= {self._folder, *list(self._folder.parents)[: len(Path(self._entry.folder).parts)]}
        settle(*folders)
        return written

    def _report(self, gathered: int) -> None:
        if self._on_progress is not None:
            samples = self._entry.samples + gathered
            entry = self._entry
            self._on_progress(Progress(entry.variant, samples, entry.total, self._resumed, self._received))


_ENTRIES = msgspec.json.Decoder(dict[str, Any])


def _digest(page: PageAnswer, index: int) -> str:
    """A digest of what a page says of one of its samples, other than facts on the sample's own upkeep."""
    answer = _ENTRIES.decode(page.content)
    entry = answer["result"][index]
    own = [each for each in answer["predictions"] if each["sampleId"] == entry["sampleId"]]
    said = [entry["sampleId"], entry["sample"]["lastModified"], entry["classifications"], own]
    return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()
