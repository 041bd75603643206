from __future__ import annotations

import random
import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from ei_classify.walking import SeenIds


@given(st.lists(st.lists(st.integers(-50, 50), max_size=8, min_size=1), max_size=12))
def test_seen_ids_finds_just_what_a_set_finds(pages: list[list[int]]) -> None:
    seen, known = SeenIds(), set[int]()
    for page in pages:
        repeated = seen.add(page)
        if len(set(page)) < len(page) or known & set(page):
            assert repeated is not None
            assert page.count(repeated) > 1 or repeated in known
            return
        assert repeated is None
        known |= set(page)


def test_seen_ids_takes_few_bytes_an_id() -> None:
    order = random.Random(0).sample(range(10**9), 20_000)
    tracemalloc.start()
    try:
        seen = SeenIds()
        for at in range(0, len(order), 1000):
            assert seen.add(order[at : at + 1000]) is None
        now, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert now < 12 * len(order)
    assert seen.add([order[7_777]]) == order[7_777]
