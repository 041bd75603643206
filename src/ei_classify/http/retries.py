"""When a call is sent again, and after which wait. The loop itself is that of httpx-retries."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from typing import TYPE_CHECKING, NoReturn

import httpx
from attrs import frozen
from ei_classify_api.errors import visible
from httpx_retries import Retry

from ei_classify.errors import ConfigurationError

from .raised import LOST, TIMEOUTS, UNSENT, is_bad_certificate

if TYPE_CHECKING:
    import threading
    from typing import Self

logger = logging.getLogger("ei_classify")

STATUSES = (429, 502, 503, 504)
"""The HTTP statuses after which a call is sent again."""

TEMPORARY = (*TIMEOUTS, *LOST, httpx.DecodingError)
"""The exceptions after which a call is sent again: the whole answer did not arrive."""

MOST_RETRIES = 100


@frozen(kw_only=True)
class RetryPolicy:
    """How often a call is sent again after a temporary failure, and how long to wait before each retry.

    Temporary failures are: no connection, a timeout, a connection that is lost before the whole answer has
    arrived, and the statuses 429, 502, 503 and 504. The contract says for each operation whether its calls
    may be repeated. A call that may not is sent again only if no connection could be made.

    The wait before the n-th retry is `backoff_s` times 2 to the power of n - 1, and at most `max_wait_s`. It
    is reduced at random by up to half, so that clients do not all return at the same time. A server's
    `Retry-After` (seconds or a date) replaces it, up to the same maximum. If a wait would end after
    `total_s`, the call fails at once instead.

    Raises:
        ConfigurationError: A value is outside its range.
    """

    retries: int = 4
    """The maximum number of retries after the first try, from 0 to 100."""
    backoff_s: float = 0.5
    """The wait before the first retry, in seconds."""
    max_wait_s: float = 60.0
    """The longest single wait, in seconds. It limits `Retry-After` too."""
    total_s: float = 300.0
    """The longest time for a call with its retries, in seconds. No phase of a call lasts longer: connecting,
    sending, and receiving an answer, however slowly it arrives."""

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.retries <= MOST_RETRIES:
            raise ConfigurationError(f"must be from 0 to {MOST_RETRIES}, not {self.retries}", name="retries")
        if not (self.backoff_s >= 0 and self.max_wait_s > 0 and self.total_s > 0):
            raise ConfigurationError("backoff_s must not be negative; max_wait_s and total_s must be above 0")


class GaveUpError(Exception):
    """Another try would be too late, or is no longer wanted. `response` is the response of the last try."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__()
        self.response = response


class Tries(Retry):
    """The tries of one call. Each call has its own object, which counts in place."""

    def __init__(
        self, policy: RetryPolicy, method: str, *, repeatable: bool, stop: threading.Event | None = None
    ) -> None:
        """Start to count now. Once `stop` is set, no further try is made."""
        super().__init__(
            total=policy.retries,
            allowed_methods=(method,),
            status_forcelist=STATUSES,
            retry_on_exceptions=TEMPORARY,
            backoff_factor=policy.backoff_s / 2,  # httpx-retries doubles it before the first retry
            backoff_jitter=0.5,
            max_backoff_wait=policy.max_wait_s,
        )
        self._policy = policy
        self._repeatable = repeatable
        self._stop = stop
        self._start = time.monotonic()

    @property
    def made(self) -> int:
        """The number of times that the call was sent."""
        return self.attempts_made + 1

    @property
    def elapsed_s(self) -> float:
        """The time since the first try began, in seconds."""
        return time.monotonic() - self._start

    @property
    def remaining_s(self) -> float:
        """The time that is left for the call, in seconds; 0 once there is none or `stop` is set."""
        if self._stop is not None and self._stop.is_set():
            return 0.0
        return max(0.0, self._policy.total_s - self.elapsed_s)

    def leave_out(self, seconds: float) -> None:
        """Do not count a wait that is no part of the call, in seconds."""
        self._start += seconds

    def demanded_s(self, response: httpx.Response) -> float | None:
        """Return the wait that a failed answer asks for, in seconds; None if it asks for none."""
        if response.status_code not in STATUSES:
            return None
        wait_s = retry_after_s(response.headers)
        return None if wait_s is None else min(wait_s, self.max_backoff_wait)

    def is_retryable_status_code(self, status_code: int) -> bool:
        """Return whether the call is sent again after this status."""
        return self._repeatable and super().is_retryable_status_code(status_code)

    def is_retryable_exception(self, exception: Exception) -> bool:
        """Return whether the call is sent again after this failure. A bad certificate is not temporary."""
        if not self._repeatable and not isinstance(exception, UNSENT):
            return False
        return super().is_retryable_exception(exception) and not is_bad_certificate(exception)

    def increment(self) -> Self:
        """Count one more try."""
        self.attempts_made += 1
        return self

    def sleep(self, response: httpx.Response | Exception) -> None:
        """Wait before the next try."""
        wait_s = self._wait_s(response)
        if self._stop is None:
            time.sleep(wait_s)
        elif self._stop.wait(wait_s):
            self._give_up(response)

    async def asleep(self, response: httpx.Response | Exception) -> None:
        """Wait before the next try."""
        await asyncio.sleep(self._wait_s(response))

    def _wait_s(self, outcome: httpx.Response | Exception) -> float:
        wait_s = retry_after_s(outcome.headers) if isinstance(outcome, httpx.Response) else None
        wait_s = min(wait_s or self.backoff_strategy(), self.max_backoff_wait)
        if wait_s >= self.remaining_s:
            self._give_up(outcome)
        why = f"status {outcome.status_code}" if isinstance(outcome, httpx.Response) else repr(outcome)
        logger.debug("try %d follows in %.2f s, after %s", self.made, wait_s, visible(why))
        return wait_s

    def _give_up(self, outcome: httpx.Response | Exception) -> NoReturn:
        self.attempts_made -= 1  # the try after this wait is not made
        raise outcome if isinstance(outcome, Exception) else GaveUpError(outcome)


def retry_after_s(headers: httpx.Headers) -> float | None:
    """Return the wait that `Retry-After` asks for, in seconds; None if the header is missing or invalid."""
    try:
        text = headers["Retry-After"].strip()
        if re.fullmatch(r"[0-9]+\.[0-9]+", text):  # against the standard, and clear enough
            return float(text)
        return Retry().parse_retry_after(text)
    except (KeyError, ValueError, OverflowError):
        return None
