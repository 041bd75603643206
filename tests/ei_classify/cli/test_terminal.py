"""Text of others on a terminal: names as they are, and what nobody could see as an escape."""

from __future__ import annotations

import contextlib
import copy
import functools
import itertools
import logging
import os
import pty
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import httpx
import pytest
from ei_classify_mocks import example, replay
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ei_classify import ClassifyClient, RetryPolicy, cli
from ei_classify.cli import session
from tests.command_line import invoke
from tests.ei_classify.fault_server import Answer, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = [sys.executable, "-m", "ei_classify.cli"]

AS_THEY_ARE = [
    "scan[final].wav",
    "a:ok:b",
    "[red]x[/red]",
    "[/]",
    "a  b",
    "C:\\new\\x1b",
    "犬.wav",
    "é",
    "👍",
    "-",
]

HOSTILE = {
    "\x1b]52;c;aGk=\x07": r"\x1b]52;c;aGk=\x07",
    "\x1b]0;title\x1b\\": r"\x1b]0;title\x1b" + "\\",
    "\x1b[2J\x1b[H": r"\x1b[2J\x1b[H",
    "\x9b31mred": r"\x9b31mred",
    "a\x00b": r"a\x00b",
    "a\x7fb": r"a\x7fb",
    "\u202egpj.exe": r"\u202egpj.exe",
    "hum\r": r"hum\r",
    "one\ntwo\tthree": r"one\ntwo\tthree",
    "zero\u200bwidth\ufeff": r"zero\u200bwidth\ufeff",
    "soft\xadhyphen": r"soft\xadhyphen",
    "line\u2028para\u2029": r"line\u2028para\u2029",
    "tag\U000e0041": r"tag\U000e0041",
    "fill\u3164\ufe0f\u2800": r"fill\u3164\ufe0f\u2800",
    "no\xa0break": r"no\xa0break",
    "private\ue000": r"private\ue000",
}
"""Names, and what is shown of them."""

names = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),  # a surrogate cannot be in JSON in UTF-8
    st.text(st.sampled_from("".join(HOSTILE) + "[]:/a "), max_size=20),
    st.lists(st.sampled_from([*AS_THEY_ARE, *HOSTILE]), max_size=3).map("".join),
)
often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def raw(text: str) -> list[str]:
    """The characters of a text that a terminal would not show, other than the ends of its lines."""
    unseen = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    return [each for each in text if unicodedata.category(each) in unseen and each != "\n"]


def page(name: str) -> dict[str, Any]:
    """A page on which everything is called the same."""
    answer: dict[str, Any] = copy.deepcopy(example("page-motion"))
    for result in answer["result"]:
        result["sample"]["filename"] = result["sample"]["label"] = name
    answer["totalCount"] = len(answer["result"])
    for prediction in answer["predictions"]:
        prediction["prediction"] = prediction["label"] = name
    return answer


def comparison(name: str) -> dict[str, Any]:
    """A sample's answer in which everything is called the same."""
    answer: dict[str, Any] = copy.deepcopy(example("variants-motion"))
    answer["sample"]["sample"]["filename"] = answer["sample"]["sample"]["label"] = name
    for result in answer["results"]:
        result["variant"] = name
        for classification in result["classifications"]:
            classification["learnBlock"]["name"] = name
            classification["result"] = [{name: 0.9}, {f"{name}?": 0.9}]
            for label in classification["expectedLabels"]:
                label["label"] = name
    return answer


def run(*arguments: str, answer: httpx.Response | dict[str, Any], charset: str = "utf-8") -> Any:
    if isinstance(answer, dict):
        answer = httpx.Response(200, json=answer)
    with replay() as router:
        for operation in ("getClassifyJobResultPage", "classifySampleForVariants", "getJobStatus"):
            router[operation].mock(return_value=answer)
        return invoke(
            charset=charset,
            arguments=[*arguments, "-p", "1"],
            env={"EI_API_KEY": "key", "EI_API_ENDPOINT": "https://127.0.0.1/v1"},
        )


