"""The command line: from its arguments to a running server."""

from __future__ import annotations

import subprocess
import sys
from typing import IO, TYPE_CHECKING

from ei_classify_mocks.extras import missing_extra

from .arguments import job_times, parser
from .terminal import OutputError, complain, unwinding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def main(
    arguments: Sequence[str] | None = None,
    *,
    program: str | None = None,
    folder: Path | None = None,
    log: IO[bytes] | int | None = subprocess.DEVNULL,
) -> int:
    """Run the command until Ctrl-C or SIGTERM.

    Args:
        arguments: The command line without the program's name; that of this process if left out.
        program: The program's name; that of this process if left out.
        folder: Where npx looks for Prism.
        log: Where Prism's own output goes with `--prism`.

    Returns:
        The exit code: 1 for a failure, 2 for wrong usage.
    """
    chosen = parser(program).parse_args(arguments)
    try:
        from ei_classify_mocks.prism_server import PrismError
        from ei_classify_mocks.studio import ServerError, Studio

        from .servers import run_prism, run_studio, run_validated_studio
    except ImportError as error:
        complain(missing_extra(error))
        return 2

    try:
        if sys.stdout is None:  # it was closed before the start
            raise OutputError("it is closed")
        if chosen.prism:
            with unwinding():
                return run_prism(chosen.port, folder, log)
        studio = Studio(
            *chosen.project,
            retrained=chosen.retrained,
            age=chosen.age,
            faults=chosen.fault,
            seed=chosen.seed,
            job_times=job_times(chosen.job_times),
        )
        with unwinding():
            if chosen.validate:
                return run_validated_studio(studio, chosen.port, folder)
            return run_studio(studio, chosen.port)
    except OutputError as error:
        complain(f"cannot write to stdout: {error}")
        return 1
    except (PrismError, ServerError, ValueError) as error:
        complain(str(error))
        return 2 if isinstance(error, ValueError) else 1
