"""Gathers pages for the next part of an export, in each format. JSON lines are here, tables in `columns`."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any, ClassVar, Protocol

import msgspec

from ei_classify.errors import UnmatchedPredictionsError
from ei_classify.outcomes import key_of_predictions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ei_classify.dataset import Format, RunEntry
    from ei_classify.decoding import PageAnswer


class Gatherer(Protocol):
    """Gathers pages until a part is worth writing."""

    extension: ClassVar[str]

    def add(self, page: PageAnswer) -> None:
        """Take in the next page."""

    @property
    def rows(self) -> int:
        """How many rows were taken in since the last part."""

    def take(self) -> Iterable[tuple[str, int, Callable[[IO[bytes]], object]]]:
        """The files of the next part: folder, rows, and what writes it. Then gather anew."""

    def finish(self) -> Iterable[tuple[str, int, Callable[[IO[bytes]], object]]]:
        """The files that a complete run has beside its parts."""

    @property
    def facts(self) -> dict[str, Any]:
        """What of the pages so far is needed to go on, as JSON."""

    @staticmethod
    def check(path: Path, rows: int) -> None:
        """Make sure that a file can be read and has as many rows.

        Raises:
            ValueError: It has not.
        """


def gatherer(format: Format) -> Callable[[RunEntry], Gatherer]:  # noqa: A002  # the word of the command line
    """What makes the gatherer of a run in this format.

    Raises:
        MissingExtraError: The format needs pyarrow, which is not installed.
    """
    if format == "jsonl":
        return JsonLines
    from .columns import Csv, Parquet

    return Csv if format == "csv" else Parquet


class JsonLines:
    """The answers as they came, one sample a line: its entry in `result`, with its own `predictions`."""

    extension: ClassVar[str] = "jsonl"

    def __init__(self, _entry: RunEntry) -> None:
        self._lines: list[bytes] = []

    def add(self, page: PageAnswer) -> None:
        """Take in the next page."""
        raw = _RAW_PAGE.decode(page.content)
        own: dict[int, list[msgspec.Raw]] = {each: [] for each in page.sample_ids}
        for prediction, content in zip(page.decoded.predictions, raw.predictions, strict=True):
            if prediction.sample_id not in own:
                raise UnmatchedPredictionsError(
                    f"a page has predictions for sample {prediction.sample_id}, which is not in it, so what "
                    "it says of its own samples may be incomplete"
                )
            own[prediction.sample_id].append(content)
        for sample_id, entry in zip(page.sample_ids, raw.result, strict=True):
            line = msgspec.json.encode({**entry, key_of_predictions(entry): own[sample_id]})
            self._lines.append(line if b"\n" not in line else msgspec.json.format(line, indent=-1))

    @property
    def rows(self) -> int:
        """How many samples were taken in since the last part, weighed as rows of tables: 1 kB each."""
        return sum(map(len, self._lines)) // 1000

    def take(self) -> Iterable[tuple[str, int, Callable[[IO[bytes]], object]]]:
        """The file of the next part."""
        lines, self._lines = self._lines, []
        yield "results", len(lines), lambda file: file.writelines(line + b"\n" for line in lines)

    def finish(self) -> Iterable[tuple[str, int, Callable[[IO[bytes]], object]]]:
        """Nothing more."""
        return ()

    @property
    def facts(self) -> dict[str, Any]:
        """Nothing."""
        return {}

    @staticmethod
    def check(path: Path, rows: int) -> None:
        """Make sure of the number of lines, and that the last is whole."""
        count, last = 0, b""
        with path.open("rb") as file:
            for last in file:  # noqa: B007
                count += 1
        if count != rows:
            raise ValueError(f"it has {count} lines and not {rows}")
        if rows:
            json.loads(last)


class _RawPage(msgspec.Struct):
    result: list[dict[str, msgspec.Raw]]
    predictions: list[msgspec.Raw]


_RAW_PAGE = msgspec.json.Decoder(_RawPage)
