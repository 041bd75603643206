from __future__ import annotations

import pickle

import httpx
import pytest

import ei_classify
from ei_classify import (
    CallError,
    CallTimeoutError,
    ConfigurationError,
    EiClassifyError,
    InvalidArgumentError,
    JobTimeoutError,
    RateLimitError,
    ResultsChangedError,
)
from tests.ei_classify.calling import client_of


def test_errors_can_be_pickled_with_what_they_know() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(429, headers={"Retry-After": "7"})

    with client_of(handle, retries=0) as client, pytest.raises(RateLimitError) as caught:
        client.page(1)
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert (str(copy), copy.retry_after_s, copy.status) == (str(caught.value), 7.0, 429)
    changed = pickle.loads(pickle.dumps(ResultsChangedError("x", offset=3, samples_read=2)))  # noqa: S301
    assert (changed.offset, changed.samples_read) == (3, 2)


@pytest.mark.parametrize("kind", [ConfigurationError, InvalidArgumentError])
def test_an_error_of_an_argument_names_it_apart_from_the_problem(
    kind: type[ConfigurationError | InvalidArgumentError],
) -> None:
    error = pickle.loads(pickle.dumps(kind("must be text", name="api_key", advice="Pass text.")))  # noqa: S301
    assert (error.name, error.problem, error.advice) == ("api_key", "must be text", "Pass text.")
    assert str(error) == "api_key must be text. Pass text."
    assert error.describe("EI_API_KEY", "") == "EI_API_KEY must be text"
    assert str(kind("give one, not both")) == "give one, not both"


def test_errors_can_be_told_in_other_words() -> None:
    refused = CallError("was refused", operation="get_page", method="GET", path="/api", answer="no")
    assert str(refused).startswith("get_page (GET /api) was refused, after 1 try in 0.0 s: 'no'")
    assert refused.describe("the page", "Wait.") == "the page was refused, after 1 try in 0.0 s: 'no'. Wait."
    late = JobTimeoutError("has not finished", job_id=7, project_id=1)
    assert "`job_id=7`" in str(late)
    assert late.describe("Use --job-id {job_id}.") == ("job 7 of project 1 has not finished. Use --job-id 7.")


@pytest.mark.parametrize("text", ["x" * 100_000, "<html>" + "x" * 100_000])
def test_what_came_back_is_shown_in_part_only(text: str) -> None:
    with (
        client_of(lambda request: httpx.Response(500, text=text)) as client,
        pytest.raises(EiClassifyError) as caught,
    ):
        client.page(1)
    assert len(str(caught.value)) < 1000


def test_one_name_catches_all() -> None:
    errors = [
        value
        for value in (getattr(ei_classify, name) for name in dir(ei_classify))
        if isinstance(value, type) and issubclass(value, Exception)
    ]
    assert len(errors) >= 20
    assert all(issubclass(error, EiClassifyError) for error in errors)
    assert issubclass(CallTimeoutError, TimeoutError)
