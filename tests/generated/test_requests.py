"""What the generated functions put on the wire: the documented path, names, encodings and header."""

from __future__ import annotations

import inspect
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import httpx
import pytest
from ei_classify_api import Client
from ei_classify_api.api.classify import classify_sample_for_variants, get_classify_job_result_page
from ei_classify_api.api.jobs import get_job_status
from ei_classify_api.models import DataCategory, DataType, KerasModelVariant, SignatureValidity
from ei_classify_mocks import replay
from ei_classify_mocks.contract import document

BASE = "https://studio.edgeimpulse.com/v1"
PAGE: dict[str, tuple[Any, str, str]] = {
    # argument: value, name on the wire, text on the wire
    "limit": (100, "limit", "100"),
    "offset": (0, "offset", "0"),
    "variant": (KerasModelVariant.INT8, "variant", "int8"),
    "impulse_id": (3, "impulseId", "3"),
    "truncate_structured_labels": (True, "truncateStructuredLabels", "true"),
    "labels": ('["idle", "wave & more"]', "labels", '["idle", "wave & more"]'),
    "filename": ("a b+c/ü", "filename", "a b+c/ü"),
    "min_length": (10, "minLength", "10"),
    "max_length": (20, "maxLength", "20"),
    "min_frequency": (62.5, "minFrequency", "62.5"),
    "max_frequency": (16000.0, "maxFrequency", "16000.0"),
    "signature_validity": (SignatureValidity.BOTH, "signatureValidity", "both"),
    "min_label": (-1.5, "minLabel", "-1.5"),
    "max_label": (2.0, "maxLabel", "2.0"),
    "search": ("x=1&y=2", "search", "x=1&y=2"),
    "data_type": (DataType.AUDIO, "dataType", "audio"),
    "min_id": (1, "minId", "1"),
    "max_id": (9, "maxId", "9"),
    "metadata": ('[{"key": "site", "op": "eq", "values": ["lab"]}]', "metadata", '[{"key": "site", "op": "eq", "values": ["lab"]}]'),
    "min_date": (datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC), "minDate", "2025-01-02T03:04:05Z"),
    "max_date": (
        datetime(2025, 1, 2, 3, 4, 5, 678000, tzinfo=timezone(timedelta(hours=2))),
        "maxDate",
        "2025-01-02T03:04:05.678000+02:00",
    ),
    "category": (DataCategory.POST_PROCESSING, "category", "post-processing"),
}  # fmt: skip


def sent(call: Any) -> httpx.Request:
    """The request that the call makes."""
    with replay() as router, Client(BASE, api_key="the-key") as client:
        call(client)
        request: httpx.Request = router.calls.last.request
    return request


def test_a_page() -> None:
    arguments = {name: value for name, (value, _, _) in PAGE.items()}
    request = sent(lambda client: get_classify_job_result_page.sync(7, client=client, **arguments))
    assert (request.method, request.url.path) == ("GET", "/v1/api/7/classify/all/result/page")
    assert dict(request.url.params) == {wire: text for _, wire, text in PAGE.values()}
    assert request.headers["x-api-key"] == "the-key"
    assert "x-jwt-token" not in request.headers
    assert request.content == b""


def test_a_page_takes_every_parameter_of_the_contract_and_no_other() -> None:
    operation = document()["paths"]["/api/{projectId}/classify/all/result/page"]["get"]
    names = [each["$ref"].rpartition("/")[2] for each in operation["parameters"]]
    wire = [document()["components"]["parameters"][name]["name"] for name in names]
    arguments = [re.sub("(?=[A-Z])", "_", name).lower() for name in wire]
    assert set(inspect.signature(get_classify_job_result_page.sync).parameters) == {"client", *arguments}
    assert {name for _, name, _ in PAGE.values()} <= set(wire)


def test_what_is_not_given_is_not_sent() -> None:
    request = sent(lambda client: get_classify_job_result_page.sync(7, client=client))
    assert request.url.query == b""


def test_a_closed_choice_may_be_given_as_text_known_or_not() -> None:
    request = sent(
        lambda client: get_classify_job_result_page.sync(7, variant="int4", category="archive", client=client)
    )
    assert dict(request.url.params) == {"variant": "int4", "category": "archive"}


def test_a_sample_for_several_variants() -> None:
    request = sent(
        lambda client: classify_sample_for_variants.sync(
            7,
            42,
            variants='["int8", "float32"]',
            include_debug_info=False,
            impulse_id=3,
            truncate_structured_labels=True,
            client=client,
        )
    )
    assert (request.method, request.url.path) == ("POST", "/v1/api/7/classify/v2/42/variants")
    assert dict(request.url.params) == {
        "variants": '["int8", "float32"]',
        "includeDebugInfo": "false",
        "impulseId": "3",
        "truncateStructuredLabels": "true",
    }
    assert request.headers["x-api-key"] == "the-key"
    assert request.content == b""


def test_a_job() -> None:
    request = sent(lambda client: get_job_status.sync(7, 12873488112, client=client))
    assert (request.method, request.url.path) == ("GET", "/v1/api/7/jobs/12873488112/status")
    assert request.url.query == b""


def test_a_token_in_place_of_a_key() -> None:
    with replay() as router, Client(BASE, jwt_token="the-token") as client:
        get_job_status.sync(7, 1, client=client)
        headers = router.calls.last.request.headers
    assert headers["x-jwt-token"] == "the-token"
    assert "x-api-key" not in headers


@pytest.mark.parametrize("naive", [datetime(2025, 1, 2)])  # noqa: DTZ001
def test_a_date_without_a_time_zone_is_not_sent(naive: datetime) -> None:
    with pytest.raises(ValueError, match="time zone"):
        get_classify_job_result_page.request(7, min_date=naive)
