"""The differences between the contract and a vendor's document, found by walking both side by side.

Only what travels on the wire counts: how schemas are named, split, ordered or described does not. Left out of
the comparison are response headers, links, callbacks and examples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.drift.compare_operations import OperationComparison
from tools.drift.findings import Findings

if TYPE_CHECKING:
    from tools.drift.documents import Document


def compare(contract: Document, vendor: Document) -> Findings:
    """All differences of the operations of either document."""
    findings = Findings(contract, vendor)
    comparison = OperationComparison(findings)
    ours, theirs = contract.operations(), vendor.operations()
    for name, operation in ours.items():
        comparison.compare(operation, theirs.get(name))
    for name in sorted(theirs.keys() - ours.keys()):
        comparison.report_new(theirs[name])
    return findings
