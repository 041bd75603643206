"""The errors that a call can raise. Connection errors and timeouts are those of httpx."""

from __future__ import annotations

MAX_TEXT = 500
"""The maximum number of characters that an error takes over from the server for each of its attributes."""


def shorten(text: str, most: int = MAX_TEXT) -> str:
    """Returns the text on one line, cut after `most` characters."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most and len(text) <= 4 * most else line[: most - 1] + "…"


_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0").union(
    map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
"""Fillers, variation selectors and similar characters: invisible, although `str.isprintable` accepts them."""


def visible(text: str) -> str:
    """Returns the text with an escape, such as `\\x1b` or `\\u202e`, in place of each invisible character.

    These are control and format characters, separators and spaces other than the plain space, unassigned and
    private characters, and lone surrogates. All other characters stay as they are, including backslashes.
    """
    if text.isprintable() and _BLANK.isdisjoint(text):
        return text
    return "".join(
        each if each.isprintable() and each not in _BLANK else each.encode("unicode_escape").decode("ascii")
        for each in text
    )


class MismatchError(ValueError):
    """JSON does not have the form that was expected of it."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(place, problem)
        self.place = place
        """The place in it, such as `result[3].classifications[0].learnBlock.id`; empty for the whole."""
        self.problem = problem
        """What is wrong there, such as `missing` or `expected integer, got "x"`."""

    def __str__(self) -> str:
        return visible(f"{self.place}: {self.problem}" if self.place else self.problem)


class ApiError(Exception):
    """A call that returned no usable answer. The error contains no API key, and can be pickled."""

    operation: str
    """The name of the operation in Python, such as `get_job_status`."""
    method: str
    """The HTTP method, in capitals."""
    path: str
    """The path of the URL, without the host and the query."""
    status: int
    """The HTTP status."""
    error: str | None
    """The message of the server, on one line of at most `MAX_TEXT` characters; None if there is none."""
    headers: dict[str, str]
    """The headers of the answer that help to find the cause: its type, when to retry, and the ids of the request.

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
        return visible(f"{self.operation} ({self.method} {self.path}): {self._reason()}")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def _reason(self) -> str:
        return f"HTTP status {self.status}" + (f": {self.error}" if self.error else "")


class FailureError(ApiError):
    """The server answered with a 2xx status and `success: false`. `error` says why."""

    def _reason(self) -> str:
        return f"refused: {self.error or 'the server gave no reason'}"


class StatusError(ApiError):
    """The HTTP status is not 2xx. `error` has the message in the body, or else a summary of the body."""

    def _reason(self) -> str:
        reason = super()._reason()
        if self.status in (301, 302, 303, 307, 308):
            reason += " (redirects are not followed, so that the key is not sent to another host: check the base URL)"
        return reason


class UnexpectedAnswerError(ApiError):
    """The status is 2xx, but the body is not an answer that the contract describes."""

    place: str
    """The place in the body, such as `result[3].classifications[0].learnBlock.id`; empty for the whole body."""
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
