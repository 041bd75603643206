"""The application: the operations that model testing needs, and the routes that steer the double."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from . import queries
from .answers import View
from .projects import VARIANTS
from .queries import MalformedError, RefusedError
from .state import api_key
from .wire import BASE, FaultyApp

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from .faults import DueFault
    from .jobs import Outcome
    from .projects import Project
    from .state import State

CONTROL = "/control"
"""Where the routes begin that steer the double; they are no part of the API."""

DEFAULT_LIMIT = 100
"""How many samples a page holds when the request does not say."""

_JSON = "application/json"
_OUTCOMES: dict[str, Outcome] = {"succeed": "succeed", "fail": "fail", "vanish": "vanish"}
_NO_RESULTS = "No model testing results found, run 'startClassifyJob' first"


class UnauthorizedError(Exception):
    """The key is missing or does not open the project: HTTP status 401."""


def application(state: State) -> ASGIApp:
    """The ASGI application of a Studio."""
    api = f"{BASE}/api/{{project_id}}"
    routes = [
        _route("GET", f"{api}/classify/all/result/page", state, _page),
        _route("POST", f"{api}/classify/v2/{{sample_id}}/variants", state, _variants),
        _route("GET", f"{api}/jobs/{{job_id}}/status", state, _job_status),
        _route("GET", f"{CONTROL}/projects", state, _projects),
        _route("POST", f"{CONTROL}/projects/{{project_id}}/classify-job", state, _start_classify_job),
        _route("DELETE", f"{CONTROL}/projects/{{project_id}}/results", state, _clear_results),
        _route("GET", f"{CONTROL}/requests", state, _requests),
        _route("DELETE", f"{CONTROL}/requests", state, _clear_requests),
        _route("GET", f"{CONTROL}/faults", state, _faults),
        _route("POST", f"{CONTROL}/faults", state, _add_fault),
        _route("DELETE", f"{CONTROL}/faults", state, _clear_faults),
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: _refuse_path})
    return FaultyApp(app, state.faults, state.record, state.clock)


def _route(method: str, path: str, state: State, answer: Callable[[State, Request], bytes]) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            return Response(answer(state, request), media_type=_JSON)
        except UnauthorizedError as error:
            return _failure(401, str(error))
        except MalformedError as error:
            return _failure(400, str(error))
        except RefusedError as error:
            return _failure(200, str(error))

    return Route(path, endpoint, methods=[method])


def _failure(status: int, text: str, headers: dict[str, str] | None = None) -> Response:
    body = msgspec.json.encode({"success": False, "error": text})
    return Response(body, status, headers, media_type=_JSON)


async def _refuse_path(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  # as registered
    return _failure(error.status_code, error.detail, dict(error.headers or {}))


# --- The API ---------------------------------------------------------------------------------------------


def _page(state: State, request: Request) -> bytes:
    project = _open(state, request)
    query = queries.decode(request.query_params.multi_items())
    faults = _due(request)
    category = query.get("category", "testing")
    view = _view(state, project, query, query.get("variant", VARIANTS[0]))
    filters = queries.filters(query)
    limit, offset = int(query.get("limit", DEFAULT_LIMIT)), int(query.get("offset", 0))
    if limit < 0 or offset < 0:
        raise RefusedError("limit and offset must not be negative")
    results = state.results(project.id, category)
    if results == "missing":
        raise RefusedError(_NO_RESULTS)
    if "offset-ignored" in faults:
        offset = 0
    if "limit-cap" in faults:
        limit = min(limit, faults["limit-cap"].fault.value)
    positions = project.select(category, filters) if results == "there" else ()
    hidden = min(len(positions), _hidden(faults))
    first = hidden + offset
    pieces = [project.piece(category, position, view) for position in positions[first : first + limit]]
    total = b',"totalCount":%d' % (len(positions) - hidden) if view.today else b""
    # Pages can be large: one join, so that nothing is copied twice.
    return b"".join(
        [
            b'{"success":true,"result":[',
            *_separated([result for result, _ in pieces]),
            b'],"predictions":[',
            *_separated([predictions for _, predictions in pieces]),
            b"]",
            total,
            b"}",
        ]
    )


def _separated(parts: list[bytes]) -> list[bytes]:
    separated = [b","] * (2 * len(parts) - 1)
    separated[::2] = parts
    return separated


def _hidden(faults: dict[str, DueFault]) -> int:
    """How many samples at the front are not there yet, or no longer."""
    hidden = 0
    if appear := faults.get("appear"):
        hidden += max(0, appear.fault.value - appear.turn)
    if vanish := faults.get("vanish"):
        hidden += vanish.fault.value * vanish.turn
    return hidden


def _variants(state: State, request: Request) -> bytes:
    project = _open(state, request)
    sample_id = queries.integer("sampleId", request.path_params["sample_id"])
    query = queries.decode(request.query_params.multi_items())
    if "variants" not in query and queries.is_required("variants"):
        raise MalformedError("variants is missing: a JSON list of strings, written into one string")
    variants = queries.texts("variants", query["variants"]) if "variants" in query else list(VARIANTS)
    if not variants:
        raise RefusedError("variants must name at least one variant")
    views = [_view(state, project, query, variant) for variant in variants]
    needs_job = project.needs_job(sample_id)
    if needs_job is None:
        raise RefusedError("No such sample in this project")
    if needs_job:
        work = ("sample", project.id, sample_id, views[0].impulse, tuple(sorted(variants)))
        job = state.jobs.latest(work)
        now = state.clock()
        if job is None or job.is_over(now):
            fault = _due(request).get("job")
            outcome: Outcome = fault.fault.value if fault else "succeed"
            job = state.jobs.start(
                work, project.id, "Classify sample", f"classify-sample-{sample_id}", outcome
            )
        if not job.has_result(now):
            return msgspec.json.encode({"success": True, "id": job.id})
    debug = query.get("includeDebugInfo", False)
    return project.classify(sample_id, views[0], variants, debug=debug)


def _job_status(state: State, request: Request) -> bytes:
    project = _open(state, request)
    job = state.jobs.find(project.id, queries.integer("jobId", request.path_params["job_id"]))
    status = job.status(state.clock()) if job else None
    if status is None:
        raise RefusedError("No such job in this project")
    return msgspec.json.encode({"success": True, "job": status})


def _open(state: State, request: Request) -> Project:
    """The project of the path, if the key or token of the request opens it."""
    key, token = request.headers.get("x-api-key"), request.headers.get("x-jwt-token")
    if not state.may_open(None, key, token):
        raise UnauthorizedError("Invalid API key")
    project_id = queries.integer("projectId", request.path_params["project_id"])
    if not state.may_open(project_id, key, token):
        raise UnauthorizedError("Invalid API key")
    return state.projects[project_id]


def _view(state: State, project: Project, query: dict[str, Any], variant: str) -> View:
    impulse = query.get("impulseId", project.impulses[0])
    if impulse not in project.impulses:
        raise RefusedError("No such impulse in this project")
    if variant not in VARIANTS:
        raise RefusedError(f"This project has no such variant; it has {', '.join(VARIANTS)}")
    return View(state.age, impulse, variant, query.get("truncateStructuredLabels", False))


def _due(request: Request) -> dict[str, DueFault]:
    return {due.fault.kind: due for due in request.scope.get("studio.faults", ())}


# --- Steering the double ---------------------------------------------------------------------------------


def _projects(state: State, _request: Request) -> bytes:
    return msgspec.json.encode(
        [
            {
                "id": p.id,
                "name": p.name,
                "kind": p.kind,
                "apiKey": api_key(p.id),
                "samples": p.count("testing"),
            }
            for p in state.projects.values()
        ]
    )


def _start_classify_job(state: State, request: Request) -> bytes:
    category = request.query_params.get("category", "testing")
    outcome = _OUTCOMES.get(request.query_params.get("outcome", "succeed"))
    if outcome is None:
        raise MalformedError(f"outcome must be one of {', '.join(_OUTCOMES)}")
    project_id = queries.integer("projectId", request.path_params["project_id"])
    try:
        job = state.start_classify_job(project_id, category, outcome)
    except LookupError as error:
        raise MalformedError(str(error)) from None
    return msgspec.json.encode({"success": True, "id": job.id})


def _clear_results(state: State, request: Request) -> bytes:
    try:
        state.clear_results(queries.integer("projectId", request.path_params["project_id"]))
    except LookupError as error:
        raise MalformedError(str(error)) from None
    return b'{"success":true}'


def _requests(state: State, _request: Request) -> bytes:
    return json.dumps([dataclasses.asdict(one) for one in state.record.requests()]).encode()


def _clear_requests(state: State, _request: Request) -> bytes:
    state.record.clear()
    return b'{"success":true}'


def _faults(state: State, _request: Request) -> bytes:
    return msgspec.json.encode([fault.spec for fault in state.faults.standing()])


def _add_fault(state: State, request: Request) -> bytes:
    try:
        fault = state.faults.add(request.query_params.get("fault", ""))
    except ValueError as error:
        raise MalformedError(str(error)) from None
    return msgspec.json.encode({"success": True, "fault": fault.spec})


def _clear_faults(state: State, _request: Request) -> bytes:
    state.faults.clear()
    return b'{"success":true}'
