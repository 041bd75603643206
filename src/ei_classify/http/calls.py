"""A call: what is sent and how the answer is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import field, frozen

from .settings import DEFAULT, Default, Timeout, check_timeout

if TYPE_CHECKING:
    from collections.abc import Callable

    from ei_classify_api.api import Operation

T = TypeVar("T")


@frozen
class Call(Generic[T]):
    """A call of an operation. It may be made any number of times."""

    operation: Operation[Any]
    request: dict[str, Any]
    """What the operation's generated `request` returns."""
    read: Callable[[bytes], T]
    """Reads the body; raises `ei_classify_api.errors.MismatchError` where it does not fit."""
    timeout: Timeout | Default | None = field(
        default=DEFAULT, validator=lambda _call, _attribute, value: check_timeout(value)
    )
