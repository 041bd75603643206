from __future__ import annotations

import pickle

import httpx
import pytest

import ei_classify
import ei_classify.errors
from ei_classify import (
    CallError,
    CallTimeoutError,
    ClusterError,
    ConfigurationError,
    EiClassifyError,
    ExportError,
    InvalidArgumentError,
    JobTimeoutError,
    RateLimitError,
    ResultsChangedError,
    UnfitValueError,
    UnmatchedPredictionsError,
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


KINDS = [
    kind
    for kind in vars(ei_classify.errors).values()
    if isinstance(kind, type) and issubclass(kind, EiClassifyError)
]
HOSTILE = "\x1b]52;c;aGk=\x07\u202e\x9b\n\ud800"
SHOWN = r"\x1b]52;c;aGk=\x07\u202e\x9b\n\ud800"


@pytest.mark.parametrize("kind", KINDS)
def test_no_error_shows_a_character_that_acts_on_a_terminal(kind: type[EiClassifyError]) -> None:
    error = kind(*[HOSTILE] * (2 if issubclass(kind, (ClusterError, ExportError, UnfitValueError)) else 1))
    for attribute in ("what", "problem", "column", "folder", "name", "operation", "path", "answer"):
        if hasattr(error, attribute):
            setattr(error, attribute, HOSTILE)
            assert getattr(error, attribute) == HOSTILE, "an attribute has every character"
    assert SHOWN in str(error)
    assert str(error).isprintable()
    assert pickle.loads(pickle.dumps(error)).args == error.args  # noqa: S301
    assert "__str__" not in vars(kind) or kind is EiClassifyError


def test_an_error_in_other_words_shows_none_either() -> None:
    for error in (CallError(HOSTILE, answer=HOSTILE), UnmatchedPredictionsError(HOSTILE)):
        described = error.describe(HOSTILE, HOSTILE) if isinstance(error, CallError) else error.describe("")
        assert described.isprintable()
    assert InvalidArgumentError(HOSTILE).describe(HOSTILE, HOSTILE).isprintable()
    assert JobTimeoutError(HOSTILE).describe("").isprintable()


def test_one_name_catches_all() -> None:
    errors = [
        value
        for value in (getattr(ei_classify, name) for name in dir(ei_classify))
        if isinstance(value, type) and issubclass(value, Exception)
    ]
    assert len(errors) >= 20
    assert all(issubclass(error, EiClassifyError) for error in errors)
    assert issubclass(CallTimeoutError, TimeoutError)


def test_what_is_shown_of_an_error_is_its_text() -> None:
    error = ei_classify.NotFoundError("was refused", operation="get", method="GET", path="/a", tries=1)
    assert repr(error) == f"NotFoundError({str(error)!r})"
