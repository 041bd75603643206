"""Runs commands in this process, like `typer.testing.CliRunner`, which builds the command line each time."""

from __future__ import annotations

import contextlib
import functools
import io
import os
import sys
from typing import TYPE_CHECKING
from unittest import mock

import typer.main
from attrs import frozen

from ei_classify.cli import app

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_command = functools.cache(lambda: typer.main.get_command(app))


@frozen
class Done:
    """How a command ended, and what it printed."""

    exit_code: int
    stdout_bytes: bytes
    stderr_bytes: bytes

    @property
    def stdout(self) -> str:
        return self.stdout_bytes.decode()

    @property
    def stderr(self) -> str:
        return self.stderr_bytes.decode()

    @property
    def output(self) -> str:
        return self.stdout + self.stderr


class _Screen(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def invoke(
    arguments: Sequence[str],
    *,
    env: Mapping[str, str | None] | None = None,
    charset: str = "utf-8",
    width: int | None = None,
) -> Done:
    """Runs `ei-classify` with these arguments; a variable of the environment that is None is not set.

    With a width, the command prints on a terminal with so many columns.
    """
    kind = io.TextIOWrapper if width is None else _Screen
    buffers = [io.BytesIO() for _ in range(2)]
    streams = [kind(buffer, charset, write_through=True) for buffer in buffers]
    if width is not None:
        env = {"COLUMNS": str(width), "TERM": "xterm-256color", **(env or {})}
    stdout, stderr = streams
    stdin = io.TextIOWrapper(io.BytesIO(), charset)
    exit_code = 0
    given = {name: value for name, value in (env or {}).items() if value is not None}
    with mock.patch.dict(os.environ, given), contextlib.ExitStack() as stack:
        for name in set(env or {}) - set(given):
            os.environ.pop(name, None)
        for name, stream in (("stdin", stdin), ("stdout", stdout), ("stderr", stderr)):
            stack.enter_context(mock.patch.object(sys, name, stream))
        try:
            _command().main(list(arguments), prog_name="ei-classify")
        except SystemExit as end:
            exit_code = end.code if isinstance(end.code, int) else int(end.code is not None)
    printed = [buffer.getvalue() for buffer in buffers]
    return Done(exit_code, *printed)
