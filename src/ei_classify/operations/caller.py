"""What every operation of a client needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ei_classify.http import AsyncSender, Sender
    from ei_classify.jobs import PollPolicy


class Caller:
    """The base of sync operations: how calls are sent and jobs followed."""

    _sender: Sender
    _polling: PollPolicy


class AsyncCaller:
    """The base of async operations."""

    _sender: AsyncSender
    _polling: PollPolicy
