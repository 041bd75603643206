from __future__ import annotations

import sys
import types

import pytest

from ei_classify.cluster.keys import check_provider, find_key
from ei_classify.errors import ConfigurationError

MODULE = "keys_of_a_company"


def key_of(project_id: int) -> str:
    if project_id == 2:
        raise KeyError("secret of project 2")
    return f"secret {project_id}" if project_id < 3 else ""


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EI_API_KEY", "of any")
    monkeypatch.setenv("EI_API_KEY_901", "of project 901")
    module = types.ModuleType(MODULE)
    module.key_of = key_of  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, MODULE, module)


def test_the_variable_of_a_project_comes_before_that_of_any() -> None:
    assert [find_key(project, None).reveal() for project in (901, 902)] == ["of project 901", "of any"]


def test_without_a_variable_the_error_names_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EI_API_KEY")
    with pytest.raises(ConfigurationError, match="project 902: set EI_API_KEY_902 or EI_API_KEY in the"):
        find_key(902, None)


def test_a_function_comes_before_variables() -> None:
    assert find_key(1, f"{MODULE}:key_of").reveal() == "secret 1"


@pytest.mark.parametrize(
    ("project", "provider", "problem"),
    [
        (1, f"{MODULE}:nobody", "cannot be imported on a worker"),
        (1, "no_such_module:key_of", "cannot be imported on a worker"),
        (2, f"{MODULE}:key_of", "has raised KeyError for project 2"),
        (3, f"{MODULE}:key_of", "has no key for project 3"),
    ],
)
def test_a_function_that_fails_is_named_without_what_it_says(
    project: int, provider: str, problem: str
) -> None:
    with pytest.raises(ConfigurationError, match=problem) as caught:
        find_key(project, provider)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None or caught.value.__suppress_context__


@pytest.mark.parametrize("text", ["key", "a:b:c", ":b", "a:", "a b:c", "ei_0a1b2c"])
def test_a_text_that_names_no_function_is_refused(text: str) -> None:
    check_provider("a.b:c")
    with pytest.raises(ConfigurationError, match="module:function"):
        check_provider(text)
