"""Finds the public Python names that a change of the contract adds, removes or alters, with griffe."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import griffe

from tools.drift.documents import DriftError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGES = {"ei_classify_api": "generated", "ei_classify": "src"}


@dataclass(frozen=True)
class Names:
    """How the public interface differs from that of a revision."""

    revision: str
    added: list[str]
    breaking: list[str]
    """The changes that break callers, one sentence each."""

    def __str__(self) -> str:
        lines = [f"Python names added since {self.revision}: {len(self.added)}"]
        lines += [f"  + {name}" for name in self.added]
        lines.append(f"breaking changes of the Python interface since {self.revision}: {len(self.breaking)}")
        lines += [f"  ! {sentence}" for sentence in self.breaking]
        return "\n".join(lines)


def compare_names(root: Path, revision: str | None = None) -> Names:
    """Compares the packages below `root` with a git revision, by default the last tag or else commit.

    Raises:
        DriftError: `root` is not in a git repository, or the revision does not exist.

    """
    revision = revision or _git(root, "describe", "--tags", "--abbrev=0", optional=True) or "HEAD"
    commit = _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", optional=True)
    if not commit:
        raise DriftError(f"there is no git revision `{revision}` to compare the Python names with")
    added: list[str] = []
    breaking: list[str] = []
    for package, folder in PACKAGES.items():
        after = griffe.load(
            package, search_paths=[root / folder], try_relative_path=False, allow_inspection=False
        )
        if not _git(root, "ls-tree", commit, f"{folder}/{package}", optional=True):
            added += _added(set(), set(_public(after)))
            continue
        before = griffe.load_git(
            package, ref=commit, repo=root, search_paths=[folder], allow_inspection=False
        )
        added += _added(set(_public(before)), set(_public(after)))
        breaking += [_sentence(each) for each in griffe.find_breaking_changes(before, after)]
    return Names(revision, added, breaking)


def _added(before: set[str], after: set[str]) -> list[str]:
    """Returns the new names. For a new function, its parameters are not listed."""
    new = after - before
    return sorted(name for name in new if name.partition("(")[0] not in new or "(" not in name)


def _public(module: griffe.Object | griffe.Alias) -> Iterator[str]:
    for name, member in module.members.items():
        if member.is_alias or (name.startswith("_") and name != "__init__"):
            continue
        if member.is_module or member.is_class:
            yield member.path
            yield from _public(member)
        elif name != "__init__":
            yield member.path
        if isinstance(member, griffe.Function):
            yield from (f"{member.path}({parameter.name})" for parameter in member.parameters)


def _sentence(breakage: griffe.Breakage) -> str:
    return f"{breakage.obj.path}: {breakage.kind.value}"


def _git(root: Path, *arguments: str, optional: bool = False) -> str:
    run = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    if run.returncode != 0 and not optional:
        raise DriftError(f"`git {' '.join(arguments)}` failed: {run.stderr.strip()}")
    return run.stdout.strip()
