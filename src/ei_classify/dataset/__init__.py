"""How results lie in storage: the manifest, the formats, and files that are whole or absent."""

from .files import settle, sole_user, whole_file
from .formats import FORMATS, Format
from .ids import packed, unpacked
from .manifest import NAME, UNASKED, FileEntry, Manifest, Part, RunEntry

__all__ = [
    "FORMATS",
    "NAME",
    "UNASKED",
    "FileEntry",
    "Format",
    "Manifest",
    "Part",
    "RunEntry",
    "packed",
    "settle",
    "sole_user",
    "unpacked",
    "whole_file",
]
