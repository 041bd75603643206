"""Tells whether a part of a vendor's document means the same as a component of the contract.

A name alone does not say so: `category` is a data set in one operation and a kind of job in another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.drift.compare_operations import OperationComparison
from tools.drift.differences import Direction
from tools.drift.findings import Both, Findings, Place
from tools.drift.schemas import read, reference

if TYPE_CHECKING:
    from tools.drift.documents import Document, Pointer

_OF_FORM = {"text", "text-copied", "number-format", "enum-closed"}
"""The kinds of difference that do not alter the meaning. Every enum of the contract is open."""


def is_same_parameter(contract: Document, vendor: Document, ours: Pointer, theirs: Pointer) -> bool:
    """Returns whether two parameters of the same name and place take the same values."""
    findings = Findings(contract, vendor)
    OperationComparison(findings).compare_parameter(Both(Place("", Direction.REQUEST), ours, theirs))
    return all(one.kind in _OF_FORM for one in findings.differences)


def is_same_schema(contract: Document, vendor: Document, ours: Pointer, theirs: Pointer) -> bool:
    """Returns whether two schemas that are used in the same place are versions of one schema.

    They are if their types are equal and they share at least half of the fields or values of the smaller one.
    """
    (types, names), (other_types, other_names) = _outline(contract, ours), _outline(vendor, theirs)
    return types == other_types and 2 * len(names & other_names) >= min(len(names), len(other_names))


def _outline(document: Document, pointer: Pointer) -> tuple[set[str], set[object]]:
    """Returns the types of a schema, and the names of its fields or the values of its enum."""
    alternatives = read(document, reference(pointer)).alternatives
    return (
        {one.type for one in alternatives},
        {name for one in alternatives for name in (*one.properties, *(one.enum or ()))},
    )
