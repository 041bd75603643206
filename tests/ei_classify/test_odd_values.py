"""An odd value costs only itself: in objects, in tables, in exports and on the command line."""

from __future__ import annotations

import asyncio
import copy
import csv
import json
import logging
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from ei_classify_api.models import ClassifyJobResultPage
from ei_classify_mocks import example
from hypothesis import given, settings
from hypothesis import strategies as st

from ei_classify import (
    AsyncClassifyClient,
    ClassifyClient,
    DecodeError,
    PollPolicy,
    RefusedError,
    open_export,
)
from ei_classify.decoding import PageReader, SetAsideCounts
from ei_classify.export import export
from tests.command_line import invoke
from tests.ei_classify.calling import Kind, kinds
from tests.ei_classify.fault_server import Answer, Asked, serving
from tests.ei_classify.full_answers import Place, answer, places
from tests.generated.contract import without_nulls

if TYPE_CHECKING:
    from pathlib import Path

    from ei_classify.dataset import Format
    from ei_classify.export import Progress

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
        result = body["result"][offset : offset + limit]
        ids = {entry["sampleId"] for entry in result}
        own = [each for each in body["predictions"] if each["sampleId"] in ids]
        return httpx.Response(200, json={**body, "result": result, "predictions": own})

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
        "result[0].sample.valuesCount: expected an integer of at most 64 bits, got 1180591620717411303424",
        "result[0].sample.metadata.hour: expected string, got 3",
        'result[1].sample.created: expected date-time, got "tomorrow"',
    }
    warned = [each.getMessage() for each in caplog.records if each.levelno == logging.WARNING]
    assert {text.split(" ")[0] for text in warned} == {
        "result[].sample.filename",
        "result[].sample.created",
        "result[].sample.metadata.hour",
        "result[].sample.valuesCount",
    }
    assert sum("result[].sample.created" in text for text in warned) == 1
    assert any("tomorrow" in each.getMessage() for each in caplog.records if each.levelno == logging.DEBUG)


@pytest.mark.parametrize("text", ["2023-11-07T05:31:56+00:00:30", "0001-01-01T00:00:00+14:00"])
def test_a_time_that_not_everything_can_hold_is_set_aside(text: str) -> None:
    body = odd_page()
    body["result"][0]["sample"]["created"] = text
    (page,) = client_for(body).pages(1)
    assert page.answer.result[0].sample.created is None
    assert client_for(body).tables(1).samples.to_pylist()[0]["created"] is None


@pytest.mark.parametrize("place", ["unknown", "known"])
@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_an_integer_of_any_length_is_read(form: Format, place: str, tmp_path: Path) -> None:
    digits, body = "9" * 5000, odd_page()
    body["result"][0]["sample"]["new" if place == "unknown" else "valuesCount"] = "DIGITS"
    content = json.dumps(body).replace('"DIGITS"', digits).encode()
    http = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, content=content)))
    client = ClassifyClient("key", base_url="http://127.0.0.1", http_client=http, retries=0)
    (page,) = client.pages(1)
    assert page.answer.result[0].sample.values_count is None
    (raw,) = client.raw_pages(1)
    assert raw.sample_ids == page.sample_ids == client.tables(1).samples["sample_id"].to_pylist()
    assert export(client, tmp_path, 1, format=form).samples == len(page.sample_ids)


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


COUNTS = SetAsideCounts(
    7, {"result[].sample.created": 5, "result[].sample.filename": 1, "predictions[].label": 1}
)


