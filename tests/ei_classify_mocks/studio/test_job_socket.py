"""The socket for jobs, frame by frame."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_mocks import JobTimes
from ei_classify_mocks.studio import USER_TOKEN, api_key
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ei_classify_mocks import Studio
    from websockets.sync.client import ClientConnection

pytestmark = pytest.mark.ei_studio(job_times=JobTimes(0, 0.1, 0))


def token(studio: Studio, project_id: int = 1) -> Any:
    client = studio.client(headers={"x-api-key": api_key(project_id)})
    return client.get(f"/api/{project_id}/socket-token").json()["token"]["socketToken"]


def address(url: str, token: str) -> str:
    return (
        url.replace("http", "ws").removesuffix("/v1") + f"/socket.io/?token={token}&EIO=3&transport=websocket"
    )


@pytest.fixture
def socket(ei_studio: Studio, url: str) -> Iterator[ClientConnection]:
    """A socket for project 1, after the greeting."""
    with connect(address(url, token(ei_studio)), proxy=None) as socket:
        opening, connected, hello = (receive(socket) for _ in range(3))
        assert json.loads(opening.removeprefix("0"))["pingInterval"] > 0
        assert (connected, hello) == ("40", '42["hello", {"hello": {"version": 1}}]')
        yield socket


def receive(socket: ClientConnection) -> str:
    return str(socket.recv(timeout=5))


def ask(socket: ClientConnection, job_id: object) -> None:
    socket.send("42" + json.dumps(["start-log-stream", {"jobId": job_id, "lastReceivedTimestamp": 0}]))


def events(socket: ClientConnection, last: str) -> list[list[Any]]:
    found: list[list[Any]] = [[""]]
    while found[-1][0] != last:
        found.append(json.loads(receive(socket).removeprefix("42")))
    return found[1:]


@pytest.mark.parametrize("outcome", ["succeed", "fail"])
def test_the_log_of_a_job_comes_line_by_line_and_then_its_end(
    ei_studio: Studio, socket: ClientConnection, outcome: Any
) -> None:
    job = ei_studio.start_classify_job(1, outcome=outcome)
    ask(socket, job.id)
    *lines, finished = events(socket, f"job-finished-{job.id}")
    assert {name for name, _ in lines} == {f"job-data-{job.id}"}
    log = (
        ei_studio.client(headers={"x-api-key": api_key(1)})
        .get(f"/api/1/jobs/{job.id}/stdout")
        .json()["stdout"]
    )
    assert [content["data"] for _, content in lines] == [line["data"] for line in reversed(log)]
    assert finished[1] == {"success": outcome == "succeed"}


def test_a_ping_is_answered_while_a_job_is_followed(ei_studio: Studio, socket: ClientConnection) -> None:
    ask(socket, ei_studio.start_classify_job(1, outcome="hang").id)
    socket.send("2probe")
    while receive(socket) != "3probe":
        pass


def test_a_job_of_another_project_is_not_shown_and_odd_frames_are_passed_over(
    ei_studio: Studio, socket: ClientConnection
) -> None:
    ask(socket, ei_studio.start_classify_job(2).id)
    for frame in ("42[", "42[]", '42["start-log-stream"]', "41", "", b"\0"):
        socket.send(frame)
    ask(socket, "1")
    socket.send("2")
    assert receive(socket) == "3"


def test_a_token_of_no_project_opens_no_socket(url: str) -> None:
    for wrong in ("", "studio-socket-token-99", USER_TOKEN):
        with pytest.raises(InvalidStatus) as refused, connect(address(url, wrong), proxy=None):
            pass
        assert refused.value.response.status_code == 401


def test_a_page_of_another_origin_opens_no_socket(ei_studio: Studio, url: str) -> None:
    where = address(url, token(ei_studio))
    own = url.removesuffix("/v1")
    with connect(where, origin=Origin(own), proxy=None):
        pass
    for origin in ("http://evil.example", own.replace("http", "ws"), "null"):
        with (
            pytest.raises(InvalidStatus) as refused,
            connect(where, origin=Origin(origin), proxy=None),
        ):
            pass
        assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    ("token", "headers"),
    [
        ("a" * 9_000, {}),
        ("a", {"x-long": "a" * 9_000}),
        ("a", {f"x-{n}": "a" for n in range(120)}),
        ("a", {f"x-{n}": "a" * 6_000 for n in range(3)}),
    ],
)
def test_a_long_head_is_refused(url: str, token: str, headers: dict[str, str]) -> None:
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(address(url, token), additional_headers=headers, proxy=None),
    ):
        pass
    assert refused.value.response.status_code in (400, 431)
