"""What a call can fail with. Connection errors and timeouts stay those of httpx."""

from __future__ import annotations

MAX_TEXT = 500
"""The most characters that an error takes over from the server for any one thing."""


def shorten(text: str, most: int = MAX_TEXT) -> str:
    """The text on one line, cut after `most` characters."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most and len(text) <= 4 * most else line[: most - 1] + "…"


class MismatchError(ValueError):
    """JSON does not stand for the object that it was read for."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(place, problem)
        self.place = place
        """Where, such as `result[3].classifications[0].learnBlock.id`; empty for the whole."""
        self.problem = problem
        """What is wrong there, such as `missing` or `expected integer, got "x"`."""

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}" if self.place else self.problem


class ApiError(Exception):
    """A call that gave no usable answer. Holds no API key; may be pickled."""

    operation: str
    """The operation, by its name in Python, such as `get_job_status`."""
    method: str
    """The HTTP method, in capitals."""
    path: str
    """The path of the URL, without host and query."""
    status: int
    """The HTTP status."""
    error: str | None
    """What the server said, on one line of at most `MAX_TEXT` characters; None if it said nothing."""
    headers: dict[str, str]
    """Those headers of the answer that help on: its type, when to retry, and what names the request.

    Names are in lower case."""

    def __init__(
        self,
        operation: str,
        method: str,
        path: str,
        status: int,
        error: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(operation, method, path, status, error, headers)
        self.operation = operation
        self.method = method
        self.path = path
        self.status = status
        self.error = error
        self.headers = headers or {}

    def __str__(self) -> str:
        return f"{self.operation} ({self.method} {self.path}): {self._reason()}"

    def _reason(self) -> str:
        return f"HTTP status {self.status}" + (f": {self.error}" if self.error else "")


class FailureError(ApiError):
    """The server answered with a 2xx status and `success: false`. `error` has its reason."""

    def _reason(self) -> str:
        return f"refused: {self.error or 'the server gave no reason'}"


class StatusError(ApiError):
    """The HTTP status is not 2xx. `error` has the reason from the body, or a summary of the body."""

    def _reason(self) -> str:
        reason = super()._reason()
        if 300 <= self.status < 400:
            reason += " (redirects are not followed, so that no key goes to another host: check the base URL)"
        return reason


class UnexpectedAnswerError(ApiError):
    """The status is 2xx and the body is not an answer that the contract knows."""

    place: str
    """Where in the body, such as `result[3].classifications[0].learnBlock.id`; empty for the body itself."""
    problem: str
    """What is wrong there, such as `missing` or `expected integer, got "x"`."""

    def __init__(
        self,
        operation: str,
        method: str,
        path: str,
        status: int,
        error: str | None = None,
        headers: dict[str, str] | None = None,
        place: str = "",
        problem: str = "",
    ) -> None:
        super().__init__(operation, method, path, status, error, headers)
        self.args = (*self.args, place, problem)
        self.place = place
        self.problem = problem

    def _reason(self) -> str:
        reason = f"{self.place}: {self.problem}" if self.place else self.problem
        return f"cannot decode the answer: {reason}" + (f" ({self.error})" if self.error else "")
