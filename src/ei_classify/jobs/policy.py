"""How often the state of a job is requested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ei_classify.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator


@frozen(kw_only=True)
class PollPolicy:
    """How often the state of a job is requested, and how long its result may take to appear.

    Raises:
        ConfigurationError: A value is outside its range.
    """

    first_wait_s: float = 0.5
    """The wait before the second request, in seconds. The first request is immediate."""
    factor: float = 1.5
    """How many times as long each wait is as the one before; at least 1."""
    max_wait_s: float = 15.0
    """The longest wait between two requests, in seconds."""
    max_lag_s: float = 60.0
    """How long the result of a finished job may take to appear, in seconds."""

    def __attrs_post_init__(self) -> None:
        if not (self.first_wait_s > 0 and self.factor >= 1 and self.max_wait_s > 0 and self.max_lag_s >= 0):
            raise ConfigurationError(
                "first_wait_s and max_wait_s must be above 0, factor at least 1, and max_lag_s not negative"
            )

    def waits_s(self) -> Iterator[float]:
        """Yield the waits between two requests, in seconds, without end."""
        wait_s = self.first_wait_s
        while True:
            wait_s = min(wait_s, self.max_wait_s)
            yield wait_s
            wait_s *= self.factor
