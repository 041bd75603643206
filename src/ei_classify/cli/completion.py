"""What a shell completes: variants, other known values, columns, and the options of the double.

Nothing here asks a server or reads the key.
"""

from __future__ import annotations

import contextlib
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand

from .picking import ALL_RESULTS, COMPARE, SCORE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def variants(ctx: Any) -> list[str]:
    """Return the known variants, and those of the exports that the command line names before."""
    from ei_classify.models import KerasModelVariant

    # While the value of an option is missing, arguments are not assigned to parameters yet.
    folders = [*ctx.args, ctx.params.get("out"), ctx.params.get("against")]
    exported = [name for folder in folders if folder for name in _exported(str(folder))]
    return list(dict.fromkeys([*map(str, KerasModelVariant), *exported]))


def _exported(folder: str) -> Iterator[str]:
    from pathlib import Path

    from ei_classify.dataset import Manifest
    from ei_classify.dataset.storage.local import LocalStorage
    from ei_classify.errors import EiClassifyError

    with contextlib.suppress(OSError, ValueError, EiClassifyError):
        manifest = Manifest.load(LocalStorage(Path(folder)))  # at a URL, a server would be asked
        yield from (entry.variant for entry in manifest.runs.values() if entry.variant) if manifest else ()


def values_of(enum: str) -> Callable[[], list[str]]:
    """Return a function that returns the values of an enum of the contract."""

    def values() -> list[str]:
        from ei_classify import models

        return [str(each) for each in getattr(models, enum)]

    return values


def columns(ctx: Any, incomplete: str) -> list[str]:
    """Return the columns of the command, after those that are named already."""
    known = {"score": SCORE, "compare": COMPARE}.get(ctx.command.name, ALL_RESULTS)
    named, comma, _ = incomplete.rpartition(",")
    return [f"{named}{comma}{name}" for name in known if name not in named.split(",")]


class StudioCommand(TyperCommand):
    """The command of the double, whose own parser knows the options."""

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Return the options of the double, or the values of the one before."""
        try:
            from ei_classify_mocks.command.arguments import completions
        except ImportError:  # the extra is not installed
            return []
        found = completions(ctx.args[-1] if ctx.args else "")
        return [
            SimpleNamespace(type="plain", value=value, help=text)
            for value, text in found
            if value.startswith(incomplete)
        ]
