"""Prism, the mock server that replays the contract's examples and checks requests against the contract."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from .contract import CONTRACT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

HOST = "127.0.0.1"
VERSION = "5.16.0"
"""The Prism that mocks/package.json pins."""
READY_WITHIN_S = 60.0
STOPPED_WITHIN_S = 10.0


class PrismError(Exception):
    """Prism could not be started; the message says why, and what to do about it."""


@dataclass(frozen=True)
class RunningPrism:
    """A running Prism that answers at `url`."""

    url: str
    _process: subprocess.Popen[bytes]

    def wait(self) -> int:
        """Wait until Prism ends by itself, as it does only when it fails; returns its exit code."""
        return self._process.wait()


@contextlib.contextmanager
def prism(
    port: int = 0,
    *,
    command: Sequence[str] = ("npx", "--no-install", "prism"),
    arguments: Sequence[str] = ("mock",),
    contract: Path = CONTRACT,
    upstream: str | None = None,
    folder: Path | None = None,
    log: IO[bytes] | int | None = subprocess.DEVNULL,
) -> Iterator[RunningPrism]:
    """Run Prism on the loopback interface for the length of a `with` block.

    Args:
        port: The port to listen on; 0 takes a free one.
        command: The command that runs Prism. By default npx runs the installed one and downloads nothing.
        arguments: What Prism is to do; the options and the contract are added.
        contract: The OpenAPI document.
        upstream: The server that Prism stands in front of, for `proxy`.
        folder: Where to run it; npx looks for installed packages from there upwards.
        log: Where Prism's own output goes.

    Raises:
        PrismError: Node.js is missing, the port is taken, or Prism ended before it was ready.
    """
    program = shutil.which(command[0])
    if program is None:
        raise PrismError(f"{command[0]} was not found on PATH: install Node.js 20 or later, with npm")
    port = _claim(port)
    process = subprocess.Popen(
        [
            *(program, *command[1:], *arguments, "--host", HOST, "--port", str(port), str(contract)),
            *([upstream] if upstream else []),
        ],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # npx starts node as a child, and both must be stopped
    )
    try:
        _wait_until_ready(process, port)
        yield RunningPrism(f"http://{HOST}:{port}", process)
    finally:
        _stop(process)


def _claim(port: int) -> int:
    with socket.socket() as probe:
        # As the server does it: a port in TIME_WAIT is free, and one that a server listens on is not.
        if os.name != "nt":  # where it would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise PrismError(f"port {port} of {HOST} cannot be used ({error}): choose another") from error
        claimed: int = probe.getsockname()[1]
        return claimed


def _wait_until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise PrismError(
                f"Prism ended with exit code {process.returncode} before it was ready. "
                f"Is it installed here? If not: npm install @stoplight/prism-cli@{VERSION}"
            )
        # Prism listens only once it can answer, and a connection leaves no line in its log.
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.05)
    raise PrismError(f"Prism was not ready on port {port} within {READY_WITHIN_S:.0f} s")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if os.name == "nt":
        taskkill = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(taskkill, capture_output=True, check=False)
        process.wait()
        return
    # npx may be gone while node lives on, so the whole group is signalled, until it is empty.
    for number, patience in ((signal.SIGTERM, STOPPED_WITHIN_S), (signal.SIGKILL, STOPPED_WITHIN_S)):
        deadline = time.monotonic() + patience
        with contextlib.suppress(ProcessLookupError, PermissionError):  # the latter on macOS, for zombies
            os.killpg(process.pid, number)
            while time.monotonic() < deadline:
                process.poll()  # reaps npx, which would otherwise count as a member of the group
                os.killpg(process.pid, 0)
                time.sleep(0.02)
            continue
        break
    process.wait()
