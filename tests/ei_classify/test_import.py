"""Names are imported when they are first used, and type checkers see the same ones."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.util import resolve_name
from pathlib import Path

import ei_classify_api.models
import pytest

import ei_classify
import ei_classify.models

EXPORTED: list[str] = vars(ei_classify)["__all__"]


def test_what_type_checkers_see_is_what_there_is() -> None:
    tree = ast.parse(Path(ei_classify.__file__).with_suffix(".pyi").read_text("utf-8"))
    seen = {}
    for statement in tree.body:
        assert isinstance(statement, ast.ImportFrom)
        for alias in statement.names:
            assert alias.asname == alias.name, "only then do type checkers take it as exported"
            assert alias.name not in seen
            seen[alias.name] = resolve_name(f".{statement.module}", "ei_classify")
    assert sorted(seen) == EXPORTED
    for name, module in seen.items():
        found = getattr(ei_classify, name)
        assert getattr(found, "__name__", name) == name  # the version is a text
        assert found is getattr(sys.modules[module], name)
    assert set(EXPORTED) <= set(dir(ei_classify))


def test_a_star_import_takes_every_name() -> None:
    taken: dict[str, object] = {}
    exec("from ei_classify import *", taken)  # it may stand in a module only
    assert taken.keys() - {"__builtins__"} == set(EXPORTED)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="ei_classify attribute ClassifyCleint"):
        ei_classify.ClassifyCleint  # type: ignore[attr-defined]  # noqa: B018


def test_the_import_alone_loads_nothing_heavy() -> None:
    program = "import sys, ei_classify; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    heavy = {
        "attrs",
        "dask",
        "distributed",
        "ei_classify_api",
        "httpx",
        "msgspec",
        "obstore",
        "pyarrow",
        "rich",
        "typer",
    }
    assert not heavy & set(done.stdout.split())


def test_models_are_those_of_the_contract() -> None:
    names = set(ei_classify_api.models.__all__)
    assert names <= set(dir(ei_classify.models))
    assert ei_classify.models.Threshold is ei_classify_api.models.Threshold
