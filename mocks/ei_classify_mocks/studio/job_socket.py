"""The socket on which clients follow the log of a job: a part of Socket.IO 2 over a WebSocket.

The server greets with `hello`. For each `start-log-stream` of the client, it sends the lines of the job's log
as `job-data-ID` and, when the job has ended, `job-finished-ID`. Frames that it does not know are ignored.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import anyio
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocketDisconnect

from .error_answers import UnauthorizedError
from .keys import socket_token
from .responses import failure_response

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.websockets import WebSocket

    from .state import State

PATH: Final = "/socket.io/"

# The first digit is Engine.IO's: open, ping, pong, message. The second is that of a message in Socket.IO.
_OPEN, _PING, _PONG, _CONNECTED, _EVENT = "0", "2", "3", "40", "42"
_SETTINGS = {"sid": "studio", "upgrades": [], "pingInterval": 25_000, "pingTimeout": 60_000}
_LOOK_EVERY_S = 0.05


class JobSocket:
    """Streams the logs of jobs.

    Args:
        state: The Studio whose jobs they are.
    """

    def __init__(self, state: State) -> None:
        self._state = state

    def route(self) -> WebSocketRoute:
        """The route, which lies beside the API."""
        return WebSocketRoute(PATH, self._serve)

    async def _serve(self, socket: WebSocket) -> None:
        project_id = self._opened(socket.query_params.get("token"))
        if project_id is None:
            await socket.send_denial_response(failure_response(UnauthorizedError("Invalid socket token")))
            return
        await socket.accept()
        try:
            async with anyio.create_task_group() as streams:
                await socket.send_text(_OPEN + json.dumps(_SETTINGS))
                await socket.send_text(_CONNECTED)
                await _send_event(socket, "hello", {"hello": {"version": 1}})
                async for text in _texts(socket):
                    if text.startswith(_PING):
                        await socket.send_text(_PONG + text.removeprefix(_PING))
                    job_id = _wanted(text)
                    if job_id is not None:
                        streams.start_soon(self._stream, socket, project_id, job_id)
                streams.cancel_scope.cancel()
        except* WebSocketDisconnect:
            pass  # the client has gone

    def _opened(self, token: str | None) -> int | None:
        return next((one for one in self._state.projects if token == socket_token(one)), None)

    async def _stream(self, socket: WebSocket, project_id: int, job_id: int) -> None:
        sent = 0
        while True:
            now = self._state.clock()
            job = self._state.jobs.find(project_id, job_id)
            if job is None or job.has_vanished(now):
                return
            lines = job.log(now)
            for line in lines[sent:]:
                await _send_event(socket, f"job-data-{job_id}", {"data": f"{line.text}\n"})
            if not job.is_active(now):
                await _send_event(socket, f"job-finished-{job_id}", {"success": job.succeeds})
                return
            sent = len(lines)
            await anyio.sleep(_LOOK_EVERY_S)


async def _send_event(socket: WebSocket, name: str, content: object) -> None:
    await socket.send_text(_EVENT + json.dumps([name, content]))


async def _texts(socket: WebSocket) -> AsyncIterator[str]:
    while (message := await socket.receive())["type"] != "websocket.disconnect":
        yield message.get("text") or ""


def _wanted(text: str) -> int | None:
    """The job whose log a frame asks for; None if it asks for none."""
    if not text.startswith(_EVENT):
        return None
    try:
        event: Any = json.loads(text.removeprefix(_EVENT))
    except ValueError:
        return None
    match event:
        case ["start-log-stream", {"jobId": int(job_id)}]:
            return job_id
    return None
