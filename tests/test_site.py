"""What the pages of the site ask their readers to run, on the double: each page in its order, as it is."""

from __future__ import annotations

import datetime
import inspect
import re
import tomllib
from typing import TYPE_CHECKING, Any

import ei_classify_mocks
import pytest
import typer
from ei_classify_mocks import JobTimes, Studio
from ei_classify_mocks.studio import api_key

import ei_classify
import ei_classify.scoring
from ei_classify import ClassifyClient, PageFilters
from ei_classify.cli import app
from tests.command_line import invoke
from tools.pages import OF_ROOT
from tools.pages import commands as commands_page

from .snippets import ROOT, SITE, commands, sections, snippets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROJECTS = {"detections.md": 4}
"""Whose key the page needs; otherwise, that of project 1."""

COMMANDS = [
    each.name or (each.callback.__name__ if each.callback else "") for each in app.registered_commands
]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with Studio(job_times=JobTimes(0.05, 0.1, 0.05)) as studio, studio.serving() as url:
        yield url


@pytest.fixture
def key(request: pytest.FixtureRequest, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The key of the page's project, which is in the environment as the pages say."""
    key = api_key(PROJECTS.get(request.getfixturevalue("page").name, 1))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EI_API_KEY", key)
    monkeypatch.setenv("EI_API_ENDPOINT", url)
    return key


@pytest.mark.parametrize("page", SITE, ids=lambda page: page.name)
def test_the_snippets_of_a_page_run(
    page: Path, key: str, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    for code in snippets(page.read_text("utf-8")):
        exec(compile(code, page.name, "exec"), names)
        tests = [names[name] for name in re.findall(r"(?m)^def (test_\w+)", code)]
        for test in tests:
            with ClassifyClient(key, base_url=url) as client:
                test(**dict.fromkeys(inspect.signature(test).parameters, client))
        assert tests or "print(" not in code or capsys.readouterr().out, "a snippet shows something"


@pytest.mark.parametrize("page", SITE, ids=lambda page: page.name)
def test_the_commands_of_a_page_run(page: Path, key: str) -> None:
    for arguments in commands(page.read_text("utf-8"), "ei-classify"):
        done = invoke(arguments)
        assert done.exit_code == 0, (arguments, done.stderr)


README = snippets(sections("README.md")["The client"])


@pytest.mark.parametrize("page", [ROOT / "README.md"], ids=["README.md"])
@pytest.mark.parametrize("word", ["metadata=", "classify_sample("])
def test_the_readme_shows_something_on_the_double(
    page: Path, word: str, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    [code] = [each for each in README if word in each]
    exec(compile(code, page.name, "exec"), {})
    printed = capsys.readouterr().out.split()
    assert printed
    assert printed != ["0"]


def test_the_reference_has_every_name_that_can_be_imported() -> None:
    described = set()
    for page in (ROOT / "docs" / "reference").glob("*.md"):
        described |= set(re.findall(r"(?m)^::: (\S+)", page.read_text("utf-8")))
    assert {"ei_classify.errors", "ei_classify_api.models"} <= described
    for package in (ei_classify, ei_classify.scoring, ei_classify_mocks):
        for name in package.__all__:
            home = getattr(getattr(package, name), "__module__", "")
            if home != "ei_classify.errors" and not home.startswith("ei_classify_api.models"):
                assert f"{package.__name__}.{name}" in described or name == "__version__", name


def test_the_pages_of_the_site_are_all_in_its_navigation() -> None:
    navigation = set(re.findall(r'= "([\w/.-]+\.md)"', (ROOT / "zensical.toml").read_text("utf-8")))
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    written = {"commands.md", "notebook.md", *(name.lower() for name in OF_ROOT)}
    assert navigation == pages | written


def test_every_command_and_option_is_on_the_page_of_commands() -> None:
    page = commands_page()
    assert [f"## {name}" for name in COMMANDS] == re.findall(r"(?m)^## .+", page)
    assert r"| `--variant NAME` | A model variant, such as int8. Can be repeated. |" in page
    assert re.sub(r"`[^`]*`|\\.", "", page).count("<") == 0, "what the terminal shows is no HTML"


def test_every_command_has_an_example_that_it_accepts() -> None:
    group: Any = typer.main.get_command(app)
    examples = commands(commands_page(), "ei-classify")
    assert [name for name, *_ in examples] == COMMANDS
    for name, *arguments in examples:
        group.commands[name].make_context(name, arguments)


FILTERS = dict(
    re.findall(r"(?m)^\| `(\w+)=(.+?)` \|", (ROOT / "docs" / "how-to" / "filters.md").read_text("utf-8"))
)


def test_the_page_of_filters_has_each_filter_with_an_example(url: str) -> None:
    assert FILTERS.keys() == PageFilters.__optional_keys__
    with ClassifyClient(api_key(1), base_url=url) as client:
        for name, example in FILTERS.items():
            value = eval(example, {"datetime": datetime.datetime, "UTC": datetime.UTC})  # noqa: S307  # our page
            assert client.page(1, limit=1, **{name: value}).total_count is not None, name


def test_whoever_puts_the_address_of_the_repository_in_place_has_it_everywhere() -> None:
    repository = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["metadata"]
    for page in ("README.md", "docs/start.md"):
        cloned = re.findall(r"git clone (\S+)", (ROOT / page).read_text("utf-8"))
        assert cloned == [repository["hooks"]["custom"]["repository"]]
