"""Chromium and the projects of the double, for what looks at pages: benchmarks and screenshots."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

from tools.environment import fail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Run the Chromium of the system."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        fail("Chromium is needed and was not found on PATH: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


def tested_projects() -> list[int]:
    """Return the ids of the double's projects that have results."""
    from ei_classify_mocks.studio import Studio

    with Studio() as studio:
        return [project.id for project in studio.projects if project.tested]
