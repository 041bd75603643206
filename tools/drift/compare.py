"""Finds the differences between the contract and a vendor's document, by walking both side by side.

Only differences on the wire count, not how schemas are named, split, ordered or described. Response headers,
links, callbacks and examples are not compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.drift.compare_operations import OperationComparison
from tools.drift.findings import Findings

if TYPE_CHECKING:
    from tools.drift.documents import Document


def compare(contract: Document, vendor: Document) -> Findings:
    """Returns all differences between the operations of the two documents."""
    findings = Findings(contract, vendor)
    comparison = OperationComparison(findings)
    ours, theirs = contract.operations(), vendor.operations()
    for name, operation in ours.items():
        comparison.compare(operation, theirs.get(name))
    for name in sorted(theirs.keys() - ours.keys()):
        comparison.report_new(theirs[name])
    return findings
