"""The pages of the site: those of docs/ and of the root, every command, and the notebook, executed.

Pages are written to be read as files on a repository's host. Here they get their places on the site.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from tools.environment import ROOT, fail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = ROOT / ".site" / "pages"
HTML = ROOT / ".site" / "html"
DOCS = ROOT / "docs"
NOTEBOOK = DOCS / "notebook.ipynb"
OF_PANDAS = re.compile(r'<style scoped>.*?</style>\n?|(?<=<table) border="1" class="dataframe"', re.DOTALL)
"""How pandas makes its tables look; here, they look like those of the site."""
OF_ROOT = ("CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")


def write_pages(folder: Path) -> None:
    """Write all pages to the folder; what has not changed is left alone."""
    wanted = {folder / path.relative_to(DOCS): path.read_bytes() for path in _files(DOCS) if path != NOTEBOOK}
    for name in OF_ROOT:
        text = (ROOT / name).read_text("utf-8")
        wanted[folder / name.lower()] = re.sub(r"\]\(docs/", "](", text).encode()
    for path in [path for path in wanted if path.suffix == ".md"]:
        wanted[path] = _moved(wanted[path].decode()).encode()
    wanted[folder / "commands.md"] = commands().encode()
    for path, content in wanted.items():
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    _write_notebook(folder)
    kept = {*wanted, *_of_notebook(folder)}
    for path in _files(folder):
        if path not in kept:
            path.unlink()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _moved(text: str) -> str:
    """The text with links to the pages of the root where the site has them."""
    for name in OF_ROOT:
        text = re.sub(rf"\]\((?:\.\./)?{name}", f"]({name.lower()}", text)
    return text.replace("](notebook.ipynb)", "](notebook.md)")


def commands() -> str:
    """The page of all commands, arguments and options, from the parser of the command line."""
    import typer

    from ei_classify.cli import app

    group: Any = typer.main.get_command(app)
    parts = [
        "# Every command\n",
        "What `ei-classify COMMAND --help` says. [The overview](command-line.md) has it in words.\n",
    ]
    for name, command in group.commands.items():
        context = command.context_class(command, info_name=f"ei-classify {name}")
        records = filter(
            None, (parameter.get_help_record(context) for parameter in command.get_params(context))
        )
        rows = [f"| `{names}` | {_text(said)} |" for names, said in records]
        usage = " ".join([f"ei-classify {name}", *command.collect_usage_pieces(context)])
        example = command.epilog.removeprefix("Example: ")
        parts += [
            f"## {name}\n",
            f"{_text(command.help)}\n",
            f"```console\n$ {example}\n```\n",
            f"`{usage}`\n",
        ]
        parts += ["| argument or option | |", "|---|---|", *rows, ""]
    return "\n".join(parts)


def _text(plain: str) -> str:
    """Text that is not Markdown, as Markdown; its paragraphs stay."""
    paragraphs = [" ".join(each.split()) for each in plain.split("\n\n")]
    return re.sub(r"([|\[\]*_`])", r"\\\1", html.escape("\n\n".join(paragraphs), quote=False))


def _of_notebook(folder: Path) -> list[Path]:
    return [folder / "notebook.md", *(folder / "notebook_files").glob("*")]


def _write_notebook(folder: Path) -> None:
    """Execute the notebook, unless the page is newer, and write it as a page."""
    page = folder / "notebook.md"
    if page.exists() and page.stat().st_mtime >= NOTEBOOK.stat().st_mtime:
        return
    command = [
        sys.executable,
        "-m",
        "nbconvert",
        "--to",
        "markdown",
        "--execute",
        "--output-dir",
        str(folder),
    ]
    done = subprocess.run([*command, str(NOTEBOOK)], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr[-3000:], file=sys.stderr)
        fail(f"{NOTEBOOK.relative_to(ROOT)} cannot be executed; the reason is above")
    page.write_text(OF_PANDAS.sub("", page.read_text("utf-8")), "utf-8")


def build() -> None:
    """Write the pages and build the site; a dead link or another warning ends the script."""
    write_pages(PAGES)
    shutil.rmtree(HTML, ignore_errors=True)
    # Clean: the cache keeps the warnings of pages that have not changed to itself.
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout + done.stderr.partition("Traceback")[0], file=sys.stderr)
        fail("the site has warnings; they are above")