@pytest.mark.parametrize(("name", "shown"), [*((each, each) for each in AS_THEY_ARE), *HOSTILE.items()])
def test_results_show_names_as_they_are_and_escape_what_nobody_sees(name: str, shown: str) -> None:
    done = run("results", answer=page(name))
    assert done.exit_code == 0, done.stderr
    head, first, *_ = done.stdout.splitlines()
    widths = [head.index(title) for title in ("file", "expected", "predicted", "correct")]
    if shown.isascii():  # else a character may be as wide as two, or as none
        assert [first[a:b].strip() for a, b in itertools.pairwise(widths)] == [shown] * 3
    assert first.count(shown) == 3
    assert not raw(done.stdout + done.stderr)


@pytest.mark.parametrize(("name", "shown"), [*((each, each) for each in AS_THEY_ARE), *HOSTILE.items()])
def test_a_sample_shows_names_as_they_are_and_escapes_what_nobody_sees(name: str, shown: str) -> None:
    done = run("sample", "101", answer=comparison(name))
    assert done.exit_code == 0, done.stderr
    title, rest = done.stdout.split("\n", 1)
    assert title == f"{shown} (expected: {shown}) by {shown}"
    assert f" {shown} 0.90 " in rest
    assert f" {shown}? 0.90" in rest
    assert rest.count(shown) >= 4  # the variant as the head of a column, and the expected labels
    assert not raw(done.stdout + done.stderr)


@often
@given(names)
def test_no_name_reaches_the_terminal_raw(name: str) -> None:
    for done in (run("results", answer=page(name)), run("sample", "101", answer=comparison(name))):
        assert done.exit_code == 0, done.stderr
        assert not raw(done.stdout + done.stderr)
        if name.isascii() and name.isprintable():
            assert name in done.stdout


@often
@given(names)
def test_json_has_every_character_as_it_came(name: str) -> None:
    (first, *_) = run("results", "--jsonl", answer=page(name)).stdout_bytes.splitlines()
    assert httpx.Response(200, content=first).json()["sample"]["filename"] == name


@often
@given(names.filter(str.strip))
def test_progress_shows_a_variant_as_a_table_does(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    folder = tmp_path_factory.mktemp("export")
    done = run("export", "-o", str(folder), "--variant", name, "--format", "jsonl", answer=page("a"))
    assert not raw(done.stdout + done.stderr)
    if name.isascii() and name.isprintable() and not done.exit_code:
        assert f"{name}: 2 samples, " in done.stderr or f"{name}: 2 of 2 samples, " in done.stderr


def test_a_folder_is_shown_with_escapes(tmp_path: Path) -> None:
    done = run("export", "-o", str(tmp_path / "a\x1b[2J[b]:ok:"), "--format", "jsonl", answer=page("a"))
    assert done.exit_code == 0, done.stderr
    assert done.stdout == f"{tmp_path}/a\\x1b[2J[b]:ok:\n"


def on_a_terminal(*arguments: str, env: dict[str, str]) -> str:
    """What a command prints on a terminal, both of stdout and of stderr."""
    parent, child = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "300", **env}
    process = subprocess.Popen([*COMMAND, *arguments], env=environment, stdout=child, stderr=child)
    os.close(child)
    shown = b""
    with contextlib.suppress(OSError):  # the terminal is closed
        while piece := os.read(parent, 65536):
            shown += piece
    os.close(parent)
    process.wait()
    return shown.decode()


OURS = re.compile(r"\x1b\[\??[0-9;]*[A-Za-z]|\r")
"""What rich sends to a terminal: colours and moves."""

NOTE = "\x1b]52;c;aGk=\x07[b]\u202e\x9b:ok:"
SHOWN = r"\x1b]52;c;aGk=\x07[b]\u202e\x9b:ok:"


@pytest.mark.parametrize("command", ["results", "sample", "export"])
def test_a_real_terminal_gets_no_sequence_of_others(command: str, tmp_path: Path) -> None:
    def answer(_asked: object, _number: int) -> Answer:
        body = page(NOTE) if command != "sample" else comparison(NOTE)
        return Answer(httpx.Response(200, json=body).content)

    more = {"results": [], "sample": ["101"], "export": ["--variant", NOTE, "-o", str(tmp_path)]}[command]
    with serving(answer) as server:
        env = {"EI_API_KEY": "key", "EI_API_ENDPOINT": server.url, "EI_PROJECT_ID": "1"}
        shown = on_a_terminal(command, *more, env=env)
    plain = OURS.sub("", shown)
    assert SHOWN in plain
    assert not raw(plain)


