"""A gate that every try of a call passes: a limit beyond one client, such as one that machines share."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

import httpx

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from .retries import Tries


class CallGate(Protocol):
    """Decides when a try of a call may be sent. Threads share it."""

    def passing(self) -> AbstractContextManager[None]:
        """Wait until a try may be sent. It is under way for the length of the `with` block."""

    def pause(self, seconds: float) -> None:
        """Let nobody pass for this time, in seconds, since the server asks for it. Return at once."""


class GatedAnswers(httpx.BaseTransport):
    """Sends each request through a gate. The wait for it does not count as time of the call."""

    def __init__(self, answers: httpx.BaseTransport, gate: CallGate, tries: Tries) -> None:
        self._answers = answers
        self._gate = gate
        self._tries = tries

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Wait for the gate, then send the request. A `Retry-After` closes the gate for all."""
        begun = time.monotonic()
        with self._gate.passing():
            self._tries.leave_out(time.monotonic() - begun)
            response = self._answers.handle_request(request)
            if wait_s := self._tries.demanded_s(response):
                self._gate.pause(wait_s)
        return response
