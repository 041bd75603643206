from __future__ import annotations

import re

import pytest

from ei_classify import errors
from ei_classify.cli.messages import ADVICE, OPTIONS, message
from tests.command_line import invoke

CALLS = [
    kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.CallError)
]
JOBS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, errors.JobError) and kind is not errors.JobError
]
PYTHON = re.compile(
    r"\b\w+=|\(\)|\b(base URL|base_url|api_key|jwt_token|concurrency|job_id|page_size|None|True|argument)\b"
)
"""What means nothing to who uses the command line; options begin with two hyphens."""


def said(error: errors.EiClassifyError, *, demo: bool = False) -> str:
    text = message(error, demo=demo, how_to_start_over="run the same command again")
    assert not PYTHON.search(re.sub(r"--[\w-]+", "", text)), text
    return text


@pytest.mark.parametrize("kind", CALLS)
@pytest.mark.parametrize("job_id", [None, 7])
def test_a_call_is_told_by_its_address_with_advice_for_the_command_line(
    kind: type[errors.CallError], job_id: int | None
) -> None:
    error = kind("was refused", operation="get_page", method="GET", path="/v1/api/1/page", answer="no")
    error.job_id = job_id
    text = said(error)
    assert text.startswith("GET /v1/api/1/page was refused, after 1 try in 0.0 s: 'no'")
    assert ("--job-id 7" in text) is (job_id is not None)
    assert "--job-id" not in said(error, demo=True)


@pytest.mark.parametrize("kind", JOBS)
@pytest.mark.parametrize("demo", [False, True])
def test_a_job_is_told_with_advice_for_the_command_line(kind: type[errors.JobError], demo: bool) -> None:
    text = said(kind("took too long", job_id=7, project_id=1), demo=demo)
    assert text.startswith("job 7 of project 1 took too long. ")


@pytest.mark.parametrize("kind", [errors.ConfigurationError, errors.InvalidArgumentError])
def test_an_argument_is_told_by_its_option(
    kind: type[errors.ConfigurationError | errors.InvalidArgumentError],
) -> None:
    for name, option in OPTIONS.items():
        assert said(kind("must be text", name=name)) == f"{option} must be text"
    assert said(kind("must be text", name="EI_API_KEY", advice="Pass api_key=.")) == "EI_API_KEY must be text"
    assert said(kind("give one, not both")) == "give one, not both"


def test_pages_that_do_not_fit_are_told_without_python() -> None:
    assert said(errors.UnmatchedPredictionsError("a page is odd")).startswith("a page is odd. `ei-classify ")
    changed = said(errors.ResultsChangedError("a sample is gone", offset=100, samples_read=90))
    assert changed.endswith(" To do so: run the same command again.")


def test_every_option_in_these_words_is_one_of_the_command_line() -> None:
    words = " ".join([*OPTIONS.values(), *ADVICE.values()])
    helps = [
        invoke([command, "--help"]).stdout
        for command in ("results", "sample", "export", "run", "score", "compare", "check")
    ]
    for option in re.findall(r"--[a-z-]+", words):
        assert any(re.search(rf"{option}\b", text) for text in helps), option


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (["--api-endpoint", "ftp://host"], {}, "--api-endpoint (or EI_API_ENDPOINT) must be a URL like http"),
        ([], {"EI_API_ENDPOINT": "http://host/v1"}, "EI_API_ENDPOINT) is 'http://host/v1': over plain http"),
        (["--api-endpoint", ""], {}, "--api-endpoint (or EI_API_ENDPOINT) is empty: leave it out"),
        ([], {"EI_API_ENDPOINT": ""}, "EI_API_ENDPOINT is empty: leave it out"),
        (["--out", ""], {}, "error: --out is empty"),
        ([], {"EI_API_KEY": "''"}, "no API key"),
        ([], {"EI_API_KEY": "two words"}, "EI_API_KEY contains spaces"),
        (["--variant", "@default"], {}, "--variant cannot be @default"),
    ],
)
def test_what_was_given_wrongly_is_named_as_it_was_given(
    arguments: list[str], environment: dict[str, str], words: str
) -> None:
    command = ["export", "-p", "1", "-o", "nowhere", *arguments]
    done = invoke(command, env={"EI_API_KEY": "key", **environment})
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr
    assert not PYTHON.search(re.sub(r"--[\w-]+", "", done.stderr)), done.stderr


def test_a_time_that_is_no_number_is_told_by_its_option() -> None:
    done = invoke(["sample", "1117", "--demo", "--job-timeout", "nan"])
    assert done.exit_code == 2
    assert done.stderr.endswith("error: --job-timeout must be a number of seconds, at least 0, not nan\n")
