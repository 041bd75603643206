"""What docs/studio.md and the command line say of the double holds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_mocks.__main__ import parser
from ei_classify_mocks.studio import Fault
from ei_classify_mocks.studio.faults.help_texts import markdown_table

from .asking import get_page

if TYPE_CHECKING:
    import httpx
    from ei_classify_mocks import Studio

GUIDE = (Path(__file__).parents[3] / "docs" / "studio.md").read_text("utf-8")


def test_the_snippets_run() -> None:
    snippets = re.findall(r"^```python\n(.*?)^```$", GUIDE, flags=re.DOTALL | re.MULTILINE)
    assert snippets
    for snippet in snippets:
        exec(compile(snippet, "docs/studio.md", "exec"), {})


def test_every_fault_is_described_and_every_described_one_is_there() -> None:
    section = GUIDE.split("## Faults")[1].split("\n## ")[0]
    described = {
        Fault(spec)
        for line in re.findall(r"^\| `.*?` \| (`.*?) \|", section, re.MULTILINE)
        for spec in specs(line)
    }
    with pytest.raises(ValueError, match="there are ") as unknown:
        Fault("nothing")
    kinds = set(str(unknown.value).split("there are ")[1].split(", "))
    assert {fault.kind.name for fault in described} == kinds
    assert kinds <= set(re.findall(r"[a-z-]+", parser().format_help().split("faults, each")[1]))


def test_the_table_of_faults_is_what_their_docstrings_say() -> None:
    assert markdown_table() in GUIDE, f"docs/studio.md needs this table:\n{markdown_table()}"


def specs(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_table_of_projects_is_right(ei_studio: Studio, client: httpx.Client) -> None:
    for project in ei_studio.projects:
        name, count = re.escape(project.name), project.count("testing")
        row = rf"^\| {project.id} \| {name} \| .* \| {count} \| `ei_studio_key_{project.id}` \|$"
        assert re.search(row, GUIDE, re.MULTILINE), project.name


@pytest.mark.parametrize(
    ("row", "project_id", "query"),
    [
        ("1: correct windows of 564", 1, {}),
        ("1, impulse 2", 1, {"impulseId": 2}),
        ("2: within 60 of the label, of 221", 2, {}),
        ("3: correct images of 48", 3, {}),
        ("4: images with F1 = 1, of 48", 4, {}),
        ("6: correct images of 240", 6, {}),
        ("6, impulse 2", 6, {"impulseId": 2}),
        ("7: images with F1 = 1, of 48", 7, {}),
        ("8: correct windows of 120", 8, {}),
        ("8, impulse 2", 8, {"impulseId": 2}),
        ("9: correct windows of 480", 9, {}),
    ],
)
def test_the_measured_numbers_are_those_of_the_data(
    client: httpx.Client, row: str, project_id: int, query: dict[str, Any]
) -> None:
    cells = []
    verdicts = []
    for variant in ("float32", "int8"):
        predictions = get_page(client, project_id, limit=1000, variant=variant, **query)["predictions"]
        right = sum(one["predictionCorrect"] for one in predictions)
        cells.append(f"{right} ({right / len(predictions):.1%})")
        key = "predictionCorrect" if project_id in (2, 4, 7) else "prediction"
        verdicts.append([one[key] for one in predictions])
    differing = sum(one != other for one, other in zip(*verdicts, strict=True))
    assert f"| {row} | {' | '.join(cells)} | {differing} |" in GUIDE
