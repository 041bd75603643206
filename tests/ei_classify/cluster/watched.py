"""A Studio double on a port that counts the calls under way, and can change results while they are read."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from ei_classify_mocks import Studio
from ei_classify_mocks.studio.addresses import BASE
from ei_classify_mocks.studio.server import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Watched:
    """Calls of pages, and how many were under way at a time."""

    def __init__(self, studio: Studio) -> None:
        self._app: Any = studio.app
        self.studio = studio
        self.url = ""
        self.latency_s = 0.0
        self.most = 0
        self.calls: list[tuple[float, int, int]] = []
        """The moment, the project and the offset of each call."""
        self.refused: list[float] = []
        """The moments of the answers with status 429."""
        self.change: Callable[[int, int], tuple[int, int]] = lambda project, offset: (project, offset)
        """From the project and the offset that are asked for to those of the answer."""
        self._under_way = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        found = re.match(rf"{BASE}/api/([0-9]+)/classify/all/result/page", scope.get("path", ""))
        if not found:
            await self._app(scope, receive, send)
            return
        query = scope["query_string"].decode()
        project, offset = int(found[1]), int(parse_qs(query)["offset"][0])
        self.calls.append((time.monotonic(), project, offset))
        self._under_way += 1
        self.most = max(self.most, self._under_way)

        async def sent(message: Any) -> None:
            if message.get("status") == 429:
                self.refused.append(time.monotonic())
            await send(message)

        try:
            if self.latency_s:
                await asyncio.sleep(self.latency_s)
            await self._app(self._changed(scope, query, project, offset), receive, sent)
        finally:
            self._under_way -= 1

    def _changed(self, scope: Any, query: str, project: int, offset: int) -> Any:
        instead, at = self.change(project, offset)
        path = scope["path"].replace(f"/{project}/", f"/{instead}/")
        headers = [
            (name, f"ei_studio_key_{instead}".encode() if name == b"x-api-key" else value)
            for name, value in scope["headers"]
        ]
        changed = query.replace(f"offset={offset}", f"offset={at}").encode()
        if (instead, at) == (project, offset):
            return scope
        return {**scope, "path": path, "raw_path": path.encode(), "query_string": changed, "headers": headers}


@contextlib.contextmanager
def watched(*projects: str, faults: tuple[str, ...] = ()) -> Iterator[Watched]:
    """A Studio double that answers for the length of the block."""
    with Studio(*projects, faults=faults) as studio:
        server = Watched(studio)
        with serving(server) as address:
            server.url = f"{address}{BASE}"
            yield server
