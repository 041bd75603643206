"""HTTP clients whose hooks or transports raise for a status: failures come out as what they are."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from ei_classify import (
    AsyncClassifyClient,
    AuthenticationError,
    CallError,
    CallTimeoutError,
    ClassifyClient,
    NotFoundError,
    RateLimitError,
    RedirectError,
    RetryPolicy,
    ServerError,
)
from tests.ei_classify.calling import KEY, Kind, kinds
from tests.ei_classify.fault_server import JSON, Answer, Fault, serving
from tests.ei_classify.project_data import page

if TYPE_CHECKING:
    from collections.abc import Callable

FAST = RetryPolicy(retries=2, backoff_s=0.001, max_wait_s=0.05)


def raise_for_status(response: httpx.Response) -> None:
    response.raise_for_status()


async def raise_for_status_async(response: httpx.Response) -> None:
    response.raise_for_status()


class RaisingTransport(httpx.HTTPTransport):
    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        response.request = request
        return response.raise_for_status()


class AsyncRaisingTransport(httpx.AsyncHTTPTransport):
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        response.request = request
        return response.raise_for_status()


def read(kind: Kind, url: str, policy: RetryPolicy = FAST, **options: Any) -> None:
    """Read a page with an HTTP client that has these options."""

    async def read_async() -> None:
        async with httpx.AsyncClient(**options) as http:
            await AsyncClassifyClient(KEY, base_url=url, http_client=http, retries=policy).page(1)
            assert "x-api-key" not in http.headers

    if kind == "async":
        asyncio.run(read_async())
        return
    with httpx.Client(**options) as http:
        ClassifyClient(KEY, base_url=url, http_client=http, retries=policy).page(1)


def hooked(kind: Kind, *more: Callable[[httpx.Response], object]) -> dict[str, Any]:
    """Options with the hook, after others."""
    if kind == "sync":
        return {"event_hooks": {"response": [*more, raise_for_status]}}

    def later(hook: Callable[[httpx.Response], object]) -> Callable[[httpx.Response], Any]:
        async def call(response: httpx.Response) -> None:
            hook(response)

        return call

    return {"event_hooks": {"response": [*map(later, more), raise_for_status_async]}}


def raising(kind: Kind) -> dict[str, Any]:
    """Options with a transport that raises for a status."""
    return {"transport": RaisingTransport() if kind == "sync" else AsyncRaisingTransport()}


STATUSES: list[tuple[int, type[CallError], int]] = [
    (401, AuthenticationError, 1),
    (404, NotFoundError, 1),
    (429, RateLimitError, 3),
    (500, ServerError, 1),
    (503, ServerError, 3),
    (302, RedirectError, 1),
]


@kinds
@pytest.mark.parametrize("options", [hooked, raising])
@pytest.mark.parametrize(("status", "error", "tries"), STATUSES)
def test_a_status_is_named_with_the_servers_words(
    kind: Kind, options: Callable[[Kind], dict[str, Any]], status: int, error: type[CallError], tries: int
) -> None:
    body = b'{"success": false, "error": "You shall not pass"}'
    answer = Answer(body, status, {**JSON, "Retry-After": "1", "Location": "/elsewhere"})
    with serving(lambda asked, number: answer) as server, pytest.raises(error) as caught:
        read(kind, server.url, **options(kind))
    assert type(caught.value) is error
    assert (caught.value.status, caught.value.answer) == (status, "You shall not pass")
    sent = [asked for asked in server.asked if not asked.path.endswith("/projects")]  # which the key opens
    assert (caught.value.tries, len(sent)) == (tries, tries)
    if isinstance(caught.value, RateLimitError):
        assert caught.value.retry_after_s == 1


@kinds
@pytest.mark.parametrize("options", [hooked, raising])
def test_a_status_that_passes_costs_nothing(kind: Kind, options: Callable[[Kind], dict[str, Any]]) -> None:
    with serving(lambda asked, number: Answer(page([]), 200 if number else 503)) as server:
        read(kind, server.url, **options(kind))
    assert len(server.asked) == 2


@kinds
def test_hooks_see_every_answer_with_its_body(kind: Kind) -> None:
    seen: list[tuple[int, str, str]] = []

    def note(response: httpx.Response) -> None:
        assert response.elapsed.total_seconds() > 0
        seen.append((response.status_code, response.http_version, response.text[:10]))

    with serving(lambda asked, number: Answer(page([]), 200 if number else 503)) as server:
        read(kind, server.url, **hooked(kind, note))
    assert seen == [(503, "HTTP/1.1", '{"success"'), (200, "HTTP/1.1", '{"success"')]


@kinds
def test_what_another_hook_raises_is_left_to_its_author(kind: Kind) -> None:
    class OwnError(Exception):
        pass

    def refuse(response: httpx.Response) -> None:
        raise OwnError

    with serving(lambda asked, number: Answer(page([]))) as server, pytest.raises(OwnError):
        read(kind, server.url, **hooked(kind, refuse))
    assert len(server.asked) == 1


@kinds
@pytest.mark.parametrize("fault", ["drip", "stall"])
def test_the_body_of_a_refusal_has_no_more_time_than_others(kind: Kind, fault: Fault) -> None:
    answer = Answer(b"{" * 1000, 401, fault=fault)
    policy = RetryPolicy(retries=0, total_s=0.3)
    with serving(lambda asked, number: answer) as server, pytest.raises(CallTimeoutError):
        read(kind, server.url, policy, timeout=0.4, **hooked(kind))


@kinds
def test_the_hooks_of_the_callers_client_stay(kind: Kind) -> None:
    hooks = hooked(kind)["event_hooks"]
    with serving(lambda asked, number: Answer(b"", 401)) as server:
        if kind == "sync":
            with httpx.Client(event_hooks=hooks) as http:
                with pytest.raises(AuthenticationError):
                    ClassifyClient(KEY, base_url=server.url, http_client=http).page(1)
                assert http.event_hooks["response"] == hooks["response"]
                with pytest.raises(httpx.HTTPStatusError):
                    http.get(server.url)
            return

        async def use() -> None:
            async with httpx.AsyncClient(event_hooks=hooks) as http:
                with pytest.raises(AuthenticationError):
                    await AsyncClassifyClient(KEY, base_url=server.url, http_client=http).page(1)
                assert http.event_hooks["response"] == hooks["response"]
                with pytest.raises(httpx.HTTPStatusError):
                    await http.get(server.url)

        asyncio.run(use())
