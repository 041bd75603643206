"""`python -m ei_classify_mocks`: the Studio double, or Prism with the examples, on the loopback interface."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .studio import JobTimes, Studio

DESCRIPTION = """\
Run a Studio double: a local Edge Impulse whose projects hold real data, page, run jobs and fail on request.
"""
EPILOG = """\
faults, each KIND[=VALUE][,OPTION=VALUE…]:
  latency=SECONDS[,jitter=SECONDS]   status=CODE[,retry-after=SECONDS|,retry-date=SECONDS][,html]
  reset=before|inside   truncate[=SHARE]   stall[=SECONDS]   offset-ignored   limit-cap=COUNT
  appear[=COUNT]   vanish[=COUNT]   unknown-fields   unknown-enums   job=fail|vanish
  and for each: on=page|variants|job   skip=COUNT   times=COUNT   p=SHARE
"""


class OutputError(Exception):
    """Where the servers are cannot be said, as stdout cannot be written to."""


def parser(program: str | None = None) -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(
        program,
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "--port", type=port_number, default=4020, help="port on 127.0.0.1; 0 takes a free one (4020)"
    )
    made.add_argument(
        "--age",
        choices=["today", "seeds"],
        default="today",
        help="fields of the API today, or without the later ones",
    )
    made.add_argument("--fault", action="append", default=[], help="something to do wrong; may be repeated")
    made.add_argument("--seed", type=int, default=0, help="decides where faults with p=SHARE strike (0)")
    made.add_argument(
        "--project",
        action="append",
        default=[],
        metavar="SPEC",
        help="one more project: scale:COUNT[,kind=kws|detection][,windows=COUNT][,labels=COUNT]",
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
        help="let Prism stand in front, to whom any deviation from the contract is an error (needs Node.js)",
    )
    front.add_argument(
        "--prism",
        action="store_true",
        help="no Studio: let Prism replay the contract's examples (needs Node.js)",
    )
    return made


def port_number(text: str) -> int:
    """The port that an argument names.

    Raises:
        argparse.ArgumentTypeError: it names none.
    """
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"it takes a number from 0 to 65535, not {text}")
    return int(text)


def main(
    arguments: Sequence[str] | None = None,
    *,
    program: str | None = None,
    folder: Path | None = None,
    log: IO[bytes] | int | None = subprocess.DEVNULL,
) -> int:
    """Run the command until Ctrl-C or SIGTERM; its exit code: 1 for a failure, 2 for wrong usage.

    Args:
        arguments: the command line, without the program's name; left out, that of this process.
        program: the program's name; left out, that of this process.
        folder: where npx looks for Prism.
        log: where Prism's own output goes with `--prism`.
    """
    chosen = parser(program).parse_args(arguments)
    try:
        from .prism_server import PrismError
        from .studio import ServerError, Studio
    except ImportError as error:
        missing = (error.name or "a package of the doubles").partition(".")[0]
        _complain(
            f"{missing} is needed and not installed. It comes with the extra `mocks`: "
            "pip install '.[mocks]' in a clone, or else 'ei-classify[mocks]'"
        )
        return 2

    try:
        if sys.stdout is None:  # it was closed before the start
            raise OutputError("it is closed")
        if chosen.prism:
            with _unwinding():
                return _replay(chosen.port, folder, log)
        studio = Studio(
            *chosen.project,
            age=chosen.age,
            faults=chosen.fault,
            seed=chosen.seed,
            job_times=_job_times(chosen.job_times),
        )
        with _unwinding():
            return _validate(studio, chosen.port, folder) if chosen.validate else _serve(studio, chosen.port)
    except OutputError as error:
        _complain(f"cannot write to stdout: {error}")
        return 1
    except (PrismError, ServerError, ValueError) as error:
        _complain(str(error))
        return 2 if isinstance(error, ValueError) else 1


def _job_times(text: str) -> JobTimes:
    from .studio import JobTimes

    try:
        wait, run, lag = (float(part) for part in text.split(","))
    except ValueError:
        raise ValueError(f"--job-times takes three numbers, such as 0.2,0.8,0.3, not {text!r}") from None
    return JobTimes(wait, run, lag)


def _serve(studio: Studio, port: int) -> int:
    from .studio.server import listen, serve, url_of

    with listen(port) as listener:
        _print_banner(studio, url_of(listener), url_of(listener))
        serve(studio.app, listener)
    return 0


def _validate(studio: Studio, port: int, folder: Path | None) -> int:
    from .prism_server import prism
    from .studio.server import serving

    with (
        tempfile.TemporaryDirectory() as temporary,
        serving(studio.app) as behind,
        prism(
            port,
            arguments=("proxy", "--errors"),
            contract=_contract_below_base(Path(temporary)),
            upstream=behind,
            folder=folder,
        ) as front,
    ):
        _print_banner(
            studio, front.url, behind, "Prism checks every request and answer against the contract.\n"
        )
        return _ended(front.wait())


def _replay(port: int, folder: Path | None, log: IO[bytes] | int | None) -> int:
    from .contract import operations
    from .prism_server import prism

    examples = "\n".join(
        f"  {operation.operation_id}: "
        + ", ".join(name for name, example in operation.examples.items() if example.status == 200)
        for operation in operations().values()
    )
    with prism(port, folder=folder, log=log) as running:
        _say(f"""\
