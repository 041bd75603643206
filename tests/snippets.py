"""What the documentation asks its readers to run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
SITE = [
    *(ROOT / "docs" / name for name in ("index.md", "start.md", "from-edgeimpulse-api.md")),
    *sorted((ROOT / "docs" / "how-to").glob("*.md")),
]
"""The pages that are written for the site; test_site.py runs them."""


def sections(page: str) -> dict[str, str]:
    """The text under each heading of the second level, by heading; what precedes them is under ""."""
    first, *parts = re.split(r"(?m)^## ", (ROOT / page).read_text("utf-8"))
    return {"": first} | {title: text for title, _, text in (part.partition("\n") for part in parts)}


def snippets(text: str) -> list[str]:
    """The Python snippets of a text."""
    return re.findall(r"(?ms)^```python\n(.*?)^```$", text)


def commands(text: str, program: str) -> list[list[str]]:
    """The arguments of each command of a text that runs the program."""
    return [shlex.split(line) for line in re.findall(rf"(?m)^\$ {program} (.+)$", text)]
