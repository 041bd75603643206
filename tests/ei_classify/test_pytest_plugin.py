from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ei_classify_mocks import Studio

    from ei_classify import AsyncClassifyClient, ClassifyClient

pytest_plugins = ["pytester"]

SAMPLES = {1: 118, 4: 48}


def test_a_client_is_ready(ei_client: ClassifyClient, ei_studio: Studio) -> None:
    assert len(list(ei_client.results())) == SAMPLES[1]
    assert {request.operation for request in ei_studio.requests} == {"getClassifyJobResultPage"}


def test_an_async_client_is_ready(ei_async_client: AsyncClassifyClient) -> None:
    async def read() -> int:
        return len([outcome async for outcome in ei_async_client.results()])

    import asyncio

    assert asyncio.run(read()) == SAMPLES[1]


@pytest.mark.ei_studio(faults=["status=503"])
@pytest.mark.ei_client(project_id=4, retries=0)
def test_the_markers_pass_arguments(ei_client: ClassifyClient, ei_studio: Studio) -> None:
    with pytest.raises(Exception, match="503"):
        ei_client.page(limit=1)
    assert [request.path for request in ei_studio.requests] == ["/v1/api/4/classify/all/result/page"]
    ei_studio.clear_faults()
    assert ei_client.page(limit=1).total_count == SAMPLES[4]


def test_the_client_is_closed_at_the_end(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        kept = []

        def test_use(ei_client, ei_replay):
            kept.append(ei_client)

        def test_afterwards():
            assert ", closed" in repr(kept[0])
        """
    )
    run(pytester).assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("fixture", "module"),
    [
        ("ei_studio", "starlette"),
        ("ei_client", "uvicorn"),
        ("ei_async_client", "starlette"),
        ("ei_replay", "respx"),
        ("ei_example", "yaml"),
    ],
)
def test_without_the_extra_a_fixture_names_it(pytester: pytest.Pytester, fixture: str, module: str) -> None:
    pytester.makeconftest(f"import sys\nsys.modules[{module!r}] = None")
    pytester.makepyfile(f"def test_it({fixture}):\n    pass")
    result = run(pytester)
    result.assert_outcomes(errors=1)
    shown = result.stdout.str()
    assert f"{module} is needed and not installed. It comes with the extra `mocks`" in shown
    assert "Traceback" not in shown
    assert "ModuleNotFoundError" not in shown


def test_the_plugin_loads_no_client_and_no_double_until_they_are_used() -> None:
    heavy = {"httpx", "msgspec", "starlette", "ei_classify.client", "ei_classify_mocks.studio"}
    code = f"import sys, ei_classify.pytest_plugin; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def run(pytester: pytest.Pytester) -> pytest.RunResult:
    """By the name that the package registers, and without the other plugins that happen to be here."""
    return pytester.runpytest_subprocess(
        "--disable-plugin-autoload", "-p", "ei_classify", "--strict-markers", "-Werror"
    )