The mock server is ready at {running.url}
Any key will do. Try:

  curl -H 'x-api-key: anything' '{running.url}/api/1/classify/all/result/page'

Choose an example with the header  Prefer: example=NAME
{examples}
or a failure with the header       Prefer: code=STATUS      (401, 404, 429, 500, 503, …)

Ctrl-C stops it.""")
        return _ended(running.wait())


def _ended(code: int) -> int:
    _complain(f"Prism ended by itself, with exit code {code}")
    return 1


def _contract_below_base(folder: Path) -> Path:
    """The contract with the base path in its paths, which Prism does not take from the servers."""
    from .contract import EXAMPLES, document
    from .studio.wire import BASE

    paths = {f"{BASE}{path}": item for path, item in document()["paths"].items()}
    text = json.dumps({**document(), "paths": paths}).replace("../mocks/examples", EXAMPLES.as_posix())
    written = folder / "contract.json"
    written.write_text(text, "utf-8")
    return written


def _print_banner(studio: Studio, front: str, behind: str, note: str = "") -> None:
    from .studio import CONTROL, HEADER, USER_TOKEN, api_key
    from .studio.wire import BASE

    lines = "\n".join(
        f"  {project.id:>4}  {project.name:<30} {api_key(project.id):<18} {project.kind}"
        for project in studio.projects
    )
    first = studio.projects[0].id
    _say(f"""\
The Studio double is ready: EI_API_ENDPOINT={front}{BASE}
{note}
    id  project                        key                kind
{lines}

The token {USER_TOKEN} (header x-jwt-token) opens all of them. Try:

  curl -H 'x-api-key: {api_key(first)}' '{front}{BASE}/api/{first}/classify/all/result/page?limit=2'

Header {HEADER} asks for a fault. What was asked: {behind}{CONTROL}/requests
Ctrl-C stops it.""")


def _say(text: str) -> None:
    try:
        print(text, flush=True)
    except OSError as error:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())  # or Python would try once more at its end
        os.close(nowhere)
        raise OutputError(error.strerror) from error


def _complain(text: str) -> None:
    if sys.stderr is not None:  # None where it was closed before the start
        print(f"error: {text}", file=sys.stderr)


@contextlib.contextmanager
def _unwinding() -> Iterator[None]:
    """Within the block SIGTERM and Ctrl-C both unwind, so that whatever was started is stopped."""

    def unwind(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    previous = signal.signal(signal.SIGTERM, unwind)
    try:
        yield
    except KeyboardInterrupt:
        raise SystemExit(128 + signal.SIGINT) from None
    finally:
        signal.signal(signal.SIGTERM, previous)


if __name__ == "__main__":
    raise SystemExit(main(program="python -m ei_classify_mocks"))
