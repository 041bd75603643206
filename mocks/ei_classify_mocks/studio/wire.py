"""Faults on the wire: an ASGI application around another that delays, breaks and replaces its answers.

Two extensions of the ASGI scope reach what is below HTTP. `studio.reset` is an asynchronous function that
resets the connection, and `studio.sleep` one that waits, in place of the event loop's; a server without the
first gets a `ConnectionResetError`.
"""

from __future__ import annotations

import email.utils
import re
import time
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

import anyio
import msgspec

from .faults import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from .faults import DueFault, Faults
    from .record import Record, RecordedRequest

HEADER = "x-studio-fault"
"""The request header that asks for faults, separated by semicolons, for that request."""

BASE = "/v1"
"""Where the API begins, as on the real server."""

_PATHS = {
    ("GET", re.compile(BASE + r"/api/[^/]+/classify/all/result/page")): OPERATIONS["page"],
    ("POST", re.compile(BASE + r"/api/[^/]+/classify/v2/[^/]+/variants")): OPERATIONS["variants"],
    ("GET", re.compile(BASE + r"/api/[^/]+/jobs/[^/]+/status")): OPERATIONS["job"],
}
_JSON = "application/json"
_LATER = "addedLater"
_ENUMS = frozenset(
    {
        "category",
        "boundingBoxesType",
        "chartType",
        "projectLabelingMethod",
        "objectDetectionLastLayer",
        "trainingProcessor",
        "variant",
    }
)
_TYPED = frozenset({"learnBlock", "lastUpdatedBy", "labelMap"})  # objects whose `type` is an enum
_MAPS = frozenset({"metadata", "labels", "labelMapResult", "labelMapScores", "labelMapPredictions"})


