"""What every reading command needs: a client, the two outputs, failures as one paragraph and an exit code."""

from __future__ import annotations

import contextlib
import logging
import sys
import textwrap
import traceback
from typing import TYPE_CHECKING, Final, Self

import typer
from rich.console import Console

from ei_classify.client import ClassifyClient
from ei_classify.errors import ConfigurationError, EiClassifyError, InvalidArgumentError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

FAILED: Final = 1
USAGE: Final = 2
NOTHING_FOUND: Final = 3
INTERRUPTED: Final = 130
DEMO_PROJECT: Final = 1


class NothingFoundError(Exception):
    """There is nothing to show."""


class Session:
    """A client for the length of a `with` block, which also turns failures into an exit code."""

    def __init__(
        self, project_id: int | None, endpoint: str | None, *, demo: bool, quiet: bool, debug: bool
    ) -> None:
        self.out = Console(highlight=False)
        """For results."""
        self.err = Console(stderr=True, highlight=False)
        """For everything else."""
        self.quiet = quiet
        self.how_to_go_on = ""
        """What to say after Ctrl-C."""
        self._debug = debug
        self._demo = demo
        self._endpoint = endpoint
        self._given_project_id = project_id
        self._resources = contextlib.ExitStack()
        self._client: ClassifyClient | None = None

    @property
    def project_id(self) -> int:
        """The project.

        Raises:
            typer.BadParameter: It was not given.
        """
        if self._given_project_id is not None:
            return self._given_project_id
        if self._demo:
            return DEMO_PROJECT
        raise typer.BadParameter("give --project or set EI_PROJECT_ID", param_hint="--project")

    @property
    def client(self) -> ClassifyClient:
        """The client, made when it is first needed."""
        if self._client is None:
            self._client = self._resources.enter_context(
                self._demo_client() if self._demo else self._real_client()
            )
        return self._client

    def say(self, text: str) -> None:
        """A line for people, unless they want none."""
        if not self.quiet:
            self.err.print(text, markup=False, soft_wrap=True)

    def __enter__(self) -> Self:
        if self._debug:
            logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(name)s: %(message)s")
            logging.getLogger("ei_classify").setLevel(logging.DEBUG)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._resources.close()
        if error is None or isinstance(error, (typer.Exit, typer.BadParameter)):
            return
        if isinstance(error, NothingFoundError):
            self.say(f"nothing found: {error}")
            raise typer.Exit(NOTHING_FOUND)
        if isinstance(error, KeyboardInterrupt):
            self._complain("interrupted" + (f". {self.how_to_go_on}" if self.how_to_go_on else ""))
            raise typer.Exit(INTERRUPTED)
        if isinstance(error, BrokenPipeError):
            sys.stderr.close()  # nobody reads on, and nothing is wrong with that
            raise typer.Exit(0)
        if not isinstance(error, EiClassifyError):
            return  # a mistake of ours: the whole traceback is what a report needs
        if self._debug:
            traceback.print_exception(error, file=sys.stderr)
        self._complain(f"error: {error}")
        usage = isinstance(error, (ConfigurationError, InvalidArgumentError))
        raise typer.Exit(USAGE if usage else FAILED) from None

    def _complain(self, text: str) -> None:
        width = self.err.width if self.err.is_terminal else 0
        paragraph = " ".join(text.split())
        print(textwrap.fill(paragraph, width) if width else paragraph, file=sys.stderr)  # noqa: T201

    def _real_client(self) -> ClassifyClient:
        return ClassifyClient(base_url=self._endpoint)

    def _demo_client(self) -> ClassifyClient:
        with naming_the_extra():
            from ei_classify_mocks.studio import Studio, api_key
        studio = self._resources.enter_context(Studio())
        return ClassifyClient(api_key(self.project_id), base_url=studio.url, http_client=studio.client())


@contextlib.contextmanager
def naming_the_extra() -> Iterator[None]:
    """Say which extra is missing where an import of the doubles fails."""
    try:
        yield
    except ImportError as error:
        raise typer.BadParameter(
            str(MissingExtraError(error.name or "a package of the doubles", "mocks")), param_hint="--demo"
        ) from error
