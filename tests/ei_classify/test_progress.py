"""`progress=`: a function gets how far a read is, and True shows it on stderr."""

from __future__ import annotations

import asyncio
import inspect
import io
import sys
from typing import Any

import httpx
import pytest

from ei_classify import AsyncClassifyClient, ClassifyClient, InvalidArgumentError, ReadProgress
from ei_classify import progress as showing
from tests.ei_classify.calling import KEY, Kind, call, client_of, kinds, project

METHODS = ["pages", "results", "raw_pages", "tables"]


@pytest.mark.parametrize("method", METHODS)
@kinds
def test_a_function_gets_how_far_the_read_is_after_each_page(kind: Kind, method: str) -> None:
    told: list[ReadProgress] = []
    call(kind, project(25), method, 1, page_size=10, variant="int8", progress=told.append)
    assert [(each.samples, each.total) for each in told] == [(10, 25), (20, 25), (25, 25)]
    assert {each.variant for each in told} == {"int8"}


@kinds
def test_it_counts_what_is_read_and_says_if_the_total_is_not_known(kind: Kind) -> None:
    told: list[ReadProgress] = []
    call(kind, project(25), "results", 1, page_size=10, offset=12, progress=told.append)
    assert [(each.samples, each.total, each.variant) for each in told] == [(10, 13, None), (13, 13, None)]
    told.clear()
    call(kind, project(15, total=False), "results", 1, page_size=10, progress=told.append)
    assert [(each.samples, each.total) for each in told][:2] == [(10, None), (15, None)]


@kinds
def test_each_variant_is_told_by_its_name(kind: Kind) -> None:
    told: list[ReadProgress] = []
    call(kind, project(3), "tables", 1, variant=["int8", "float32"], progress=told.append)
    assert [(each.variant, each.samples) for each in told] == [("int8", 3), ("float32", 3)]


@kinds
def test_what_the_function_raises_ends_the_read(kind: Kind) -> None:
    def fail(_: ReadProgress) -> None:
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        call(kind, project(25), "results", 1, page_size=10, progress=fail)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("client", [ClassifyClient, AsyncClassifyClient])
def test_it_is_listed_where_people_look(client: Any, method: str) -> None:
    assert inspect.signature(getattr(client, method)).parameters["progress"].default is False
    assert "progress" in (inspect.getdoc(ClassifyClient.pages) or "")


def test_another_value_is_refused_before_anything_is_sent() -> None:
    with client_of(project(1)) as client, pytest.raises(InvalidArgumentError, match="progress must be True"):
        client.results(1, progress=3)  # type: ignore[arg-type]


class Screen(io.StringIO):
    """A stderr that is a terminal."""

    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, stop_after: int | None = None) -> str:
    """What a read shows on stderr."""
    monkeypatch.setattr(sys, "stderr", stream)
    with client_of(project(25)) as client:
        outcomes = client.results(1, page_size=10, variant="int8\x1b[2J", progress=True)
        with outcomes:
            for number, _ in enumerate(outcomes):
                if number == stop_after:
                    break
    return stream.getvalue()


def test_on_a_terminal_one_line_changes_and_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(showing, "_MOVE_EVERY_S", 0)
    text = shown(monkeypatch, Screen())
    assert text.endswith("\n")
    assert text.count("\n") == 1
    first, *_, last = (each.strip() for each in text.removesuffix("\n").removeprefix("\r").split("\r"))
    assert first == r"[########............] int8\x1b[2J: 10 of 25 samples"
    assert last == r"[####################] int8\x1b[2J: 25 of 25 samples"
    assert capsys.readouterr().out == ""


def test_a_read_that_stops_early_ends_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    text = shown(monkeypatch, Screen(), stop_after=3)
    assert text.endswith("10 of 25 samples\n")


def test_a_narrow_terminal_gets_a_line_that_is_cut_with_a_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")
    widths = {len(each.rstrip("\n")) for each in shown(monkeypatch, Screen()).split("\r") if each}
    assert max(widths) == 39
    assert "…" in shown(monkeypatch, Screen())


@pytest.mark.parametrize("stream", [io.StringIO, Screen])
def test_a_log_gets_whole_lines(stream: type[io.StringIO], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert shown(monkeypatch, stream()) == "int8\\x1b[2J: 25 of 25 samples\n"
    monkeypatch.setattr(showing, "PRINT_EVERY_S", 0)
    assert [each.split()[1] for each in shown(monkeypatch, stream()).splitlines()] == ["10", "20", "25"]


def test_words_tell_the_pace_once_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 0.1, 4.0, 10.0, 12.0])
    monkeypatch.setattr("time.monotonic", lambda: next(now))
    pace = showing.Pace()
    assert pace.words(None, 100, 1000) == "results: 100 of 1000 samples"
    assert pace.words(None, 200, 1000) == "results: 200 of 1000 samples, 50 samples/s, 16 s left"
    assert pace.words(None, 1000, 1000) == "results: 1000 of 1000 samples, 100 samples/s"
    assert pace.words("int8", 140, None, before=100) == "int8: 140 samples, 20 samples/s"


def test_both_kinds_of_calls_work_where_a_loop_is_under_way() -> None:
    """As in a cell of a notebook, where `asyncio.run` fails."""

    async def cell() -> tuple[int, int, list[int]]:
        with client_of(project(25)) as client:
            sync = sum(1 for _ in client.results(1, page_size=10))
            rows = client.tables(1).samples.num_rows
        transport = httpx.MockTransport(project(25))
        async with (
            httpx.AsyncClient(transport=transport) as http,
            AsyncClassifyClient(KEY, http_client=http) as client,
        ):
            ids = [outcome.sample_id async for outcome in client.results(1, page_size=10)]
        return sync, rows, ids

    count, rows, ids = asyncio.run(cell())
    assert (count, rows, len(ids)) == (25, 25, 25)
