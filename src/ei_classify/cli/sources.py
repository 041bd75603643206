"""What the commands on scores read: folders of exports, or the results of a project."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

import typer

from ei_classify.errors import CallError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ei_classify_api.models import Accuracy

    from .session import Session

_OF_RUN: Final = ("impulse_id", "category")
"""The filters that choose a run rather than some of its samples."""


def read_sources(
    session: Session,
    folders: Sequence[str],
    *,
    variants: Sequence[str | None],
    filters: dict[str, Any],
    concurrency: int,
) -> list[Any]:
    """Return the folders, or else the tables of the project, which are read first: one per variant.

    Raises:
        typer.BadParameter: There are both folders and a project, or neither.
    """
    if folders:
        if session.reads_a_project:
            raise typer.BadParameter("pass either folders or a project, not both", param_hint="FOLDER")
        return list(folders)
    tables = []
    for variant in variants:
        session.say(f"reading project {session.project_id}{f', {variant}' if variant else ''}")
        tables.append(
            session.client.tables(session.project_id, variant=variant, concurrency=concurrency, **filters)
        )
    return tables


def server_accuracy(
    session: Session, variants: Sequence[str | None], filters: dict[str, Any]
) -> dict[str | None, Accuracy]:
    """Return the summary of the server for each variant of a project that has one.

    There is none for some of the samples, so there is none if they are filtered.
    """
    if any(value is not None for name, value in filters.items() if name not in _OF_RUN):
        return {}
    found = {}
    for variant in variants:
        with contextlib.suppress(CallError):  # the figures do not depend on it
            told = session.client.accuracy(session.project_id, variant=variant, **_of_run(filters))
            if told is not None:
                found[variant] = told
    return found


def _of_run(filters: dict[str, Any]) -> dict[str, Any]:
    return {name: filters[name] for name in _OF_RUN if name in filters}
