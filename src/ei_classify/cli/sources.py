"""What the commands on scores read: folders of exports, or the results of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .session import Session


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
