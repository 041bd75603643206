from __future__ import annotations

import asyncio
import datetime
import gc
import inspect
import json
import logging
import pickle
import re
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal

import httpx
import pytest
from ei_classify_api.api.classify import classify_sample_for_variants, get_classify_job_result_page
from ei_classify_mocks.contract import document
from httpx_retries import RetryTransport

import ei_classify
from ei_classify import (
    AsyncClassifyClient,
    CallTimeoutError,
    ClassifyClient,
    ClientClosedError,
    ConfigurationError,
    ConnectionFailedError,
    DecodeError,
    EiClassifyError,
    InvalidArgumentError,
    KerasModelVariant,
    NoResultsError,
    NotFoundError,
    PageFilters,
    PermissionDeniedError,
    RateLimitError,
    ResultsChangedError,
    RetryPolicy,
    UnmatchedPredictionsError,
    VariantOptions,
)
from tests.openapi.schemas import resolve

from .fault_server import Answer, serving
from .project_data import example, page

if TYPE_CHECKING:
    from .fault_server import Asked

KEY = "ei_0123456789abcdef"
TOKEN = "a.b.c"  # noqa: S105
NOON = datetime.datetime(2025, 6, 4, 12, tzinfo=datetime.UTC)

Kind = Literal["sync", "async"]
kinds = pytest.mark.parametrize("kind", ["sync", "async"])
Handler = Callable[[httpx.Request], httpx.Response]


def call(
    kind: Kind,
    handler: Handler,
    method: str,
    *args: Any,
    options: Any = None,
    **kwargs: Any,
) -> Any:
    """What a method of a client comes to, over an HTTP client in memory; of an iterator, the list."""
    transport = httpx.MockTransport(handler)

    async def call_async() -> Any:
        async with (
            httpx.AsyncClient(transport=transport) as http,
            AsyncClassifyClient(KEY, http_client=http, **(options or {})) as client,
        ):
            answer = getattr(client, method)(*args, **kwargs)
            if isinstance(answer, AsyncIterator):
                return [each async for each in answer]
            return await answer

    if kind == "async":
        return asyncio.run(call_async())
    with (
        httpx.Client(transport=transport) as http,
        ClassifyClient(KEY, http_client=http, **(options or {})) as client,
    ):
        answer = getattr(client, method)(*args, **kwargs)
        return list(answer) if isinstance(answer, Iterator) else answer


def answer(body: bytes) -> httpx.Response:
    return httpx.Response(200, content=body, headers={"Content-Type": "application/json"})


def project(samples: int, *, total: bool = True) -> Handler:
    def handle(request: httpx.Request) -> httpx.Response:
        offset, limit = (int(request.url.params[name]) for name in ("offset", "limit"))
        return answer(page(range(samples)[offset : offset + limit], samples if total else None, slim=True))

    return handle


def refuse_all(request: httpx.Request) -> httpx.Response:
    pytest.fail(f"nothing should be sent, and {request.url} was")


# What is sent.

FILTERS: dict[str, tuple[object, str]] = {
    "variant": (KerasModelVariant.INT8, "int8"),
    "impulse_id": (3, "3"),
    "truncate_structured_labels": (True, "true"),
    "labels": (["idle", 'a "b" é'], '["idle", "a \\"b\\" é"]'),
    "filename": ("wave", "wave"),
    "min_length": (10, "10"),
    "max_length": (20, "20"),
    "min_frequency": (0.5, "0.5"),
    "max_frequency": (100, "100"),
    "signature_validity": ("valid", "valid"),
    "min_label": (-1.5, "-1.5"),
    "max_label": (2, "2"),
    "search": ("a b&c", "a b&c"),
    "data_type": ("audio", "audio"),
    "min_id": (1, "1"),
    "max_id": (9, "9"),
    "metadata": (
        ({"key": "site", "op": "eq", "values": ("lab",)}, {"no_metadata": True}),
        '[{"key": "site", "op": "eq", "values": ["lab"]}, {"no_metadata": true}]',
    ),
    "min_date": (NOON, "2025-06-04T12:00:00Z"),
    "max_date": (
        NOON.astimezone(datetime.timezone(datetime.timedelta(hours=2))),
        "2025-06-04T14:00:00+02:00",
    ),
    "category": ("a set that is new", "a set that is new"),
}


