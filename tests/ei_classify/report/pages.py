"""Pages to look at: of the projects of the double, and of tables with hostile text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from tests.ei_classify.scoring.building import classified

if TYPE_CHECKING:
    from ei_classify.tables import Tables

SCRIPT_END = "</script><img src=x onerror=alert(1)>"
PARTS = ("<", ">", "'", '"', "&", "`", "{{7*7}}", "${7*7}", "<!--", "-->", "]]>", "\\",
         "\x00", "\u202e", "\u2028",
         "javascript:alert(1)", "onerror=alert(1)", "=1+1", "</style>", "</script>", "<svg onload=alert(1)>",
         "datum.score", "\ud800", "é")  # fmt: skip
HOSTILE = [
    SCRIPT_END,
    *(f"{one}{other}" for place, one in enumerate(PARTS) for other in PARTS[place % 3 :: 3]),
]
"""More than 180 texts that are something else than text somewhere."""


def hostile_tables() -> Tables:
    """Tables with hostile labels and file names. The windows of each label are right and wrong."""
    labels = [each.encode("utf-8", "replace").decode() for each in HOSTILE[:25]]
    names = [each.encode("utf-8", "replace").decode() for each in HOSTILE]
    windows = []
    for place in range(len(names)):
        label, other = labels[place % len(labels)], labels[(place + 1) % len(labels)]
        windows.append((place, label, {label: 0.1, other: 0.9}))
    tables = classified(windows)
    samples = tables.samples.to_pylist()
    for row, name in zip(samples, names, strict=True):
        row["filename"] = name
    import pyarrow as pa

    rows = {name: tables[name] for name in tables}
    rows["samples"] = pa.Table.from_pylist(samples, schema=tables.samples.schema)
    return type(tables)(**rows)


def data_in(page: str) -> dict[str, Any]:
    """The data in a page."""
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    data: dict[str, Any] = msgspec.json.decode(found)
    return data
