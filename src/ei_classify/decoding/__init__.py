"""From the bytes of an answer to what tables are made of."""

from .pages import PageAnswer, PageReader
from .samples import convert_sample
from .shapes import PLAIN, Shape

__all__ = ["PLAIN", "PageAnswer", "PageReader", "Shape", "convert_sample"]
