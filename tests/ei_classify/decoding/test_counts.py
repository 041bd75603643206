from __future__ import annotations

from ei_classify_api.types import SetAside
from hypothesis import given
from hypothesis import strategies as st

from ei_classify.decoding import SetAsideCounts

found = st.lists(
    st.builds(
        SetAside,
        st.sampled_from(["result[0].sample.created", "result[7].sample.created", "totalCount", "a[0].b[1]"]),
        st.just("expected string, got 7"),
    ),
    max_size=20,
)


@given(found, found, found)
def test_counts_of_parts_are_those_of_the_whole(
    first: list[SetAside], second: list[SetAside], third: list[SetAside]
) -> None:
    whole = SetAsideCounts.of([*first, *second, *third])
    a, b, c = map(SetAsideCounts.of, (first, second, third))
    assert a.merge(b).merge(c) == a.merge(b.merge(c)) == SetAsideCounts().merge(whole) == whole
    assert whole.total == len(first) + len(second) + len(third) == sum(whole.kinds.values())
    assert list(a.merge(b).kinds) == list(SetAsideCounts.of([*first, *second]).kinds)


def test_places_in_a_list_are_of_one_kind() -> None:
    places = ["result[0].sample.created", "result[12].sample.created", "predictions[3].boxes[1].x"]
    assert SetAsideCounts.of(SetAside(each, "") for each in places) == SetAsideCounts(
        3, {"result[].sample.created": 2, "predictions[].boxes[].x": 1}
    )


def test_many_kinds_and_long_ones_stay_small() -> None:
    many = [SetAside(f"result[0].sample.metadata.{number:04}", "") for number in range(150)]
    counts = SetAsideCounts.of(many[:90]).merge(SetAsideCounts.of(many[90:]))
    assert (counts.total, len(counts.kinds)) == (150, 100)
    assert counts.kinds == SetAsideCounts.of(many).kinds
    (kind,) = SetAsideCounts.of([SetAside("x" * 1_000_000, "")]).kinds
    assert len(kind) == 200
