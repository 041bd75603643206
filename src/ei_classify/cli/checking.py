"""`ei-classify check`: judges whether models meet requirements."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer
from attrs import frozen

from ei_classify.errors import ConfigurationError
from ei_classify.scoring import as_json, as_junit, as_markdown, check, read_requirements

from .progress import working
from .session import FAILED, OutputError
from .terminal import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ei_classify.scoring import MaxDrop, Requirement, Verdict

    from .session import Session

NOT_MET: Final = 4
KEYS: Final = ("require", "max-drop", "against")
STYLES: Final = {"met": "green", "NOT MET": "red", "not judged": "yellow"}


@frozen
class Requirements:
    """What is required."""

    require: Sequence[str | Requirement] = ()
    max_drop: Sequence[str | MaxDrop] = ()
    against: str | None = None


def find_requirements(
    require: Sequence[str] | None, max_drop: Sequence[str] | None, against: str | None
) -> Requirements:
    """Return the requirements of the command line or, without any, those of a file.

    Raises:
        InvalidArgumentError: There is none, one cannot be read, or a drop has no baseline.
        ConfigurationError: A file of requirements cannot be used.
    """
    found = Requirements(require or (), max_drop or (), against)
    if not (require or max_drop):
        found = _from_file(against)
    floors, drops = read_requirements(found.require, found.max_drop, has_baseline=found.against is not None)
    return Requirements(floors, drops, found.against)


def verdict_of(
    sources: Sequence[Any],
    wanted: Requirements,
    *,
    variants: Sequence[str] | None,
    replicates: int,
    seed: int,
) -> Verdict:
    """Return whether the sources meet what is wanted."""
    return check(
        sources,
        require=wanted.require,
        max_drop=wanted.max_drop,
        against=wanted.against,
        variants=variants,
        replicates=replicates,
        seed=seed,
    )


def check_requirements(
    session: Session,
    sources: Sequence[Any],
    *,
    wanted: Requirements,
    variants: Sequence[str] | None,
    replicates: int,
    seed: int,
    form: str = "table",
    junit: str | None = None,
) -> None:
    """Judge the sources, print the verdict, and end with its exit code.

    Raises:
        typer.Exit: A requirement is not met (4), or could not be judged (1).
        OutputError: The JUnit file cannot be written.
    """
    with working(session, "scoring"):
        verdict = verdict_of(sources, wanted, variants=variants, replicates=replicates, seed=seed)
    if junit is not None:
        _write(junit, as_junit(verdict))
    _print(session, verdict, form)
    if verdict.met is not True:
        raise typer.Exit(NOT_MET if verdict.met is False else FAILED)


def _from_file(against: str | None) -> Requirements:
    """Return the requirements of `ei-classify.toml` or, without one, of `pyproject.toml`."""
    for name, tables in (
        ("ei-classify.toml", ("check",)),
        ("pyproject.toml", ("tool", "ei-classify", "check")),
    ):
        try:
            found: Any = tomllib.loads(Path(name).read_text("utf-8"))
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as error:
            raise ConfigurationError(f"cannot be read: {error}", name=name) from error
        for key in tables:
            found = found.get(key, {}) if isinstance(found, dict) else {}
        if found:
            return _requirements(found, name, against)
    return Requirements()


def _requirements(found: dict[str, Any], file: str, against: str | None) -> Requirements:
    unknown = set(found) - set(KEYS)
    if unknown:
        raise ConfigurationError(
            f"has the unknown key {min(unknown)!r}. There are {', '.join(KEYS)}", name=file
        )
    lists = {key: found.get(key, []) for key in ("require", "max-drop")}
    for key, values in lists.items():
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise ConfigurationError(f"must have a list of texts under {key!r}", name=file)
    baseline = found.get("against")
    if baseline is not None and not isinstance(baseline, str):
        raise ConfigurationError("must have a folder under 'against'", name=file)
    if against is None and baseline is not None:
        against = baseline
    return Requirements(lists["require"], lists["max-drop"], against)


def _print(session: Session, verdict: Verdict, form: str) -> None:
    if form == "json":
        session.write(as_json(verdict))
    elif form == "markdown":
        session.write(as_markdown(verdict).encode())
    else:
        shown = table("verdict", "requirement", "figure", "of")
        for row in verdict.rows():
            shown.add_row(*row, style=STYLES[row[0]])
        session.print(shown)


def _write(path: str, content: bytes) -> None:
    try:
        Path(path).write_bytes(content)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
