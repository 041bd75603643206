"""Intended differences, each with its places in the contract and its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tools.drift.differences import KINDS
from tools.drift.documents import DriftError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.drift.differences import Difference


@dataclass(frozen=True)
class Declaration:
    """One kind of difference that is intended wherever a pattern matches. `*` stands for any text."""

    kind: str
    at: tuple[str, ...]
    reason: str

    def covers(self, difference: Difference) -> str | None:
        """Returns the pattern that matches the difference, if there is one."""
        if difference.kind != self.kind:
            return None
        return next((pattern for pattern in self.at if _fits(pattern, difference.spot)), None)


@dataclass(frozen=True)
class Sorted:
    """Differences, sorted by whether they are declared."""

    undeclared: list[Difference]
    declared: list[tuple[Difference, Declaration]]
    stale: list[tuple[str, Declaration]]
    """Patterns that match no difference, so that the document no longer needs them."""


def read_declarations(data: Any, name: str) -> list[Declaration]:
    """Returns the declarations in a file.

    Raises:
        DriftError: A declaration is of an unknown kind, or has no places or no reason.

    """
    found = []
    for index, entry in enumerate(data if isinstance(data, list) else [data]):
        where = f"{name}, entry {index + 1}"
        if not isinstance(entry, dict) or entry.keys() != {"kind", "at", "reason"}:
            raise DriftError(f"{where}: needs `kind`, `at` and `reason`, and nothing else")
        if entry["kind"] not in KINDS:
            raise DriftError(
                f"{where}: there is no kind `{entry['kind']}`; the kinds are {', '.join(sorted(KINDS))}"
            )
        places = entry["at"]
        if not (isinstance(places, list) and places and all(isinstance(place, str) for place in places)):
            raise DriftError(f"{where}: `at` is a list of places in the contract, such as `Sample.label`")
        if not str(entry["reason"] or "").strip():
            raise DriftError(f"{where}: the reason is missing")
        found.append(Declaration(entry["kind"], tuple(places), " ".join(str(entry["reason"]).split())))
    return found


def sort(differences: Iterable[Difference], declarations: list[Declaration]) -> Sorted:
    """Separates the differences that are declared from those that are not."""
    undeclared, declared, used = [], [], set()
    for difference in differences:
        for declaration in declarations:
            pattern = declaration.covers(difference)
            if pattern is not None:
                declared.append((difference, declaration))
                used.add((pattern, declaration))
                break
        else:
            undeclared.append(difference)
    every = [(pattern, declaration) for declaration in declarations for pattern in declaration.at]
    return Sorted(undeclared, declared, [each for each in every if each not in used])


def _fits(pattern: str, spot: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), spot) is not None
