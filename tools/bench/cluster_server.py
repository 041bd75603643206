"""A server of the double's pages that keeps its answers, so that the second read costs it next to nothing.

Prints its URL. The arguments: the latency in seconds, and projects.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from ei_classify_mocks import Studio
from ei_classify_mocks.studio.addresses import BASE
from ei_classify_mocks.studio.server import serving


class Kept:
    """An application whose answers to GET are kept by their address."""

    def __init__(self, app: Any, latency_s: float) -> None:
        self._app = app
        self._latency_s = latency_s
        self._answers: dict[tuple[str, bytes], list[Any]] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._latency_s:
            await asyncio.sleep(self._latency_s)
        address = scope["path"], scope["query_string"]
        if address not in self._answers:
            messages: list[Any] = []

            async def keep(message: Any) -> None:
                messages.append(message)

            await self._app(scope, receive, keep)
            self._answers[address] = messages
        for message in self._answers[address]:
            await send(message)


if __name__ == "__main__":
    latency_s, *projects = sys.argv[1:]
    with Studio(*projects) as studio, serving(Kept(studio.app, float(latency_s))) as url:
        print(f"{url}{BASE}", flush=True)
        sys.stdin.read()
