"""The Studio double as Python code uses it."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

import httpx

from .addresses import BASE
from .application import application
from .faults.schedule import Faults
from .jobs import JobTimes
from .projects import stored_projects
from .record import Record
from .scale import scale_project
from .server import serving
from .state import State
from .transport import InProcessTransport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType

    from starlette.types import ASGIApp

    from .answers import Age
    from .faults.fault import Fault
    from .jobs import Job
    from .plans import Outcome
    from .projects import Project
    from .record import RecordedRequest

FIRST_SCALE_ID = 100
"""The id of the first generated project."""


def _now() -> datetime:
    return datetime.now(UTC)


class Studio:
    """A Studio double, to be used in-process or on a port.

    In-process, `client` and `async_client` return httpx clients that reach it without a socket or a thread;
    hand them to `ClassifyClient(http_client=…)`. Used as a context manager, the Studio closes the synchronous
    clients that it returned at the end of the block. Any number of Studios can live side by side; each has
    its own jobs, faults and record.

    Args:
        projects: Projects beside the stored ones: generated ones, which have the ids 100, 101, … and are
            written `scale:COUNT[,kind=kws|detection][,windows=COUNT][,labels=COUNT]`, or objects of your own.
        retrained: The ids of projects that have the models and results of another training from the start.
        age: `today`, or `seeds` for an API without the later fields, such as `totalCount`, or `oldest` for
            one without thresholds as well.
        faults: What it does wrong from the start; see `Fault`.
        seed: The seed of the faults' chances.
        job_times: How long jobs last.
        clock: Returns the present instant; for tests that do not want to wait for jobs.

    Raises:
        ValueError: A project or a fault is not written as it must be, two projects have the same id, there is
            no such age, no project to be retrained, or there are no other models of it.
    """

    url = f"https://studio.test{BASE}"
    """The base URL of the API in-process; a placeholder that never goes over a network."""

    def __init__(
        self,
        *projects: str | Project,
        retrained: Sequence[int] = (),
        age: Age = "today",
        faults: Sequence[Fault | str] = (),
        seed: int = 0,
        job_times: JobTimes | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        more = [
            scale_project(project, FIRST_SCALE_ID + number) if isinstance(project, str) else project
            for number, project in enumerate(projects)
        ]
        self._state = State([*stored_projects(), *more], age, job_times or JobTimes(), clock)
        for project_id in retrained:
            try:
                self._state.exchange_models(project_id)
            except LookupError as error:
                raise ValueError(f"cannot be retrained: {error}") from None
        self._faults = Faults(faults, seed)
        self._record = Record()
        self._clients = contextlib.ExitStack()
        self.app: ASGIApp = application(self._state, self._faults, self._record)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clients.close()

    def client(self, **options: Any) -> httpx.Client:
        """Return a synchronous httpx client of this Studio; `options` are httpx's own, such as `headers`."""
        client = httpx.Client(transport=InProcessTransport(self.app), **{"base_url": self.url, **options})
        self._clients.callback(client.close)
        return client

    def async_client(self, **options: Any) -> httpx.AsyncClient:
        """Return an asynchronous httpx client of this Studio. It holds no connection that must be closed."""
        return httpx.AsyncClient(transport=InProcessTransport(self.app), **{"base_url": self.url, **options})

    @contextlib.contextmanager
    def serving(self) -> Iterator[str]:
        """Answer on a free port of the loopback interface for the length of a `with` block.

        The block gets the base URL of the API, for any client in any process.

        Raises:
            ServerError: No port is available.
        """
        with serving(self.app) as address:
            yield f"{address}{BASE}"

    @property
    def projects(self) -> Sequence[Project]:
        """The projects, sorted by id."""
        return sorted(self._state.projects.values(), key=lambda project: project.id)

    @property
    def requests(self) -> Sequence[RecordedRequest]:
        """The requests so far, with the faults that struck them."""
        return self._record.requests()

    @property
    def faults(self) -> Sequence[Fault]:
        """The faults that may strike any request."""
        return self._faults.standing()

    def add_fault(self, fault: Fault | str) -> None:
        """Let a fault strike from now on; see `Fault` for how it is written.

        Raises:
            ValueError: It is not written so.
        """
        self._faults.add(fault)

    def clear_faults(self) -> None:
        """Let no more faults strike."""
        self._faults.clear()

    def clear_requests(self) -> None:
        """Forget the requests so far."""
        self._record.clear()

    def start_classify_job(
        self, project_id: int, category: str = "testing", outcome: Outcome = "succeed"
    ) -> Job:
        """Start to classify a category of a project, as `startClassifyJob` and "Classify all" do in life.

        Any results of it are cleared, and are available again once the job's lag is over.

        Raises:
            LookupError: There is no such project, or it has no samples in that category.
        """
        return self._state.start_classify_job(project_id, category, outcome)

    def change_thresholds(self, project_id: int) -> None:
        """Drop the results of a project, as a change of a threshold does in life.

        Raises:
            LookupError: There is no such project.
        """
        self._state.change_thresholds(project_id)

    def clear_results(self, project_id: int) -> None:
        """Clear all results of a project, as training does in life.

        Raises:
            LookupError: There is no such project.
        """
        self._state.clear_results(project_id)

    def retrain(self, project_id: int) -> None:
        """Train a project again, which clears its results, as in life. The next job brings new ones.

        Each project has the models of two trainings, which take turns. The samples stay as they are.

        Raises:
            LookupError: There is no such project, or there are no other models of it.
        """
        self._state.retrain(project_id)
