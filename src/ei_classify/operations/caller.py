"""The base classes of the operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ei_classify.http import AsyncSender, Sender
    from ei_classify.jobs import PollPolicy


class Caller:
    """The base of sync operations: the sender of calls, and how jobs are polled."""

    _sender: Sender
    _polling: PollPolicy


class AsyncCaller:
    """The base of async operations: the sender of calls, and how jobs are polled."""

    _sender: AsyncSender
    _polling: PollPolicy