def long_page() -> dict[str, Any]:
    """Six samples, each on a page of its own, with `COUNTS` of odd values."""
    body: dict[str, Any] = example("page-motion")
    (entry, *_), (prediction, *_) = body["result"], body["predictions"]
    body["result"] = [copy.deepcopy({**entry, "sampleId": number}) for number in range(6)]
    body["predictions"] = [{**prediction, "sampleId": number} for number in range(6)]
    for number in (0, 1, 2, 4, 5):
        body["result"][number]["sample"]["created"] = f"day {number}"
    body["result"][4]["sample"]["filename"] = []
    body["predictions"][4]["label"] = 7
    body["totalCount"] = 6
    return body


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
@pytest.mark.parametrize("stopped_after", [None, 1, 3, 5])
def test_an_export_counts_what_was_set_aside_of_each_run(
    stopped_after: int | None, form: Format, tmp_path: Path
) -> None:
    counted = []

    def on_progress(progress: Progress) -> None:
        counted.append(progress.set_aside)

    def stop(progress: Progress) -> None:
        if progress.samples == stopped_after:
            raise ZeroDivisionError

    left_out = SetAsideCounts() if form == "jsonl" else COUNTS  # lines have every value as it came
    options: dict[str, Any] = {"format": form, "page_size": 1, "concurrency": 1, "rows_per_part": 0}
    if stopped_after is not None:
        with pytest.raises(ZeroDivisionError):
            export(client_for(long_page()), tmp_path, 1, on_progress=stop, **options)
        for run in open_export(tmp_path).runs if stopped_after > 1 else ():
            expected = 0 if form == "jsonl" else [0, 1, 2, 3, 3, 6][run.sample_count]
            assert run.set_aside.total == expected
    export(client_for(long_page()), tmp_path, 1, on_progress=on_progress, **options)
    export(client_for(long_page()), tmp_path, 1, on_progress=on_progress, **options)
    sound = {**example("page-motion"), "totalCount": len(example("page-motion")["result"])}
    export(client_for(sound), tmp_path, 1, variants=["int8"], format=form)
    run, other = sorted(open_export(tmp_path).runs, key=lambda each: each.variant or "")
    assert (run.set_aside, other.set_aside) == (left_out, SetAsideCounts())
    assert counted[-1] == SetAsideCounts(), "the last call read nothing that was not there"
    in_manifest = json.loads((tmp_path / "manifest.json").read_bytes())["runs"][run.folder]["set_aside"]
    assert in_manifest == {"total": left_out.total, "kinds": left_out.kinds}
    export(client_for(sound), tmp_path, 1, format=form, restart=True)
    assert [each.set_aside for each in open_export(tmp_path).runs] == [SetAsideCounts()] * 2


