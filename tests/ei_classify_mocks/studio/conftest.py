from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ei_classify_mocks.studio import BASE
from ei_classify_mocks.studio.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx
    from ei_classify_mocks import Studio
    from starlette.types import ASGIApp, Receive, Scope, Send


@pytest.fixture
def client(ei_studio: Studio) -> Iterator[httpx.Client]:
    """A client of the test's own Studio, without a key."""
    with ei_studio.client() as client:
        yield client


class Front:
    """Hands every request on to the Studio of the test that is running."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Front, str]]:
    """A server for all tests of a module, as one takes a while to stop, and its address."""
    front = Front()
    with serving(front) as address:
        yield front, address


@pytest.fixture
def url(ei_studio: Studio, served: tuple[Front, str]) -> str:
    """The base URL of the test's own Studio, on a port."""
    front, address = served
    front.app = ei_studio.app
    return address + BASE
