"""Results in the forms that other programs read: JSON, Markdown and JUnit's XML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import msgspec
from ei_classify_api.errors import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .checking import Verdict
    from .results import Form

_SIGNS = {"met": "✅ met", "NOT MET": "❌ not met", "not judged": "⚠️ not judged"}


def as_json(result: Form) -> bytes:
    """Return a result as JSON, with a line break at its end."""
    return msgspec.json.format(msgspec.json.encode(result), indent=2) + b"\n"


def as_markdown(verdict: Verdict) -> str:
    """Return a verdict as a table of Markdown, for the summary of a job."""
    lines: list[Sequence[str]] = [("verdict", "requirement", "figure", "of"), ("---",) * 4]
    lines += [(_SIGNS[word], *map(_cell, rest)) for word, *rest in verdict.rows()]
    return "".join(map(_row, lines))


def as_junit(verdict: Verdict) -> bytes:
    """Return a verdict as JUnit's XML.

    A failure is a requirement that is not met, an error one that could not be judged.
    """
    findings = verdict.findings
    suite = ET.Element(
        "testsuite",
        name="ei-classify check",
        tests=str(len(findings)),
        failures=str(sum(each.met is False for each in findings)),
        errors=str(sum(each.met is None for each in findings)),
    )
    for each in findings:
        case = ET.SubElement(suite, "testcase", classname=visible(each.title), name=visible(each.requirement))
        if each.met is None:
            ET.SubElement(case, "error", message=visible(each.reason))
        elif not each.met:
            ET.SubElement(case, "failure", message=f"the figure is {each.value:.6g}")
    return bytes(ET.tostring(suite, encoding="utf-8", xml_declaration=True)) + b"\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _cell(text: str) -> str:
    return "".join(f"\\{each}" if each in "|`*_<[\\" else each for each in visible(text))