def wire_name(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


@kinds
@pytest.mark.parametrize("method", ["page", "pages", "results"])
def test_every_filter_is_sent_in_the_form_that_the_wire_wants(kind: Kind, method: str) -> None:
    sent: list[httpx.URL] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request.url)
        return answer(page([]))

    bounds = {"limit": 7, "offset": 2} if method == "page" else {"page_size": 7, "offset": 2}
    call(kind, handle, method, 5, **bounds, **{name: value for name, (value, _) in FILTERS.items()})
    (url,) = sent
    assert url.path == "/v1/api/5/classify/all/result/page"
    expected = {wire_name(name): text for name, (_, text) in FILTERS.items()}
    assert dict(url.params) == {"limit": "7", "offset": "2", **expected}
    assert FILTERS.keys() == PageFilters.__annotations__.keys()


@kinds
def test_none_is_as_good_as_leaving_a_filter_out(kind: Kind) -> None:
    sent: list[httpx.URL] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request.url)
        return answer(page([]))

    call(kind, handle, "page", 5, limit=None, **dict.fromkeys(FILTERS))
    assert not sent[0].params


@kinds
def test_options_of_a_classification_are_sent(kind: Kind) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        assert (request.method, request.url.path) == ("POST", "/v1/api/5/classify/v2/6/variants")
        assert dict(request.url.params) == {
            "variants": '["int8", "other"]',
            "impulseId": "3",
            "includeDebugInfo": "true",
            "truncateStructuredLabels": "false",
        }
        return answer(example("variants-motion"))

    options = {"impulse_id": 3, "include_debug_info": True, "truncate_structured_labels": False}
    assert call(kind, handle, "classify_sample", 5, 6, variants=[KerasModelVariant.INT8, "other"], **options)


VALUES: dict[str, tuple[object, str]] = {
    "integer": (3, "3"),
    "number": (2, "2"),
    "boolean": (True, "true"),
    "string": ("a b", "a b"),
    "array": (["a b"], "a b"),
    "date-time": (NOON, "2025-06-04T12:00:00Z"),
}


def documented(
    request: Callable[..., dict[str, Any]], path: str, http_method: str
) -> dict[str, dict[str, Any]]:
    """The query parameters of an operation, by their names in Python."""
    parameters = map(resolve, document()["paths"][path][http_method]["parameters"])
    query = {
        re.sub("(?=[A-Z])", "_", each["name"]).lower(): each for each in parameters if each["in"] == "query"
    }
    names = inspect.signature(
        request
    ).parameters  # where a name means something else in Python, `_` follows it
    return {name if name in names else f"{name}_": parameter for name, parameter in query.items()}


PAGE = documented(get_classify_job_result_page.request, "/api/{projectId}/classify/all/result/page", "get")
SAMPLE = documented(
    classify_sample_for_variants.request, "/api/{projectId}/classify/v2/{sampleId}/variants", "post"
)


@pytest.mark.parametrize(
    ("parameters", "typed", "method", "arguments"),
    [
        (PAGE, PageFilters, "page", {}),
        (SAMPLE, VariantOptions, "classify_sample", {"sample_id": 6, "variants": ["int8"]}),
    ],
)
def test_every_query_parameter_of_the_contract_can_be_given(
    parameters: dict[str, dict[str, Any]], typed: type, method: str, arguments: dict[str, Any]
) -> None:
    """A filter or option has a type of its own once somebody has written it, and works before."""
    sent: list[httpx.URL] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request.url)
        return answer(page([])) if method == "page" else answer(example("variants-motion"))

    assert typed.__annotations__.keys() <= parameters.keys()
    given, expected = {}, {}
    for name in parameters.keys() - arguments.keys():
        parameter = parameters[name]
        schema = parameter["schema"]
        kind = next(str(each["type"]) for each in [schema, *schema.get("anyOf", [])] if "type" in each)
        value, text = FILTERS[name] if name in FILTERS else VALUES[schema.get("format", kind)]
        given[name], expected[parameter["name"]] = value, text
    call("sync", handle, method, 5, **given, **arguments)
    assert {name: text for name, text in sent[0].params.items() if name != "variants"} == expected


