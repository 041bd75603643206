"""Drives an export: hands slices to workers, commits what they write, and sets runs that fail aside."""

from __future__ import annotations

import contextlib
import functools
import time
from typing import TYPE_CHECKING, Any, Final

import distributed
from attrs import frozen

from ei_classify.decoding import SetAsideCounts
from ei_classify.errors import ClusterError, EiClassifyError, ResultsChangedError
from ei_classify.export.checking import check_files

from .limits import CallLimit, ClusterGate
from .planning import bare
from .working import read_samples, read_slice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ei_classify.export.resuming import ExportFolder

    from .projects import ProjectRun
    from .running import RunExport
    from .slices import Reading, Slice

_COMMIT_EVERY_S: Final = 2.0
_COMMIT_SHARE: Final = 10
"""Between two commits, this many times the time passes that the last one took: it grows with the export."""
_FIRST: Final = 1 << 40
"""The priority of what says how large a run is. Of the rest, the runs with most left come first."""


@frozen(kw_only=True)
class ClusterProgress:
    """How far an export is, over all its runs."""

    runs: int
    """The number of runs."""
    done: int
    """The number of runs that are complete."""
    failed: int
    """The number of runs that have failed."""
    samples: int
    """The number of samples of these runs that have been read, including those of earlier calls."""
    total: int | None
    """The number of samples of all runs that have not failed; None until it is known."""
    resumed: int
    """The number of samples that were in the folder when this call started."""
    bytes: int
    """The number of bytes received in this call, after decompression."""
    set_aside: SetAsideCounts
    """How many values received in this call do not fit the contract and are left out."""


@contextlib.contextmanager
def limited(client: distributed.Client, name: str, calls: int) -> Iterator[ClusterGate]:
    """Limit the calls under way over all workers for the length of a `with` block."""
    gate = ClusterGate(name, calls, client)
    client.register_plugin(CallLimit(name, calls), name)
    try:
        yield gate
    finally:
        gate.close()
        with contextlib.suppress(Exception):  # the scheduler may be gone, and the limit with it
            client.unregister_worker_plugin(name)


