"""Looks at the built site in Chromium: can all read it, at each width, light and dark, and is it silent?"""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import threading
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error

from tools.browser import chromium
from tools.environment import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

MAIN = (
    "index", "start", "how-to/compare", "how-to/ci", "client", "tables", "scores", "commands",
    "from-edgeimpulse-api", "notebook", "reference/ei_classify",
)  # fmt: skip
WIDTHS = (360, 1280, 2560)
SCHEMES = ("light", "dark")
SERIOUS = ("serious", "critical")
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AUDIT = """async () => (await axe.run()).violations.map(
    ({id, impact, nodes}) => ({id, impact, where: nodes.map((node) => node.target.join(' '))}))"""
TOO_WIDE = "() => document.documentElement.scrollWidth > innerWidth"


def problems(site: Path, pictures: Path) -> list[str]:
    """What is wrong with the main pages, one line each. Writes a picture of each to the folder."""
    found: list[str] = []
    pictures.mkdir(parents=True, exist_ok=True)
    with _serving(site) as url, chromium() as browser:
        for scheme in SCHEMES:
            context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            page = context.new_page()
            heard = _heard(page, url)
            for name in MAIN:
                found += _look(page, f"{url}/{name}.html", name, scheme, pictures)
            found += [*_search(page, url), *heard]
            context.close()
    return found


def _heard(page: Page, url: str) -> list[str]:
    """A list that grows by what the page says, and asks for elsewhere."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    page.on("request", lambda request: heard.extend(_foreign(url, request.url)))
    return heard


def _foreign(url: str, asked: str) -> list[str]:
    return [] if asked.startswith((url, "data:", "blob:")) else [f"a request leaves the site: {asked}"]


def _look(page: Page, url: str, name: str, scheme: str, pictures: Path) -> list[str]:
    page.goto(url)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 1000})
        if page.evaluate(TOO_WIDE):
            found.append(f"{name}: wider than {width} px")
        page.screenshot(path=pictures / f"{name.replace('/', '-')}-{width}-{scheme}.png")
    page.set_viewport_size({"width": 1280, "height": 1000})
    return [*found, *(f"{name}, {scheme}: {each}" for each in _audit(page))]


def _audit(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    violations: list[dict[str, Any]] = page.evaluate(AUDIT)
    return [
        f"{each['id']} ({each['impact']}): {json.dumps(each['where'][:3])}"
        for each in violations
        if each["impact"] in SERIOUS
    ]


def _search(page: Page, url: str) -> list[str]:
    """A word finds a page that has it."""
    page.goto(f"{url}/index.html", wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type("WrongProjectError")
    try:
        page.locator("a[href*='wrong-project']:visible", has_text="WrongProjectError").first.wait_for(
            timeout=20000
        )
    except Error as error:
        return [f"search: {error}"]
    return []


@contextlib.contextmanager
def _serving(site: Path) -> Iterator[str]:
    class Silent(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name in the base class
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=site))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