def test_both_clients_have_the_same_methods_and_arguments() -> None:
    def methods(client: type) -> dict[str, list[str]]:
        return {
            name.removeprefix("a") if name == "aclose" else name: [
                str(each) for each in signature.parameters.values()
            ]
            for name, member in inspect.getmembers(client, inspect.isfunction)
            if not name.startswith("_") and (signature := inspect.signature(member))
        }

    assert methods(ClassifyClient) == methods(AsyncClassifyClient)


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("page", {"timeout": 0}, "timeout must be a number of seconds above 0"),
    ("results", {"timeout": "5"}, "timeout must be"),
    ("classify_sample", {"sample_id": 2, "variants": ["int8"], "timeout": float("nan")}, "timeout must be"),
    ("page", {"limit": 0}, "limit must be a whole number of at least 1, not 0"),
    ("page", {"offset": -1}, "offset must be"),
    ("page", {"labels": "idle"}, r"labels must be a list of texts, such as \['idle'\], not a single text"),
    ("page", {"labels": 5}, "labels must be a list of texts, not 5"),
    ("page", {"variant": 5}, "variant must be text, not 5"),
    ("page", {"search": b"x"}, "search must be text"),
    ("results", {"min_length": "x"}, "min_length must be a .* number, not 'x'"),
    ("results", {"impulse_id": True}, "impulse_id must be a .* number"),
    ("results", {"min_frequency": float("nan")}, "min_frequency must be a finite number"),
    ("results", {"truncate_structured_labels": 1}, "truncate_structured_labels must be True or False"),
    ("classify_sample", {"sample_id": 2, "variants": ["int8"], "impulse_id": "a"}, "impulse_id must be"),
    ("page", {"labels": []}, "labels must be a list of at least one"),
    ("page", {"labels": [1]}, "labels must be a list"),
    ("page", {"metadata": {"key": "site"}}, "metadata must be a list"),
    ("page", {"metadata": ["site"]}, "each filter must be a mapping"),
    ("page", {"metadata": [{"key": {1}}]}, "cannot be written as JSON"),
    ("page", {"min_date": NOON.replace(tzinfo=None)}, "min_date must be a datetime with a time zone"),
    ("results", {"max_date": "2025-06-04"}, "max_date must be a datetime with a time zone"),
    ("results", {"page_size": 0}, "page_size must be"),
    ("results", {"page_size": True}, "page_size must be"),
    ("pages", {"offset": 1.5}, "offset must be"),
    ("pages", {"concurrency": 0}, "concurrency must be"),
    ("classify_sample", {"sample_id": 2, "variants": "int8"}, "variants must be a list"),
    ("classify_sample", {"sample_id": 2, "variants": []}, "variants must be a list of at least one"),
    ("classify_sample", {"sample_id": "2", "variants": ["int8"]}, "sample_id must be"),
    (
        "classify_sample",
        {"sample_id": 2, "variants": ["int8"], "job_id": 1, "job_timeout_s": -1},
        "job's timeout",
    ),
]


