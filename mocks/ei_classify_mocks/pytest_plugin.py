"""The pytest plugin: fixtures for the Studio double, the replayed examples and the examples themselves.

It is loaded into every pytest run in an environment that has this package, so only the fixtures import the
doubles.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest

from .extras import missing_extra

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import respx

    from ei_classify_mocks import Studio


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers that set up the fixtures."""
    config.addinivalue_line("markers", "ei_studio(*projects, **options): the arguments of the Studio double")
    config.addinivalue_line("markers", "ei_replay(choices): which example answers which operation")


@pytest.fixture
def ei_studio(request: pytest.FixtureRequest) -> Iterator[Studio]:
    """An in-process Studio double for the test alone; the marker `ei_studio` passes arguments to it."""
    with _naming_the_extra("ei_studio"):
        from ei_classify_mocks import Studio

    projects, options = _marked(request, "ei_studio")
    with Studio(*projects, **options) as studio:
        yield studio


@pytest.fixture
def ei_replay(request: pytest.FixtureRequest) -> Iterator[respx.MockRouter]:
    """Answers every httpx call of the test from the examples; the marker `ei_replay` chooses which."""
    with _naming_the_extra("ei_replay"):
        from ei_classify_mocks import replay

    choices, options = _marked(request, "ei_replay")
    with replay(*choices, **options) as router:
        yield router


@pytest.fixture
def ei_example() -> Callable[[str], Any]:
    """A function that takes the name of an example and returns it, decoded from JSON."""
    with _naming_the_extra("ei_example"):
        from ei_classify_mocks import example

    return example


@contextlib.contextmanager
def _naming_the_extra(fixture: str) -> Iterator[None]:
    """Name the missing extra if an import of the doubles fails."""
    try:
        yield
    except ImportError as error:
        pytest.fail(f"the fixture {fixture} cannot be set up: {missing_extra(error)}", pytrace=False)


def _marked(request: pytest.FixtureRequest, name: str) -> tuple[tuple[Any, ...], dict[str, Any]]:
    marker = request.node.get_closest_marker(name)
    return (marker.args, dict(marker.kwargs)) if marker else ((), {})