class FaultyApp:
    """The application with faults before and behind it, and a record of each request.

    What a fault changes in the content of an answer is left to the application, which finds the faults that
    are due in the scope under `studio.faults`.
    """

    def __init__(self, app: ASGIApp, faults: Faults, record: Record, clock: Callable[[], datetime]) -> None:
        self._app = app
        self._faults = faults
        self._record = record
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as ASGI has it."""
        if scope["type"] != "http" or not scope["path"].startswith(f"{BASE}/"):
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        entry = self._record.add(
            scope["method"], scope["path"], scope["query_string"].decode("ascii", "replace")
        )
        entry.operation = _operation(scope["method"], scope["path"])

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                entry.status = message["status"]
            await send(message)

        try:
            await self._answer(entry, scope, receive, watched)
        except ConnectionResetError:
            entry.status = None
            raise
        finally:
            entry.server_s = time.perf_counter() - began

    async def _answer(self, entry: RecordedRequest, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [value.decode("latin-1") for name, value in scope["headers"] if name == HEADER.encode()]
        try:
            due = self._faults.due(entry.operation, ";".join(headers))
        except ValueError as error:
            await _send(send, 400, _failure(f"{HEADER}: {error}"), _JSON)
            return
        entry.faults = [one.fault.spec for one in due]
        kinds = {one.fault.kind: one for one in due}
        if latency := kinds.get("latency"):
            jitter = latency.chance.random() * (latency.fault.option("jitter") or 0)
            receive = await _wait(scope, receive, latency.fault.value + jitter)
        if (reset := kinds.get("reset")) and reset.fault.value == "before":
            entry.status = None
            await _reset(scope)
        elif status := kinds.get("status"):
            await self._fail(status, send)
        elif kinds.keys() & {"reset", "truncate", "stall", "unknown-fields", "unknown-enums"}:
            await self._spoil(entry, kinds, {**scope, "studio.faults": due}, receive, send)
        else:
            await self._app({**scope, "studio.faults": due}, receive, send)

    async def _fail(self, due: DueFault, send: Send) -> None:
        code, more = due.fault.value, []
        if (seconds := due.fault.option("retry-after")) is not None:
            more.append((b"retry-after", str(seconds).encode()))
        if (seconds := due.fault.option("retry-date")) is not None:
            instant = self._clock() + timedelta(seconds=seconds)
            more.append((b"retry-after", email.utils.format_datetime(instant, usegmt=True).encode()))
        phrase = HTTPStatus(code).phrase if code in list(HTTPStatus) else "Error"
        if due.fault.option("html"):
            page = f"<html><head><title>{code} {phrase}</title></head><body><h1>{phrase}</h1></body></html>"
            await _send(send, code, page.encode(), "text/html; charset=utf-8", more)
        else:
            await _send(send, code, _failure(phrase), _JSON, more)

    async def _spoil(
        self, entry: RecordedRequest, kinds: dict[str, DueFault], scope: Scope, receive: Receive, send: Send
    ) -> None:
        start, body = await _collect(self._app, scope, receive)
        if kinds.keys() & {"unknown-fields", "unknown-enums"}:
            answer = msgspec.json.decode(body)
            if "unknown-fields" in kinds:
                answer = _with_unknown_fields(answer)
            if "unknown-enums" in kinds:
                answer = _with_unknown_enums(answer)
            body = msgspec.json.encode(answer)
        if truncate := kinds.get("truncate"):
            body = body[: int(len(body) * truncate.fault.value)]
        headers = [(name, value) for name, value in start["headers"] if name != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        await send({**start, "headers": headers})
        half = len(body) // 2
        if "reset" in kinds or "stall" in kinds:
            await send({"type": "http.response.body", "body": body[:half], "more_body": True})
            body = body[half:]
        if stall := kinds.get("stall"):
            await _wait(scope, receive, stall.fault.value)
        if "reset" in kinds:
            entry.status = None
            await _reset(scope)
            return
        await send({"type": "http.response.body", "body": body})


def _operation(method: str, path: str) -> str | None:
    for (expected, pattern), operation in _PATHS.items():
        if method == expected and pattern.fullmatch(path):
            return operation
    return None


async def _collect(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
    messages: list[Message] = []

    async def keep(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, keep)
    return messages[0], b"".join(message.get("body", b"") for message in messages[1:])


async def _reset(scope: Scope) -> None:
    reset = scope.get("extensions", {}).get("studio.reset")
    if reset is None:
        raise ConnectionResetError("the Studio double resets the connection")
    await reset()


async def _wait(scope: Scope, receive: Receive, seconds: float) -> Receive:
    """Wait, but no longer than the client does; what it sends meanwhile is received afterwards."""
    if (sleep := scope.get("extensions", {}).get("studio.sleep")) is not None:
        await sleep(seconds)
        return receive
    early: list[Message] = []
    with anyio.move_on_after(seconds):
        while not early or early[-1]["type"] != "http.disconnect":
            early.append(await receive())

    async def again() -> Message:
        return early.pop(0) if early else await receive()

    return again


async def _send(
    send: Send, status: int, body: bytes, media_type: str, more: list[tuple[bytes, bytes]] | None = None
) -> None:
    headers = [
        (b"content-type", media_type.encode()),
        (b"content-length", str(len(body)).encode()),
        *(more or []),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _failure(text: str) -> bytes:
    return msgspec.json.encode({"success": False, "error": text})


def _with_unknown_fields(value: Any, name: str = "") -> Any:
    """A field more in every object that is not a map, whose keys are the user's."""
    if isinstance(value, list):
        return [_with_unknown_fields(item, name) for item in value]
    if not isinstance(value, dict):
        return value
    grown = {key: _with_unknown_fields(item, key) for key, item in value.items()}
    if name in _MAPS or (name == "result" and "sampleId" not in value):  # the latter are scores of a window
        return value
    return {**grown, _LATER: {"of": "a later version"}}


def _with_unknown_enums(value: Any, name: str = "") -> Any:
    """A value of later days in every field that has one of a list."""
    if isinstance(value, list):
        return [_with_unknown_enums(item, name) for item in value]
    if not isinstance(value, dict) or name in _MAPS:
        return value
    return {
        key: f"{item}-of-later-days"
        if isinstance(item, str) and (key in _ENUMS or (key == "type" and name in _TYPED))
        else _with_unknown_enums(item, key)
        for key, item in cast("dict[str, Any]", value).items()
    }
