"""Names are imported when they are asked for, and type checkers see the same ones."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import ei_classify


def test_what_type_checkers_see_is_what_there_is() -> None:
    tree = ast.parse(Path(ei_classify.__file__).read_text("utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    seen = [
        alias.asname or alias.name
        for statement in block.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    ]
    assert sorted(seen) == ei_classify.__all__
    for name in ei_classify.__all__:
        assert getattr(ei_classify, name).__name__ == name
    assert set(ei_classify.__all__) <= set(dir(ei_classify))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'ClassifyCleint'"):
        ei_classify.ClassifyCleint  # noqa: B018
