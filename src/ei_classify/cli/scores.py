"""`ei-classify score` and `ei-classify compare`: prints how good models are, and how they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ei_classify.scoring import as_json, compare, score

from .picking import COMPARE, SCORE
from .progress import working
from .terminal import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ei_classify_api.models import Accuracy

    from ei_classify.scoring import Comparisons, Place, Scores

    from .session import Session
    from .terminal import Table


def print_scores(
    session: Session,
    sources: Sequence[Any],
    *,
    server_accuracy: Mapping[str | None, Accuracy],
    cluster: str | None,
    as_json_text: bool,
    columns: Sequence[str] | None = None,
    **options: Any,
) -> None:
    """Score the sources, on this machine or on a cluster, and print a table per score, or JSON.

    Args:
        session: The session.
        sources: What to score.
        server_accuracy: What the server counts, by variant.
        cluster: The address of the scheduler; None for this machine.
        as_json_text: Whether to print JSON.
        columns: The columns of the table; None for all.
        options: Further arguments of `ei_classify.scoring.score`.
    """
    options["server_accuracy"] = server_accuracy
    if cluster is None:
        with working(session, "scoring"):
            found = score(sources, **options)
    else:
        from ei_classify.cluster import score as score_on_cluster

        with working(session, f"scoring on {cluster}"):
            found = score_on_cluster(sources, cluster=cluster, **options)
    if as_json_text:
        session.write(as_json(found))
        return
    _print_scores(session, found, columns or SCORE)


def _print_scores(session: Session, found: Scores, columns: Sequence[str]) -> None:
    for each in found:
        session.print(f"{each.title}: {each.windows} windows of {each.samples} samples", style="table.title")
        session.print(_figures(each.rows(), SCORE, columns))
        agreed = [agreement.name for agreement in each.agreement if agreement.agrees]
        if agreed:
            session.print(f"the server agrees: {', '.join(agreed)}")
        for note in (*each.notes, *(agreement.difference for agreement in each.agreement)):
            if note:
                session.print(f"note: {note}")
        for similar in each.similar_labels:
            session.print(f"note: these labels look alike: {', '.join(map(repr, similar))}")
        _print_places(session, "most confidently wrong", "decided", each.confidently_wrong)
        session.print("")
    _print_places(
        session,
        "probably mislabelled: all variants agree, but not with the label",
        "all variants",
        found.probably_mislabelled,
    )


def _figures(rows: Iterable[Sequence[str]], names: Sequence[str], columns: Sequence[str]) -> Table:
    """Return a table of some columns of the rows, whose cells have these names."""
    figures = table(*("95 % interval" if name == "interval" else name for name in columns))
    for row in rows:
        cells = dict(zip(names, row, strict=True))
        figures.add_row(*(cells[name] for name in columns))
    return figures


def _print_places(session: Session, title: str, decider: str, places: Sequence[Place]) -> None:
    if not places:
        return
    session.print(title, style="table.title")
    rows = table("sample", "file", "window", "label", decider)
    for place in places:
        rows.add_row(
            str(place.sample_id),
            place.filename or "",
            str(place.window),
            place.expected or "",
            place.predicted or "",
        )
    session.print(rows)


def print_comparisons(
    session: Session,
    sources: Sequence[Any],
    *,
    variants: tuple[str, str] | None,
    replicates: int,
    seed: int,
    as_json_text: bool,
    columns: Sequence[str] | None = None,
) -> None:
    """Compare two runs, and print a table per task, or JSON."""
    first, second = (sources[0], sources[1]) if len(sources) == 2 else (list(sources), None)
    with working(session, "comparing"):
        found = compare(first, second, variants=variants, replicates=replicates, seed=seed)
    if as_json_text:
        session.write(as_json(found))
        return
    _print_comparisons(session, found, columns or COMPARE)


def _print_comparisons(session: Session, found: Comparisons, columns: Sequence[str]) -> None:
    for each in found:
        session.print(each.title, style="table.title")
        session.print(_figures(each.rows(), COMPARE, columns))
        session.print(each.summary())
        for name, places in (("was right, is wrong", each.lost), ("was wrong, is right", each.won)):
            for place in places:
                session.print(
                    f"{name}: sample {place.sample_id}, {place.filename or '-'}, window {place.window}, "
                    f"expected {place.expected}, now {place.predicted}"
                )
        session.print("")
