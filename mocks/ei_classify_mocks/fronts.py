"""Fronts of packages: a front's stub lists its names, and each is imported when it is first used."""

from __future__ import annotations

import ast
import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def lazy_front(package: str, file: str) -> tuple[Callable[[str], object], Callable[[], list[str]], list[str]]:
    """`__getattr__`, `__dir__` and `__all__` of a package, from the imports in its stub.

    No module may bear the name of something that is in it: once imported, the module would take its place.

    Args:
        package: The package's `__name__`.
        file: The package's `__file__`; the stub lies beside it, with the suffix `.pyi`.
    """
    homes = {
        alias.name: f"{'.' * node.level}{node.module}"
        for node in ast.parse(Path(file).with_suffix(".pyi").read_bytes()).body
        if isinstance(node, ast.ImportFrom) and node.level
        for alias in node.names
    }

    def find(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(importlib.import_module(homes[name], package), name)
        vars(sys.modules[package])[name] = value
        return value

    return find, lambda: sorted({*vars(sys.modules[package]), *homes}), sorted(homes)
