"""Values other than the contract declares: each fault changes what it says, and nothing else."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_mocks import JobTimes, Studio
from ei_classify_mocks.contract import document, operations
from ei_classify_mocks.studio import api_key

from tests.ei_classify_mocks.studio.asking import TESTED, classify, get_job

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

PAGE = "/api/{}/classify/all/result/page"
Place = tuple[Any, ...]


def body(fault: str | None, project_id: int = 1, seed: int = 0, limit: int = 20) -> bytes:
    with Studio(faults=[fault] if fault else [], seed=seed) as studio:
        headers = {"x-api-key": api_key(project_id)}
        return studio.client(headers=headers).get(PAGE.format(project_id), params={"limit": limit}).content


def page(fault: str | None, project_id: int = 1) -> Any:
    return json.loads(body(fault, project_id).decode("utf-8-sig"))


def differences(one: Any, other: Any, place: Place = ()) -> Iterator[tuple[Place, Any, Any]]:
    """The places at which two values differ in how they are written, and what is there; None for nothing."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in {**one, **other}:
            yield from differences(one.get(name), other.get(name, "(missing)"), (*place, name))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, (*place, index))
    elif repr(one) != repr(other):
        yield place, one, other


def names(place: Place) -> Place:
    return tuple(step for step in place if isinstance(step, str))


@pytest.mark.parametrize("fault", ["nulls", "fractions", "dates", "surrogates", "grown"])
def test_the_same_seed_gives_the_same_answer(fault: str) -> None:
    assert body(fault) == body(fault) != body(None)
    if fault not in ("fractions", "grown"):
        assert body(fault) != body(fault, seed=1)
    assert body(fault, 4) == body(fault, 4) != body(None, 4)


@pytest.mark.parametrize("project_id", TESTED)
def test_nulls_take_the_place_of_optional_values_and_of_absent_ones(project_id: int) -> None:
    plain, odd = page(None, project_id), page("nulls=0.3", project_id)
    found = list(differences(plain, odd))
    assert all(other is None for _, _, other in found if other != "(missing)")
    assert sum(one is not None for _, one, _ in found) > 20
    required = {"success", "result", "predictions", "sampleId", "learnBlock", "startMs", "prediction"}
    assert not required & {names(place)[-1] for place, _, _ in found}
    assert "totalCount" in page("nulls=0", project_id)
    assert page("nulls=0", project_id) == plain
    every = page("nulls=1", project_id)
    assert (every["totalCount"], every["error"]) == (None, None), "what is usually absent is null as well"
    assert {name for name, value in every["result"][0]["sample"].items() if value is not None} == {"id"}
    assert [one["sampleId"] for one in every["predictions"]] == [
        one["sampleId"] for one in plain["predictions"]
    ]


def test_a_share_of_nulls_is_about_that_share() -> None:
    sample = page("nulls=0.25")["result"]
    values = [value for one in sample for value in one["sample"].values()]
    assert 0.15 < sum(value is None for value in values) / len(values) < 0.35


def test_integers_become_floats_and_sides_of_boxes_get_fractions() -> None:
    plain, odd = page(None, 4), page("fractions", 4)
    found = list(differences(plain, odd))
    boxes = [(one, other) for place, one, other in found if names(place)[-2:-1] == ("boundingBoxes",)]
    others = [(one, other) for place, one, other in found if names(place)[-2:-1] != ("boundingBoxes",)]
    assert boxes
    assert others
    assert all(0 < other - one < 1 for one, other in boxes)
    assert all(isinstance(other, float) and other == one for one, other in others)
    assert b'"sampleId":1.0,' in body("fractions", 4)
    predicted = [one.get("boundingBoxes") for one in odd["predictions"]]
    assert predicted == [one.get("boundingBoxes") for one in plain["predictions"]], "they are ratios"
    assert all(isinstance(one["sampleId"], float) for one in odd["predictions"])


