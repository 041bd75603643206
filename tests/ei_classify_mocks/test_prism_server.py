from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from ei_classify_mocks import PrismError, example, prism
from ei_classify_mocks.contract import operations

from tests.calls import CALLS
from tests.processes import descendants, still_alive

ROOT = Path(__file__).parents[2]
KEY = {"x-api-key": "anything"}


@pytest.mark.parametrize(
    ("operation_id", "name"),
    [(operation.operation_id, name) for operation in operations().values() for name in operation.examples],
)
def test_replays_each_example_of_each_operation(prism_url: str, operation_id: str, name: str) -> None:
    method, path, body, *_ = CALLS[operation_id]
    status = operations()[operation_id].examples[name].status
    headers = {**KEY, "Prefer": f"code={status}, example={name}"}
    response = httpx.request(method, prism_url + path, json=body, headers=headers)
    assert (response.status_code, response.json()) == (status, example(name))


def test_a_request_without_a_key_is_refused(prism_url: str) -> None:
    response = httpx.get(prism_url + CALLS["getJobStatus"].path)
    assert (response.status_code, response.json()) == (401, example("failure-unauthorized"))


def test_a_parameter_of_the_wrong_type_is_refused(prism_url: str) -> None:
    response = httpx.get(f"{prism_url}{CALLS['getClassifyJobResultPage'].path}?limit=many", headers=KEY)
    assert (response.status_code, response.json()) == (422, example("failure-bad-request"))


def test_a_port_in_use_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PrismError, match=rf"port {port} .* choose another"), prism(port, folder=ROOT):
            pass
    with pytest.raises(PrismError, match=r"port 99999 .* choose another"), prism(99999, folder=ROOT):
        pass


def test_a_missing_node_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(PrismError, match=r"install Node\.js 20 or later"), prism(folder=ROOT):
        pass


def test_a_prism_that_does_not_start_is_reported() -> None:
    command = [sys.executable, "-c", "raise SystemExit(7)"]
    with pytest.raises(PrismError, match="exit code 7 before it was ready"), prism(command=command):
        pass


def test_the_script_serves_the_curl_line_it_prints_and_leaves_no_process_behind() -> None:
    # From any folder, on any free port.
    script = subprocess.Popen(
        [sys.executable, ROOT / "scripts" / "mock", "--port", "0"], cwd="/", stdout=subprocess.PIPE, text=True
    )
    with script:
        assert script.stdout is not None
        banner = []
        for line in script.stdout:
            banner.append(line)
            if line.startswith("Ctrl-C"):
                break
        text = "".join(banner)
        curl = re.search(r"curl -H '(\S+): (\S+)' '(\S+)'", text)
        assert curl is not None
        assert "Prefer: example=NAME" in text
        assert "Prefer: code=STATUS" in text
        response = httpx.get(curl[3], headers={curl[1]: curl[2]})
        assert response.json() == example("page-documented")
        children = descendants(script.pid)
        assert len(children) >= 2  # npx and node
        script.send_signal(signal.SIGINT)
        assert script.wait(timeout=20) == 128 + signal.SIGINT
    assert still_alive(children) == []
