"""Pages of a classify job's result, decoded for tables: for each reader, faster from the second page on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from attrs import frozen
from ei_classify_api.errors import MismatchError
from ei_classify_api.models.classify_job_result_page import ClassifyJobResultPageWire
from ei_classify_api.types import read_json

from .derived import to_json
from .parts import Parts
from .shapes import PLAIN, Shape, page_decoder, shape_of

if TYPE_CHECKING:
    from . import views


@frozen(eq=False)
class PageAnswer:
    """A page of a classify job's result, decoded for tables."""

    decoded: views.ClassifyJobResultPage
    """The page, in the form that `shape` tells."""
    content: bytes
    """The body that it was decoded from."""
    shape: Shape
    """In what form it was decoded."""

    @property
    def sample_ids(self) -> list[int]:
        """The ids of the page's samples, in its order."""
        return [result.sample_id for result in self.decoded.result]

    @property
    def total(self) -> int | None:
        """The number of samples over all pages, if the server tells it."""
        return self.decoded.total_count


class PageReader:
    """Reads the pages of one project and expects of the next what the last one had.

    - Parts that are the same in many samples, such as the learn block, are decoded once.
    - The scores of a window are read into an object with a field per label, and predictions without the
      properties that none of the last page had. A page that turns out to have another shape is decoded again.

    Make a reader for each project, and use it in one thread at a time.
    """

    def __init__(self) -> None:
        self._parts = Parts()
        self._expect(PLAIN)

    def read(self, content: bytes) -> PageAnswer:
        """The page that this JSON stands for.

        Raises:
            MismatchError: It stands for no page, or says `success: false`. Tells where and why.
            msgspec.DecodeError: It is not JSON.
        """
        try:
            return self._read(content, content)
        except (msgspec.ValidationError, OverflowError):
            # The generated type takes more forms of a date than msgspec does, or else says what is wrong.
            return self._read(to_json(read_json(content, ClassifyJobResultPageWire)), content)

    def _read(self, body: bytes, content: bytes) -> PageAnswer:
        expected = self._expected
        if expected != PLAIN:
            try:
                return self._answer(self._decoder.decode(body), content, expected)
            except msgspec.ValidationError:
                pass
        page = page_decoder(PLAIN).decode(body)
        shape = shape_of(page)
        # The expected shape is right and did not fit: the server sends something unknown in each prediction.
        self._expect(Shape(shape.labels) if shape == expected else shape)
        return self._answer(page, content, PLAIN)

    def _expect(self, shape: Shape) -> None:
        self._expected = shape
        self._decoder = page_decoder(shape)

    def _answer(self, page: views.ClassifyJobResultPage, content: bytes, shape: Shape) -> PageAnswer:
        if not page.success:
            raise MismatchError("success", "expected true, got false")
        self._parts.resolve(page)
        return PageAnswer(page, content, shape)
