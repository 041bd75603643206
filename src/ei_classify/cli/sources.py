"""What the commands on scores read: folders of exports, or the results of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from ei_classify.errors import CallError

from .filters import options_of
from .progress import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ei_classify_api.models import Accuracy

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
        typer.BadParameter: There are both folders and a project or a filter.
    """
    if folders:
        if filters:
            raise typer.BadParameter(
                "it chooses samples of a project; a folder is read whole", param_hint=options_of(filters)
            )
        if session.reads_a_project:
            raise typer.BadParameter("pass either folders or a project, not both", param_hint="FOLDER")
        return list(folders)
    tables = []
    for variant in variants:
        text = f"reading project {session.project_id}{f', {variant}' if variant else ''}"
        with reading(session, text) as progress:
            tables.append(
                session.client.tables(
                    session.project_id,
                    variant=variant,
                    concurrency=concurrency,
                    progress=progress,
                    **filters,
                )
            )
    return tables


def ask_accuracy(
    session: Session, *, variants: Sequence[str | None], filters: dict[str, Any]
) -> dict[str | None, Accuracy]:
    """Return what the server counts of each variant of the project. It counts all samples of a category.

    If it does not say, there is a message instead: the scores do not depend on it.
    """
    if set(filters) - {"impulse_id", "category"}:
        return {}
    found = {}
    for variant in variants:
        try:
            told = session.client.accuracy(session.project_id, variant=variant, **filters)
        except CallError as error:
            session.say(f"not compared with the server's own accuracy: {error}")
        else:
            if told is not None:
                found[variant] = told
    return found
