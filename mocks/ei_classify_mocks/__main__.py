"""`python -m ei_classify_mocks`: the Studio double, or Prism with the examples, on the loopback interface."""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

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


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(
        description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--port", type=int, default=4020, help="port on 127.0.0.1; 0 takes a free one (4020)")
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


def main(arguments: Sequence[str] | None = None, *, folder: Path | None = None) -> int:
    """Run the command until Ctrl-C or SIGTERM; its exit code: 1 for a failure, 2 for wrong usage.

    Args:
        arguments: the command line, without the program's name; left out, that of this process.
        folder: where npx looks for Prism.
    """
    chosen = parser().parse_args(arguments)
    try:
        from .prism_server import PrismError
        from .studio import ServerError, Studio
    except ImportError as error:
        missing = (error.name or "a package of the doubles").partition(".")[0]
        print(
            f"error: {missing} is needed and not installed: pip install 'ei-classify[mocks]'", file=sys.stderr
        )
        return 2

    try:
        if not 0 <= chosen.port <= 65535:
            raise ValueError(f"--port takes a number from 0 to 65535, not {chosen.port}")
        if chosen.prism:
            with _unwinding():
                return _replay(chosen.port, folder)
        studio = Studio(
            *chosen.project,
            age=chosen.age,
            faults=chosen.fault,
            seed=chosen.seed,
            job_times=_job_times(chosen.job_times),
        )
        with _unwinding():
            return _validate(studio, chosen.port, folder) if chosen.validate else _serve(studio, chosen.port)
    except (PrismError, ServerError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
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

    listener = listen(port)
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


def _replay(port: int, folder: Path | None) -> int:
    from .prism_server import prism

    with prism(port, folder=folder) as running:
        print(f"Prism replays the examples at {running.url}; any key will do. Ctrl-C stops it.", flush=True)
        return _ended(running.wait())


def _ended(code: int) -> int:
    print(f"error: Prism ended by itself, with exit code {code}", file=sys.stderr)
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
    print(
        f"""\
The Studio double is ready: EI_API_ENDPOINT={front}{BASE}
{note}
    id  project                        key                kind
{lines}

The token {USER_TOKEN} (header x-jwt-token) opens all of them. Try:

  curl -H 'x-api-key: {api_key(first)}' '{front}{BASE}/api/{first}/classify/all/result/page?limit=2'

Header {HEADER} asks for a fault. What was asked: {behind}{CONTROL}/requests
Ctrl-C stops it.""",
        flush=True,
    )


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
    raise SystemExit(main())