ANSWERS = {
    "a content type": Answer(b"hm", headers={"Content-Type": "text/\x1b]52;c;aGk=\x07[b]"}),
    "a text of the server": Answer(
        httpx.Response(500, json={"success": False, "error": NOTE}).content, status=400
    ),
    "a refusal": Answer(httpx.Response(200, json={"success": False, "error": NOTE}).content),
    "a page of a proxy": Answer(f"<h1>{NOTE}</h1>".encode(), 403, {"Content-Type": "text/html"}),
    "a value": Answer(httpx.Response(200, json={**page("a"), "success": NOTE}).content),
}


@pytest.mark.parametrize("debug", [[], ["--debug"]])
@pytest.mark.parametrize("name", ANSWERS)
def test_no_answer_reaches_the_terminal_raw_by_an_error(name: str, debug: list[str]) -> None:
    with serving(lambda _asked, _number: ANSWERS[name]) as server:
        env = {**os.environ, "EI_API_KEY": "key", "EI_API_ENDPOINT": f"{server.url}%1b%5d0;"}
        done = subprocess.run(
            [*COMMAND, "results", "-p", "1", *debug], env=env, capture_output=True, check=False
        )
    shown = done.stdout.decode() + done.stderr.decode()
    assert done.returncode == 1
    assert "error: " in shown
    assert not raw(shown)


@contextlib.contextmanager
def logging_as_in_a_process_of_its_own() -> Iterator[None]:
    root, handlers = logging.getLogger(), logging.getLogger().handlers
    root.handlers = []
    try:
        yield
    finally:
        root.handlers = handlers
        logging.getLogger("ei_classify").setLevel(logging.NOTSET)


@often
@given(names, st.sampled_from([200, 400, 401, 404]), st.booleans())
def test_no_text_of_a_server_reaches_the_terminal_raw(text: str, status: int, is_json: bool) -> None:
    headers = [(b"content-type", text.encode())]
    if is_json:
        answer = httpx.Response(status, json={"success": False, "error": text})
    else:
        answer = httpx.Response(status, content=text.encode(), headers=headers)
    at_once = functools.partial(ClassifyClient, retries=RetryPolicy(backoff_s=0))
    for debug in ([], ["--debug"]):
        with logging_as_in_a_process_of_its_own(), mock.patch.object(session, "ClassifyClient", at_once):
            done = run("results", *debug, answer=answer)
        assert done.exit_code == 1
        assert not raw(done.stdout + done.stderr)


def test_lines_of_the_log_are_escaped_and_stay_lines() -> None:
    program = f"""
import logging
from ei_classify.cli.session import Session
with Session(1, None, demo=True, quiet=False, debug=True):
    logging.getLogger("ei_classify").debug("one %s", {NOTE!r} + "\\n2026 forged")
    try:
        raise ValueError({NOTE!r})
    except ValueError:
        logging.getLogger("another").exception("two")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    first, *trace = done.stderr.splitlines()
    assert first.endswith(rf" ei_classify: one {SHOWN}\n2026 forged")
    assert trace[-1] == f"ValueError: {SHOWN}"
    assert not raw(done.stderr)


def test_what_goes_wrong_in_the_command_itself_is_shown_with_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(NOTE)

    monkeypatch.setattr("ei_classify.cli.listing.outcomes_of", fail)
    done = run("results", answer=page("a"))
    assert done.exit_code == 1
    assert "Traceback" in done.stderr
    assert done.stderr.endswith(f"RuntimeError: {SHOWN}\n")
    assert not raw(done.stderr)


@pytest.mark.parametrize(
    "arguments",
    [[NOTE], ["results", f"--{NOTE}"], ["sample", NOTE], ["results", "--limit", NOTE], ["results", NOTE]],
)
def test_wrong_usage_is_shown_with_escapes(arguments: list[str]) -> None:
    done = invoke(arguments)
    assert done.exit_code == 2
    assert r"\x1b]52" in done.stderr
    assert not raw(done.stdout + done.stderr)


def test_text_is_written_by_one_module_alone() -> None:
    """The linter finds `print` and imports of rich; these are the other ways past `visible`."""
    ways = re.compile(r"\bs?echo\(|sys\.stderr|import (traceback|logging)|stdout\.write")
    folder = Path(cli.__file__).parent
    for module in {*folder.glob("**/*.py")} - {folder / "terminal.py"}:
        assert not ways.search(module.read_text("utf-8")), module
