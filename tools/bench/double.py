"""The Studio double with generated projects of three sizes, as a process of its own."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from typing import TYPE_CHECKING

from tools.environment import fail

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (1_000, 10_000, 100_000)
PROJECT = "scale:{},windows=5,labels=5"
PROJECTS = {size: 100 + place for place, size in enumerate(SIZES)}
"""The project with so many samples."""


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """Serve the projects for the length of a `with` block. Yields the base URL."""
    projects = [option for size in SIZES for option in ("--project", PROJECT.format(size))]
    command = [sys.executable, "-m", "ei_classify_mocks", "--port", "0", *projects]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None  # it is a pipe  # noqa: S101
        _, _, url = process.stdout.readline().strip().partition("EI_API_ENDPOINT=")
        if not url:
            fail("the Studio double did not start; its own message is above")
        yield url
    finally:
        process.terminate()
        process.communicate()
