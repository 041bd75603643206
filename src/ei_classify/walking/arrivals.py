"""Reports finished calls to a walk, for both drivers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from .walk import Page

if TYPE_CHECKING:
    import asyncio
    from concurrent.futures import Future

    from .walk import PageRequest, Walk

P = TypeVar("P", bound=Page)
F = TypeVar("F", "Future[Any]", "asyncio.Future[Any]")


def report(walk: Walk[P], under_way: dict[F, PageRequest]) -> None:
    """Report the calls that have finished, and cancel those whose answer is no longer needed."""
    for future in [each for each in under_way if each.done()]:
        request = under_way.pop(future)
        if not future.cancelled():
            try:
                walk.received(request, future.result())
            except Exception as error:
                walk.failed(request, error)
    for future, request in under_way.items():
        if not walk.wants(request):
            future.cancel()
