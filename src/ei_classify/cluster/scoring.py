"""`score` on a cluster: workers count the parts of runs, and the counts are added up in a tree."""

from __future__ import annotations

import contextlib
import functools
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from attrs import frozen
from distributed import KilledWorker

from ei_classify.errors import ClusterError
from ei_classify.scoring.engine import Engine
from ei_classify.scoring.resampling import REPLICATES
from ei_classify.scoring.scores import WORST, chosen_runs, options_of, score_runs

from .scheduler import connected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from distributed import Client, Future
    from ei_classify_api.models import Accuracy

    from ei_classify.scoring import Scores
    from ei_classify.scoring.counting import Count, Step
    from ei_classify.scoring.sources import RunSource, Sources

    T = TypeVar("T")

RUNS_AT_ONCE: Final = 8
FAN_IN: Final = 8
"""How many counts one task adds up."""
ATTEMPTS: Final = 5
"""How often steps are tried whose data is lost with a worker."""


def score(
    source: Sources,
    *,
    cluster: str | Client,
    by: str | None = None,
    variants: Sequence[str | None] | None = None,
    target: str = "f1",
    replicates: int = REPLICATES,
    seed: int = 0,
    worst: int = WORST,
    server_accuracy: Mapping[str | None, Accuracy] | None = None,
) -> Scores:
    """Score each run of exports on a cluster. The scores equal those of `ei_classify.scoring.score`.

    Each part of a run is counted by a worker. The counts are added up by workers, and this process turns them
    into figures.

    Args:
        source: The folder or URL of an export, a `StoredExport`, or several of these. The workers must see
            the same folder, or have credentials for the same store.
        cluster: The address of a scheduler, `local`, or a `distributed.Client`.
        by: The other arguments are those of `ei_classify.scoring.score`.
        variants: Only runs of these variants.
        target: The figure that the best threshold makes as large as possible.
        replicates: The number of replicates of the bootstrap for the intervals; 0 for no intervals.
        seed: Chooses the replicates.
        worst: The largest number of wrong windows and samples that are listed.
        server_accuracy: What `ClassifyClient.accuracy` returns, by variant.

    Raises:
        ScoringError: There is nothing to score, or the source is `Tables`.
        InvalidArgumentError: An argument has an unusable value.
        ExportError: A folder is not an export, or is damaged.
        ClusterError: The cluster cannot be reached, its workers do not see the folder, or end too often.
        ConfigurationError: `cluster` is not an address.
        MissingExtraError: A package of the extra `cluster` or `scoring` is not installed.
    """
    options = options_of(target, replicates, seed, worst)
    runs = chosen_runs(source, variants)
    parts = {id(run): run.partitions() for run in runs}
    with connected(cluster) as client:
        return score_runs(runs, _Workers(client, parts), options, by, server_accuracy)


@frozen(eq=False)
class _Workers:
    """Counts runs in the workers of a cluster, several runs at a time."""

    at_once: ClassVar[int] = 64
    client: Client
    parts: Mapping[int, Sequence[RunSource]]
    """The parts of each run, by the `id` of the run."""

    @contextlib.contextmanager
    def opened(self, run: RunSource) -> Iterator[Count]:
        """Yield what counts a run."""
        yield functools.partial(self._count, run)

    def each(self, function: Callable[[RunSource], T], runs: Sequence[RunSource]) -> Iterable[T]:
        """Call a function with each run, in threads, which mostly wait for workers."""
        with ThreadPoolExecutor(RUNS_AT_ONCE) as pool:
            yield from pool.map(function, runs)

    def _count(self, run: RunSource, steps: Sequence[Step]) -> Sequence[Any]:
        """Return the counts of a whole run.

        Raises:
            ClusterError: Workers have ended too often.
        """
        for _ in range(ATTEMPTS):
            try:
                return self._counted(self.parts[id(run)], steps)
            except CancelledError:  # the only worker with the steps has ended
                continue
            except KilledWorker as error:
                raise _ended_too_often(run) from error
        raise _ended_too_often(run)

    def _counted(self, parts: Sequence[RunSource], steps: Sequence[Step]) -> Sequence[Any]:
        # Steps may hold a number per window, and so go to the workers directly, not by the scheduler.
        (asked,) = self.client.scatter([steps], hash=False)
        counts: list[Future[Any]] = [
            self.client.submit(count_part, part, asked, pure=False) for part in parts
        ]
        while len(counts) > 1:
            groups = [counts[first : first + FAN_IN] for first in range(0, len(counts), FAN_IN)]
            counts = [self.client.submit(merged, group, pure=False) for group in groups]
        found: Sequence[Any] = counts[0].result()
        return found


def count_part(part: RunSource, steps: Sequence[Step]) -> list[Any]:
    """Return the counts of each step in a part of a run.

    Raises:
        ClusterError: The part is in a folder that this machine does not have.
        ExportDamagedError: A file is missing or damaged.
    """
    folder = part.stored.folder if part.stored else None
    if isinstance(folder, Path) and not folder.is_dir():
        raise ClusterError(
            f"a worker does not see the folder {folder}",
            "Export to a URL such as s3://bucket/folder, or to a folder that all machines share.",
        )
    with Engine(part, threads=1) as engine:  # a worker uses its other threads for other parts
        return [step(engine) for step in steps]


def merged(counts: Sequence[Sequence[Any]]) -> list[Any]:
    """Return the sums over parts of the counts of each step."""
    return [functools.reduce(lambda one, other: one.merge(other), each) for each in zip(*counts, strict=True)]


def _ended_too_often(run: RunSource) -> ClusterError:
    return ClusterError(
        f"workers have ended while they counted {run.name}",
        "Give each worker more memory, or export in smaller parts.",
    )
