"""The options that choose samples. Each command that reads pages has all of them."""

from __future__ import annotations

import datetime
import functools
import inspect
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from .completion import values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

OPTIONS: Final[dict[str, Any]] = {
    "impulse_id": Annotated[
        int | None,
        typer.Option("--impulse", help="The impulse's id.", show_default="the project's default impulse"),
    ],
    "labels": Annotated[
        list[str] | None,
        typer.Option("--label", metavar="LABEL", help="Only samples with this label. Can be repeated."),
    ],
    "category": Annotated[
        str | None,
        typer.Option(
            "--category",
            help="The data set, such as training.",
            show_default="testing",
            autocompletion=values_of("DataCategory"),
        ),
    ],
    "filename": Annotated[
        str | None, typer.Option("--filename", help="Only samples whose file name contains this text.")
    ],
    "search": Annotated[str | None, typer.Option("--search", help="Only samples that match this free text.")],
    "metadata": Annotated[
        list[str] | None,
        typer.Option(
            "--metadata",
            metavar="KEY=VALUE",
            help="Only samples with this metadata. Several values of a key are alternatives.",
        ),
    ],
    "min_date": Annotated[
        str | None,
        typer.Option(
            "--min-date",
            metavar="DATE",
            help="Only samples added after this time, such as 2026-11-28T10:30Z.",
        ),
    ],
    "max_date": Annotated[
        str | None, typer.Option("--max-date", metavar="DATE", help="Only samples added before this time.")
    ],
    "min_id": Annotated[int | None, typer.Option("--min-id", help="Only samples whose id is at least this.")],
    "max_id": Annotated[int | None, typer.Option("--max-id", help="Only samples whose id is below this.")],
    "min_length": Annotated[
        int | None, typer.Option("--min-length", help="Only samples longer than this, in milliseconds.")
    ],
    "max_length": Annotated[
        int | None, typer.Option("--max-length", help="Only samples shorter than this, in milliseconds.")
    ],
    "min_frequency": Annotated[
        float | None,
        typer.Option("--min-frequency", help="Only samples recorded faster than this, in hertz."),
    ],
    "max_frequency": Annotated[
        float | None,
        typer.Option("--max-frequency", help="Only samples recorded slower than this, in hertz."),
    ],
    "min_label": Annotated[
        float | None, typer.Option("--min-label", help="Regression: only samples with at least this label.")
    ],
    "max_label": Annotated[
        float | None, typer.Option("--max-label", help="Regression: only samples with a label below this.")
    ],
    "data_type": Annotated[
        str | None,
        typer.Option(
            "--data-type",
            help="Only samples of this kind of data, such as image.",
            autocompletion=values_of("DataType"),
        ),
    ],
    "signature_validity": Annotated[
        str | None,
        typer.Option(
            "--signature-validity",
            help="Only samples whose signature is: valid, invalid or both.",
            autocompletion=values_of("SignatureValidity"),
        ),
    ],
}
"""The option for each filter of the library, by the name of the filter."""


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options, in place of its parameter `filters`, which receives what is set."""

    @functools.wraps(command)
    def filtered(**given: Any) -> None:
        asked = {name: given.pop(name) for name in OPTIONS}
        command(**given, filters=_read(asked))

    parameters = []
    for each in inspect.signature(command, eval_str=True).parameters.values():
        here = OPTIONS if each.name == "filters" else {each.name: each.annotation}
        parameters += [
            each.replace(name=name, annotation=kind, kind=inspect.Parameter.KEYWORD_ONLY)
            for name, kind in here.items()
        ]
    hints = {name: kind for name, kind in command.__annotations__.items() if name != "filters"}
    filtered.__annotations__ = {**hints, **OPTIONS}
    filtered.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return filtered


def options_of(filters: Mapping[str, Any]) -> str:
    """Return the options that set these filters, for a message."""
    from .messages import OPTIONS as OTHERWISE_NAMED

    return ", ".join(OTHERWISE_NAMED.get(name, f"--{name.replace('_', '-')}") for name in filters)


def _read(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the filters for the library.

    Raises:
        typer.BadParameter: A value has the wrong form.
    """
    filters = {name: value for name, value in asked.items() if value not in (None, [])}
    for name in ("min_date", "max_date"):
        if name in filters:
            filters[name] = _date(filters[name], f"--{name.replace('_', '-')}")
    if "metadata" in filters:
        filters["metadata"] = _metadata(filters["metadata"])
    return filters


def _date(text: str, option: str) -> datetime.datetime:
    try:
        when = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"it takes a date or a time, such as 2026-11-28 or 2026-11-28T10:30Z, not {text!r}",
            param_hint=option,
        ) from None
    if when.tzinfo is None:
        return when.replace(tzinfo=datetime.UTC)
    return when


def _metadata(pairs: Sequence[str]) -> list[dict[str, object]]:
    values: dict[str, list[str]] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not (key and equals):
            raise typer.BadParameter(
                f"it takes a key and a value, such as site=lab, not {pair!r}", param_hint="--metadata"
            )
        values.setdefault(key, []).append(value)
    return [{"key": key, "op": "eq", "values": own} for key, own in values.items()]
