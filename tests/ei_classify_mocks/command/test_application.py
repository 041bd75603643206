from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.processes import descendants, still_alive

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[3]
SCRIPT = [sys.executable, str(ROOT / "scripts" / "studio")]
MODULE = [sys.executable, "-m", "ei_classify_mocks"]


@contextlib.contextmanager
def started(
    command: Sequence[str], number: signal.Signals = signal.SIGTERM, folder: Path = ROOT
) -> Iterator[str]:
    """The banner of a running command; afterwards it is asked to stop, and must stop well."""
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with process:
        assert process.stdout is not None
        banner = ""
        for line in process.stdout:
            banner += line
            if "Ctrl-C" in line:
                break
        try:
            yield banner
        finally:
            process.send_signal(number)
            process.wait(20)
    assert "Ctrl-C" in banner, banner
    assert process.returncode == 128 + number


def curl_of(banner: str) -> httpx.Request:
    return curls_of(banner)[0]


def curls_of(banner: str) -> list[httpx.Request]:
    found = re.findall(r"curl -H '([^']+)' '([^']+)'", banner)
    return [httpx.Request("GET", url, headers=[header.split(": ")]) for header, url in found]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_curl_lines_of_the_banner_work_and_a_signal_ends_the_server(
    number: signal.Signals, tmp_path: Path
) -> None:
    arguments = ["--port", "0", "--project", "scale:1000", "--fault", "limit-cap=1", "--age", "seeds"]
    with started([*SCRIPT, *arguments], number, tmp_path) as banner, httpx.Client() as client:
        for words in ("Wrist motion", "ei_studio_key_1", "1000 samples", "EI_API_ENDPOINT=http://127.0.0.1:"):
            assert words in banner
        request, asked = curls_of(banner)
        page = client.send(request).json()
        assert page["success"] is True
        assert len(page["result"]) == 1, "the fault is at work"
        assert "totalCount" not in page, "the age is that of the seeds"
        assert [one["faults"] for one in client.send(asked).json()] == [["limit-cap=1"]]
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", request.url.port or 0))


def test_a_signal_ends_the_server_while_an_answer_stalls() -> None:
    with started([*MODULE, "--port", "0", "--fault", "stall=60"]) as banner:
        request = curl_of(banner)
        connection = socket.create_connection(("127.0.0.1", request.url.port or 0))
        head = f"GET {request.url.raw_path.decode()} HTTP/1.1\r\n"
        head += "Host: localhost\r\nx-api-key: ei_studio_key_1\r\n\r\n"
        connection.sendall(head.encode())
        assert connection.recv(100)
        began = time.monotonic()
    assert time.monotonic() - began < 10
    connection.close()


def test_with_validation_prism_stands_in_front_and_deviations_are_errors() -> None:
    others = descendants(os.getpid())  # such as the Prism that the tests share
    with started([*SCRIPT, "--port", "0", "--validate"]) as banner, httpx.Client(timeout=30) as client:
        request = curl_of(banner)
        key = dict(request.headers)
        whole = client.send(request)
        assert (whole.status_code, len(whole.json()["result"])) == (200, 2)
        base = str(request.url).split("/api/")[0]
        for project in (2, 3, 4, 5):
            page = f"{base}/api/{project}/classify/all/result/page"
            answer = client.get(page, headers={"x-api-key": f"ei_studio_key_{project}"})
            assert answer.status_code == 200, answer.text
        refused = client.get(f"{base}/api/1/classify/all/result/page?limit=many", headers=key)
        assert (refused.status_code, "limit must be " in refused.text) == (422, True)
        job = f"{base}/api/1/classify/v2/1117/variants?variants=%5B%22int8%22%5D"
        assert client.post(job, headers=key).json()["success"] is True
        spoilt = client.send(
            httpx.Request("GET", request.url, headers={**key, "x-studio-fault": "truncate=0"})
        )
        assert spoilt.status_code >= 400, "an answer that is not what the contract says is an error"
        own = [pid for pid in descendants(os.getpid()) if pid not in others]
    assert len(own) >= 3  # the script, npx and node
    assert still_alive(own) == []


def test_prism_replays_the_examples_from_the_package() -> None:
    others = descendants(os.getpid())  # such as the Prism that the tests share
    with started([*MODULE, "--port", "0", "--prism"], folder=ROOT / "mocks") as banner:
        with httpx.Client(timeout=30) as client:
            answer = client.send(curl_of(banner))
        assert answer.json()["success"] is True
        own = [pid for pid in descendants(os.getpid()) if pid not in others]
    assert len(own) >= 3  # the command, npx and node
    assert still_alive(own) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--fault", "explode"], "there is no fault 'explode'"),
        (["--project", "scale"], "a project is written scale:COUNT"),
        (["--job-times", "1,2"], "--job-times takes three numbers"),
    ],
)
def test_a_command_line_that_cannot_work_ends_with_one_clear_line(arguments: list[str], message: str) -> None:
    done = subprocess.run([*MODULE, *arguments], capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize(
    ("place", "reason"), [("> /dev/full", "No space left on device"), (">&-", "it is closed")]
)
def test_a_banner_that_cannot_be_written_ends_the_server_with_one_clear_line(place: str, reason: str) -> None:
    command = ["sh", "-c", f'"$@" {place}', "sh", *MODULE, "--port", "0"]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False, timeout=30)
    assert (done.returncode, done.stderr) == (1, f"error: cannot write to stdout: {reason}\n")


@pytest.mark.parametrize("script", ["mock", "studio"])
def test_a_port_that_cannot_be_is_wrong_usage(script: str) -> None:
    command = [sys.executable, "-E", "-S", str(ROOT / "scripts" / script), "--port", "99999"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--port: it takes a number from 0 to 65535, not 99999\n" in done.stderr


def test_help_needs_nothing_but_python() -> None:
    command = [sys.executable, "-E", "-S", str(ROOT / "scripts" / "studio"), "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 0, done.stderr
    assert "--validate" in done.stdout


@pytest.mark.parametrize("arguments", [["--port", "{}"], ["{}"], ["--fault", "status=500,on={}"]])
def test_wrong_usage_is_shown_without_control_characters(arguments: list[str]) -> None:
    text = "\x1b]52;c;aGk=\x07\u202e\x9b"
    ran = subprocess.run(
        [*MODULE, *(each.format(text) for each in arguments)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert r"\x1b]52;c;aGk" in ran.stderr
    assert ran.stderr.replace("\n", "").isprintable()


def test_a_request_leaves_no_character_of_it_on_the_terminal() -> None:
    process = subprocess.Popen([*MODULE, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    with process:
        assert process.stdout is not None
        banner = b""
        while b"Ctrl-C" not in banner:
            banner += process.stdout.readline()
        [port] = re.findall(rb"EI_API_ENDPOINT=http://127.0.0.1:(\d+)", banner)
        for request in (
            b"GET /\x1b[2J HTTP/1.1\r\n\r\n",
            b"GET /v1/api/1/%1b%5b2J HTTP/1.1\r\nhost: a\r\nx-api-key: \x1b[2J\x9b\r\n\r\n",
        ):
            with socket.create_connection(("127.0.0.1", int(port)), 5) as client:
                client.sendall(request)
                assert client.recv(4).startswith(b"HTTP")
        process.terminate()
        assert process.stdout.read() == b""
