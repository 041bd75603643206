"""Decodes pages of a classify job's result for tables. A reader is faster from its second page on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from attrs import frozen
from ei_classify_api.errors import MismatchError
from ei_classify_api.familiar import Oddities
from ei_classify_api.models.classify_job_result_page import ClassifyJobResultPageWire
from ei_classify_api.types import Notes, read_odd_wire

from .derived import derived
from .parts import Parts
from .reports import Reports
from .shapes import PLAIN, Shape, page_decoder, page_kin, shape_of, unknown_in_predictions

if TYPE_CHECKING:
    from ei_classify_api.types import SetAside

    from . import views


@frozen(eq=False)
class PageAnswer:
    """A page of a classify job's result, decoded for tables."""

    decoded: views.ClassifyJobResultPage
    """The page, in the form that `shape` describes."""
    content: bytes
    """The body of the answer, as JSON."""
    shape: Shape
    """The form in which the page was decoded."""
    set_aside: tuple[SetAside, ...] = ()
    """The values that do not fit the contract and were left out, at most 1000."""

    @property
    def sample_ids(self) -> list[int]:
        """The ids of the page's samples, in the order of the page."""
        return [result.sample_id for result in self.decoded.result]

    @property
    def total(self) -> int | None:
        """The number of samples over all pages; None if the server does not send it."""
        return self.decoded.total_count


class PageReader:
    """Reads the pages of one project. It is fast because it expects each page to be like the one before.

    - Parts that are the same in many samples, such as the learn block, are decoded once.
    - The scores of a window are decoded into an object with a field per label, and predictions are decoded
      without the properties that no prediction of the last page had. A page that has another shape is decoded
      again.
    - What is odd, such as a value that does not fit, is read in the same pass once a page had it.

    Create a reader for each project, and use it in one thread at a time.
    """

    _decoder: msgspec.json.Decoder[views.ClassifyJobResultPage] | None
    """The decoder of the expected shape; None until a page is expected to have it."""

    def __init__(self) -> None:
        self._parts = Parts()
        self._reports = Reports()
        self._odd = Oddities()
        self._expect(PLAIN)

    def read(self, content: bytes) -> PageAnswer:
        """Return the page in a body of JSON.

        Raises:
            MismatchError: The JSON is not a page, or has `success: false`. The error says where and why.
            msgspec.DecodeError: The body is not JSON.
        """
        try:
            return self._read(content)
        except (msgspec.DecodeError, UnicodeDecodeError, OverflowError, RecursionError):
            pass
        try:
            return self._read_odd(content)
        except RecursionError:
            raise msgspec.DecodeError("it is nested too deeply") from None

    def _read_odd(self, content: bytes) -> PageAnswer:
        # The generated type leaves out what does not fit, and says what is wrong.
        notes = Notes()
        wire, found = read_odd_wire(content, ClassifyJobResultPageWire, notes, exact=True)
        notes.unknown.clear()
        self._odd = self._odd.with_notes(notes)
        page: views.ClassifyJobResultPage = derived(wire, ClassifyJobResultPageWire)
        _require_success(page)
        self._expected = Shape(odd=self._odd)  # the next page of this kind tells the rest of its shape
        return self._answer(page, content, PLAIN, found)

    def _read(self, content: bytes) -> PageAnswer:
        expected, base = self._expected, Shape(odd=self._odd)
        if expected != base:
            try:
                if self._decoder is None:
                    self._decoder = page_decoder(expected)
                return self._mended(self._decoder.decode(content), content, expected)
            except msgspec.ValidationError:
                pass
        page = page_decoder(base).decode(content)
        self._learn(page, content)
        return self._mended(page, content, base)

    def _mended(self, page: views.ClassifyJobResultPage, content: bytes, shape: Shape) -> PageAnswer:
        found = page_kin(shape).mend(page)
        return self._answer(self._finished(page), content, shape, found)

    def _finished(self, page: views.ClassifyJobResultPage) -> views.ClassifyJobResultPage:
        _require_success(page)
        self._parts.resolve(page)
        return page

    def _learn(self, page: views.ClassifyJobResultPage, content: bytes) -> None:
        """Expect pages like this one, which was decoded without knowing its shape, and is not mended yet."""
        self._odd = self._odd.with_notes(unknown_in_predictions(content))
        shape = shape_of(page, self._odd)
        # The expected shape is right, yet did not fit: the predictions have properties that cannot be known.
        self._expect(Shape(shape.labels, odd=self._odd) if shape == self._expected else shape)

    def _expect(self, shape: Shape) -> None:
        self._expected = shape
        self._decoder = None

    def _answer(
        self,
        page: views.ClassifyJobResultPage,
        content: bytes,
        shape: Shape,
        set_aside: tuple[SetAside, ...],
    ) -> PageAnswer:
        self._reports.add(set_aside)
        return PageAnswer(page, content, shape, set_aside)


def _require_success(page: views.ClassifyJobResultPage) -> None:
    if not page.success:
        raise MismatchError("success", "expected true, got false")
