"""The routes that steer the double; they are not part of the API."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import msgspec
from starlette.routing import Route

from .addresses import CONTROL, CONTROL_HEADER
from .error_answers import ForbiddenError, MalformedError
from .keys import api_key
from .plans import OUTCOMES
from .requests.values import read_integer
from .responses import json_response

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from .faults.schedule import Faults
    from .record import Record
    from .state import State

_DONE = b'{"success":true}'


class Control:
    """Steers a Studio over HTTP."""

    def __init__(self, state: State, faults: Faults, record: Record) -> None:
        self._state = state
        self._faults = faults
        self._record = record

    def routes(self) -> list[Route]:
        """The routes."""
        return [
            _route("GET", "/projects", self._list_projects),
            _route("POST", "/projects/{project_id}/classify-job", self._start_classify_job),
            _route("DELETE", "/projects/{project_id}/results", self._clear_results),
            _route("POST", "/projects/{project_id}/thresholds", self._change_thresholds),
            _route("POST", "/projects/{project_id}/retrain", self._retrain),
            _route("GET", "/requests", self._list_requests),
            _route("DELETE", "/requests", self._clear_requests),
            _route("GET", "/faults", self._list_faults),
            _route("POST", "/faults", self._add_fault),
            _route("DELETE", "/faults", self._clear_faults),
        ]

    def _list_projects(self, _request: Request) -> bytes:
        return msgspec.json.encode(
            [
                {
                    "id": project.id,
                    "name": project.name,
                    "kind": project.kind,
                    "apiKey": api_key(project.id),
                    "samples": project.count("testing"),
                }
                for project in self._state.projects.values()
            ]
        )

    def _start_classify_job(self, request: Request) -> bytes:
        category = request.query_params.get("category", "testing")
        outcome = OUTCOMES.get(request.query_params.get("outcome", "succeed"))
        if outcome is None:
            raise MalformedError(f"outcome must be one of {', '.join(OUTCOMES)}")
        try:
            job = self._state.start_classify_job(_project_id(request), category, outcome)
        except LookupError as error:
            raise MalformedError(str(error)) from None
        return msgspec.json.encode({"success": True, "id": job.id})

    def _clear_results(self, request: Request) -> bytes:
        return _done_to_project(self._state.clear_results, request)

    def _change_thresholds(self, request: Request) -> bytes:
        return _done_to_project(self._state.change_thresholds, request)

    def _retrain(self, request: Request) -> bytes:
        return _done_to_project(self._state.retrain, request)

    def _list_requests(self, _request: Request) -> bytes:
        return json.dumps([dataclasses.asdict(one) for one in self._record.requests()]).encode()

    def _clear_requests(self, _request: Request) -> bytes:
        self._record.clear()
        return _DONE

    def _list_faults(self, _request: Request) -> bytes:
        return msgspec.json.encode([fault.spec for fault in self._faults.standing()])

    def _add_fault(self, request: Request) -> bytes:
        try:
            fault = self._faults.add(request.query_params.get("fault", ""))
        except ValueError as error:
            raise MalformedError(str(error)) from None
        return msgspec.json.encode({"success": True, "fault": fault.spec})

    def _clear_faults(self, _request: Request) -> bytes:
        self._faults.clear()
        return _DONE


def _route(method: str, path: str, answer: Callable[[Request], bytes]) -> Route:
    async def endpoint(request: Request) -> bytes:
        if CONTROL_HEADER not in request.headers:
            raise ForbiddenError(f"requests that steer the double need the header {CONTROL_HEADER}: 1")
        return answer(request)

    return Route(CONTROL + path, json_response(endpoint), methods=[method])


def _done_to_project(do: Callable[[int], None], request: Request) -> bytes:
    try:
        do(_project_id(request))
    except LookupError as error:
        raise MalformedError(str(error)) from None
    return _DONE


def _project_id(request: Request) -> int:
    return read_integer("projectId", request.path_params["project_id"])
