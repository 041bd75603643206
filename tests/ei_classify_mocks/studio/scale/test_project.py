from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_mocks import Studio
from ei_classify_mocks.studio.scale.periodic import Periodic
from hypothesis import given
from hypothesis import strategies as st

from tests.ei_classify_mocks.studio.asking import classify, get_page, ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

MILLION = 1_000_000


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with Studio("scale:1000000,windows=3,labels=4", "scale:1000000,kind=detection", "scale:500") as studio:
        yield studio.client()


@pytest.mark.parametrize("project_id", [100, 101])
def test_any_page_of_a_million_samples_is_at_hand(client: httpx.Client, project_id: int) -> None:
    for offset in (0, 123_456, MILLION - 2):
        page = get_page(client, project_id, limit=5, offset=offset)
        assert ids(page) == list(range(offset + 1, min(offset + 6, MILLION + 1)))
        assert page["totalCount"] == MILLION
    assert get_page(client, project_id, offset=MILLION)["result"] == []


def test_a_sample_depends_on_nothing_but_its_index(client: httpx.Client) -> None:
    one = get_page(client, 100, limit=1, offset=777)
    other = get_page(client, 100, limit=100, offset=700)
    assert one["result"] == other["result"][77:78]
    with Studio("scale:1000000,windows=3,labels=4") as again:
        assert get_page(again.client(), 100, limit=1, offset=777) == one


def test_windows_and_labels_are_as_many_as_asked_for(client: httpx.Client) -> None:
    page = get_page(client, 100, limit=10)
    assert len(page["predictions"]) == 30
    for result in page["result"]:
        [block] = result["classifications"]
        assert [len(window) for window in block["result"]] == [4, 4, 4]
        assert all(sum(window.values()) == pytest.approx(1, abs=0.01) for window in block["result"])
        assert [p["startMs"] for p in page["predictions"] if p["sampleId"] == result["sampleId"]] == [
            0,
            500,
            1000,
        ]
    assert {one["predictionCorrect"] for one in page["predictions"]} == {True, False}


def test_the_variants_differ(client: httpx.Client) -> None:
    for project_id in (100, 101):
        float32, int8 = (
            get_page(client, project_id, variant=v, limit=64)["result"] for v in ("float32", "int8")
        )
        assert float32 != int8


def test_detections_are_matched_against_the_truth(client: httpx.Client) -> None:
    missed = 0
    for result in get_page(client, 101, limit=64)["result"]:
        [found] = result["classifications"][0]["structuredResult"]
        truth = {
            (box["label"], round(box["x"] / 96, 4), round(box["y"] / 96, 4))
            for box in result["sample"]["boundingBoxes"]
        }
        seen = {(label, box[0], box[1]) for label, box in zip(found["labels"], found["boxes"], strict=True)}
        assert seen <= truth
        assert found["recall"] == pytest.approx(len(seen) / len(truth) if truth else 1, abs=1e-4)
        missed += len(truth - seen)
    assert missed


@pytest.mark.parametrize(
    "query",
    [
        {"labels": '["yes", "no"]'},
        {"minId": 100, "maxId": 300},
        {"minDate": "2025-06-02T10:00:00.000Z", "maxDate": "2025-06-02T12:00:00.000Z"},
        {"labels": '["stop"]', "minId": 77},
        {"filename": "00a"},
        {"search": "1f", "maxId": 400},
        {"maxLength": 10},
        {"metadata": '[{"key": "pattern", "op": "eq", "values": ["5"]}]'},
        {"minId": 300, "maxId": 100},
    ],
)
def test_filters_choose_the_same_samples_as_a_look_at_each(
    client: httpx.Client, query: dict[str, Any]
) -> None:
    every = [result["sample"] for result in get_page(client, 102, limit=500)["result"]]
    expected = [sample["id"] for sample in every if passes(sample, query)]
    page = get_page(client, 102, limit=500, **query)
    assert (ids(page), page["totalCount"]) == (expected, len(expected))


def passes(sample: dict[str, Any], query: dict[str, Any]) -> bool:
    texts = (sample["filename"], str(sample["id"]), sample["label"], sample["metadata"]["pattern"])
    verdicts: dict[str, Callable[[Any], bool]] = {
        "labels": lambda value: sample["label"] in value,
        "minId": lambda value: sample["id"] >= value,
        "maxId": lambda value: sample["id"] < value,
        "minDate": lambda value: sample["added"] > value,
        "maxDate": lambda value: sample["added"] < value,
        "filename": lambda value: value in sample["filename"],
        "search": lambda value: any(value in part for part in texts),
        "maxLength": lambda value: sample["totalLengthMs"] < value,
        "metadata": lambda value: f'"{sample["metadata"]["pattern"]}"]' in value,
    }
    return all(verdicts[name](value) for name, value in query.items())


@given(
    st.integers(0, 200),
    st.integers(0, 200),
    st.lists(st.integers(0, 6), unique=True).map(sorted),
    st.slices(40),
)
def test_periodic_numbers_are_those_of_a_plain_list(
    first: int, length: int, remainders: list[int], part: slice
) -> None:
    numbers = Periodic(first, first + length, remainders, 7)
    plain = [number for number in range(first, first + length) if number % 7 in remainders]
    assert list(numbers) == plain
    assert len(numbers) == len(plain)
    assert numbers[part] == plain[part]


def test_filters_that_a_pattern_decides_cost_nothing_however_many_samples_there_are(
    client: httpx.Client,
) -> None:
    began = time.process_time()
    page = get_page(client, 100, labels='["yes"]', minId=400_000, limit=1)
    assert page["totalCount"] == pytest.approx(600_000 / 4, rel=0.01)
    assert time.process_time() - began < 1, "a look at each of a million samples would take several seconds"


def test_a_scale_sample_is_classified_at_once(client: httpx.Client) -> None:
    answer = classify(client, 100, 999_999)
    assert answer["sample"]["sample"]["id"] == 999_999
    assert answer["sample"]["totalPayloadLength"] == 32_000
    assert len(answer["sample"]["payload"]["values"]) == 10_000
    assert classify(client, 101, 5)["sample"]["sample"]["imageDimensions"] == {"width": 96, "height": 96}


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("scale", "is written scale:COUNT"),
        ("scale:many", "is written scale:COUNT"),
        ("scale:5,size=2", "is written scale:COUNT"),
        ("scale:5,kind=smell", "of kind kws or detection"),
        ("scale:5,windows=0", "1 window or more"),
        ("scale:99999999999", "0 to 1000000000 samples"),
    ],
)
def test_a_project_that_is_not_written_so_is_refused(spec: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Studio(spec)
