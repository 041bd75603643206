"""Every line of a log once and in order, whatever part of it the server sends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ei_classify_api.models import JobLog, LogLine
from hypothesis import given
from hypothesis import strategies as st

from ei_classify.jobs import LogReader

START = datetime(2026, 1, 1, tzinfo=UTC)


def sent(
    texts: list[str], *, newest_first: bool, counted: bool, most: int = 1000, dated: bool = True
) -> JobLog:
    lines = [
        LogLine(data=f"{text}\n", created=START + timedelta(seconds=number) if dated else None)
        for number, text in enumerate(texts)
    ][-most:]
    return JobLog(
        success=True,
        stdout=lines[::-1] if newest_first else lines,
        total_count=len(texts) if counted else None,
    )


@given(
    texts=st.lists(st.sampled_from("abc"), max_size=30),
    looks=st.lists(st.integers(0, 30), max_size=8),
    newest_first=st.booleans(),
)
def test_each_line_comes_once_and_in_order(texts: list[str], looks: list[int], newest_first: bool) -> None:
    reader, read = LogReader(), []
    for count in [*sorted(min(each, len(texts)) for each in looks), len(texts)]:
        read += reader.read(sent(texts[:count], newest_first=newest_first, counted=True))
    assert read == texts


@given(count=st.integers(0, 40), looks=st.lists(st.integers(0, 40), max_size=8), counted=st.booleans())
def test_only_the_last_lines_are_sent(count: int, looks: list[int], counted: bool) -> None:
    texts = [f"line {number}" for number in range(count)]
    reader, read = LogReader(), []
    steps = [*sorted(min(each, count) for each in looks), count]
    for end in steps:
        read += reader.read(sent(texts[:end], newest_first=True, counted=counted, most=10))
    assert read == sorted(set(read), key=texts.index), "in order, none twice"
    if all(after - before <= 10 for before, after in zip([0, *steps], steps, strict=False)):
        assert read == texts


def test_lines_without_dates_come_newest_first() -> None:
    assert LogReader().read(sent(["a", "b"], newest_first=True, counted=False, dated=False)) == ["a", "b"]