@pytest.mark.parametrize("command", ["results", "export", "sample"])
def test_the_command_line_says_what_did_not_fit_in_one_line_at_its_end(
    command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sample = example("variants-motion")
    sample["sample"]["sample"]["created"] = "one day"
    content = json.dumps(sample if command == "sample" else long_page()).encode()
    options = {"results": [], "export": ["-o", str(tmp_path), "--restart"], "sample": ["101"]}
    line = (
        "1 value did not fit the contract: sample.sample.created"
        if command == "sample"
        else "7 values did not fit the contract: result[].sample.created, result[].sample.filename, "
        "predictions[].label"
    )
    with serving(lambda _asked, _number: Answer(content)) as server:
        monkeypatch.setenv("EI_API_KEY", "key")
        monkeypatch.setenv("EI_API_ENDPOINT", server.url)
        monkeypatch.setenv("EI_PROJECT_ID", "1")
        done = invoke([command, *options[command]])
        quiet = invoke([command, *options[command], "--quiet"])
    assert done.exit_code == 0, done.stderr
    assert done.stderr.endswith(f"{line} (--debug lists them)\n")
    assert done.stderr.count("fit the contract") == 1
    assert "warning" not in done.stderr
    assert (quiet.exit_code, quiet.stderr) == (0, "")


@pytest.mark.parametrize("command", [["results", "--jsonl"], ["export", "--format", "jsonl", "-o"]])
def test_of_raw_output_only_what_json_lacks_is_counted_and_listed(command: list[str], tmp_path: Path) -> None:
    body = long_page()
    body["result"][2]["sample"]["frequency"] = float("nan")
    folder = str(tmp_path / "out")
    arguments = [sys.executable, "-m", "ei_classify.cli", *command, *([folder] if "-o" in command else [])]
    with serving(lambda _asked, _number: Answer(json.dumps(body).encode())) as server:
        environment = {"EI_API_KEY": "key", "EI_API_ENDPOINT": server.url, "EI_PROJECT_ID": "1"}
        done = subprocess.run(
            [*arguments, "--debug"],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert "1 value did not fit the contract: result[].sample.frequency" in done.stderr
    assert "result[2].sample.frequency: expected a number that JSON has, got nan" in done.stderr
    if "-o" in command:
        (run,) = open_export(folder).runs
        assert run.set_aside == SetAsideCounts(1, {"result[].sample.frequency": 1})


@pytest.mark.parametrize("command", ["results", "sample"])
def test_debug_lists_each_value_that_did_not_fit(command: str) -> None:
    sample = example("variants-motion")
    sample["sample"]["sample"]["created"] = "one day"
    content = json.dumps(sample if command == "sample" else long_page()).encode()
    arguments = [sys.executable, "-m", "ei_classify.cli", command, *(["101"] if command == "sample" else [])]
    with serving(lambda _asked, _number: Answer(content)) as server:
        environment = {"EI_API_KEY": "key", "EI_API_ENDPOINT": server.url, "EI_PROJECT_ID": "1"}
        done = subprocess.run(
            [*arguments, "--debug"],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    *log, line = done.stderr.splitlines()
    assert "did not fit the contract: " in line
    assert "--debug" not in line
    for value in ["one day"] if command == "sample" else ["day 0", "day 1", "day 2", "day 4", "day 5"]:
        assert sum(f'expected date-time, got "{value}"' in each for each in log) == 1, value


def test_a_command_that_fails_says_what_did_not_fit_before_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    body = {**long_page(), "predictions": [{**long_page()["predictions"][0], "sampleId": 99}]}
    with serving(lambda _asked, _number: Answer(json.dumps(body).encode())) as server:
        monkeypatch.setenv("EI_API_KEY", "key")
        monkeypatch.setenv("EI_API_ENDPOINT", server.url)
        done = invoke(["results", "-p", "1"])
    assert done.exit_code == 1
    line, error = done.stderr.splitlines()
    assert line.startswith("6 values did not fit the contract: ")
    assert error.startswith("error: the page at offset 0 has 1 predictions")


def page_without(place: str) -> dict[str, Any]:
    """A page whose second sample, or one of its predictions, lacks what it cannot do without."""
    body: dict[str, Any] = copy.deepcopy(example("page-motion"))
    if place.startswith("predictions"):
        body["predictions"][6]["startMs"] = None
    else:
        body["result"][1]["classifications"][0]["learnBlock"]["id"] = "two"
    return body


@kinds
@pytest.mark.parametrize(
    ("place", "problem"),
    [
        ("predictions[6].startMs", "expected number, got null"),
        ("result[1].classifications[0].learnBlock.id", 'expected integer, got "two"'),
    ],
)
def test_what_a_result_cannot_do_without_is_an_error_that_names_the_sample(
    kind: Kind, place: str, problem: str
) -> None:
    with (
        serving(lambda _asked, _number: Answer(json.dumps(page_without(place)).encode())) as server,
        pytest.raises(DecodeError) as caught,
    ):
        call(kind, server.url, "pages", offset=40)
    error = caught.value
    assert (error.place, error.offset, error.sample_id, error.filename) == (place, 40, 102, "idle.7c1d")
    text = str(error)
    assert f"at {place} ({problem}), in the page at offset 40, sample 102 'idle.7c1d'" in text
    assert "raw_pages()" in text
    assert "base URL" not in text


@kinds
def test_of_an_answer_that_may_not_be_the_apis_the_base_url_is_checked(kind: Kind) -> None:
    with (
        serving(lambda _asked, _number: Answer(b'{"hello": "world"}')) as server,
        pytest.raises(DecodeError, match="Check the base URL") as caught,
    ):
        call(kind, server.url, "pages", offset=40)
    assert (caught.value.place, caught.value.offset, caught.value.sample_id) == ("success", 40, None)


@kinds
@pytest.mark.parametrize("verb", ["page", "pages", "results", "tables"])
def test_a_strict_client_leaves_nothing_out(kind: Kind, verb: str) -> None:
    body = json.dumps(odd_page()).encode()
    with (
        serving(lambda _asked, _number: Answer(body)) as server,
        pytest.raises(DecodeError) as caught,
    ):
        call(kind, server.url, verb, strict=True)
    error = caught.value
    assert error.place == "result[0].sample.filename"
    assert (error.offset, error.sample_id, error.filename) == (0, 101, None)
    assert "does not fit the contract" in str(error)
    assert "and in 3 other places" in str(error)
    assert "Without `strict`" in str(error)


@kinds
def test_a_strict_client_reads_what_fits(kind: Kind) -> None:
    body = {**example("page-motion"), "new": [None], "error": None, "totalCount": 2}
    with serving(lambda _asked, _number: Answer(json.dumps(body).encode())) as server:
        assert len(call(kind, server.url, "results", strict=True, page_size=1000)) == len(body["result"])


@pytest.mark.parametrize("place", ["predictions[6].startMs", "result[1].classifications[0].learnBlock.id"])
def test_raw_output_needs_only_the_ids(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = {**page_without(place), "totalCount": 2}
    expected = [
        {**each, "predictions": [own for own in body["predictions"] if own["sampleId"] == each["sampleId"]]}
        for each in body["result"]
    ]

    def answered(asked: Asked, _number: int) -> Answer:
        chosen = body["result"][asked.offset : asked.offset + asked.limit]
        ids = [each["sampleId"] for each in chosen]
        own = [each for each in body["predictions"] if each["sampleId"] in ids]
        return Answer(json.dumps({**body, "result": chosen, "predictions": own}).encode())

    with serving(answered) as server, ClassifyClient("key", base_url=server.url) as client:
        (page,) = client.raw_pages(1)
        assert json.loads(page.content) == body
        export(client, tmp_path, 1, format="jsonl")
        assert list(open_export(tmp_path).lines()) == expected
        assert export(client, tmp_path, 1, format="jsonl").new == 0
        monkeypatch.setenv("EI_API_KEY", "key")
        monkeypatch.setenv("EI_API_ENDPOINT", server.url)
        array = invoke(["results", "--project", "1", "--json"])
        lines = invoke(["results", "--project", "1", "--jsonl"])
        table = invoke(["results", "--project", "1"])
    assert json.loads(array.stdout) == list(map(json.loads, lines.stdout.splitlines())) == expected
    assert table.exit_code == 1
    assert f"at {place}" in table.stderr
    assert "ei-classify results --jsonl" in table.stderr


@kinds
def test_a_job_that_says_null_is_followed_until_it_ends(kind: Kind) -> None:
    nulls = {"started": None, "finished": None, "finishedSuccessful": None}
    job = {"id": 7, "created": "2025-06-04T08:11:05Z", "category": None, "key": None}
    answers = [
        {"success": True, "error": None, "id": 7},
        {"success": True, "error": None, "job": {**job, **nulls}},
        {
            "success": True,
            "job": {**job, **nulls, "finished": "2025-06-04T08:12:05Z", "finishedSuccessful": True},
        },
        example("variants-motion"),
    ]
    polling = PollPolicy(first_wait_s=0.01, max_wait_s=0.01)
    with serving(lambda _asked, number: Answer(json.dumps(answers[number]).encode())) as server:
        answer = call(kind, server.url, "classify_sample", 2, variants=["int8"], polling=polling)
    assert answer.results


@kinds
@pytest.mark.parametrize(
    ("body", "text"),
    [({}, "was refused without a reason"), ({"message": "busy"}, "'busy'"), ({"detail": "gone"}, "'gone'")],
)
def test_a_refusal_says_what_the_server_says(kind: Kind, body: dict[str, str], text: str) -> None:
    content = json.dumps({"success": False, **body}).encode()
    with (
        serving(lambda _asked, _number: Answer(content)) as server,
        pytest.raises(RefusedError, match=text),
    ):
        call(kind, server.url, "pages")


def call(kind: Kind, url: str, verb: str, *arguments: Any, **named: Any) -> Any:
    """What a call of project 1 returns; the items of what it iterates over, as a list."""
    made: dict[str, Any] = {"base_url": url, "retries": 0}
    made |= {name: named.pop(name) for name in ("strict", "polling") if name in named}

    async def call_async() -> Any:
        async with AsyncClassifyClient("key", **made) as client:
            returned = getattr(client, verb)(*arguments, project_id=1, **named)
            return [each async for each in returned] if hasattr(returned, "__aiter__") else await returned

    if kind == "async":
        return asyncio.run(call_async())
    with ClassifyClient("key", **made) as client:
        returned = getattr(client, verb)(*arguments, project_id=1, **named)
        return list(returned) if hasattr(returned, "__next__") else returned
