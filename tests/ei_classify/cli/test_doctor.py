"""`doctor`: what is in order, what is not, and nothing that is private."""

from __future__ import annotations

import datetime
import email.utils
import functools
from typing import TYPE_CHECKING

import httpx
import pytest
from ei_classify_mocks import example
from ei_classify_mocks.studio import Studio, api_key

from ei_classify import ClassifyClient, RetryPolicy
from ei_classify.cli import session
from tests.command_line import Done, invoke
from tests.ei_classify.fault_server import JSON, Answer, serving

if TYPE_CHECKING:
    from tests.ei_classify.fault_server import Asked

KEY = "ei_5ecre7"


def state(done: Done, what: str) -> str:
    """The state of something, and what is said of it."""
    (line,) = [line for line in done.stdout.splitlines() if line[8:].startswith(f"{what}: ")]
    word, _, rest = line.partition(" ")
    return f"{word} {rest.partition(': ')[2]}"


def doctor(url: str, key: str = KEY, *arguments: str) -> Done:
    done = invoke(["doctor", *arguments], env={"EI_API_KEY": key, "EI_API_ENDPOINT": url})
    for private in (key, url, "127.0.0.1", "standing", "Wrist motion"):
        if private.strip():
            assert private not in done.output
    return done


def test_all_is_in_order_where_it_is() -> None:
    with Studio() as studio, studio.serving() as url:
        done = doctor(url, api_key(1))
    assert (done.exit_code, done.stderr) == (0, "")
    assert {line.split()[0] for line in done.stdout.splitlines()} == {"ok"}
    assert state(done, "contract") == "ok the page fits"
    assert state(done, "clock").startswith("ok 0 s ") or state(done, "clock").startswith("ok 1 s ")


def test_without_a_server_the_built_in_one_is_looked_at() -> None:
    done = invoke(["doctor", "--demo", "--project", "4"])
    assert (done.exit_code, state(done, "contract")) == (0, "ok the page fits")


@pytest.mark.parametrize("fault", ["nulls", "dates", "grown", "surrogates"])
def test_differences_are_listed_by_place_and_type(fault: str) -> None:
    with Studio(faults=[fault]) as studio, studio.serving() as url:
        done = doctor(url, api_key(1))
    assert done.exit_code == 0
    if fault == "surrogates":  # they are mended as they are read
        assert state(done, "contract") == "ok the page fits"
        return
    assert state(done, "contract").startswith("odd the page differs in ")
    said = {"nulls": "null", "dates": "expected date-time, got ", "grown": "not in the contract: "}[fault]
    assert f": {said}" in done.stdout


def test_without_a_key_nothing_is_read() -> None:
    asked: list[str] = []

    def answer(request: Asked, _number: int) -> Answer:
        asked.append(request.method)
        return Answer()

    with serving(answer) as server:
        done = doctor(server.url, " ")
    assert done.exit_code == 1
    assert state(done, "key") == "FAILED EI_API_KEY is not set"
    assert asked == ["HEAD"]


@pytest.mark.parametrize(
    ("status", "name", "said"),
    [
        (401, "AuthenticationError, status 401", "Check the API key in EI_API_KEY."),
        (404, "NotFoundError, status 404", "Check --project"),
    ],
)
def test_a_refusal_is_told_without_the_words_of_the_server(status: int, name: str, said: str) -> None:
    body = httpx.Response(200, json={"success": False, "error": "standing is private"}).content
    with serving(lambda _asked, _number: Answer(body, status)) as server:
        done = doctor(server.url, KEY, "--project", "1")
    assert done.exit_code == 1
    assert state(done, "results").startswith(f"FAILED {name}. {said}")


def test_a_server_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = functools.partial(ClassifyClient, retries=RetryPolicy(backoff_s=0))
    monkeypatch.setattr(session, "ClassifyClient", at_once)
    with serving(lambda _asked, _number: Answer()) as server:
        url = server.url
    done = doctor(url, KEY, "--project", "1")
    assert state(done, "clock") == "odd the server sends no date, or does not answer"
    assert state(done, "results").startswith("FAILED ConnectionFailedError. ")
    assert done.exit_code == 1


@pytest.mark.parametrize(("behind_s", "said"), [(0, "ok "), (3600, "odd 360"), (-3600, "odd 3")])
def test_a_clock_that_is_wrong_is_odd(behind_s: int, said: str) -> None:
    def answer(_asked: Asked, _number: int) -> Answer:
        when = datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=behind_s)
        date = email.utils.format_datetime(when, usegmt=True)
        content = httpx.Response(200, json=example("page-motion")).content
        return Answer(content, headers={**JSON, "Date": date})

    with serving(answer) as server:
        done = doctor(server.url, KEY, "--project", "1")
    assert done.exit_code == 0
    assert state(done, "clock").startswith(said)


def test_without_results_it_says_what_to_run() -> None:
    with Studio() as studio, studio.serving() as url:
        done = doctor(url, api_key(5))
    assert done.exit_code == 1
    assert state(done, "connection") == "ok the server accepts the key"
    assert "ei-classify run" in state(done, "results")
