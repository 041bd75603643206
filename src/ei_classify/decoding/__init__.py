"""Decodes the bytes of an answer into the objects that tables are built from."""

from .counts import SetAsideCounts
from .differences import differences_of_page
from .pages import PageAnswer, PageReader
from .places import SampleName, sample_at
from .raw_pages import RawPage, raw_page_reader
from .reports import Reports
from .samples import convert_sample
from .shapes import PLAIN, Shape

__all__ = [
    "PLAIN",
    "PageAnswer",
    "PageReader",
    "RawPage",
    "Reports",
    "SampleName",
    "SetAsideCounts",
    "Shape",
    "convert_sample",
    "differences_of_page",
    "raw_page_reader",
    "sample_at",
]