@kinds
@pytest.mark.parametrize(("method", "arguments", "message"), WRONG)
def test_a_wrong_argument_is_refused_before_anything_is_sent(
    kind: Kind, method: str, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(InvalidArgumentError, match=message):
        call(kind, refuse_all, method, 1, **arguments)
    with pytest.raises(InvalidArgumentError, match="project_id"):
        call(
            kind,
            refuse_all,
            method,
            None,
            **{**arguments, "sample_id": 1} if "sample_id" in arguments else arguments,
        )


@kinds
def test_an_unknown_argument_is_a_type_error(kind: Kind) -> None:
    with pytest.raises(TypeError, match="unknown keyword arguments: colour"):
        call(kind, refuse_all, "results", 1, colour="red")


# What comes back.


@kinds
def test_each_outcome_has_its_own_predictions_and_no_others(kind: Kind) -> None:
    body = json.loads(example("page-motion"))
    first, second = (result["sampleId"] for result in body["result"])
    body["predictions"] = [each for each in body["predictions"] if each["sampleId"] == second][::-1]
    outcomes = call(
        kind, lambda request: answer(json.dumps({**body, "totalCount": 2}).encode()), "results", 1
    )
    assert [outcome.sample_id for outcome in outcomes] == [first, second]
    assert outcomes[0].predictions == []
    assert [each.sample_id for each in outcomes[1].predictions] == [second] * 3
    starts = [each.start_ms for each in outcomes[1].predictions]
    assert starts == sorted(starts, reverse=True), "the page's own order is kept"
    assert outcomes[0].sample.filename == body["result"][0]["sample"]["filename"]
    assert outcomes[0].classifications is outcomes[0].result.classifications


@kinds
def test_pages_tell_where_they_are_and_keep_their_bytes(kind: Kind) -> None:
    pages = call(kind, project(25), "pages", 1, page_size=10)
    assert [(each.offset, each.total, len(each.outcomes)) for each in pages] == [
        (0, 25, 10),
        (10, 25, 10),
        (20, 25, 5),
    ]
    assert pages[2].content == page(range(20, 25), 25, slim=True)
    assert pages[2].answer.result[0].sample_id == 20


@kinds
def test_predictions_without_a_sample_are_reported(kind: Kind) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        offset = int(request.url.params["offset"])
        return answer(page([offset], 2, orphans=[77, 78] if offset else []))

    with pytest.raises(UnmatchedPredictionsError, match=r"has 2 predictions .*77, 78.*pages\(\)") as caught:
        call(kind, handle, "results", 1)
    assert [each.sample_id for each in caught.value.predictions] == [77, 78]
    assert [each.sample_id for each in caught.value.page.outcomes] == [1]
    pages = call(kind, handle, "pages", 1)
    assert [[each.sample_id for each in one.unmatched] for one in pages] == [[], [77, 78]]
    assert [len(one.outcomes) for one in pages] == [1, 1]


@kinds
def test_a_page_is_as_the_wire_has_it(kind: Kind) -> None:
    answered = call(kind, lambda request: answer(example("page-today")), "page", 1)
    assert isinstance(answered, ei_classify.ClassifyJobResultPage)
    assert answered.to_dict() == json.loads(example("page-today"))


@kinds
def test_the_state_of_a_job_can_be_asked_for(kind: Kind) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/v1/api/1/jobs/9/status"
        return answer(example("job-finished"))

    assert call(kind, handle, "job", 1, 9).finished_successful is True


def test_an_iterator_knows_the_total_and_shows_its_place() -> None:
    with client_of(project(25)) as client:
        results = client.results(1, page_size=10, concurrency=1)
        assert (results.total, repr(results)) == (None, "<ResultIterator: sample 0 of unknown>")
        next(results)
        assert (results.total, repr(results)) == (25, "<ResultIterator: sample 10 of 25>")
    with client_of(project(5, total=False)) as client:
        results = client.results(1)
        assert (len(list(results)), results.total) == (5, None)


# How a client is made.


def client_of(handler: Handler, **options: Any) -> ClassifyClient:
    return ClassifyClient(KEY, http_client=httpx.Client(transport=httpx.MockTransport(handler)), **options)


def test_key_and_address_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Asked] = []

    def respond(one: Asked, number: int) -> Answer:
        asked.append(one)
        return Answer(page([]))

    with serving(respond) as server:
        monkeypatch.setenv("EI_API_KEY", f" {KEY}\n")
        monkeypatch.setenv("EI_API_ENDPOINT", f"{server.url}/")
        with ClassifyClient() as client:
            assert client.base_url == server.url
            client.page(1)
        with ClassifyClient("another") as client:
            client.page(1)
        with ClassifyClient(jwt_token=TOKEN) as client:
            client.page(1)
    keys = [(one.headers.get("x-api-key"), one.headers.get("x-jwt-token")) for one in asked]
    assert keys == [(KEY, None), ("another", None), (None, TOKEN)]
    assert {one.path for one in asked} == {"/v1/api/1/classify/all/result/page"}


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"api_key": None}, "no API key: pass api_key= .* or set EI_API_KEY"),
    ({"api_key": ""}, "no API key"),
    ({"jwt_token": TOKEN}, "give api_key or jwt_token, not both"),
    ({"api_key": "ei a"}, "api_key holds spaces"),
    ({"api_key": "ei_\x00"}, "api_key holds spaces"),
    ({"api_key": None, "jwt_token": "ü"}, "jwt_token holds spaces"),
    ({"base_url": "studio.edgeimpulse.com"}, "base_url must be like https://"),
    ({"base_url": "https://"}, "base_url must be like https://"),
    ({"base_url": "https://a:b@host/v1"}, "base_url must be like https://"),
    ({"base_url": "https://host/v1?key=1"}, "base_url must be like https://"),
    ({"base_url": "https://[host/v1"}, "base_url must be like https://"),
    ({"base_url": "ftp://host/v1"}, "base_url must be like https://"),
    ({"base_url": "https://host:99999999/v1"}, "base_url must be like https://"),
    ({"base_url": "http://studio.edgeimpulse.com/v1"}, "over plain http .*allow_insecure"),
    ({"base_url": "http://127.0.0.1.example.com/v1"}, "over plain http"),
    ({"retries": 101}, "retries must be from 0 to 100"),
    ({"retries": -1}, "retries must be from 0 to 100"),
    ({"http_client": object()}, "http_client must be an httpx"),
    ({"api_key": 5}, "api_key must be text"),
    ({"retries": "3"}, "retries must be a number or a RetryPolicy, not str"),
    ({"retries": True}, "retries must be a number or a RetryPolicy, not bool"),
    ({"polling": 5}, "polling must be a PollPolicy, not int"),
]


