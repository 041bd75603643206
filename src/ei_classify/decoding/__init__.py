"""Decodes the bytes of an answer into the objects that tables are built from."""

from .pages import PageAnswer, PageReader
from .reports import Reports
from .samples import convert_sample
from .shapes import PLAIN, Shape

__all__ = ["PLAIN", "PageAnswer", "PageReader", "Reports", "Shape", "convert_sample"]
