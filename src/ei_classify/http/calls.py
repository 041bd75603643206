"""A call: what to send, and how to read the answer."""

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
    """A call of an operation. It can be sent any number of times."""

    operation: Operation[Any]
    request: dict[str, Any]
    """The arguments of the HTTP request, as the operation's generated `request` returns them."""
    read: Callable[[bytes], T]
    """Reads the body, and raises `ei_classify_api.errors.MismatchError` if it does not match the contract."""
    timeout: Timeout | Default | None = field(
        default=DEFAULT, validator=lambda _call, _attribute, value: check_timeout(value)
    )
    offset: int | None = None
    """The number of samples before the page that the call reads; None if it reads no page."""
    is_insistent: bool = True
    """Whether the call is sent again after a temporary failure. A call that only explains an error is not."""
