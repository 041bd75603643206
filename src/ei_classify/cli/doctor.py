"""`ei-classify doctor`: says what is in order, and where a real answer differs from the contract.

What it prints has no key, name, label, id or address, so that it can be pasted into a public report.
"""

from __future__ import annotations

import os
import platform
import shutil
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final
from urllib.request import getproxies

import typer

from ei_classify.decoding import RawPage, differences_of_page
from ei_classify.errors import CallError, EiClassifyError, NoResultsError
from ei_classify.http import ahead_of_server_s
from ei_classify.version import __version__

from .messages import ADVICE
from .session import FAILED

if TYPE_CHECKING:
    from .session import Session

EXTRAS: Final = {"tables": "pyarrow", "scoring": "duckdb", "mocks": "starlette"}
"""A module of each extra."""
MOST_LISTED: Final = 100
_LATE_S: Final = 60.0
_CERTIFICATES: Final = ("SSL_CERT_FILE", "SSL_CERT_DIR")


def examine(session: Session, filters: dict[str, Any]) -> None:
    """Print what is in order and what is not.

    Raises:
        typer.Exit: Something keeps the other commands from working.
    """
    report = _Report(session)
    report.note("ok", "version", f"ei-classify {__version__}, Python {platform.python_version()}")
    missing = [extra for extra, module in EXTRAS.items() if find_spec(module) is None]
    report.note("ok", "extras", f"not installed: {', '.join(missing)}" if missing else "all are installed")
    report.note("ok", "Node.js", "found" if shutil.which("npx") else "not found: only `mock` needs it")
    if not session.demo:
        _environment(session, report)
    if report.failed == 0:
        _server(session, report, filters)
    if report.failed:
        raise typer.Exit(FAILED)


class _Report:
    def __init__(self, session: Session) -> None:
        self._session = session
        self.failed = 0
        """How many things are not in order."""

    def note(self, state: str, what: str, detail: str) -> None:
        """Print a line. The state is `ok`, `odd` or `FAILED`."""
        self.failed += state == "FAILED"
        self._session.print(f"{state:<7} {what}: {detail}", fold=False)

    def fail(self, what: str, error: EiClassifyError) -> None:
        """Print the kind of an error, and what to do. Its text may name what is private."""
        status = f", status {error.status}" if isinstance(error, CallError) and error.status else ""
        advice = ADVICE.get(type(error), "Another command shows the whole error.")
        self.note("FAILED", what, f"{type(error).__name__}{status}. {advice}")


def _environment(session: Session, report: _Report) -> None:
    key = os.environ.get("EI_API_KEY", "")
    if not key.strip():
        report.note("FAILED", "key", "EI_API_KEY is not set")
    elif not key.startswith("ei_"):
        report.note("odd", "key", "EI_API_KEY does not begin with ei_, as keys of projects do")
    else:
        report.note("ok", "key", "EI_API_KEY is set")
    report.note("ok", "server", "another than Studio" if session.endpoint else "Edge Impulse Studio")
    proxies = sorted(name for name in getproxies() if name != "no")
    report.note("ok", "proxies", f"for {', '.join(proxies)}" if proxies else "none")
    given = [name for name in _CERTIFICATES if os.environ.get(name)]
    report.note("ok", "certificates", f"from {', '.join(given)}" if given else "those of certifi")
    try:
        ahead_s = ahead_of_server_s(session.endpoint)
    except EiClassifyError as error:
        report.fail("connection", error)
        return
    if ahead_s is None:
        report.note("odd", "clock", "the server sends no date, or does not answer")
    else:
        state = "odd" if abs(ahead_s) > _LATE_S else "ok"
        report.note(
            state, "clock", f"{abs(ahead_s):.0f} s {'ahead of' if ahead_s > 0 else 'behind'} the server"
        )


def _server(session: Session, report: _Report, filters: dict[str, Any]) -> None:
    try:
        project_id = session.project_id
        report.note("ok", "project", "chosen by you" if session.names_a_project else "that of the key")
        with session.client.raw_pages(project_id, page_size=100, concurrency=1, **filters) as pages:
            page = next(iter(pages), None)
    except NoResultsError as error:
        report.note("ok", "connection", "the server accepts the key")
        report.fail("results", error)
    except EiClassifyError as error:
        report.fail("results", error)
    else:
        report.note("ok", "connection", "the server accepts the key")
        _differences(report, page)


def _differences(report: _Report, page: RawPage | None) -> None:
    if page is None:
        report.note("odd", "results", "the project has none for these options")
        return
    found = differences_of_page(page.content)
    report.note("ok", "results", f"read one page, {len(page.content)} bytes")
    if not found:
        report.note("ok", "contract", "the page fits")
        return
    report.note("odd", "contract", f"the page differs in {len(found)} ways. Please report them:")
    for (place, what), count in sorted(found.items())[:MOST_LISTED]:
        report.note("", f"  {place}", f"{what} ({count} times)" if count > 1 else what)
    if len(found) > MOST_LISTED:
        report.note("", "  …", f"{len(found) - MOST_LISTED} more")
