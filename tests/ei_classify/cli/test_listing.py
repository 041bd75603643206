"""`results`: rows and JSON as pages arrive, several variants, and every filter."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from ei_classify_mocks import example
from ei_classify_mocks.studio import Studio, api_key

from ei_classify.cli.filters import OPTIONS
from ei_classify.operations import PageFilters
from tests.command_line import invoke
from tests.ei_classify.cli.test_terminal import OURS, on_a_terminal, page
from tests.ei_classify.fault_server import Answer, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ei_classify.fault_server import Asked

COMMAND = [sys.executable, "-m", "ei_classify.cli", "results", "--project", "1"]


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    """For the first project of a double."""
    with Studio() as studio, studio.serving() as url:
        yield {"EI_API_KEY": api_key(1), "EI_API_ENDPOINT": url, "EI_PROJECT_ID": "1"}


@pytest.mark.parametrize(
    ("form", "first"), [([], b"sample  file"), (["--json"], b"[\n  {\n"), (["--jsonl"], b'{"sampleId"')]
)
def test_what_is_there_is_printed_before_the_next_page_comes(form: list[str], first: bytes) -> None:
    printed = threading.Event()
    waited: list[bool] = []

    def answer(asked: Asked, _number: int) -> Answer:
        body = page("a")
        body["totalCount"] = 4
        if asked.offset:
            waited.append(printed.wait(20))
            for number, each in enumerate(body["result"]):
                each["sampleId"] = each["sample"]["id"] = 900 + number
            body["predictions"] = []
        return Answer(httpx.Response(200, json=body).content)

    with serving(answer) as server:
        env = {"EI_API_KEY": "key", "EI_API_ENDPOINT": server.url}
        with subprocess.Popen([*COMMAND, *form, "--quiet"], env=env, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            begun = process.stdout.read(len(first))
            printed.set()
            process.stdout.read()
    assert begun.startswith(first)
    assert waited == [True]
    assert process.returncode == 0


def test_a_longer_name_on_a_later_page_is_shown_whole() -> None:
    long = "n" * 150

    def answer(asked: Asked, _number: int) -> Answer:
        body = page(long if asked.offset else "a")
        body["totalCount"] = 4
        for number, each in enumerate(body["result"]):
            each["sampleId"] = each["sample"]["id"] = asked.offset + number
        body["predictions"] = []
        return Answer(httpx.Response(200, json=body).content)

    with serving(answer) as server:
        env = {"EI_API_KEY": "key", "EI_API_ENDPOINT": server.url}
        done = subprocess.run([*COMMAND, "--quiet"], env=env, capture_output=True, text=True, check=True)
        shown = on_a_terminal("results", "--quiet", env={**env, "EI_PROJECT_ID": "1", "COLUMNS": "60"})
    assert done.stdout.count(long) == 4  # the file name and the label of each of two samples
    head, *rows = OURS.sub("", shown).splitlines()
    assert head.split() == ["sample", "file", "expected", "predicted", "correct"]
    assert sum(row.count("n") for row in rows) == 4 * len(long)
    assert max(map(len, rows)) <= 60


def test_several_variants_are_listed_one_after_the_other(environment: dict[str, str]) -> None:
    command = ["results", "--variant", "int8", "--variant", "float32", "--variant", "int8", "--limit", "2"]
    done = invoke(command, env=environment)
    head, *rows = done.stdout.splitlines()
    assert head.split()[:2] == ["variant", "sample"]
    assert [row.split()[:2] for row in rows] == [
        [variant, sample] for variant in ("int8", "float32") for sample in ("1001", "1002")
    ]
    assert done.stderr == "4 samples\n"

    lines = invoke([*command, "--jsonl"], env=environment).stdout.splitlines()
    array = invoke([*command, "--json"], env=environment).stdout
    answers = [json.loads(line) for line in lines]
    assert [each.pop("variant") for each in answers] == ["int8", "int8", "float32", "float32"]
    assert [
        {"variant": v, **a} for v, a in zip(["int8"] * 2 + ["float32"] * 2, answers, strict=True)
    ] == json.loads(array)
    alone = invoke(["results", "--variant", "int8", "--limit", "2", "--jsonl"], env=environment)
    assert answers[:2] == [json.loads(line) for line in alone.stdout.splitlines()]


def test_the_variant_that_is_shown_is_named(environment: dict[str, str]) -> None:
    done = invoke(["results", "--variant", "float32", "--limit", "1"], env=environment)
    assert done.stderr == "1 sample of float32\n"


FILTERS: dict[str, tuple[list[str], str, str]] = {
    "impulse_id": (["--impulse", "1"], "impulseId", "1"),
    "labels": (["--label", "a", "--label", "b"], "labels", '["a", "b"]'),
    "category": (["--category", "training"], "category", "training"),
    "filename": (["--filename", "x y"], "filename", "x y"),
    "search": (["--search", "x"], "search", "x"),
    "metadata": (
        ["--metadata", "site=lab", "--metadata", "site=a=b", "--metadata", "at="],
        "metadata",
        '[{"key": "site", "op": "eq", "values": ["lab", "a=b"]}, {"key": "at", "op": "eq", "values": [""]}]',
    ),
    "min_date": (["--min-date", "2026-11-01"], "minDate", "2026-11-01T00:00:00Z"),
    "max_date": (["--max-date", "2026-11-01T10:30+02:00"], "maxDate", "2026-11-01T10:30:00+02:00"),
    "min_id": (["--min-id", "5"], "minId", "5"),
    "max_id": (["--max-id", "6"], "maxId", "6"),
    "min_length": (["--min-length", "7"], "minLength", "7"),
    "max_length": (["--max-length", "8"], "maxLength", "8"),
    "min_frequency": (["--min-frequency", "0.5"], "minFrequency", "0.5"),
    "max_frequency": (["--max-frequency", "100"], "maxFrequency", "100.0"),
    "min_label": (["--min-label", "-1.5"], "minLabel", "-1.5"),
    "max_label": (["--max-label", "2"], "maxLabel", "2.0"),
    "data_type": (["--data-type", "image"], "dataType", "image"),
    "signature_validity": (["--signature-validity", "valid"], "signatureValidity", "valid"),
}


def test_each_filter_of_the_library_is_an_option() -> None:
    others = {
        "variant",
        "truncate_structured_labels",
    }  # an option of its own, and one that cuts what is shown
    assert set(PageFilters.__annotations__) - others == set(OPTIONS) == set(FILTERS)


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_is_sent(name: str) -> None:
    arguments, parameter, sent = FILTERS[name]
    asked: list[str] = []

    def answer(request: Asked, _number: int) -> Answer:
        asked.append(request.query.get(parameter, ""))
        return Answer(httpx.Response(200, json=example("page-empty")).content)

    with serving(answer) as server:
        env = {"EI_API_KEY": "key", "EI_API_ENDPOINT": server.url, "EI_PROJECT_ID": "1"}
        done = invoke(["results", *arguments], env=env)
    assert (done.exit_code, done.stderr) == (3, "nothing found: no samples for these options\n")
    assert set(asked) == {sent}


READERS = {
    "export": ["--out", "{}/out", "--format", "jsonl"],
    "score": [],
    "compare": [],
    "check": ["--require", "accuracy >= 0"],
    "report": ["--out", "{}/report.html"],
}


@pytest.mark.parametrize("command", READERS)
def test_each_command_that_reads_a_project_takes_the_filters(command: str, tmp_path: Any) -> None:
    asked: list[dict[str, str]] = []

    def answer(request: Asked, _number: int) -> Answer:
        asked.append(request.query)
        return Answer(httpx.Response(200, json=example("page-empty")).content)

    filters = list(itertools.chain.from_iterable(arguments for arguments, _, _ in FILTERS.values()))
    others = [each.format(tmp_path) for each in READERS[command]]
    with serving(answer) as server:
        env = {"EI_API_KEY": "key", "EI_API_ENDPOINT": server.url, "EI_PROJECT_ID": "1"}
        done = invoke([command, *filters, *others], env=env)
    assert done.exit_code in (1, 3), done.stderr  # there is nothing
    sent = {parameter: value for _, parameter, value in FILTERS.values()}
    assert asked
    assert all(sent.items() <= each.items() for each in asked)


@pytest.mark.parametrize("command", ["score", "compare", "check", "report"])
def test_a_folder_takes_no_filter(command: str, tmp_path: Any) -> None:
    required = ["--require", "accuracy >= 0"] if command == "check" else []
    done = invoke([command, str(tmp_path), *required, "--min-id", "3", "--label", "a"])
    assert done.exit_code == 2
    assert "--label, --min-id: it chooses samples of a project; a folder is read whole" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--min-date", "yesterday"], "--min-date: it takes a date or a time"),
        (["--metadata", "lab"], "--metadata: it takes a key and a value, such as site=lab, not 'lab'"),
        (["--metadata", "=lab"], "--metadata: it takes a key and a value"),
    ],
)
def test_a_filter_of_the_wrong_form_is_wrong_usage(arguments: list[str], said: str) -> None:
    done = invoke(["results", "--demo", *arguments])
    assert done.exit_code == 2
    assert said in done.stderr


def test_on_a_terminal_something_moves_before_the_first_page(environment: dict[str, str]) -> None:
    shown = on_a_terminal("results", "--limit", "1", env=environment)
    assert shown.index("reading the first page") < shown.index("standing.03e9")


def test_what_the_server_leaves_out_is_an_empty_cell() -> None:
    body = page("a")
    for each in body["result"]:
        each["sample"]["filename"] = each["sample"]["label"] = None
    with serving(lambda _asked, _number: Answer(httpx.Response(200, json=body).content)) as server:
        env = {"EI_API_KEY": "key", "EI_API_ENDPOINT": server.url, "EI_PROJECT_ID": "1"}
        done = invoke(["results", "--limit", "1"], env=env)
    assert done.exit_code == 0
    assert "None" not in done.stdout
