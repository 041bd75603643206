from __future__ import annotations

import logging

import httpx
import pytest

from ei_classify import (
    DecodeError,
    NotFoundError,
)
from tests.ei_classify.calling import Kind, answer, call, kinds
from tests.ei_classify.project_data import page


@kinds
def test_one_line_a_call_is_logged(kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "ei_classify")
    call(kind, lambda request: answer(page([])), "page", 1, search="private")
    with pytest.raises(NotFoundError):
        call(kind, lambda request: httpx.Response(404, text="hm"), "page", 1)
    with pytest.raises(DecodeError):
        call(kind, lambda request: httpx.Response(200, text="hm"), "page", 1)
    lines = [record.getMessage() for record in caplog.records if record.name == "ei_classify"]
    assert len(lines) == 3
    assert lines[0].startswith("GET /api/1/classify/all/result/page: 200 in ")
    assert lines[0].endswith(" ms, tries: 1")
    assert lines[1].endswith(" ms, tries: 1: NotFoundError")
    assert lines[2].endswith(" ms, tries: 1"), "the answer came, and what is wrong with it is in the error"