class Drive:
    """The runs of an export, and the tasks that are under way for them."""

    def __init__(
        self,
        client: distributed.Client,
        reading: Reading,
        export_folder: ExportFolder,
        on_progress: Callable[[ClusterProgress], object],
        *,
        verify: bool,
    ) -> None:
        self.runs: dict[ProjectRun, RunExport] = {}
        """The runs that can be exported."""
        self.failed: dict[ProjectRun, EiClassifyError] = {}
        """The runs that have failed, and why."""
        self.gave_up = False
        """Whether tasks were given up that may be under way still."""
        self._client = client
        self._reading = reading
        self._export_folder = export_folder
        self._on_progress = on_progress
        self._verify = verify
        self._tasks: dict[Any, tuple[ProjectRun, Slice | None, distributed.Future[Any]]] = {}
        self._completed = distributed.as_completed(loop=client.loop)
        self._changed: set[ProjectRun] = set()
        self._pause_s = _COMMIT_EVERY_S
        self._committed_s = time.monotonic()

    @contextlib.contextmanager
    def failing(self, run: ProjectRun) -> Iterator[None]:
        """If an error of this package is raised in this block, only this run ends."""
        try:
            yield
        except EiClassifyError as error:
            if isinstance(error, ResultsChangedError):
                error.what = f"{run}: {error.what}"
            self.failed[run] = error
            given_up = [key for key, (of, *_) in self._tasks.items() if of == run]
            self.gave_up = self.gave_up or bool(given_up)
            self._client.cancel([self._tasks.pop(key)[-1] for key in given_up])

    def carry_out(self) -> None:
        """Export all runs.

        Raises:
            ClusterError: The scheduler was lost.
            ExportError: The manifest cannot be written.
        """
        try:
            for run in list(self.runs):
                with self.failing(run):
                    self._begin(run)
            self._report()
            for future in self._completed:
                if future.key not in self._tasks:
                    continue  # its run has failed meanwhile
                run, piece, _ = self._tasks.pop(future.key)
                outcome = _outcome(future, run)
                with self.failing(run):
                    self._ended(run, piece, outcome)
                if time.monotonic() - self._committed_s >= self._pause_s:
                    self._commit()
                self._report()
            self._commit()
            self._report()
        finally:
            with contextlib.suppress(Exception):  # whatever has ended this, tells more
                self._client.cancel([future for *_, future in self._tasks.values()])

    def _begin(self, run: ProjectRun) -> None:
        export = self.runs[run]
        entry = export.entry
        if entry.complete and not self._verify:
            return
        if not entry.parts:
            self._submit(run)
            return
        check_files(self._export_folder, entry, verify=self._verify)
        self._export_folder.remove_leftovers(entry)
        self._start(run, None, read_samples, bare(entry), export.results.offsets)

    def _ended(self, run: ProjectRun, piece: Slice | None, outcome: Any) -> None:
        export = self.runs[run]
        if isinstance(outcome, EiClassifyError):
            raise outcome
        if piece is None:
            export.results.check(outcome.get)
        else:
            try:
                export.accept(piece, outcome)
            finally:
                self._changed.add(run)
        if not export.over:
            self._submit(run)
        elif not export.entry.complete:
            export.finish()
            self._changed.add(run)

    def _submit(self, run: ProjectRun) -> None:
        for piece in self.runs[run].slices():
            self._start(run, piece, read_slice, piece)

    def _start(self, run: ProjectRun, piece: Slice | None, task: Callable[..., Any], *arguments: Any) -> None:
        entry = self.runs[run].entry
        left = None if entry.total is None or piece is None else entry.total - piece.start
        of = entry.folder if piece is None else f"{entry.folder}/{piece.start}"
        future = self._client.submit(
            task,
            self._reading,
            *arguments,
            key=f"{task.__name__}-{self._reading.limit}-{of}",
            pure=False,
            priority=_FIRST if left is None else left,
        )
        self._tasks[future.key] = run, piece, future
        self._completed.add(future)

    def _commit(self) -> None:
        begun_s = time.monotonic()
        changed = [self.runs[run] for run in self._changed]
        self._changed.clear()
        if changed:
            self._export_folder.commit(*((each.entry, each.new) for each in changed), sweep=False)
        for each in changed:
            each.new.clear()
            if each.entry.complete:
                self._export_folder.remove_leftovers(each.entry)
        self._committed_s = time.monotonic()
        self._pause_s = max(_COMMIT_EVERY_S, _COMMIT_SHARE * (self._committed_s - begun_s))

    def _report(self) -> None:
        exports = self.runs.values()
        totals = [
            each.entry.samples if run in self.failed or each.entry.complete else each.entry.total
            for run, each in self.runs.items()
        ]
        known = [total for total in totals if total is not None]
        self._on_progress(
            ClusterProgress(
                runs=len({*self.runs, *self.failed}),
                done=sum(each.entry.complete for each in exports),
                failed=len(self.failed),
                samples=sum(each.entry.samples for each in exports),
                total=sum(known) if len(known) == len(totals) else None,
                resumed=sum(each.resumed for each in exports),
                bytes=sum(each.bytes for each in exports),
                set_aside=functools.reduce(
                    SetAsideCounts.merge, (each.set_aside for each in exports), SetAsideCounts()
                ),
            )
        )


def _outcome(future: distributed.Future[Any], run: ProjectRun) -> Any:
    """Return the result of a task, or the error that stands for its failure.

    Raises:
        ClusterError: The scheduler was lost.
    """
    if future.cancelled():
        raise ClusterError(
            "the scheduler was lost",
            "What the manifest lists is kept: make the same call again once the cluster is there.",
        )
    error = future.exception()
    if error is None:
        result = future.result()
        future.release()
        return result
    if isinstance(error, distributed.KilledWorker):
        failure = ClusterError(
            f"{error.allowed_failures + 1} workers have ended while they read {run}",
            "If they ran out of memory, lower rows_per_part or give them more.",
        )
    else:
        failure = ClusterError(
            f"a worker failed to read {run} ({type(error).__name__}: {error})",
            "Workers need the same version of this package, with its extras.",
        )
    failure.__cause__ = error
    return failure
