"""An odd value costs only itself: in objects, in tables, in exports and on the command line."""

from __future__ import annotations

import copy
import csv
import json
import logging
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from ei_classify_api.models import ClassifyJobResultPage
from ei_classify_mocks import example
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from ei_classify import ClassifyClient, open_export
from ei_classify.cli import app
from ei_classify.decoding import PageReader
from ei_classify.export import export
from tests.ei_classify.fault_server import Answer, serving
from tests.ei_classify.full_answers import Place, answer, places
from tests.generated.contract import without_nulls

if TYPE_CHECKING:
    from pathlib import Path

    from ei_classify.dataset import Format

PLACES = places("ClassifyJobResultPage")
CARRYING = {
    "success", "result", "predictions", "result.[].sampleId", "result.[].sample", "result.[].sample.id",
    "result.[].classifications", "result.[].classifications.[].learnBlock",
    "result.[].classifications.[].learnBlock.id", "result.[].classifications.[].result",
    "predictions.[].sampleId", "predictions.[].startMs", "predictions.[].endMs", "predictions.[].prediction",
}  # fmt: skip
"""What carries or identifies a result."""

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


def changed(place: Place, depth: int, value: object) -> dict[str, Any]:
    """A full page with another value at a place, or at what holds the place, `depth` steps above it."""
    body: dict[str, Any] = answer("ClassifyJobResultPage")
    *above, key = place[: len(place) - depth]
    container: Any = body
    for step in above:
        container = container[0 if step == "[]" else "key" if step == "{}" else step]
    container[0 if key == "[]" else "key" if key == "{}" else key] = value
    return body


def optional(place: Place, depth: int) -> bool:
    """Whether a place is optional, or part of something optional below what carries the result."""
    shortened = place[: len(place) - depth]
    if shortened[-1] == "[]" and ".".join(shortened[:-1]) in CARRYING:
        return False
    return bool(shortened) and ".".join(shortened) not in CARRYING


CASES = [(place, depth) for place in PLACES for depth in range(len(place)) if optional(place, depth)]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(CASES), values)
def test_any_value_of_anything_optional_is_read(case: tuple[Place, int], value: object) -> None:
    body = changed(*case, value)
    content = json.dumps(body).encode()
    page = ClassifyJobResultPage.from_json(content)
    reader = PageReader()
    reader.read(json.dumps(answer("ClassifyJobResultPage")).encode())
    for tabled in (PageReader().read(content), reader.read(content)):
        assert tabled.sample_ids == [each.sample_id for each in page.result]
        assert tabled.total == page.total_count or not -(2**63) <= (page.total_count or 0) < 2**63
        assert len(tabled.decoded.predictions) == len(page.predictions)

    place, _ = case
    assert same(page.to_dict(), json.loads(content))
    sound = ClassifyJobResultPage.from_dict(answer("ClassifyJobResultPage"))
    for name in {"result", "predictions"} - {place[0]}:
        assert page.to_dict()[name] == sound.to_dict()[name]


def same(ours: Any, theirs: Any) -> bool:
    """Whether all but nulls is there; an integer may have been written with a fraction of zero."""
    one, other = (json.loads(json.dumps(without_nulls(each)), parse_float=_number) for each in (ours, theirs))
    return repr(_sorted(one)) == repr(_sorted(other))


def _number(text: str) -> object:
    number = float(text)
    return int(number) if number.is_integer() else number


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(item) for name, item in sorted(value.items())}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


ODD = {
    "created": ("sample", "created", "yesterday"),
    "valuesCount": ("sample", "valuesCount", 2**70),
    "filename": ("sample", "filename", 7),
    "metadata": ("sample", "metadata", {"hour": 3, "room": "b"}),
    "label": ("sample", "label", None),
}


def odd_page() -> dict[str, Any]:
    body: dict[str, Any] = copy.deepcopy(example("page-motion"))
    body["totalCount"] = len(body["result"])
    for part, name, value in ODD.values():
        body["result"][0][part][name] = value
    return body


def client_for(body: Any) -> ClassifyClient:
    def answered(request: httpx.Request) -> httpx.Response:
        offset, limit = (int(request.url.params[name]) for name in ("offset", "limit"))
        return httpx.Response(200, json={**body, "result": body["result"][offset : offset + limit]})

    http = httpx.Client(transport=httpx.MockTransport(answered))
    return ClassifyClient("key", base_url="http://127.0.0.1", http_client=http, retries=0)


def test_pages_say_what_was_set_aside_and_the_log_says_it_once(caplog: pytest.LogCaptureFixture) -> None:
    body = odd_page()
    body["result"][1]["sample"]["created"] = "tomorrow"
    with caplog.at_level(logging.DEBUG, "ei_classify"):
        (page,) = client_for(body).pages(1)
    assert {str(each) for each in page.set_aside} == {
        "result[0].sample.filename: expected string, got 7",
        'result[0].sample.created: expected date-time, got "yesterday"',
        "result[0].sample.metadata.hour: expected string, got 3",
        'result[1].sample.created: expected date-time, got "tomorrow"',
    }
    warned = [each.getMessage() for each in caplog.records if each.levelno == logging.WARNING]
    assert {text.split(" ")[0] for text in warned} == {
        "result[].sample.filename",
        "result[].sample.created",
        "result[].sample.metadata.hour",
    }
    assert sum("result[].sample.created" in text for text in warned) == 1
    assert any("tomorrow" in each.getMessage() for each in caplog.records if each.levelno == logging.DEBUG)


def test_tables_have_null_for_what_does_not_fit() -> None:
    body = odd_page()
    first, second, *_ = client_for(body).tables(1).samples.to_pylist()
    assert (first["created"], first["values_count"], first["filename"], first["label"]) == (None,) * 4
    assert dict(first["metadata"]) == {"room": "b"}
    expected = client_for(example("page-motion")).tables(1).samples.to_pylist()[1]
    assert {**second, "project_id": 0} == {**expected, "project_id": 0}


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_exports_have_everything_else(form: Format, tmp_path: Path) -> None:
    body = odd_page()
    export(client_for(body), tmp_path, 1, format=form)
    stored = open_export(tmp_path)
    assert stored.complete
    assert stored.runs[0].sample_count == len(body["result"])
    if form == "jsonl":
        first, *_ = stored.lines()
        assert {name: first["sample"][name] for _, name, _ in ODD.values()} == {
            name: value for _, name, value in ODD.values()
        }
    elif form == "csv":
        path = next((tmp_path / stored.runs[0].folder / "predictions").iterdir())
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == len(body["predictions"])
        assert rows[0]["filename"] == ""
    else:
        samples = stored["samples"].to_table()
        assert samples["created"].null_count == 1
        assert samples.num_rows == len(body["result"])


def test_the_command_line_warns_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda _asked, _number: Answer(json.dumps(odd_page()).encode())) as server:
        monkeypatch.setenv("EI_API_KEY", "key")
        monkeypatch.setenv("EI_API_ENDPOINT", server.url)
        done = CliRunner().invoke(app, ["results", "--project", "1"])
    assert done.exit_code == 0, done.stderr
    assert "warning: result[].sample.created does not fit the contract and is left out" in done.stderr
    assert done.stderr.count("warning: ") == 3
