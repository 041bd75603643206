"""The page in a real browser: it draws, moves, filters and sorts, and stays readable and silent."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from ei_classify.report import report

from .pages import HOSTILE, hostile_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Locator, Page

    from ei_classify.report import Report

pytestmark = pytest.mark.xdist_group("browser")

ROOT = Path(__file__).parents[3]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome")
OPEN_ALL = "() => document.querySelectorAll('details').forEach((each) => { each.open = true; })"
DRAW_ALL = "() => dispatchEvent(new Event('beforeprint'))"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, one for all tests. It may be missing, but not in CI."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium: apt-get install chromium")
        pytest.skip("there is no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


class Opened:
    """A page, with what it said and what it asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: self.said.append(dialog.message))
        page.on("request", lambda request: self.asked.append(request.url))


@pytest.fixture(scope="module")
def show(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Report], Opened]:
    """A function: a report → its page, opened from a file."""
    context = browser.new_context(color_scheme="light")

    def of(found: Report) -> Opened:
        file = tmp_path_factory.mktemp("page") / "report.html"
        found.write(file)
        opened = Opened(context.new_page())
        look(opened.page)
        opened.page.goto(file.as_uri())
        opened.page.wait_for_selector("html[data-ready]")
        return opened

    return of


@pytest.fixture(scope="module")
def drawn(
    show: Callable[[Report], Opened], reported: Callable[[int], Report]
) -> Callable[[int], tuple[Opened, int]]:
    """A function: a project → its page with every chart drawn, and how many there are; one for all tests."""
    done: dict[int, tuple[Opened, int]] = {}

    def of(project: int) -> tuple[Opened, int]:
        if project not in done:
            opened = show(reported(project))
            done[project] = opened, draw_all(opened.page)
        look(done[project][0].page)
        return done[project]

    return of


@pytest.fixture
def section(drawn: Callable[[int], tuple[Opened, int]]) -> Iterator[Locator]:
    """The first score of project 1, at its own threshold and with every wrong window listed."""
    section = drawn(1)[0].page.locator("#score-1")
    yield section
    section.get_by_role("button", name="The block's own, 0.6").click()
    section.get_by_label("Lowest threshold for a precision of").fill("95")
    for cell in section.locator("[aria-pressed=true]").all():
        cell.click()


