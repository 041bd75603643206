"""The session of a command: its client, its output, and its errors as one paragraph and an exit code."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Final, Self

import typer

from ei_classify.client import ClassifyClient
from ei_classify.decoding import SetAsideCounts
from ei_classify.errors import (
    ConfigurationError,
    EiClassifyError,
    InvalidArgumentError,
    MissingExtraError,
    ProjectUnknownError,
)

from .messages import message
from .terminal import Terminal, log_to_stderr, print_traceback, warnings_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from .terminal import Table

FAILED: Final = 1
USAGE: Final = 2
NOTHING_FOUND: Final = 3
INTERRUPTED: Final = 130
DEMO_PROJECT: Final = 1


_MOST_NAMED: Final = 3  # kinds of places in the line on values that do not fit


def samples(count: int) -> str:
    """Return a number of samples in words."""
    return "1 sample" if count == 1 else f"{count} samples"


class NothingFoundError(Exception):
    """There is nothing to show."""


class OutputError(Exception):
    """The output cannot be written to stdout."""


class Session:
    """Provides a client for the length of a `with` block, and turns errors into messages and exit codes."""

    def __init__(
        self, project_id: int | None, endpoint: str | None, *, demo: bool, quiet: bool, debug: bool
    ) -> None:
        self.out = Terminal()
        """The output for results. `print` and `write` write to it."""
        self.err = Terminal(stderr=True)
        """The output for everything but results."""
        self.quiet = quiet
        self.how_to_go_on = ""
        """What to do after Ctrl-C to continue, for the message."""
        self.how_to_start_over = "run the same command again"
        """What to do if the results changed while they were being read, for the message."""
        self.demo = demo
        """Whether the server is in this process and ends with it."""
        self.set_aside = SetAsideCounts()
        """The values that the command has read and that do not fit the contract."""
        self._debug = debug
        self.endpoint = endpoint
        """The base URL of another server than Studio."""
        self._given_project_id = project_id
        self._resources = contextlib.ExitStack()
        self._client: ClassifyClient | None = None

    @property
    def project_id(self) -> int:
        """The project's id. Without one, the server says which project the key opens."""
        if self._given_project_id is not None:
            return self._given_project_id
        if self.demo:
            return DEMO_PROJECT
        return self.client.default_project()

    @property
    def names_a_project(self) -> bool:
        """Whether the command line or the environment names the project."""
        return self._given_project_id is not None

    @property
    def reads_a_project(self) -> bool:
        """Whether the command line names the built-in projects."""
        return self.demo

    @property
    def client(self) -> ClassifyClient:
        """The client, which is created when it is first used."""
        if self._client is None:
            self._client = self._resources.enter_context(
                self._demo_client() if self.demo else self._real_client()
            )
        return self._client

    def write(self, data: bytes) -> None:
        """Write bytes to stdout. JSON is written as UTF-8, whatever the encoding of stdout.

        Raises:
            OutputError: The bytes cannot be written.
            BrokenPipeError: The reader of stdout has closed it.
        """
        with _named_failures_of_stdout():
            rest = memoryview(data)
            while rest:  # an unbuffered stdout, as with python -u, may write only a part
                rest = rest[sys.stdout.buffer.write(rest) :]

    def print(self, what: Table | str, *, fold: bool = True, style: str = "") -> None:
        """Write a table or a line to stdout. A character that the encoding of stdout lacks becomes a `?`.

        Args:
            what: The table or the line.
            fold: Whether to fold lines at the edge of a terminal. If stdout is not a terminal, no line is
                folded.
            style: The style of the whole.

        Raises:
            OutputError: The text cannot be written.
            BrokenPipeError: The reader of stdout has closed it.
        """
        with _named_failures_of_stdout():
            shown = self.out.rendered(what, fold=fold, style=style)
        self.write(shown)
        self.flush()

    def flush(self) -> None:
        """Hand everything that was written to the reader of stdout.

        Raises:
            OutputError: It cannot be written.
            BrokenPipeError: The reader of stdout has closed it.
        """
        if sys.stdout is not None:  # None if it was closed before the start
            with _named_failures_of_stdout():
                sys.stdout.flush()

    def say(self, text: str) -> None:
        """Print a message to stderr, unless the session is quiet."""
        if not self.quiet:
            self.err.say(text)

    def __enter__(self) -> Self:
        if self._debug:
            log_to_stderr()
        else:
            self._resources.callback(warnings_to(self.say))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._resources.close()
        self._report_set_aside()
        try:
            self.flush()
        except (BrokenPipeError, OutputError) as failure:
            error = error or failure
        if isinstance(error, (BrokenPipeError, OutputError)):
            _give_up_stdout()
        if error is None or isinstance(error, (typer.Exit, typer.BadParameter)):
            return
        if isinstance(error, NothingFoundError):
            self.say(f"nothing found: {error}")
            raise typer.Exit(NOTHING_FOUND)
        if isinstance(error, KeyboardInterrupt):
            self.err.complain("interrupted" + (f". {self.how_to_go_on}" if self.how_to_go_on else ""))
            raise typer.Exit(INTERRUPTED)
        if isinstance(error, BrokenPipeError):
            raise typer.Exit(0)  # the reader of stdout has enough, which is not an error
        if isinstance(error, OutputError):
            self.err.complain(f"error: {error}")
            raise typer.Exit(FAILED)
        if not isinstance(error, EiClassifyError):
            if not isinstance(error, Exception):
                return
            print_traceback(error)  # a bug: a report needs the whole traceback
            raise typer.Exit(FAILED)
        if self._debug:
            print_traceback(error)
        text = message(error, demo=self.demo, how_to_start_over=self.how_to_start_over)
        self.err.complain(f"error: {text}")
        usage = isinstance(
            error, (ConfigurationError, InvalidArgumentError, MissingExtraError, ProjectUnknownError)
        )
        raise typer.Exit(USAGE if usage else FAILED) from None

    def _report_set_aside(self) -> None:
        count = self.set_aside.total
        if not count:
            return
        kinds = list(self.set_aside.kinds)
        named = ", ".join(kinds[:_MOST_NAMED]) + (" …" if len(kinds) > _MOST_NAMED else "")
        values = "1 value" if count == 1 else f"{count} values"
        advice = "" if self._debug else " (--debug lists them)"
        self.say(f"{values} did not fit the contract: {named}{advice}")

    def _real_client(self) -> ClassifyClient:
        if not os.environ.get("EI_API_KEY", "").strip(" \t\r\n'\""):
            raise ConfigurationError(
                "no API key: set EI_API_KEY. A project's keys are in Studio under Dashboard > Keys."
            )
        return ClassifyClient(base_url=self.endpoint)

    def _demo_client(self) -> ClassifyClient:
        with _naming_the_extra():
            from ei_classify_mocks.studio import Studio, api_key
        studio = self._resources.enter_context(Studio())
        known = [project.id for project in studio.projects if project.tested]
        if self.project_id not in known:
            raise typer.BadParameter(
                f"--demo has only the projects {', '.join(map(str, known))}, not {self.project_id}",
                param_hint="--project",
            )
        return ClassifyClient(api_key(self.project_id), base_url=studio.url, http_client=studio.client())


@contextlib.contextmanager
def _named_failures_of_stdout() -> Iterator[None]:
    if sys.stdout is None:
        raise OutputError("cannot write to stdout: it is closed")
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"cannot write to stdout: {error.strerror or error}") from error


def _give_up_stdout() -> None:
    """Discard the rest of the output. Otherwise, Python tries to write it again when it exits."""
    if sys.stdout is None:
        return
    with contextlib.suppress(OSError):  # in tests, stdout may not be a file
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


@contextlib.contextmanager
def _naming_the_extra() -> Iterator[None]:
    """Name the missing extra if an import of the doubles fails."""
    try:
        yield
    except ImportError as error:
        missing = (error.name or "a package of the doubles").partition(".")[0]
        raise MissingExtraError(missing, "mocks") from error
