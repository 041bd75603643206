"""`ei-classify results`: prints one line per sample, or whole answers as JSON, as pages arrive."""

from __future__ import annotations

import contextlib
import itertools
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias, TypeVar, cast

import msgspec

from ei_classify.decoding import RawPage, SetAsideCounts
from ei_classify.errors import UnmatchedPredictionsError
from ei_classify.operations import outcomes_of
from ei_classify.scoring import is_wrong

from .columns import COLUMNS, Column
from .picking import RESULTS
from .progress import reading, working
from .session import NothingFoundError, samples
from .terminal import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ei_classify.outcomes import ResultPage
    from ei_classify.progress import ReadProgress

    from .session import Session

    Page: TypeAlias = ResultPage | RawPage

VARIANT: Final = "variant"
_COLUMNS: Final = {each.title: each for each in (*COLUMNS, Column(VARIANT, lambda _: ""))}

P = TypeVar("P", "ResultPage", "RawPage", "ResultPage | RawPage")


def list_results(
    session: Session,
    *,
    form: str,
    variants: Sequence[str | None],
    wrong_only: bool,
    limit: int | None,
    concurrency: int,
    filters: dict[str, Any],
    columns: Sequence[str] | None = None,
) -> None:
    """Print the samples of each variant.

    JSON is printed as the server sent it, sample by sample. For several variants, each sample begins with its
    `variant`.

    Args:
        session: The session of the command.
        form: `table`, `json` or `jsonl`.
        variants: The variants; None for the one that the server chooses.
        wrong_only: Whether to leave out samples without a wrong prediction.
        limit: The number of samples of each variant to stop after.
        concurrency: The maximum number of calls in progress at a time.
        filters: Which samples to read.
        columns: The columns of the table; None for the usual ones.

    Raises:
        NothingFoundError: There are no samples to print.
    """
    names = list(dict.fromkeys(variants))
    printed: _Form
    if form == "table":
        printed = _Table(session, names, wrong_only=wrong_only, columns=columns)
    else:
        printed = _Json(session, names, wrong_only=wrong_only, is_array=form == "json")
    # With a limit, the first page is often enough, so no pages are requested ahead.
    arguments = {
        "page_size": 100 if limit is None or wrong_only else min(limit, 100),
        "concurrency": concurrency if limit is None else 1,
        **filters,
    }
    read = session.client.pages if printed.typed else session.client.raw_pages
    count = total = 0
    with _moving(session) as progress:
        for name in names:
            left = limit
            with read(session.project_id, variant=name, progress=progress, **arguments) as pages:
                for page in _noted(session, cast("Iterable[Page]", pages)):
                    more = printed.add(name, page, left)
                    count += more
                    if left is not None and (left := left - more) <= 0:
                        break
                total += pages.total or 0
    if not count:
        found = "wrong predictions" if wrong_only and total else "samples for these options"
        raise NothingFoundError(f"no {found}")
    printed.end(count)


@contextlib.contextmanager
def _moving(session: Session) -> Iterator[Callable[[ReadProgress], object]]:
    """Show on stderr how far the read is. Yields a function for the argument `progress`.

    Once rows arrive, they are what moves, unless they go into a file.
    """
    with contextlib.ExitStack() as shown:
        if session.out.is_file:
            yield shown.enter_context(reading(session, "reading the first page", say=False))
            return
        if session.err.is_live:
            shown.enter_context(working(session, "reading the first page"))
        yield lambda _: shown.close()


def _noted(session: Session, pages: Iterable[P]) -> Iterator[P]:
    """Yield the pages, and count the values that do not fit the contract for the session."""
    for page in pages:
        session.set_aside = session.set_aside.merge(SetAsideCounts.of(page.set_aside))
        yield page


class _Form(Protocol):
    typed: bool
    """Whether it prints typed pages, rather than raw ones."""

    def add(self, variant: str | None, page: Page, most: int | None) -> int:
        """Print at most so many samples of a page; the number of those that were printed."""

    def end(self, count: int) -> None:
        """Print what comes after all samples."""


class _Table:
    typed = True

    def __init__(
        self,
        session: Session,
        variants: Sequence[str | None],
        *,
        wrong_only: bool,
        columns: Sequence[str] | None,
    ) -> None:
        self._session = session
        self._variants = variants
        self._wrong_only = wrong_only
        self._several = len(variants) > 1
        usual = [VARIANT, *RESULTS] if self._several else RESULTS
        self._columns = [_COLUMNS[name] for name in columns or usual]
        self._rows = Rows(*((column.title, column.justify) for column in self._columns))

    def add(self, variant: str | None, page: Page, most: int | None) -> int:
        outcomes = outcomes_of(cast("ResultPage", page))
        chosen = (each for each in outcomes if not self._wrong_only or is_wrong(each))
        name = "" if variant is None else variant
        rows = [
            (
                [name if column.title == VARIANT else column.fill(each) for column in self._columns],
                "red" if is_wrong(each) else "",
            )
            for each in itertools.islice(chosen, most)
        ]
        if rows:
            self._session.write(self._rows.rendered(rows, self._session.out))
            self._session.flush()
        return len(rows)

    def end(self, count: int) -> None:
        named = "" if self._several or self._variants[0] is None else f" of {self._variants[0]}"
        self._session.say(samples(count) + named)


class _Json:
    def __init__(
        self, session: Session, variants: Sequence[str | None], *, wrong_only: bool, is_array: bool
    ) -> None:
        self.typed = wrong_only
        self._session = session
        self._several = len(variants) > 1
        self._is_array = is_array
        self._count = 0

    def add(self, variant: str | None, page: Page, most: int | None) -> int:
        before = self._count
        head = b'{"variant":' + msgspec.json.encode(variant) + b"," if self._several else b"{"
        for line in itertools.islice(_lines(page), most):
            self._write(head + line[1:])
            self._count += 1
        self._session.flush()
        return self._count - before

    def _write(self, line: bytes) -> None:
        if not self._is_array:
            self._session.write(line + b"\n")
            return
        item = msgspec.json.format(line, indent=2).replace(b"\n", b"\n  ")
        self._session.write((b",\n  " if self._count else b"[\n  ") + item)

    def end(self, count: int) -> None:
        if self._is_array:
            self._session.write(b"\n]\n")


def _lines(page: Page) -> Iterator[bytes]:
    """Yield the samples of a page as JSON. Of a typed page, only those with a wrong prediction."""
    raw = page if isinstance(page, RawPage) else RawPage.read(page.offset, page.content)
    if raw.unmatched_ids:
        raise UnmatchedPredictionsError.of_page(page, page.offset, raw.unmatched_ids)
    if isinstance(page, RawPage):
        yield from raw.lines
    else:
        yield from itertools.compress(raw.lines, map(is_wrong, page.outcomes))
