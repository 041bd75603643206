"""Types that the whole package shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from attrs import define
from msgspec import UNSET
from msgspec import UnsetType as Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")


@define
class Response(Generic[T]):
    """An answer with what HTTP says of it."""

    status_code: int
    """The HTTP status."""
    headers: Mapping[str, str]
    """The headers; names are found in any case."""
    content: bytes
    """The body as it came."""
    parsed: T
    """The typed answer."""


__all__ = ["UNSET", "Response", "Unset"]