def look(page: Page, *, width: int = 1280, scheme: Any = "light") -> None:
    """Look at a page on another screen."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)


def draw_all(page: Page) -> int:
    """Draw every chart, and return how many there are."""
    page.evaluate(OPEN_ALL)
    page.evaluate(DRAW_ALL)
    charts = page.locator("[data-chart]").count()
    page.wait_for_function(f"document.querySelectorAll('[data-drawn] svg').length === {charts}")
    return charts


@pytest.mark.parametrize(("project", "charts"), [(1, 44), (2, 7), (3, 13), (4, 11)])
def test_every_kind_of_project_is_drawn_in_silence(
    drawn: Callable[[int], tuple[Opened, int]], project: int, charts: int
) -> None:
    opened, found = drawn(project)
    assert found == charts
    assert opened.said == []
    assert opened.asked == [opened.page.url]


@pytest.mark.parametrize("project", [1, 2, 3, 4])
def test_nobody_is_left_out_in_light_or_dark_or_by_a_narrow_screen(
    drawn: Callable[[int], tuple[Opened, int]], project: int
) -> None:
    page = drawn(project)[0].page
    page.evaluate(AXE.read_text("utf-8"))
    for scheme, width in (("light", 360), ("dark", 1280)):
        look(page, width=width, scheme=scheme)
        # Only the colours differ in the dark.
        rules = "" if scheme == "light" else "runOnly: ['color-contrast'], "
        found = page.evaluate(f"() => axe.run({{{rules}resultTypes: ['violations']}})")
        grave = [each for each in found["violations"] if each["impact"] in ("serious", "critical")]
        assert [(each["id"], each["nodes"][0]["html"]) for each in grave] == []


@pytest.mark.parametrize("width", [360, 1280, 3840])
def test_the_page_is_never_wider_than_the_screen(
    drawn: Callable[[int], tuple[Opened, int]], width: int
) -> None:
    page = drawn(1)[0].page
    look(page, width=width)
    assert page.evaluate("() => document.documentElement.scrollWidth") == width


def test_a_cell_of_the_matrix_filters_the_windows(section: Locator) -> None:
    rows = section.locator("[data-list] tr")
    assert section.locator("[data-list-count]").inner_text() == "12 of 77 windows are listed."
    cell = section.get_by_role("button", name="badminton decided as walking: 8 windows")
    cell.click()
    assert rows.count() == 8
    assert {*rows.locator("td:nth-child(5)").all_inner_texts()} == {"badminton"}
    assert {*rows.locator("td:nth-child(6)").all_inner_texts()} == {"walking"}
    assert cell.get_attribute("aria-pressed") == "true"
    section.get_by_role("button", name="Show all wrong windows").click()
    assert rows.count() == 12
    section.get_by_role("button", name="Show more").click()
    assert section.locator("[data-list-count]").inner_text() == "24 of 77 windows are listed."


def test_the_matrix_works_by_keyboard(section: Locator) -> None:
    page = section.page
    cells = section.locator("[data-matrix] button")
    assert cells.evaluate_all("(all) => all.filter((each) => each.tabIndex === 0).length") == 1
    cells.first.focus()
    name = "() => document.activeElement.getAttribute('aria-label')"
    for key in ("End", "ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate(name).startswith("badminton decided as uncertain")
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    focused = page.evaluate(name)
    assert focused.startswith("badminton decided as running")
    page.keyboard.press("Enter")
    assert (
        section.locator("[data-list-title]").inner_text()
        == "Windows of badminton that are decided as running"
    )


def test_the_threshold_moves_the_figures_the_labels_and_the_matrix(
    section: Locator, reported: Callable[[int], Report]
) -> None:
    point = reported(1).facts.sections[0].score.curve[89]
    slider = section.locator("[data-slider]")
    assert slider.input_value() == "60"
    slider.evaluate("(it) => { it.value = 88; it.dispatchEvent(new Event('input')); }")
    slider.press("ArrowRight")

    def shown(name: str) -> str:
        return section.locator(f"[data-output={name}]").inner_text()

    def percent(value: float | None) -> str:
        return f"{100 * (value or 0):.1f} %"

    assert shown("threshold") == "0.89"
    assert {name: shown(name) for name in ("coverage", "accuracy", "precision", "recall", "f1")} == {
        name: percent(getattr(point, name)) for name in ("coverage", "accuracy", "precision", "recall", "f1")
    }
    assert shown("right") == percent((point.coverage or 0) * (point.accuracy or 0))
    for label in point.classes:
        row = section.locator(f"[data-labels] tr[data-label={label.label}]")
        for name in ("precision", "recall", "f1"):
            figure = row.locator(f"[data-name={name}] .value").inner_text()
            assert figure == percent(getattr(label, name)), (label.label, name)
    counts = section.locator("[data-matrix] tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.querySelectorAll('button span')].map((it) => +it.textContent))"
    )
    assert sum(map(sum, counts)) == 564
    right = sum(row[place] for place, row in enumerate(counts))
    decided = sum(sum(row[:4]) for row in counts)
    assert right / decided == pytest.approx(point.accuracy)


def test_a_threshold_is_found_for_a_wanted_precision(section: Locator) -> None:
    chosen = section.locator("[data-output=chosen]")
    assert chosen.inner_text() == "0.89"
    section.get_by_role("button", name="Use it").click()
    assert section.locator("[data-output=threshold]").inner_text() == "0.89"
    section.get_by_role("button", name="The block's own, 0.6").click()
    assert section.locator("[data-output=threshold]").inner_text() == "0.6"
    section.get_by_label("Lowest threshold for a precision of").fill("90")
    assert float(chosen.inner_text()) < 0.89


def test_a_table_is_sorted_by_any_column(section: Locator) -> None:
    section = section.locator("#score-1-labels")
    labels = section.locator("tbody th")
    assert labels.all_inner_texts() == ["badminton", "walking", "running", "standing"]
    section.get_by_role("button", name="Precision", exact=True).click()
    figures = section.locator("tbody [data-name=precision]").evaluate_all(
        "(cells) => cells.map((cell) => +cell.dataset.value)"
    )
    assert figures == sorted(figures)
    section.get_by_role("button", name="label").click()
    assert labels.all_inner_texts() == ["badminton", "running", "standing", "walking"]
    section.get_by_role("button", name="label").click()
    assert labels.all_inner_texts() == ["walking", "standing", "running", "badminton"]


def test_a_sample_opens_to_its_timeline(
    show: Callable[[Report], Opened], reported: Callable[[int], Report]
) -> None:
    page = show(reported(1)).page
    sample = page.locator("#score-1-samples details").first
    sample.locator("summary").press("Enter")  # a click may miss it while charts above are drawn, and move it
    sample.locator("[data-drawn] svg").nth(1).wait_for()
    assert sample.get_by_role("link", name="Open sample 1096 in Studio").is_visible()
    assert sample.get_by_text("standing", exact=True).count() >= 2


def test_hostile_text_does_nothing_and_is_seen(show: Callable[[Report], Opened]) -> None:
    opened = show(report(hostile_tables(), replicates=0, worst=4))
    draw_all(opened.page)
    more = opened.page.get_by_role("button", name="Show more")
    while more.is_visible():
        more.click()
    cells = opened.page.locator("[data-list] tr td:nth-child(2)").all_inner_texts()
    assert len(cells) == len(HOSTILE)
    assert opened.page.locator("img, iframe, object, [onerror], [onload]").count() == 0
    assert opened.said == []
    assert opened.asked == [opened.page.url]
