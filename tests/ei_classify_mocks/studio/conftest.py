from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx
    from ei_classify_mocks import Studio


@pytest.fixture
def client(ei_studio: Studio) -> Iterator[httpx.Client]:
    """A client of the test's own Studio, without a key."""
    with ei_studio.client() as client:
        yield client


@pytest.fixture
def url(ei_studio: Studio) -> Iterator[str]:
    """The base URL of the test's own Studio, on a port."""
    with ei_studio.serving() as url:
        yield url
