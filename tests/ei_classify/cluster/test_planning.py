from __future__ import annotations

import datetime
import random

from hypothesis import given
from hypothesis import strategies as st

from ei_classify.cluster.planning import FIRST_PAGES, LARGEST_SAMPLES, RunPlan
from ei_classify.cluster.slices import Slice, SliceRead
from ei_classify.dataset import FileEntry, Part, RunEntry, packed
from ei_classify.decoding import SetAsideCounts

NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def read(piece: Slice, count: int, rows: int, total: int | None) -> SliceRead:
    """A slice of a run with so many samples, of so many rows each."""
    samples = max(0, min(piece.end, count) - piece.start)
    files = {"scores/part-00000.parquet": FileEntry(samples * rows, 1, "0" * 64)}
    ids = packed(list(range(piece.start, piece.start + samples)))
    part = Part(piece.number, piece.start, samples, ids, "", files) if samples else None
    return SliceRead(part=part, total=total, first=None, facts={}, set_aside=SetAsideCounts(), bytes=0)


def carried_out(
    count: int,
    *,
    rows: int = 1,
    page_size: int = 10,
    rows_per_part: int = 200,
    totals: bool = True,
    seed: int = 0,
) -> list[Slice]:
    """The slices of a run in the order in which they are taken, while they arrive in any order."""
    chance = random.Random(seed)
    entry = RunEntry(1, None, None, {}, NOW)
    plan = RunPlan(entry, 3, page_size=page_size, rows_per_part=rows_per_part)
    under_way: list[Slice] = []
    taken = []
    while not plan.over:
        under_way += plan.slices()
        piece = under_way.pop(chance.randrange(len(under_way)))
        plan.received(piece, read(piece, count, rows, count if totals else None))
        while (next_one := plan.take()) is not None:
            entry.total = next_one[1].total
            if next_one[1].part:
                entry.parts.append(next_one[1].part)
            taken.append(next_one[0])
    assert not under_way
    assert entry.samples == count
    return taken


@given(count=st.integers(0, 3_000), rows=st.integers(1, 100), totals=st.booleans(), seed=st.integers(0, 99))
def test_slices_cover_a_run_once_whatever_arrives_first(
    count: int, rows: int, totals: bool, seed: int
) -> None:
    taken = carried_out(count, rows=rows, totals=totals, seed=seed)
    assert [piece.start for piece in taken] == [0, *(piece.end for piece in taken[:-1])]
    assert [piece.number for piece in taken] == list(range(3, 3 + len(taken)))
    # Whoever reads it again cuts it in the same way.
    again = carried_out(count, rows=rows, totals=totals, seed=seed + 1)
    assert [(piece.start, piece.end) for piece in again] == [(piece.start, piece.end) for piece in taken]


def test_the_first_slice_is_small_and_the_rest_has_the_rows_of_a_part() -> None:
    sizes = [piece.end - piece.start for piece in carried_out(1_000, rows=2)]
    assert sizes == [10 * FIRST_PAGES, *[100] * 9, 50]


def test_no_slice_is_larger_than_what_may_be_lost_and_none_smaller_than_a_page() -> None:
    large = carried_out(25_000, rows=1, rows_per_part=1 << 40)
    assert [piece.end - piece.start for piece in large[1:]] == [LARGEST_SAMPLES, LARGEST_SAMPLES, 4_950]
    small = carried_out(100, rows=1_000)
    assert [piece.end - piece.start for piece in small[1:]] == [10] * 5


def test_a_continued_run_is_cut_as_before() -> None:
    entry = RunEntry(1, None, None, {}, NOW, total=1_000)
    first = Slice(entry, 0, 50, 0)
    part = read(first, 1_000, 2, 1_000).part
    assert part
    entry.parts.append(part)
    pieces = RunPlan(entry, 1, page_size=10, rows_per_part=200).slices()
    assert [(piece.start, piece.number) for piece in pieces] == [(50 + 100 * n, n + 1) for n in range(10)]
    assert all(not piece.run.parts for piece in pieces)


def test_a_complete_run_has_no_slices() -> None:
    plan = RunPlan(RunEntry(1, None, None, {}, NOW, complete=True), 0, page_size=10, rows_per_part=200)
    assert (plan.over, plan.slices()) == (True, [])
