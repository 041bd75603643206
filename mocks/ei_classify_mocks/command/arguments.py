"""The arguments of the command line."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NoReturn

from ei_classify_mocks.studio.faults.help_texts import help_text

from .terminal import printable

if TYPE_CHECKING:
    from ei_classify_mocks.studio import JobTimes

_DESCRIPTION = """\
Run a Studio double: a local Edge Impulse whose projects hold real data. It pages, runs jobs, checks keys, and
fails on request.
"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(printable(message))


def parser(program: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of the command line; `program` is the name that it shows."""
    made = _Parser(
        program,
        description=_DESCRIPTION,
        epilog=help_text(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "--port", type=port_number, default=4020, help="port on 127.0.0.1; 0 takes a free one (4020)"
    )
    made.add_argument(
        "--age",
        choices=["today", "seeds", "oldest"],
        default="today",
        help="the API with all fields, without the later ones, or without thresholds as well (today)",
    )
    made.add_argument("--fault", action="append", default=[], help="something to do wrong; may be repeated")
    made.add_argument("--seed", type=int, default=0, help="decides where faults with p=SHARE strike (0)")
    made.add_argument(
        "--project",
        action="append",
        default=[],
        metavar="SPEC",
        help="another project: scale:COUNT[,kind=kws|detection][,windows=COUNT][,labels=COUNT]; "
        "may be repeated",
    )
    made.add_argument(
        "--retrained",
        action="append",
        type=int,
        default=[],
        metavar="ID",
        help="start that project with the models and results of another training; may be repeated",
    )
    made.add_argument(
        "--job-times",
        default="0.2,0.8,0.3",
        metavar="WAIT,RUN,LAG",
        help="seconds until a job runs, finishes and has its result (0.2,0.8,0.3)",
    )
    front = made.add_mutually_exclusive_group()
    front.add_argument(
        "--validate",
        action="store_true",
        help="put Prism in front, which makes any deviation from the contract an error (needs Node.js)",
    )
    front.add_argument(
        "--prism",
        action="store_true",
        help="run Prism, which replays the contract's examples, instead of the Studio (needs Node.js)",
    )
    return made


def port_number(text: str) -> int:
    """The port that an argument names.

    Raises:
        argparse.ArgumentTypeError: It is not the number of a port.
    """
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"it takes a number from 0 to 65535, not {text}")
    return int(text)


def job_times(text: str) -> JobTimes:
    """The times that the argument of `--job-times` names.

    Raises:
        ValueError: It is not three numbers.
    """
    from ei_classify_mocks.studio import JobTimes

    try:
        wait, run, lag = (float(part) for part in text.split(","))
    except ValueError:
        raise ValueError(f"--job-times takes three numbers, such as 0.2,0.8,0.3, not {text!r}") from None
    return JobTimes(wait, run, lag)
