"""The servers that the command line runs."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ei_classify_mocks.contract import EXAMPLES, document
from ei_classify_mocks.prism_server import prism
from ei_classify_mocks.studio import BASE
from ei_classify_mocks.studio.server import listen, serve, serving, url_of

from .banners import prism_banner, studio_banner
from .terminal import complain, say

if TYPE_CHECKING:
    from ei_classify_mocks.studio import Studio


def run_studio(studio: Studio, port: int) -> int:
    """Run a Studio until a signal ends it; returns the exit code."""
    with listen(port) as listener:
        say(studio_banner(studio, url_of(listener), url_of(listener)))
        serve(studio.app, listener)
    return 0


def run_validated_studio(studio: Studio, port: int, folder: Path | None) -> int:
    """Run a Studio behind Prism until a signal ends it; returns the exit code if Prism ends before."""
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
        note = "Prism checks every request and answer against the contract.\n"
        say(studio_banner(studio, front.url, behind, note))
        return _ended(front.wait())


def run_prism(port: int, folder: Path | None, log: IO[bytes] | int | None) -> int:
    """Run Prism until a signal ends it; returns the exit code if Prism ends before."""
    with prism(port, folder=folder, log=log) as running:
        say(prism_banner(running.url))
        return _ended(running.wait())


def _ended(code: int) -> int:
    complain(f"Prism ended by itself, with exit code {code}")
    return 1


def _contract_below_base(folder: Path) -> Path:
    """The contract with the base path in its paths, as Prism does not take it from the servers."""
    paths = {f"{BASE}{path}": item for path, item in document()["paths"].items()}
    text = json.dumps({**document(), "paths": paths}).replace("../mocks/examples", EXAMPLES.as_posix())
    written = folder / "contract.json"
    written.write_text(text, "utf-8")
    return written