@kinds
@pytest.mark.parametrize(("options", "message"), REFUSED)
def test_a_client_that_could_not_work_is_refused(
    kind: Kind, options: dict[str, Any], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EI_API_KEY", raising=False)
    monkeypatch.delenv("EI_API_ENDPOINT", raising=False)
    client = ClassifyClient if kind == "sync" else AsyncClassifyClient
    with pytest.raises(ConfigurationError, match=message):
        client(**{"api_key": KEY, **options})


@pytest.mark.parametrize(
    "url", ["http://localhost:1/v1", "http://127.9.9.9/v1", "http://[::1]/v1", "https://host"]
)
def test_loopback_and_https_are_fine(url: str) -> None:
    with ClassifyClient(KEY, base_url=url) as client:
        assert client.base_url == url
    with ClassifyClient(KEY, base_url="http://host/v1", allow_insecure=True) as client:
        assert client.base_url == "http://host/v1"


def test_an_http_client_that_retries_by_itself_is_refused() -> None:
    with (
        httpx.Client(transport=RetryTransport()) as http,
        pytest.raises(ConfigurationError, match="retries by itself"),
    ):
        ClassifyClient(KEY, http_client=http)


@pytest.mark.parametrize(
    "policy", [{"backoff_s": -1}, {"max_wait_s": 0}, {"total_s": 0}, {"total_s": float("nan")}]
)
def test_a_retry_policy_that_makes_no_sense_is_refused(policy: dict[str, float]) -> None:
    with pytest.raises(ConfigurationError):
        RetryPolicy(**policy)  # type: ignore[arg-type]


def test_an_http_client_that_was_handed_in_stays_open() -> None:
    with httpx.Client(transport=httpx.MockTransport(project(1))) as http:
        with ClassifyClient(KEY, http_client=http) as client:
            assert len(list(client.results(1))) == 1
        assert not http.is_closed
        assert len(list(client.results(1))) == 1
        assert "x-api-key" not in http.headers


def test_a_closed_client_says_so() -> None:
    with ClassifyClient(KEY) as client:
        pass
    assert repr(client) == "<ClassifyClient: https://studio.edgeimpulse.com/v1, closed>"
    with pytest.raises(ClientClosedError, match="ClassifyClient is closed"):
        client.page(1)
    with pytest.raises(ClientClosedError):
        list(client.results(1))

    async def use_closed() -> None:
        async with AsyncClassifyClient(KEY) as client:
            pass
        await client.page(1)

    with pytest.raises(ClientClosedError, match="AsyncClassifyClient is closed"):
        asyncio.run(use_closed())


@kinds
def test_a_timeout_holds_for_its_call(kind: Kind) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        timeouts.append(request.extensions["timeout"]["read"])
        return answer(page([]))

    timeouts: list[float | None] = []
    call(kind, handle, "page", 1)
    call(kind, handle, "page", 1, timeout=1.5)
    call(kind, handle, "page", 1, timeout=httpx.Timeout(4, read=3))
    call(kind, handle, "page", 1, timeout=None)
    assert timeouts == [5.0, 1.5, 3, None], "the first is httpx's own, as the HTTP client was handed in"


# Logging.


@kinds
def test_one_line_a_call_is_logged(kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "ei_classify")
    call(kind, lambda request: answer(page([])), "page", 1, search="private")
    with pytest.raises(NotFoundError):
        call(kind, lambda request: httpx.Response(404, text="hm"), "page", 1)
    with pytest.raises(DecodeError):
        call(kind, lambda request: httpx.Response(200, text="hm"), "page", 1)
    lines = [record.getMessage() for record in caplog.records if record.name == "ei_classify"]
    assert len(lines) == 3
    assert lines[0].startswith("GET /api/1/classify/all/result/page: 200 in ")
    assert lines[0].endswith(" ms, tries: 1")
    assert lines[1].endswith(" ms, tries: 1: NotFoundError")
    assert lines[2].endswith(" ms, tries: 1"), "the answer came, and what is wrong with it is in the error"


@kinds
def test_retries_are_logged_in_detail(kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "ei_classify")
    answers = iter([httpx.Response(503, headers={"Retry-After": "1"}), answer(page([]))])
    call(kind, lambda request: next(answers), "page", 1, options={"retries": RetryPolicy(max_wait_s=0.02)})
    lines = [record.getMessage() for record in caplog.records if record.name == "ei_classify"]
    assert lines[0] == "try 2 follows in 0.02 s, after status 503"
    assert lines[-1].endswith("tries: 2")


# Several calls at once, and leaving early.


def our_threads() -> list[str]:
    own = [thread for thread in threading.enumerate() if thread.name == "ei-classify"]
    for thread in own:
        thread.join(1)  # what has answered may take a moment to end
    return [thread.name for thread in own if thread.is_alive()]


@kinds
def test_calls_run_at_once_up_to_the_concurrency(kind: Kind) -> None:
    together = threading.Barrier(3)
    now, most, lock = 0, 0, threading.Lock()

    def respond(asked: Asked, number: int) -> Answer:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        if number:
            together.wait(5)  # passes only when three calls are under way
        with lock:
            now -= 1
        return Answer(page(range(70)[asked.offset : asked.offset + 10], 70, slim=True))

    async def read_async() -> list[int]:
        async with AsyncClassifyClient(KEY, base_url=server.url) as client:
            return [each.sample_id async for each in client.results(1, page_size=10, concurrency=3)]

    with serving(respond) as server:
        if kind == "async":
            ids = asyncio.run(read_async())
        else:
            with ClassifyClient(KEY, base_url=server.url) as client:
                ids = [each.sample_id for each in client.results(1, page_size=10, concurrency=3)]
    assert (ids, most) == (list(range(70)), 3)


@pytest.mark.parametrize("concurrency", [1, 3])
def test_what_is_fetched_ahead_is_bounded(concurrency: int) -> None:
    calls: list[int] = []

    def handle(request: httpx.Request) -> httpx.Response:
        calls.append(int(request.url.params["offset"]))
        return project(1000)(request)

    with client_of(handle) as client, client.pages(1, page_size=10, concurrency=concurrency) as pages:
        assert calls == []
        for number in range(1, 5):
            next(pages)
            time.sleep(0.05)
            assert len(calls) <= number + 2 * concurrency - 2


@pytest.mark.parametrize("concurrency", [2, 4])
def test_wrong_guesses_that_go_on_count_among_the_calls_under_way(concurrency: int) -> None:
    now, most, lock = 0, 0, threading.Lock()

    def handle(request: httpx.Request) -> httpx.Response:
        nonlocal now, most
        offset = int(request.url.params["offset"])
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.1 if offset % 7 == 3 else 0.005)
        with lock:
            now -= 1
        size = 10 if offset < 30 else 7
        return answer(page(range(150)[offset : offset + size], 150, slim=True))

    with client_of(handle) as client:
        ids = [each.sample_id for each in client.results(1, page_size=10, concurrency=concurrency)]
    assert ids == list(range(150))
    assert most == concurrency


