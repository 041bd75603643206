from __future__ import annotations

import subprocess
import sys

import ei_classify_mocks
import pytest
from ei_classify_mocks import studio


@pytest.mark.parametrize("front", [ei_classify_mocks, studio])
def test_every_name_of_a_front_can_be_imported(front: object) -> None:
    names: list[str] = front.__all__  # type: ignore[attr-defined]
    assert "Studio" in names
    assert set(names) <= set(dir(front))
    assert all(getattr(front, name) is not None for name in names)


@pytest.mark.parametrize("front", [ei_classify_mocks, studio])
def test_an_unknown_name_is_an_attribute_error(front: object) -> None:
    with pytest.raises(AttributeError, match=r"has no attribute 'studioo'"):
        front.studioo  # type: ignore[attr-defined]  # noqa: B018


def test_a_name_stays_what_it_is_when_a_module_of_its_package_is_imported() -> None:
    code = (
        "import ei_classify_mocks.routes, ei_classify_mocks.studio.double, ei_classify_mocks.prism_server;"
        "from ei_classify_mocks import Studio, prism, replay; print(callable(prism) and callable(replay))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
