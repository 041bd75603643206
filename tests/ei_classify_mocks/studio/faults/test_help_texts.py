"""A fault explains itself: a class and a line in the table are all that it takes."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ei_classify_mocks import Fault, Studio
from ei_classify_mocks.studio.faults import fault, help_texts, middleware, table
from ei_classify_mocks.studio.faults.arguments import COUNT, flag, one_of, option, value
from ei_classify_mocks.studio.faults.base import ContentFault

from tests.ei_classify_mocks.studio.asking import get_page

if TYPE_CHECKING:
    import pytest
    from ei_classify_mocks.studio.faults.base import Content


@dataclass(frozen=True)
class Voids(ContentFault):
    """The property called WHERE is empty. `often` says so twice."""

    name = "voids"
    examples = ("voids=result,depth=2",)

    where: str = value(one_of("result", "predictions"))
    depth: int = option(COUNT, 1)
    often: bool = flag()

    def alter(self, content: Content) -> object:
        """Put null in its place."""
        assert isinstance(content.value, dict)
        return {**content.value, self.where: None}


def test_a_new_fault_strikes_and_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {**table.KINDS, "voids": Voids}
    for module in (fault, help_texts):
        monkeypatch.setattr(module, "KINDS", kinds)
    monkeypatch.setattr(middleware, "_ORDER", list(kinds))
    with Studio(faults=["voids=result,depth=3"]) as studio:
        page = get_page(studio.client(), limit=1)
    assert (page["result"], len(page["predictions"])) == (None, 3)
    assert "voids=result|predictions[,depth=COUNT][,often]" in help_texts.help_text()
    assert "The property called WHERE is empty. often says so twice." in help_texts.help_text()
    row = "| `voids=result\\|predictions[,depth=COUNT][,often]` | `voids=result,depth=2` | The property"
    assert row in help_texts.markdown_table()


def test_every_fault_has_examples_of_its_own_kind_and_a_description() -> None:
    for kind in table.KINDS.values():
        assert kind.examples
        assert all(type(Fault(spec).kind) is kind for spec in kind.examples)
        assert help_texts.description(kind).endswith(".")


def test_occasions_spare_and_end() -> None:
    occasions = Fault("status=500,skip=2,times=3").occasions
    assert [occasions.include(turn, random.Random(0)) for turn in range(6)] == [
        False, False, True, True, True, False,
    ]  # fmt: skip