def test_a_refusal_ends_the_calls_ahead() -> None:
    calls = []

    def handle(request: httpx.Request) -> httpx.Response:
        offset = int(request.url.params["offset"])
        calls.append(offset)
        return project(1000)(request) if offset < 30 else httpx.Response(403)

    with client_of(handle) as client, pytest.raises(PermissionDeniedError):
        list(client.results(1, page_size=10, concurrency=4))
    assert len(calls) <= 3 + 4


def test_an_iterator_that_is_closed_lets_go_of_what_has_come() -> None:
    came: list[weakref.ref[httpx.Response]] = []

    def note(response: httpx.Response) -> None:
        came.append(weakref.ref(response))

    def respond(asked: Asked, number: int) -> Answer:
        return Answer(page(range(1000)[asked.offset : asked.offset + 10], 1000, slim=True))

    with serving(respond) as server, httpx.Client(event_hooks={"response": [note]}) as http:
        pages = ClassifyClient(KEY, base_url=server.url, http_client=http).pages(
            1, page_size=10, concurrency=4
        )
        gc.disable()
        try:
            next(pages), next(pages)
            time.sleep(0.3)  # so that what is under way comes
            pages.close()
            assert len(came) > 2
            assert [each() for each in came if each() is not None] == []
        finally:
            gc.enable()


def test_an_iterator_that_the_collector_closes_in_a_call_of_its_own_leaves_no_thread() -> None:
    kept: list[Any] = []

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.params["offset"] == "20":
            dropped.wait(5)
            gc.collect()
        return project(1000)(request)

    dropped = threading.Event()
    with client_of(handle) as client:
        kept += [client.pages(1, page_size=10, concurrency=2), kept]  # a cycle
        next(kept[0]), next(kept[0])
        kept = []
        dropped.set()
        assert our_threads() == []


