"""The base classes of the operations: the project that is meant, and how calls are sent."""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING, TypeVar

from ei_classify_api.api.projects import list_projects

from ei_classify.errors import (
    AuthenticationError,
    CallError,
    PermissionDeniedError,
    ProjectUnknownError,
    WrongProjectError,
    name_projects,
)
from ei_classify.http import Call

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from ei_classify_api.models import ProjectList

    from ei_classify.http import AsyncSender, Sender
    from ei_classify.jobs import PollPolicy

T = TypeVar("T")

_REFUSED = (AuthenticationError, PermissionDeniedError)


def projects_call(*, is_insistent: bool = True) -> Call[ProjectList]:
    """Return the call for the projects that the key opens."""
    operation = list_projects.OPERATION
    return Call(operation, list_projects.request(), operation.read, is_insistent=is_insistent)


def _opened(answer: ProjectList) -> list[tuple[int, str | None]]:
    return [(project.id, project.name) for project in answer.projects]


def _only(answer: ProjectList) -> int:
    opened = _opened(answer)
    if len(opened) != 1:
        what = f"several: {name_projects(opened)}" if opened else "none"
        raise ProjectUnknownError(what, opened=opened)
    return opened[0][0]


def _explained(error: CallError, project_id: int, answer: ProjectList) -> CallError:
    """Return the error of a refused key, or a better one if the key opens other projects."""
    opened = _opened(answer)
    if not opened or project_id in [number for number, _ in opened]:
        return error
    wrong = WrongProjectError(
        f"was refused: the key or token opens {name_projects(opened[:10])}, not project {project_id}",
        operation=error.operation,
        method=error.method,
        path=error.path,
        status=error.status,
        answer=error.answer,
        tries=error.tries,
        elapsed_s=error.elapsed_s,
    )
    wrong.project_id, wrong.opened = project_id, opened
    return wrong


class Caller:
    """The base of sync operations: the sender of calls, the project, and how jobs are polled."""

    _sender: Sender
    _polling: PollPolicy
    _own_project: int | None
    """The project of the client; None until it is known."""
    _project_lock: threading.Lock

    def _project(self, project_id: int | None) -> int:
        """Return the project that is meant: this one, or that of the client, or that of the key."""
        if project_id is not None:
            return project_id
        with self._project_lock:  # the server is asked once
            if self._own_project is None:
                self._own_project = _only(self._sender.send(projects_call()))
            return self._own_project

    def default_project(self) -> int:
        """Return the project of calls that name none: that of the client, or that of the key.

        Raises:
            ProjectUnknownError: The key or token opens several projects, or none.
            CallError: The server could not be asked.
        """
        return self._project(None)

    def _fetch(self, project_id: int, call: Call[T], stop: threading.Event | None = None) -> Callable[[], T]:
        """Send a call, like `Sender.fetch`. If the key is one of another project, the error says so."""
        try:
            return self._sender.fetch(call, stop)
        except _REFUSED as error:
            try:
                listed = self._sender.send(projects_call(is_insistent=False))
            except Exception:  # whatever it is, it must not hide the refusal
                raise error from error.__cause__
            raise _explained(error, project_id, listed) from error.__cause__

    def _send(self, project_id: int, call: Call[T]) -> T:
        return self._fetch(project_id, call)()


class AsyncCaller:
    """The base of async operations: the sender of calls, the project, and how jobs are polled."""

    _sender: AsyncSender
    _polling: PollPolicy
    _own_project: int | None

    @functools.cached_property
    def _project_lock(self) -> asyncio.Lock:
        return asyncio.Lock()

    async def _project(self, project_id: int | None) -> int:
        """Return the project that is meant, like `Caller._project`."""
        if project_id is not None:
            return project_id
        async with self._project_lock:
            if self._own_project is None:
                self._own_project = _only(await self._sender.send(projects_call()))
            return self._own_project

    async def default_project(self) -> int:
        """Return the project of calls that name none, like `ClassifyClient.default_project`."""
        return await self._project(None)

    async def _fetch(self, project_id: int, call: Call[T]) -> Callable[[], T]:
        """Send a call, like `Caller._fetch`."""
        try:
            return await self._sender.fetch(call)
        except _REFUSED as error:
            try:
                listed = await self._sender.send(projects_call(is_insistent=False))
            except Exception:  # whatever it is, it must not hide the refusal
                raise error from error.__cause__
            raise _explained(error, project_id, listed) from error.__cause__

    async def _send(self, project_id: int, call: Call[T]) -> T:
        return (await self._fetch(project_id, call))()
