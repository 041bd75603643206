from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

pytest_plugins = ["pytester"]


def test_the_fixtures_work_in_anyone_s_tests(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import httpx
        import pytest

        PAGE = "/api/1/classify/all/result/page"
        KEY = {"x-api-key": "ei_studio_key_1"}

        def test_studio(ei_studio):
            assert ei_studio.client(headers=KEY).get(PAGE).json()["totalCount"] == 118

        @pytest.mark.ei_studio("scale:9", age="seeds", faults=["limit-cap=3"])
        def test_studio_with_arguments(ei_studio):
            page = ei_studio.client(headers={"x-api-key": "ei_studio_key_100"}).get(PAGE.replace("1", "100"))
            assert len(page.json()["result"]) == 3
            assert "totalCount" not in page.json()

        def test_replay(ei_replay, ei_example):
            answer = httpx.get("https://studio.edgeimpulse.com/v1" + PAGE, headers=KEY)
            assert answer.json() == ei_example("page-documented")
            assert ei_replay["getClassifyJobResultPage"].call_count == 1

        @pytest.mark.ei_replay({"getClassifyJobResultPage": "page-empty"})
        def test_replay_with_arguments(ei_replay, ei_example):
            answer = httpx.get("https://studio.edgeimpulse.com/v1" + PAGE, headers=KEY)
            assert answer.json() == ei_example("page-empty")
        """
    )
    # By the name that the package registers, and without the other plugins that happen to be here.
    pytester.runpytest_subprocess(
        "--disable-plugin-autoload", "-p", "ei_classify", "--strict-markers", "-Werror"
    ).assert_outcomes(passed=4)


def test_the_plugin_loads_nothing_heavy_until_it_is_used() -> None:
    heavy = {"httpx", "respx", "starlette", "uvicorn", "yaml", "msgspec", "ei_classify_mocks.studio"}
    code = f"import sys, ei_classify_mocks.pytest_plugin; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
