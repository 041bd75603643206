"""The pytest plugin: ready clients of the Studio double, beside the fixtures of `ei_classify_mocks`.

It is loaded into every pytest run in an environment that has this package, so only the fixtures import the
clients and the double.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ei_classify_mocks import Studio

    from .client import AsyncClassifyClient, ClassifyClient

pytest_plugins = ["ei_classify_mocks.pytest_plugin"]

_PROJECT = 1


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker that sets up the fixtures."""
    config.addinivalue_line(
        "markers",
        "ei_client(project_id=1, **options): the project whose key the client of the Studio double has, and "
        "further arguments of the client",
    )


@pytest.fixture
def ei_client(request: pytest.FixtureRequest, ei_studio: Studio) -> Iterator[ClassifyClient]:
    """A `ClassifyClient` of the test's `ei_studio`; the marker `ei_client` passes arguments to it."""
    from .client import ClassifyClient

    with ClassifyClient(http_client=ei_studio.client(), **_arguments(request, ei_studio)) as client:
        yield client


@pytest.fixture
def ei_async_client(request: pytest.FixtureRequest, ei_studio: Studio) -> AsyncClassifyClient:
    """An `AsyncClassifyClient`, like `ei_client`. In-process, it holds nothing that must be closed."""
    from .client import AsyncClassifyClient

    return AsyncClassifyClient(http_client=ei_studio.async_client(), **_arguments(request, ei_studio))


def _arguments(request: pytest.FixtureRequest, studio: Studio) -> dict[str, Any]:
    from ei_classify_mocks.studio import api_key

    marker = request.node.get_closest_marker("ei_client")
    options = {"project_id": _PROJECT, **(marker.kwargs if marker else {})}
    return {"api_key": api_key(options["project_id"]), "base_url": studio.url, **options}
