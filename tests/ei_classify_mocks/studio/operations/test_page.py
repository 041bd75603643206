from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_mocks import Studio
from ei_classify_mocks.contract import operations

from tests.ei_classify_mocks.studio.asking import TESTED, classify, get_page, ids

if TYPE_CHECKING:
    import httpx

VARIANTS = operations()["classifySampleForVariants"].parameters_in("query")["variants"]
LATER_FIELDS = {
    "totalCount",
    "expectedAnomalyOutcome",
    "isMultiLabel",
    "frequencyHz",
    "labelMapResult",
    "labelMapScores",
    "labelMapPredictions",
    "resultCount",
    "labelMap",
    "lastUpdatedBy",
    "datastreams",
    "trainingProcessor",
}


def fields(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {name for item in value.values() for name in fields(item)}
    return {name for item in value for name in fields(item)} if isinstance(value, list) else set()


def test_pages_of_any_size_hold_every_sample_once_and_in_order(client: httpx.Client) -> None:
    whole = get_page(client, 1, limit=1000)
    for size in (1, 7, 100):
        found: list[int] = []
        predictions: list[Any] = []
        while (page := get_page(client, 1, limit=size, offset=len(found)))["result"]:
            assert len(page["result"]) <= size
            found += ids(page)
            predictions += page["predictions"]
        assert found == ids(whole)
        assert predictions == whole["predictions"]


def test_an_offset_past_the_end_gives_an_empty_page(client: httpx.Client) -> None:
    assert get_page(client, 1, offset=10**9) == {
        "success": True,
        "result": [],
        "predictions": [],
        "totalCount": 118,
    }
    assert get_page(client, 1, limit=0)["result"] == []


def test_the_variant_decides_whose_scores_come(client: httpx.Client) -> None:
    float32, int8 = (get_page(client, 1, variant=variant) for variant in ("float32", "int8"))
    assert ids(float32) == ids(int8)
    assert float32["result"] != int8["result"]
    assert get_page(client, 1) == float32


def test_the_impulse_decides_which_blocks_answer(client: httpx.Client) -> None:
    blocks = [
        [block["learnBlock"]["id"] for block in get_page(client, 1, **query)["result"][0]["classifications"]]
        for query in ({}, {"impulseId": 1}, {"impulseId": 2})
    ]
    assert blocks == [[2, 3], [2, 3], [5]]
    assert classify(client, 1, 1001, impulseId=2)["results"][0]["classifications"][0]["learnBlock"]["id"] == 5


def test_the_category_decides_whose_classify_job_is_read(client: httpx.Client) -> None:
    assert ids(get_page(client, 1, category="testing")) == ids(get_page(client, 1))
    training = get_page(client, 1, category="training", limit=1000)
    assert training["totalCount"] == 160
    assert {result["sample"]["category"] for result in training["result"]} == {"training"}


@pytest.mark.parametrize(("flag", "count"), [("true", 5), ("false", 16)])
def test_structured_labels_are_truncated_when_asked(client: httpx.Client, flag: str, count: int) -> None:
    page = get_page(client, 1, minLength=39_999, truncateStructuredLabels=flag)
    assert [len(result["sample"]["structuredLabels"]) for result in page["result"]] == [count, count]


def test_the_oldest_age_differs_in_its_thresholds_alone() -> None:
    with Studio(age="oldest") as old, Studio(age="seeds") as new:
        before, after = (get_page(studio.client()) for studio in (old, new))
    for result in after["result"]:
        for one in result["classifications"]:
            assert one.pop("thresholds")
    assert before == after


@pytest.mark.parametrize("project_id", TESTED)
def test_today_adds_fields_and_changes_none(project_id: int) -> None:
    with Studio(age="seeds") as old, Studio(age="today") as new:
        before, after = (get_page(studio.client(), project_id, limit=1000) for studio in (old, new))
    assert not fields(before) & LATER_FIELDS
    assert {"totalCount", "datastreams", "lastUpdatedBy", "trainingProcessor", "resultCount"} <= fields(after)
    assert is_part(before, after)


def is_part(less: Any, more: Any) -> bool:
    if isinstance(less, dict):
        return less.keys() <= more.keys() and all(is_part(item, more[key]) for key, item in less.items())
    if isinstance(less, list):
        return len(less) == len(more) and all(map(is_part, less, more))
    return bool(less == more)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"limit": "many"}, 400),
        ({"offset": "1.5"}, 400),
        ({"limit": ["1", "2"]}, 400),
        ({"truncateStructuredLabels": "yes"}, 400),
        ({"minFrequency": "nan"}, 400),
        ({"minFrequency": "1e999"}, 400),
        ({"minDate": "yesterday"}, 400),
        ({"limit": -1}, 200),
        ({"variant": "akida"}, 200),
        ({"impulseId": 9}, 200),
        ({"labels": "idle"}, 200),
        ({"labels": "[1]"}, 200),
        ({"signatureValidity": "perhaps"}, 200),
        ({"dataType": "smell"}, 200),
        ({"metadata": "{}"}, 200),
        ({"metadata": '[{"key": 1}]'}, 200),
        ({"category": "validation"}, 200),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(client: httpx.Client, query: Any, status: int) -> None:
    response = client.get(
        "/api/1/classify/all/result/page", params=query, headers={"x-api-key": "ei_studio_key_1"}
    )
    assert response.status_code == status
    body = response.json()
    assert body["success"] is False
    if "category" in query:
        assert body["error"] == "No model testing results found, run 'startClassifyJob' first"
    elif status == 400:
        assert next(iter(query)) in body["error"]


@pytest.mark.parametrize(
    ("sample_id", "query", "status", "error"),
    [
        *([("1001", {}, 400, "variants is missing")] if VARIANTS.required else []),
        ("x", {"variants": '["int8"]'}, 400, "sampleId must be an integer"),
        ("9999", {"variants": '["int8"]'}, 200, "No such sample in this project"),
        ("1001", {"variants": "int8"}, 200, "variants must be a JSON list"),
        ("1001", {"variants": "[]"}, 200, "at least one variant"),
        ("1001", {"variants": '["akida"]'}, 200, "no such variant"),
    ],
)
def test_a_sample_that_cannot_be_classified_is_refused_in_words(
    client: httpx.Client, sample_id: str, query: dict[str, str], status: int, error: str
) -> None:
    response = client.post(
        f"/api/1/classify/v2/{sample_id}/variants", params=query, headers={"x-api-key": "ei_studio_key_1"}
    )
    assert response.status_code == status
    assert response.json()["success"] is False
    assert error in response.json()["error"]


def test_paths_and_methods_that_are_not_there_are_refused_as_the_contract_has_it(
    client: httpx.Client,
) -> None:
    missing, wrong = client.get("/api/1/nothing"), client.delete("/api/1/classify/all/result/page")
    assert (missing.status_code, missing.json()["success"]) == (404, False)
    assert (wrong.status_code, wrong.json()["success"]) == (405, False)
    assert "GET" in wrong.headers["allow"]
