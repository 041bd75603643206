"""The requests that a Studio has answered, and the faults that struck them."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEPT = 10_000
_KEPT_CHARACTERS = 4_000_000


@dataclass
class RecordedRequest:
    """A request. Its key is not recorded.

    Attributes:
        number: How many requests came before it.
        operation: The operationId; None if the contract has no operation at that path.
        query: The query as it is in the URL, still encoded.
        faults: The faults that struck it, as they are written.
        status: The HTTP status of the answer; None before there is one, or if the connection was reset.
        server_s: How long the answer took, in seconds, from the request's head to the end of the answer.
    """

    number: int
    method: str
    path: str
    query: str
    operation: str | None = None
    faults: list[str] = field(default_factory=list)
    status: int | None = None
    server_s: float | None = None

    @property
    def characters(self) -> int:
        """How long its method, path and query are together."""
        return len(self.method) + len(self.path) + len(self.query)


class Record:
    """The last ten thousand requests, oldest first. If they are long, the last four million characters."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0
        self._characters = 0
        self._requests: deque[RecordedRequest] = deque()

    def add(self, method: str, path: str, query: str) -> RecordedRequest:
        """Record a request. Its other attributes are filled in as it is answered."""
        with self._lock:
            request = RecordedRequest(self._count, method, path, query)
            self._count += 1
            self._requests.append(request)
            self._characters += request.characters
            while len(self._requests) > _KEPT or self._characters > _KEPT_CHARACTERS:
                self._characters -= self._requests.popleft().characters
        return request

    def requests(self) -> Sequence[RecordedRequest]:
        """The requests so far."""
        with self._lock:
            return list(self._requests)

    def clear(self) -> None:
        """Forget the requests so far."""
        with self._lock:
            self._requests.clear()
            self._characters = 0
