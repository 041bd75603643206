"""The Studio double: a local Edge Impulse with real data, paging, jobs and faults.

Needs the extra `mocks`. Nothing here talks to anything but the loopback interface.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Self

import httpx

from .application import CONTROL, application
from .faults import Fault
from .jobs import Job, JobTimes
from .projects import Project, stored_projects
from .record import RecordedRequest
from .scale import ScaleProject
from .server import ServerError, serving
from .state import USER_TOKEN, State, api_key, now
from .transport import InProcessTransport
from .wire import BASE, HEADER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from types import TracebackType

    from starlette.types import ASGIApp

    from .answers import Age
    from .jobs import Outcome

__all__ = [
    "CONTROL",
    "HEADER",
    "USER_TOKEN",
    "Fault",
    "Job",
    "JobTimes",
    "Project",
    "RecordedRequest",
    "ScaleProject",
    "ServerError",
    "Studio",
    "api_key",
]

FIRST_SCALE_ID = 100


class Studio:
    """A Studio double, to be used in-process or on a port.

    In-process, `client` and `async_client` give httpx clients that reach it without a socket or a thread, to
    be handed to `ClassifyClient(http_client=…)`. As a context manager the Studio closes, when the block ends,
    the synchronous clients that it gave. Any number of Studios can live side by side; each has its own jobs,
    faults and record.

    Args:
        projects: more projects beside the stored ones, with the ids 100, 101, … for generated ones, written
            `scale:COUNT[,kind=kws|detection][,windows=COUNT][,labels=COUNT]`; or objects of your own.
        age: `today`, or `seeds` for an API without the later fields, such as `totalCount`.
        faults: what it does wrong from the start; see `Fault`.
        seed: on which the faults' chances depend.
        job_times: how long jobs last.
        clock: gives the present instant, for tests that do not want to wait for jobs.

    Raises:
        ValueError: a project or fault is not written as it must be.
    """

    url = f"https://studio.test{BASE}"
    """The base URL of the API in-process; a placeholder that never goes over a network."""

    def __init__(
        self,
        *projects: str | Project,
        age: Age = "today",
        faults: Sequence[Fault | str] = (),
        seed: int = 0,
        job_times: JobTimes | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        more = [
            ScaleProject.parse(project, FIRST_SCALE_ID + number) if isinstance(project, str) else project
            for number, project in enumerate(projects)
        ]
        self._state = State(
            [*stored_projects(), *more], age=age, faults=faults, seed=seed, job_times=job_times, clock=clock
        )
        self._clients = contextlib.ExitStack()
        self.app: ASGIApp = application(self._state)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clients.close()

    def client(self, **options: Any) -> httpx.Client:
        """A synchronous httpx client of this Studio; `options` are httpx's own, such as `headers`."""
        client = httpx.Client(transport=InProcessTransport(self.app), **{"base_url": self.url, **options})
        self._clients.callback(client.close)
        return client

    def async_client(self, **options: Any) -> httpx.AsyncClient:
        """An asynchronous httpx client of this Studio. It holds no connection that needs to be closed."""
        return httpx.AsyncClient(transport=InProcessTransport(self.app), **{"base_url": self.url, **options})

    def serving(self) -> AbstractContextManager[str]:
        """Answer on a free port of the loopback interface for the length of a `with` block.

        The block gets the base URL of the API, for any client in any process.

        Raises:
            ServerError: no port can be had.
        """
        return _serving(self.app)

    @property
    def projects(self) -> Sequence[Project]:
        """The projects, by rising id."""
        return sorted(self._state.projects.values(), key=lambda project: project.id)

    @property
    def requests(self) -> Sequence[RecordedRequest]:
        """The requests so far, with the faults that struck them."""
        return self._state.record.requests()

    @property
    def faults(self) -> Sequence[Fault]:
        """The faults that may strike any request."""
        return self._state.faults.standing()

    def add_fault(self, fault: Fault | str) -> None:
        """Let a fault strike from now on; see `Fault` for how it is written.

        Raises:
            ValueError: it is not written so.
        """
        self._state.faults.add(fault)

    def clear_faults(self) -> None:
        """Let no more faults strike."""
        self._state.faults.clear()

    def clear_requests(self) -> None:
        """Forget the requests so far."""
        self._state.record.clear()

    def start_classify_job(
        self, project_id: int, category: str = "testing", outcome: Outcome = "succeed"
    ) -> Job:
        """Begin to classify a category of a project, as `startClassifyJob` and "Classify all" do in life.

        The results that there are of it are cleared, and are there again once the job's lag is over.

        Raises:
            LookupError: there is no such project, or it has no samples in that category.
        """
        return self._state.start_classify_job(project_id, category, outcome)

    def clear_results(self, project_id: int) -> None:
        """Clear all results of a project, as training does in life.

        Raises:
            LookupError: there is no such project.
        """
        self._state.clear_results(project_id)


@contextlib.contextmanager
def _serving(app: ASGIApp) -> Iterator[str]:
    with serving(app) as address:
        yield f"{address}{BASE}"
