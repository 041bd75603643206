"""The project's own environment: a virtual environment and the Node tools, set up when a script needs them.

Standard library only: this runs on a bare Python before anything is installed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "constraints.txt"
SUPPLY_LOCK = ROOT / "constraints-supply.txt"
MOCKS = ROOT / "mocks"
"""Also the folder of Prism, apart from the other Node tools: who runs the mock server needs no linters."""
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20


def fail(message: str) -> NoReturn:
    """End the script with one clear sentence on standard error and exit code 1."""
    print(f"error: {message}", file=sys.stderr)
    raise SystemExit(1)


def enter(*, node: bool = False, prism: bool = False) -> None:
    """Set up what is missing or out of date, then go on inside the virtual environment.

    Call it after the arguments were parsed (so that --help needs nothing) and before importing anything that
    is not in the standard library. With `node`, the Node tools are set up as well, with
    `prism` the mock server.
    """
    if sys.version_info < OLDEST_PYTHON:
        fail("Python {}.{} or later is needed; this is {}".format(*OLDEST_PYTHON, sys.version.split()[0]))
    if node or prism:
        find_node()
    with stop_cleanly(), _one_at_a_time():
        _set_up_python(VENV, LOCK, "--editable", ".[mocks,tables]", "--group", "dev")
        if node:
            _set_up_node(ROOT)
        if prism:
            _set_up_node(MOCKS)
    _go_on_in(VENV)


def enter_apart(group: str, lock: Path) -> None:
    """Go on inside an environment that holds a dependency group only, locked in a file of its own.

    For tools that neither users nor tests need. The environment's folder is named after the group.
    """
    folder = ROOT / f".{group}"
    with stop_cleanly(), _one_at_a_time():
        _set_up_python(folder, lock)
    _go_on_in(folder)


def _go_on_in(folder: Path) -> None:
    if Path(sys.prefix).resolve() != folder.resolve():
        python = str(python_of(folder))
        arguments = [python, *sys.argv]
        if os.name == "nt":  # execv would return to the shell before the script has ended
            raise SystemExit(subprocess.run(arguments, check=False).returncode)
        os.execv(python, arguments)


def python_of(folder: Path) -> Path:
    """The Python of a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


@contextlib.contextmanager
def stop_cleanly() -> Iterator[None]:
    """Within the block SIGTERM and Ctrl-C both unwind the script, so that whatever it started is stopped."""

    def unwind(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    previous = signal.signal(signal.SIGTERM, unwind)
    try:
        yield
    except KeyboardInterrupt:
        raise SystemExit(128 + signal.SIGINT) from None
    finally:
        signal.signal(signal.SIGTERM, previous)


def run_to_end(command: list[str]) -> int:
    """Run a program in `ROOT` to its end; its exit code. It is told of Ctrl-C and SIGTERM, and waited for."""
    with subprocess.Popen(command, cwd=ROOT) as program:
        handlers = {
            # Ctrl-C reaches it without our help. SIGTERM is passed on as Ctrl-C, on which programs clean up.
            signal.SIGINT: signal.signal(signal.SIGINT, signal.SIG_IGN),
            signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: program.send_signal(signal.SIGINT)),
        }
        try:
            return program.wait()
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)


def find_node() -> str:
    """The path of `npx`; without a recent enough Node, end the script with a word on what to install."""
    node, npx = shutil.which("node"), shutil.which("npx")
    if node is None or npx is None:
        fail(f"Node.js {OLDEST_NODE} or later, with npm, is needed and was not found on PATH")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.lstrip("v").split(".")[0]) < OLDEST_NODE:
        fail(f"Node.js {OLDEST_NODE} or later is needed; {node} is {version}")
    return npx


def node_tool(name: str, *arguments: str) -> list[str]:
    """The command that runs an installed Node tool, and never downloads one; to be run in `ROOT`."""
    return [find_node(), "--no-install", name, *arguments]


def _set_up_python(folder: Path, lock: Path, *wanted: str) -> None:
    with _when_stale(folder / ".complete", [ROOT / "pyproject.toml", lock], sys.version) as stale:
        if not stale:
            return
        print(f"setting up {folder.relative_to(ROOT)}/ …", file=sys.stderr)
        python = str(python_of(folder))
        if Path(sys.prefix).resolve() != folder.resolve():  # nothing of another Python or of old pins stays
            _run([sys.executable, "-m", "venv", "--clear", str(folder)])
        pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
        # A source distribution would run code, and fetch what it is built with, as no lock says.
        # Python compiles what it imports, which is a small part.
        hashed = ["--require-hashes", "--only-binary=:all:", "--no-deps"]
        locked = [*pip, "--no-compile", *hashed, "--requirement"]
        _run([*locked, str(_pip_alone(lock, folder))])  # the pip that comes with Python is slower
        _run([*locked, str(lock)])
        if wanted:
            # All of it is there, the build backend included: this only adds the project itself, and fails if
            # pyproject.toml asks for more. Without a place to look, nothing comes from anywhere else.
            nowhere = {**os.environ, "PIP_CONFIG_FILE": os.devnull}
            _run([*pip, "--isolated", "--no-index", "--no-build-isolation", *wanted], nowhere)


def _pip_alone(lock: Path, folder: Path) -> Path:
    found = re.search(r"^pip==.*(\n .*)*", lock.read_text("utf-8"), re.MULTILINE)
    if found is None:
        fail(f"{lock.name} has no pip: run scripts/lock where an environment is set up already")
    alone = folder / "pip.txt"
    alone.write_text(found[0] + "\n", "utf-8")
    return alone


def _set_up_node(folder: Path) -> None:
    modules = folder / "node_modules"
    with _when_stale(modules / ".complete", [folder / "package-lock.json"]) as stale:
        if not stale:
            return
        print(f"setting up {modules.relative_to(ROOT)}/ …", file=sys.stderr)
        npm = shutil.which("npm")
        if npm is None:
            fail("npm is needed and was not found on PATH; it comes with Node.js")
        # No package that we use needs its install script.
        _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], folder=folder)


@contextlib.contextmanager
def _when_stale(stamp: Path, sources: list[Path], *more: str) -> Iterator[bool]:
    digest = hashlib.sha256("\0".join([*(s.read_text("utf-8") for s in sources), *more]).encode()).hexdigest()
    stale = not stamp.exists() or stamp.read_text("utf-8") != digest
    yield stale
    if stale:
        stamp.write_text(digest, "utf-8")


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two scripts started at once must not set up the same folder."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    with Path(__file__).open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(command: list[str], environment: dict[str, str] | None = None, *, folder: Path = ROOT) -> None:
    try:
        subprocess.run(command, cwd=folder, env=environment, check=True, stdin=subprocess.DEVNULL)
    except subprocess.CalledProcessError as error:
        fail(f"`{' '.join(command)}` ended with exit code {error.returncode}; its own message is above")
