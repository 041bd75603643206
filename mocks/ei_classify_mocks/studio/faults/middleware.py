"""Faults at work: an ASGI application around another that delays, changes and replaces its answers."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, TypeVar, cast

import msgspec

from ei_classify_mocks.contract import Answer
from ei_classify_mocks.studio.addresses import BASE, HEADER
from ei_classify_mocks.studio.connection import UNFRAMED, Connection, SeveredError
from ei_classify_mocks.studio.error_answers import failure_body

from .base import (
    BeforeFault,
    BodyFault,
    Content,
    ContentFault,
    HalfwayFault,
    InsteadFault,
    Payload,
    PlanFault,
    Replacement,
)
from .table import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from ei_classify_mocks.contract import Operation
    from ei_classify_mocks.studio.operations.table import Handler
    from ei_classify_mocks.studio.record import Record, RecordedRequest

    from .schedule import Faults, Strike

STRIKES = "studio.strikes"
"""Under this key of the scope the application finds the faults that strike the request."""

_ORDER = list(KINDS)
Plan = TypeVar("Plan")


class FaultyApp:
    """The application with faults before and behind it, and a record of each request.

    Args:
        app: The application. It leaves to `spoil` what faults change in its plans.
        find_operation: Returns the operationId of a request; None if it is none of the API's.
        operations: The operations of the API.
        handlers: What carries out the operations.
        faults: The faults of the Studio.
        record: Where requests are recorded.
        clock: Returns the present instant.
    """

    def __init__(
        self,
        app: ASGIApp,
        find_operation: Callable[[Scope], str | None],
        operations: Mapping[str, Operation],
        handlers: Mapping[str, Handler],
        faults: Faults,
        record: Record,
        clock: Callable[[], datetime],
    ) -> None:
        self._app = app
        self._find_operation = find_operation
        self._operations = operations
        self._handlers = handlers
        self._faults = faults
        self._record = record
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as the protocol of ASGI applications demands."""
        if scope["type"] != "http" or not scope["path"].startswith(f"{BASE}/"):
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        entry = self._record.add(
            scope["method"], scope["path"], scope["query_string"].decode("ascii", "replace")
        )
        entry.operation = self._find_operation(scope)

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                entry.status = message["status"]
            await send(message)

        try:
            await self._answer(entry, scope, Connection(scope, receive), watched)
        except SeveredError:
            entry.status = None
        except ConnectionResetError:
            entry.status = None
            raise
        finally:
            entry.server_s = time.perf_counter() - began

    async def _answer(self, entry: RecordedRequest, scope: Scope, connection: Connection, send: Send) -> None:
        try:
            strikes = self._strikes(entry.operation, scope)
        except ValueError as error:
            await _send(send, Replacement(400, failure_body(f"{HEADER}: {error}"), "application/json", []))
            return
        entry.faults = [strike.spec for strike in strikes]
        strikes = _in_order(strikes)
        for strike in strikes:
            if isinstance(strike.kind, BeforeFault):
                await strike.kind.before(connection, strike.chance)
        kinds = [strike.kind for strike in strikes]
        scope = {**scope, STRIKES: strikes}
        if replacing := [kind for kind in kinds if isinstance(kind, InsteadFault)]:
            await _send(send, replacing[0].instead(self._clock()))
        elif any(isinstance(kind, ContentFault | BodyFault | HalfwayFault) for kind in kinds):
            await self._spoil(strikes, self._declared(entry.operation), scope, connection, send)
        else:
            await self._app(scope, connection.receive, send)

    def _strikes(self, operation_id: str | None, scope: Scope) -> list[Strike]:
        headers = [value.decode("latin-1") for name, value in scope["headers"] if name == HEADER.encode()]
        handler = self._handlers.get(operation_id or "")
        return self._faults.striking(operation_id, handler, ";".join(headers))

    def _declared(self, operation_id: str | None) -> Answer:
        operation = self._operations.get(operation_id or "")
        return Answer({}, {}) if operation is None else operation.answer

    async def _spoil(
        self, strikes: Sequence[Strike], declared: Answer, scope: Scope, connection: Connection, send: Send
    ) -> None:
        start, body = await _collect(self._app, scope, connection.receive)
        payload = _spoilt(strikes, declared, body)
        kept = [(name, value) for name, value in start["headers"] if name != b"content-length"]
        if payload.breaks_off:
            start[UNFRAMED] = True
        else:
            kept.append((b"content-length", str(len(payload.body)).encode()))
        await send({**start, "headers": [*kept, *payload.headers]})
        body = payload.body
        if halfway := [strike.kind for strike in strikes if isinstance(strike.kind, HalfwayFault)]:
            half = len(body) // 2
            await send({"type": "http.response.body", "body": body[:half], "more_body": True})
            body = body[half:]
            for pausing in halfway:
                await pausing.halfway(connection)
        await send({"type": "http.response.body", "body": body})


def _spoilt(strikes: Sequence[Strike], declared: Answer, body: bytes) -> Payload:
    """The body as the faults of its content and of its bytes leave it."""
    if altering := [(strike, strike.kind) for strike in strikes if isinstance(strike.kind, ContentFault)]:
        value: object = msgspec.json.decode(body)
        for strike, kind in altering:
            value = kind.alter(Content(value, declared, strike.chance))
        body = json.dumps(value, separators=(",", ":")).encode()  # writes half a surrogate pair as an escape
    payload = Payload(body)
    for strike in strikes:
        if isinstance(strike.kind, BodyFault):
            payload = strike.kind.spoil(payload, strike.chance)
    return payload


def spoil(strikes: Sequence[Strike], plan: Plan) -> Plan:
    """What the application means to do, as the faults that strike the request leave it."""
    for strike in strikes:
        if isinstance(strike.kind, PlanFault) and strike.kind.plan is type(plan):
            plan = cast("PlanFault[Plan]", strike.kind).change(plan, strike.turn)
    return plan


def _in_order(strikes: Sequence[Strike]) -> list[Strike]:
    """The strikes in the order of the table; of several of one kind, the last one."""
    last = {strike.kind.name: strike for strike in strikes}
    return sorted(last.values(), key=lambda strike: _ORDER.index(strike.kind.name))


async def _collect(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
    messages: list[Message] = []

    async def keep(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, keep)
    return messages[0], b"".join(message.get("body", b"") for message in messages[1:])


async def _send(send: Send, answer: Replacement) -> None:
    headers = [
        (b"content-type", answer.media_type.encode()),
        (b"content-length", str(len(answer.body)).encode()),
        *answer.headers,
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
