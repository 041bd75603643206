from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.ei_classify_mocks.studio.asking import get_page, ids

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

Sample = dict[str, Any]


def samples(client: httpx.Client, project_id: int) -> list[Sample]:
    return [result["sample"] for result in get_page(client, project_id, limit=1000)["result"]]


def check(
    client: httpx.Client, project_id: int, query: dict[str, Any], keep: Callable[[Sample], bool]
) -> None:
    """The filter lets through what `keep` does, which is some and not all, and counts it."""
    every = samples(client, project_id)
    expected = [sample["id"] for sample in every if keep(sample)]
    page = get_page(client, project_id, limit=1000, **query)
    assert ids(page) == expected
    assert page["totalCount"] == len(expected)
    assert {one["sampleId"] for one in page["predictions"]} == set(expected)
    assert 0 < len(expected) < len(every)


def test_labels(client: httpx.Client) -> None:
    wanted = ["running", "walking"]

    def keep(sample: Sample) -> bool:
        return sample["label"] in wanted or bool(set(sample.get("structuredLabelsList", [])) & set(wanted))

    check(client, 1, {"labels": json.dumps(wanted)}, keep)
    check(client, 4, {"labels": '["nut"]'}, lambda sample: "nut" in sample["label"])
    assert get_page(client, 1, labels="[]")["totalCount"] == 0


def test_filename(client: httpx.Client) -> None:
    check(client, 1, {"filename": "king.04"}, lambda sample: "king.04" in sample["filename"])


@pytest.mark.parametrize("bound", [2500, 10_000])
def test_length_is_exclusive_on_both_sides(client: httpx.Client, bound: int) -> None:
    check(client, 1, {"minLength": bound}, lambda sample: sample["totalLengthMs"] > bound)
    check(client, 1, {"maxLength": bound + 1}, lambda sample: sample["totalLengthMs"] <= bound)
    assert all(s["totalLengthMs"] < bound for s in found(client, maxLength=bound))


def found(client: httpx.Client, **query: Any) -> list[Sample]:
    return [result["sample"] for result in get_page(client, 1, limit=1000, **query)["result"]]


def test_frequency_is_exclusive_on_both_sides(client: httpx.Client) -> None:
    check(client, 1, {"minFrequency": 5}, lambda sample: sample["frequency"] == 10)
    check(client, 1, {"maxFrequency": 10}, lambda sample: sample["frequency"] == 5)
    assert found(client, minFrequency=10) == found(client, maxFrequency=5) == []
    check(client, 1, {"maxFrequency": 5.001}, lambda sample: sample["frequency"] == 5)


def test_signature_validity(client: httpx.Client) -> None:
    check(client, 1, {"signatureValidity": "valid"}, lambda sample: sample["signatureValidate"])
    check(client, 1, {"signatureValidity": "invalid"}, lambda sample: not sample["signatureValidate"])
    assert len(found(client, signatureValidity="both")) == len(samples(client, 1))


def test_the_label_s_number_is_at_least_the_minimum_and_below_the_maximum(client: httpx.Client) -> None:
    middle = sorted(float(sample["label"]) for sample in samples(client, 2))[110]
    check(client, 2, {"minLabel": middle}, lambda sample: float(sample["label"]) >= middle)
    check(client, 2, {"maxLabel": middle}, lambda sample: float(sample["label"]) < middle)
    assert found(client, minLabel=0) == [], "a label that is no number is in no range"


def test_search_finds_all_words_in_what_people_see(client: httpx.Client) -> None:
    check(client, 1, {"search": "WALKING 04"}, lambda s: "walking" in s["filename"] and found_in(s, "04"))
    check(client, 3, {"search": "scratch"}, lambda sample: sample["metadata"]["fault"] == "scratch")


def found_in(sample: Sample, text: str) -> bool:
    return any(text in part for part in (str(sample["id"]), sample["filename"], *sample["metadata"].values()))


def test_the_data_type(client: httpx.Client) -> None:
    assert get_page(client, 3, dataType="image")["totalCount"] == 48
    assert get_page(client, 3, dataType="audio")["totalCount"] == 0
    assert get_page(client, 1, dataType="image")["totalCount"] == 0


def test_the_id_is_at_least_the_minimum_and_below_the_maximum(client: httpx.Client) -> None:
    check(client, 1, {"minId": 1050}, lambda sample: sample["id"] >= 1050)
    check(client, 1, {"maxId": 1050}, lambda sample: sample["id"] < 1050)
    check(client, 1, {"minId": 1050, "maxId": 1060}, lambda sample: 1050 <= sample["id"] < 1060)


def test_dates_are_exclusive_on_both_sides(client: httpx.Client) -> None:
    middle = samples(client, 1)[50]["added"]
    check(client, 1, {"minDate": middle}, lambda sample: sample["added"] > middle)
    check(client, 1, {"maxDate": middle}, lambda sample: sample["added"] < middle)
    elsewhere = (datetime.fromisoformat(middle) + timedelta(hours=2)).isoformat().replace("+00:00", "+02:00")
    assert found(client, minDate=elsewhere) == found(client, minDate=middle), "an instant, however written"


def entries(*some: dict[str, Any]) -> dict[str, str]:
    return {"metadata": json.dumps(some)}


def test_metadata(client: httpx.Client) -> None:
    eq = {"key": "recording", "op": "eq", "values": ["1", "2"]}
    neq = {"key": "part", "op": "neq", "values": ["3"]}
    bare = {"no_metadata": True}
    check(client, 1, entries(eq), lambda s: s["metadata"].get("recording") in ("1", "2"))
    check(client, 1, entries(neq), lambda s: s["metadata"].get("part") != "3")
    check(client, 1, entries({"key": "spliced", "op": "eq"}), lambda s: "spliced" in s["metadata"])
    check(client, 1, entries({"key": "spliced", "op": "neq"}), lambda s: "spliced" not in s["metadata"])
    check(
        client,
        1,
        entries(eq, {"key": "part", "op": "eq", "values": ["1"]}),
        lambda s: s["metadata"].get("recording") in ("1", "2") and s["metadata"].get("part") == "1",
    )
    check(
        client,
        1,
        entries(eq, {"key": "spliced", "op": "eq"}, {"filters_combinator": "or"}),
        lambda s: s["metadata"].get("recording") in ("1", "2") or "spliced" in s["metadata"],
    )
    check(client, 1, entries(bare), lambda s: not s["metadata"])
    check(
        client,
        1,
        entries(bare, eq),
        lambda s: not s["metadata"] or s["metadata"].get("recording") in ("1", "2"),
    )


def test_filters_together_let_through_what_passes_each(client: httpx.Client) -> None:
    query = {"labels": '["running"]', "minId": 1030, "maxLength": 10_000}
    check(
        client,
        1,
        query,
        lambda s: s["label"] == "running" and s["id"] >= 1030 and s["totalLengthMs"] < 10_000,
    )
    whole = ids(get_page(client, 1, limit=1000, **query))
    assert ids(get_page(client, 1, limit=3, offset=2, **query)) == whole[2:5]
