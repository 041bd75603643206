from __future__ import annotations

import json
from typing import Any

import pytest
from ei_classify_mocks import example

from ei_classify.decoding import SampleName, sample_at


def test_the_sample_of_a_place_is_named() -> None:
    body: dict[str, Any] = example("page-motion")
    body["predictions"][1]["sampleId"] = 102
    body["predictions"][2]["sampleId"] = 999
    body["result"][0]["sample"]["filename"] = None
    content = json.dumps(body).encode()
    assert sample_at(content, "result[1].classifications[0].learnBlock.id") == SampleName(102, "idle.7c1d")
    assert sample_at(content, "result[0].sample.id") == SampleName(101, None)
    assert sample_at(content, "predictions[1].startMs") == SampleName(102, "idle.7c1d")
    assert sample_at(content, "predictions[2].startMs") == SampleName(999, None)


def test_the_sample_of_a_classification_is_named() -> None:
    body = example("variants-motion")
    sample = body["sample"]["sample"]
    name = SampleName(sample["id"], sample["filename"])
    assert sample_at(json.dumps(body).encode(), "results[0].classifications") == name


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"<p>", "result[0].sampleId"),
        (b"[]", "result[0].sampleId"),
        (b"null", "success"),
        (b'{"result": 3}', "result[0].sampleId"),
        (b'{"result": [3]}', "result[0]"),
        (b'{"result": []}', "result[7].sampleId"),
        (b'{"result": [{"sampleId": "1", "sample": {"id": true, "filename": 3}}]}', "result[0].sampleId"),
        (b'{"result": {}, "predictions": [{"sampleId": []}]}', "predictions[0].sampleId"),
        (b"{}", "job.id"),
    ],
)
def test_what_is_not_known_is_none(content: bytes, place: str) -> None:
    assert sample_at(content, place) == SampleName()
