"""Text in CSV that a spreadsheet would take for a formula."""

from __future__ import annotations

import copy
import csv
import re
from typing import TYPE_CHECKING, Any

import httpx
import pyarrow as pa
import pytest
from ei_classify_mocks import example
from hypothesis import given, settings
from hypothesis import strategies as st

from ei_classify import ClassifyClient, ConfigurationError, ExportError, open_export
from ei_classify.export import export
from ei_classify.export.formulas import without_formulas
from tests.command_line import invoke
from tests.ei_classify.fault_server import Answer, serving

if TYPE_CHECKING:
    from pathlib import Path

FULL_WIDTH = "\uff1d\uff0b\uff0d\uff20"
FIRST = "=+-@\t\r\n" + FULL_WIDTH
ESCAPED = {
    "=1+1": "'=1+1",
    '=HYPERLINK("http://127.0.0.1/")': '\'=HYPERLINK("http://127.0.0.1/")',
    "+1+1": "'+1+1",
    "-2+3": "'-2+3",
    "@SUM(1)": "'@SUM(1)",
    "\t=1": "'\t=1",
    "\r=1": "'\r=1",
    "\uff1d1": "'\uff1d1",
    "=": "'=",
    "-1e": "'-1e",
    "-5\n": "'-5\n",
    "'=1": "''=1",
    "''-x": "'''-x",
}
"""Texts, and what stands in CSV."""
AS_THEY_ARE = [
    "walking",
    "a=1",
    "",
    "'quoted'",
    " =1",
    "-",
    "+",
    "-1.5",
    "+2",
    "-3e-7",
    "7",
    "007",
    "{",
    "1-2",
]


def page(text: str) -> dict[str, Any]:
    """A page on which everything is called the same."""
    body: dict[str, Any] = copy.deepcopy(example("page-motion"))
    for result in body["result"]:
        result["sample"]["filename"] = text
        for block in result["classifications"]:
            block["result"] = [{text: -0.5} for _ in block["result"]]
    for prediction in body["predictions"]:
        prediction.update(prediction=text, label=text, startMs=-1.5)
    body["totalCount"] = len(body["result"])
    return body


def exported(text: str, folder: Path, **options: Any) -> list[dict[str, str]]:
    """The rows of the predictions and the scores in CSV."""
    http = httpx.Client(transport=httpx.MockTransport(lambda _request: httpx.Response(200, json=page(text))))
    with ClassifyClient("key", base_url="http://127.0.0.1", http_client=http, retries=0) as client:
        export(client, folder, 1, format="csv", **options)
    return written(folder)


def written(folder: Path) -> list[dict[str, str]]:
    rows = []
    for path in sorted(folder.glob("**/part-*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            rows += list(csv.DictReader(file))
    return rows


@pytest.mark.parametrize(("text", "cell"), [*ESCAPED.items(), *((each, each) for each in AS_THEY_ARE)])
def test_text_that_looks_like_a_formula_is_marked(text: str, cell: str, tmp_path: Path) -> None:
    rows = exported(text, tmp_path / "export")
    assert {row["filename"] for row in rows if "filename" in row} == {cell}
    assert {row["prediction"] for row in rows if "prediction" in row} == {cell}
    assert {row["label"] for row in rows} == {cell}
    assert {row["start_ms"] for row in rows if "prediction" in row} == {"-1.5"}, "numbers stay numbers"
    assert {row["score"] for row in rows if "score" in row} == {"-0.5"}
    raw = exported(text, tmp_path / "raw", raw_csv=True)
    assert {row["filename"] for row in raw if "filename" in row} == {row["label"] for row in raw} == {text}
    assert [open_export(tmp_path / name).raw_csv for name in ("export", "raw")] == [False, True]


NUMBER = re.compile(r"[+-](\d+(\.\d+)?(e[+-]?\d+)?)?", re.ASCII | re.IGNORECASE)

texts = st.text(st.sampled_from(FIRST + "'1.5e x"), max_size=6) | st.text(max_size=6)


@settings(deadline=None)
@given(st.lists(st.none() | texts, min_size=1))
def test_the_rule_can_be_undone_and_leaves_no_formula(values: list[str | None]) -> None:
    for column in (pa.array(values, pa.string()), pa.array(values, pa.string()).dictionary_encode()):
        cells = without_formulas(pa.chunked_array([column])).to_pylist()
        undone = [each and re.sub(rf"\A'(?='*[{re.escape(FIRST)}])", "", each) for each in cells]
        assert undone == values
        for cell in filter(None, cells):
            assert cell[0] not in FIRST or NUMBER.fullmatch(cell)


def test_a_folder_has_csv_of_one_kind(tmp_path: Path) -> None:
    exported("=1", tmp_path)
    with pytest.raises(ExportError, match=r"written without --raw-csv\. Use another folder for CSV with"):
        exported("=1", tmp_path, raw_csv=True)
    assert {row["label"] for row in exported("=1", tmp_path, raw_csv=True, restart=True)} == {"=1"}
    with pytest.raises(ExportError, match=r"written with --raw-csv\. Use another folder for CSV without"):
        exported("=1", tmp_path)


def test_raw_csv_is_for_csv(tmp_path: Path) -> None:
    with (
        ClassifyClient("key", base_url="http://127.0.0.1") as client,
        pytest.raises(ConfigurationError, match="raw_csv is only for format 'csv', not 'parquet'"),
    ):
        export(client, tmp_path, 1, raw_csv=True)


def test_the_command_line_keeps_text_raw_if_asked(tmp_path: Path) -> None:
    with serving(lambda _asked, _number: Answer(httpx.Response(200, json=page("=1")).content)) as server:
        environment = {"EI_API_KEY": "key", "EI_API_ENDPOINT": server.url, "EI_PROJECT_ID": "1"}
        for folder, options, cell in [("export", [], "'=1"), ("raw", ["--raw-csv"], "=1")]:
            command = ["export", "-o", str(tmp_path / folder), "--format", "csv", *options]
            done = invoke(command, env=environment)
            assert done.exit_code == 0, done.stderr
            assert {row["label"] for row in written(tmp_path / folder)} == {cell}
        done = invoke(["export", "-o", str(tmp_path / "x"), "--raw-csv"], env=environment)
    assert (done.exit_code, done.stderr) == (2, "error: --raw-csv is only for format 'csv', not 'parquet'\n")
