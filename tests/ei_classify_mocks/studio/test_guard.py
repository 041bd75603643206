"""Pages in a browser cannot steer a Studio on a port: by a name of theirs, from another origin, or simply."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest
from ei_classify_mocks.studio import BASE, api_key

from .asking import STEERING

if TYPE_CHECKING:
    from ei_classify_mocks import Studio

PAGE = "/api/1/classify/all/result/page?limit=1"
KEY = {"x-api-key": api_key(1)}


@pytest.mark.parametrize(
    "host", ["localhost", "LocalHost:4020", "127.0.0.1:80", "127.8.9.1", "[::1]:4020", "[::1]"]
)
def test_names_and_addresses_of_this_machine_are_answered(url: str, host: str) -> None:
    assert httpx.get(url + PAGE, headers={**KEY, "host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["studio.example", "studio.example:4020", "x.localhost", "localhost.example", "127.0.0.1.example",
     "10.0.0.1", "8.8.8.8", "[::]", "[::1", "localhost@studio.example", "", "a b"],
)  # fmt: skip
def test_other_hosts_are_not(ei_studio: Studio, url: str, host: str) -> None:
    for path in (url + PAGE, url.removesuffix(BASE) + "/control/faults"):
        answer = httpx.get(path, headers={**KEY, **STEERING, "host": host})
        assert (answer.status_code, answer.json()["success"]) == (421, False)
        assert "not as " in answer.json()["error"]
    assert ei_studio.requests == []


@pytest.mark.parametrize(
    "origin", ["https://page.example", "null", "http://localhost:1", "http://127.0.0.1", ""]
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
def test_pages_of_other_origins_are_not_answered(
    ei_studio: Studio, url: str, origin: str, method: str
) -> None:
    control = url.removesuffix(BASE) + "/control"
    headers = {**KEY, **STEERING, "origin": origin, "access-control-request-headers": "x-studio-control"}
    for path in ("/faults?fault=status%3D500", "/projects/1/results"):
        answer = httpx.request(method, control + path, headers=headers)
        assert (answer.status_code, answer.json()["success"]) == (403, False)
        assert not [name for name in answer.headers if name.startswith("access-control")]
    assert ei_studio.faults == []
    assert httpx.get(url + PAGE, headers=KEY).json()["success"] is True
    assert httpx.get(url + PAGE, headers={**KEY, "origin": origin}).status_code == 403


def test_its_own_origin_is_answered(url: str) -> None:
    own = "http://" + urlsplit(url).netloc
    assert httpx.get(url + PAGE, headers={**KEY, "origin": own}).status_code == 200


CONTROLS = [
    ("GET", "/projects"),
    ("POST", "/projects/5/classify-job"),
    ("DELETE", "/projects/1/results"),
    ("GET", "/requests"),
    ("DELETE", "/requests"),
    ("GET", "/faults"),
    ("POST", "/faults?fault=status%3D500"),
    ("DELETE", "/faults"),
]


@pytest.mark.parametrize(("method", "path"), CONTROLS)
def test_what_steers_the_double_needs_a_header(
    ei_studio: Studio, client: httpx.Client, url: str, method: str, path: str
) -> None:
    ei_studio.add_fault("latency=0")
    for control in ("https://studio.test/control", url.removesuffix(BASE) + "/control"):
        ask = client.request if "studio.test" in control else httpx.request
        answer = ask(method, control + path)
        assert answer.status_code == 403
        assert "need the header x-studio-control" in answer.json()["error"]
        assert [fault.spec for fault in ei_studio.faults] == ["latency=0"]
    assert client.get(PAGE, headers=KEY).json()["success"] is True
    assert ask(method, control + path, headers=STEERING).status_code == 200


def test_a_form_and_a_text_are_refused_as_a_browser_would_send_them(ei_studio: Studio, url: str) -> None:
    control = url.removesuffix(BASE) + "/control/faults?fault=status%3D500"
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"):
        assert httpx.post(control, content=b"x=1", headers={"content-type": kind}).status_code == 403
    assert ei_studio.faults == []
