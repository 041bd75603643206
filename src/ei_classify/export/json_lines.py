"""The answers of a run as JSON lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import msgspec

from ei_classify.errors import UnmatchedPredictionsError
from ei_classify.outcomes import key_of_predictions

from .gathering import PartFile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ei_classify.dataset import RunEntry
    from ei_classify.decoding import PageAnswer


class JsonLines:
    """Gathers answers as JSON lines.

    There is one line per sample: its entry in the page's `result` as the server sent it, with its own
    `predictions`.
    """

    extension: ClassVar[str] = "jsonl"

    def __init__(self, _entry: RunEntry) -> None:
        self._lines: list[bytes] = []

    def add(self, page: PageAnswer) -> None:
        """Add the next page.

        Raises:
            UnmatchedPredictionsError: The page has predictions for a sample that it does not contain.
        """
        raw = _RAW_PAGE.decode(page.content)
        own: dict[int, list[msgspec.Raw]] = {each: [] for each in page.sample_ids}
        for prediction, content in zip(page.decoded.predictions, raw.predictions, strict=True):
            if prediction.sample_id not in own:
                raise UnmatchedPredictionsError(
                    f"a page has predictions for sample {prediction.sample_id}, which is not in it, so the "
                    "outcomes of its own samples may be incomplete"
                )
            own[prediction.sample_id].append(content)
        for sample_id, entry in zip(page.sample_ids, raw.result, strict=True):
            line = msgspec.json.encode({**entry, key_of_predictions(entry): own[sample_id]})
            self._lines.append(line if b"\n" not in line else msgspec.json.format(line, indent=-1))

    @property
    def rows(self) -> int:
        """The size of the samples added since the last part, in kB. A row of a table has about this size."""
        return sum(map(len, self._lines)) // 1000

    def take(self) -> Iterable[PartFile]:
        """Return the file of the gathered part, and start to gather the next one."""
        lines, self._lines = self._lines, []
        yield PartFile("results", len(lines), lambda file: file.writelines(line + b"\n" for line in lines))

    def finish(self) -> Iterable[PartFile]:
        """Return nothing: the parts contain everything."""
        return ()

    @property
    def facts(self) -> dict[str, object]:
        """No facts: lines do not depend on earlier pages."""
        return {}


class _RawPage(msgspec.Struct):
    result: list[dict[str, msgspec.Raw]]
    predictions: list[msgspec.Raw]


_RAW_PAGE = msgspec.json.Decoder(_RawPage)
