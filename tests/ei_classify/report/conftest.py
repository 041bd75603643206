from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ei_classify.report import Report, report
from tests.ei_classify.scoring.conftest import exported

if TYPE_CHECKING:
    from collections.abc import Callable

    from ei_classify import StoredExport

__all__ = ["exported"]


@pytest.fixture(scope="session")
def reported(exported: Callable[[int], StoredExport]) -> Callable[[int], Report]:
    """A function: a project of the double → the report of both of its variants."""
    done: dict[int, Report] = {}

    def of(project: int) -> Report:
        if project not in done:
            done[project] = report(exported(project), replicates=50, worst=4)
        return done[project]

    return of
