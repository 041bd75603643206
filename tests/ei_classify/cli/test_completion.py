"""What a shell completes, without a call and without the key."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from ei_classify_mocks.command.arguments import parser

from ei_classify.models import KerasModelVariant
from tests.command_line import invoke
from tests.ei_classify.cli.test_terminal import page, run

if TYPE_CHECKING:
    from pathlib import Path

KEY = "ei_0123456789abcdef"
KNOWN = set(map(str, KerasModelVariant))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a completion must not connect")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def completed(line: str) -> list[str]:
    """What bash is told for a command line whose last word is being typed."""
    words = line.split(" ")
    env = {
        "_EI_CLASSIFY_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
        "EI_API_KEY": KEY,
    }
    done = invoke([], env=env)
    assert done.exit_code == 0, done.stderr
    assert KEY not in done.output
    return done.stdout.split()


@pytest.mark.parametrize(
    "command", ["results", "export", "score", "compare", "check", "report", "run", "doctor"]
)
def test_known_variants_are_completed(command: str) -> None:
    assert set(completed(f"ei-classify {command} --variant ")) == KNOWN
    assert completed(f"ei-classify {command} --variant fl") == ["float32"]


def test_variants_of_the_exports_that_are_named_are_completed(tmp_path: Path) -> None:
    done = run("export", "-o", str(tmp_path), "--variant", "eon-ram", "--format", "jsonl", answer=page("a"))
    assert done.exit_code == 0
    assert set(completed(f"ei-classify score {tmp_path} --variant ")) >= KNOWN
    for command in (f"score {tmp_path}", f"export --out {tmp_path}", f"compare x {tmp_path}"):
        assert completed(f"ei-classify {command} --variant e") == ["eon-ram"]


@pytest.mark.parametrize("damage", ["", "{", '{"runs": 3}'])
def test_a_damaged_export_is_left_out(tmp_path: Path, damage: str) -> None:
    (tmp_path / "manifest.json").write_text(damage)
    assert set(completed(f"ei-classify score {tmp_path} --variant ")) == KNOWN


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("results --category tr", ["training"]),
        ("export --signature-validity ", ["both", "invalid", "valid"]),
        ("results --columns ex", ["expected"]),
        ("results --columns file,ex", ["file,expected"]),
        ("score --columns figure,", ["figure,value", "figure,interval"]),
        ("studio --a", ["--age"]),
        ("studio --age ", ["today", "seeds", "oldest"]),
        ("studio --validate --age o", ["oldest"]),
        ("studio --fault earl", ["early-end"]),
        ("studio --seed ", []),
    ],
)
def test_other_values_are_completed(line: str, found: list[str]) -> None:
    assert completed(f"ei-classify {line}") == found


def test_each_option_of_the_double_is_completed() -> None:
    listed = parser().format_usage().replace("[", " ").replace("]", " ").replace("|", " ").split()
    options = {word for word in listed if word.startswith("--")}
    assert options == set(completed("ei-classify studio ")) == set(completed("ei-classify studio --"))