@kinds
def test_a_page_is_gone_as_soon_as_nobody_has_it(kind: Kind) -> None:
    came: list[weakref.ref[httpx.Response]] = []
    most = 0

    def note(response: httpx.Response) -> None:
        came.append(weakref.ref(response))

    async def note_async(response: httpx.Response) -> None:
        note(response)

    def count() -> None:
        nonlocal most
        most = max(most, sum(each() is not None for each in came))

    def read() -> None:
        with httpx.Client(event_hooks={"response": [note]}) as http:
            client = ClassifyClient(KEY, base_url=server.url, http_client=http)
            for _ in client.results(1, page_size=10, concurrency=2):
                count()

    async def read_async() -> None:
        async with httpx.AsyncClient(event_hooks={"response": [note_async]}) as http:
            client = AsyncClassifyClient(KEY, base_url=server.url, http_client=http)
            async for _ in client.results(1, page_size=10, concurrency=2):
                count()

    def respond(asked: Asked, number: int) -> Answer:
        return Answer(page(range(200)[asked.offset : asked.offset + 10], 200, slim=True))

    with serving(respond) as server:
        gc.disable()  # what only the collector finds stays too long, for a page may be large
        try:
            read() if kind == "sync" else asyncio.run(read_async())
        finally:
            gc.enable()
    assert len(came) == 20
    assert most <= 3


