"""The arguments of the command line."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Final, NoReturn

from ei_classify_mocks.studio.faults.help_texts import description, help_text
from ei_classify_mocks.studio.faults.table import KINDS

from .terminal import printable

if TYPE_CHECKING:
    from ei_classify_mocks.studio import JobTimes

_DESCRIPTION = """\
Run a Studio double: a local Edge Impulse whose projects hold real data. It pages, runs jobs, checks keys, and
fails on request.
"""


def port_number(text: str) -> int:
    """The port that an argument names.

    Raises:
        argparse.ArgumentTypeError: It is not the number of a port.
    """
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"it takes a number from 0 to 65535, not {text}")
    return int(text)


_OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "--port": {
        "type": port_number,
        "default": 4020,
        "help": "port on 127.0.0.1; 0 takes a free one (4020)",
    },
    "--age": {
        "choices": ["today", "seeds", "oldest"],
        "default": "today",
        "help": "the API with all fields, without the later ones, or without thresholds as well (today)",
    },
    "--fault": {"action": "append", "default": [], "help": "something to do wrong; may be repeated"},
    "--seed": {"type": int, "default": 0, "help": "decides where faults with p=SHARE strike (0)"},
    "--project": {
        "action": "append",
        "default": [],
        "metavar": "SPEC",
        "help": "another project: scale:COUNT[,kind=kws|detection][,windows=COUNT][,labels=COUNT]; "
        "may be repeated",
    },
    "--retrained": {
        "action": "append",
        "type": int,
        "default": [],
        "metavar": "ID",
        "help": "start that project with the models and results of another training; may be repeated",
    },
    "--job-times": {
        "default": "0.2,0.8,0.3",
        "metavar": "WAIT,RUN,LAG",
        "help": "seconds until a job runs, finishes and has its result (0.2,0.8,0.3)",
    },
    "--validate": {
        "action": "store_true",
        "help": "put Prism in front, which makes any deviation from the contract an error (needs Node.js)",
    },
    "--prism": {
        "action": "store_true",
        "help": "run Prism, which replays the contract's examples, instead of the Studio (needs Node.js)",
    },
}
_FRONTS: Final = ("--validate", "--prism")


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
    front = made.add_mutually_exclusive_group()
    for name, option in _OPTIONS.items():
        (front if name in _FRONTS else made).add_argument(name, **option)
    return made


def completions(last: str) -> list[tuple[str, str]]:
    """What can follow an argument, each with a help text: the values of an option, or else the options."""
    if last == "--fault":
        return [(kind.name, description(kind)) for kind in KINDS.values()]
    option = _OPTIONS.get(last, {})
    if "choices" in option:
        return [(value, "") for value in option["choices"]]
    if option and option.get("action") != "store_true":
        return []  # a value that only the user knows
    return [(name, each["help"]) for name, each in _OPTIONS.items()]


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