FORMS = {
    "no-zone": "2025-06-02T08:00:30.000",
    "space": "2025-06-02 08:00:30.000Z",
    "leap-second": "2025-06-02T08:00:60.000Z",
    "empty": "",
    "epoch": round(datetime(2025, 6, 2, 8, 0, 30, tzinfo=UTC).timestamp() * 1000),
}


@pytest.mark.parametrize("form", FORMS)
def test_dates_have_the_form_that_is_asked_for(form: str) -> None:
    odd = page(f"dates={form}", 4)
    assert page(None, 4)["result"][0]["sample"]["created"] == "2025-06-02T08:00:30.000Z"
    assert odd["result"][0]["sample"]["created"] == FORMS[form]
    changed = {names(place)[-1] for place, _, _ in differences(page(None, 4), odd)}
    assert changed == {"created", "lastModified", "added", "createdAt"} & changed
    assert {"created", "lastModified", "added"} <= changed


def test_dates_take_all_forms_by_chance() -> None:
    created = [one["sample"]["created"] for one in page("dates")["result"]]
    forms = {
        "epoch" if isinstance(text, int) else "empty" if not text else text[10] + text[16:19] + text[-1:]
        for text in created
    }
    assert len(forms) >= 5


def test_texts_end_in_half_a_surrogate_pair() -> None:
    plain, odd = page(None), page("surrogates=1,bom")
    assert body("surrogates=1,bom").startswith(b"\xef\xbb\xbf{")
    assert body("surrogates=1").startswith(b"{")
    found = list(differences(plain, odd))
    assert found
    assert all(other == f"{one}\ud83d" for _, one, other in found)
    changed = {names(place)[-1] for place, _, _ in found}
    assert {"filename", "label", "prediction", "projectName", "units"} <= changed
    assert not changed & {"created", "category", "chartType", "type"}, "dates and enums are no free texts"
    assert len(list(differences(plain, page("surrogates=0.1")))) < len(found) / 2


def test_samples_predictions_and_learn_blocks_grow() -> None:
    plain, odd = page(None), page("grown=7")
    for place, one, _ in differences(plain, odd):
        assert one is None
        assert place[-1] in {f"addedLater{number}" for number in range(7)}
        assert names(place)[-2] in ("sample", "predictions", "learnBlock")
    counted = [len(grown) for grown in (odd["result"][0]["sample"], odd["predictions"][0])]
    assert counted == [len(plain["result"][0]["sample"]) + 7, len(plain["predictions"][0]) + 7]
    block = odd["result"][0]["classifications"][0]["learnBlock"]
    assert {type(block[f"addedLater{number}"]) for number in range(7)} == {float, str, list, dict, bool}


def test_every_operation_is_struck_by_what_the_contract_says_of_its_answer() -> None:
    with Studio(job_times=JobTimes(0, 0, 0), faults=["dates=epoch"]) as studio:
        client = studio.client()
        job_id = classify(client, 1, 1117)["id"]
        job = get_job(client, 1, job_id)["job"]
        assert {type(job[name]) for name in ("created", "started", "finished")} == {int}
        studio.clear_faults()
        studio.add_fault("nulls=1")
        assert get_job(client, 1, job_id)["job"]["finishedSuccessful"] is None
        assert get_job(client, 1, 7) == {"success": False, "error": None}
        sample = classify(client, 1, 1001)
        assert sample["sample"]["sample"]["label"] is None
        assert [one["variant"] for one in sample["results"]] == ["float32", "int8"]


def test_the_contract_says_something_of_every_answer() -> None:
    for operation in operations().values():
        assert operation.answer.schema
        assert operation.answer.document == document()


def test_faults_of_values_come_together() -> None:
    odd = page("fractions,on=page")
    assert odd["result"][0]["sampleId"] == 1001.0
    with Studio(faults=["fractions", "nulls=1", "grown", "surrogates=1,bom", "early-end=gzip"]) as studio:
        headers = {"x-api-key": api_key(1)}
        client: httpx.Client = studio.client(headers=headers)
        answer = client.get(PAGE.format(1), params={"limit": 1})
    assert answer.content.startswith(b"\xef\xbb\xbf{") or answer.content == b""