@pytest.mark.parametrize("leave", ["close", "with", "break"])
def test_leaving_early_leaves_no_thread_and_makes_no_further_call(leave: str) -> None:
    calls = 0

    def handle(request: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        return project(1000)(request)

    with client_of(handle) as client:
        if leave == "break":
            for outcome in client.results(1, page_size=10, concurrency=4):
                if outcome.sample_id == 25:
                    break
        else:
            results = client.results(1, page_size=10, concurrency=4)
            for _ in range(26):
                next(results)
            results.close() if leave == "close" else results.__exit__(None, None, None)
            assert list(results) == []
        assert our_threads() == []
        made = calls
        time.sleep(0.05)
        assert calls == made <= 3 + 7


@pytest.mark.parametrize("where", ["waiting for a page", "at work on one"])
def test_ctrl_c_does_not_wait_for_a_server_that_has_gone_silent(where: str) -> None:
    def respond(asked: Asked, number: int) -> Answer:
        body = page(range(1000)[asked.offset : asked.offset + 10], 1000, slim=True)
        return Answer(body, fault="stall" if asked.offset >= 20 else None)

    last = 19 if where == "waiting for a page" else 15
    with serving(respond) as server:
        command = [sys.executable, "-c", ENDLESS, server.url, str(last)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert [process.stdout.readline() for _ in range(last + 1)] == [f"{n}\n" for n in range(last + 1)]
            time.sleep(0.2)  # so that it is where it is to be interrupted
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate()
    assert errors.splitlines()[-1] == "KeyboardInterrupt"
    assert time.monotonic() - began < 5, "the server itself hangs up after 10 s"


ENDLESS = """
import sys, time
from ei_classify import ClassifyClient
with ClassifyClient("ei_key", base_url=sys.argv[1]) as client:
    with client.results(1, page_size=10, concurrency=4) as results:
        for outcome in results:
            print(outcome.sample_id, flush=True)
            if outcome.sample_id == int(sys.argv[2]) < 19:
                time.sleep(60)
"""


@pytest.mark.parametrize("failure", ["status", "exception"])
def test_leaving_early_ends_a_wait_for_a_retry_without_another_try(failure: str) -> None:
    tries = 0

    def handle(request: httpx.Request) -> httpx.Response:
        nonlocal tries
        if request.url.params["offset"] != "20":
            return project(1000)(request)
        tries += 1
        waiting.set()
        if failure == "exception":
            raise httpx.ConnectError("refused", request=request)
        return httpx.Response(503, headers={"Retry-After": "50"})

    waiting = threading.Event()
    policy = RetryPolicy(backoff_s=50)
    started = time.monotonic()
    with (
        client_of(handle, retries=policy) as client,
        client.results(1, page_size=10, concurrency=4) as results,
    ):
        for _ in range(20):
            next(results)
        assert waiting.wait(5)
    assert our_threads() == []
    assert tries == 1
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("how", ["async with", "break", "cancel"])
def test_leaving_early_in_asyncio_cancels_what_is_under_way(how: str) -> None:
    cancelled = 0

    async def read_all(results: Any) -> None:
        async for _ in results:
            pass

    async def leave() -> None:
        stalled = asyncio.Event()

        async def handle(request: httpx.Request) -> httpx.Response:
            nonlocal cancelled
            if int(request.url.params["offset"]) >= 20:
                stalled.set()
                try:
                    await asyncio.sleep(3600)
                except asyncio.CancelledError:
                    cancelled += 1
                    raise
            return project(1000)(request)

        http = httpx.AsyncClient(transport=httpx.MockTransport(handle))
        async with http, AsyncClassifyClient(KEY, http_client=http) as client:
            if how == "async with":
                async with client.results(1, page_size=10, concurrency=4) as results:
                    for _ in range(15):
                        await anext(results)
                    await stalled.wait()
            elif how == "break":
                async for outcome in client.results(1, page_size=10, concurrency=4):
                    if outcome.sample_id == 15:
                        await stalled.wait()
                        break
                gc.collect()
            else:
                reading = asyncio.ensure_future(read_all(client.results(1, page_size=10, concurrency=4)))
                await stalled.wait()
                reading.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await reading
            async with asyncio.timeout(10):
                while len(asyncio.all_tasks()) > 1:  # noqa: ASYNC110 - nothing tells of their end
                    await asyncio.sleep(0.001)

    asyncio.run(leave())
    assert cancelled


@kinds
def test_a_failure_ends_the_rest_after_all_before_it(kind: Kind) -> None:
    calls: list[int] = []

    def handle(request: httpx.Request) -> httpx.Response:
        calls.append(int(request.url.params["offset"]))
        if calls[-1] == 30:
            return answer(example("failure-no-results"))
        return project(1000)(request)

    ids: list[int] = []

    async def read_async() -> None:
        http = httpx.AsyncClient(transport=httpx.MockTransport(handle))
        async with http, AsyncClassifyClient(KEY, http_client=http) as client:
            async for outcome in client.results(1, page_size=10, concurrency=4):
                ids.append(outcome.sample_id)  # noqa: PERF401 - what came before the error counts

    def read() -> None:
        with client_of(handle) as client:
            ids.extend(outcome.sample_id for outcome in client.results(1, page_size=10, concurrency=4))

    with pytest.raises(NoResultsError):
        read() if kind == "sync" else asyncio.run(read_async())
    assert ids == list(range(30))
    assert max(calls) <= 90
    assert our_threads() == []


def test_a_client_may_be_shared_by_threads() -> None:
    found: list[list[int]] = []

    def read() -> None:
        found.append([each.sample_id for each in client.results(1, page_size=7, concurrency=3)])

    def respond(asked: Asked, number: int) -> Answer:
        return Answer(page(range(60)[asked.offset : asked.offset + asked.limit], 60, slim=True))

    with serving(respond) as server, ClassifyClient(KEY, base_url=server.url) as client:
        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [list(range(60))] * 4


# Errors.


def test_errors_can_be_pickled_with_what_they_know() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(429, headers={"Retry-After": "7"})

    with client_of(handle, retries=0) as client, pytest.raises(RateLimitError) as caught:
        client.page(1)
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert (str(copy), copy.retry_after_s, copy.status) == (str(caught.value), 7.0, 429)
    changed = pickle.loads(pickle.dumps(ResultsChangedError("x", offset=3, samples_read=2)))  # noqa: S301
    assert (changed.offset, changed.samples_read) == (3, 2)


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
        for value in (getattr(ei_classify, name) for name in ei_classify.__all__)
        if isinstance(value, type) and issubclass(value, Exception)
    ]
    assert len(errors) >= 20
    assert all(issubclass(error, EiClassifyError) for error in errors)
    assert issubclass(CallTimeoutError, TimeoutError)


def test_a_certificate_that_does_not_fit_is_not_tried_again() -> None:
    import ssl

    def handle(request: httpx.Request) -> httpx.Response:
        try:
            raise ssl.SSLCertVerificationError("certificate has expired")
        except ssl.SSLCertVerificationError as error:
            raise httpx.ConnectError("TLS", request=request) from error

    with client_of(handle) as client, pytest.raises(ConnectionFailedError) as caught:
        client.page(1)
    assert caught.value.tries == 1


def test_everything_public_is_named_and_importing_it_is_light() -> None:
    assert ei_classify.__all__ == sorted(ei_classify.__all__)
    assert all(hasattr(ei_classify, name) for name in ei_classify.__all__)
    heavy = "{'numpy', 'pandas', 'pyarrow', 'rich', 'respx', 'pydantic', 'typer'} & sys.modules.keys()"
    # httpx has a command line, and imports rich for it where click is installed too: that is not ours.
    code = f"import sys, httpx; there = {heavy}; import ei_classify; print({heavy} - there or 'light')"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "light\n"
