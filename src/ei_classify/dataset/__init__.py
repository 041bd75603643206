"""How results are stored: the manifest, the formats, atomic writing of files, and opening an export."""

from .checksums import ChecksummedStream
from .formats import FLAT, FORMATS, Format
from .ids import packed, unpacked
from .manifest import NAME, UNASKED, FileEntry, Manifest, Part, RunEntry
from .opening import open_export
from .paths import folder_path
from .runs import StoredRun, stored_run
from .storage import hidden, hidden_file, hide, settle, show, shown, sole_user
from .stored import StoredExport

__all__ = [
    "FLAT",
    "FORMATS",
    "NAME",
    "UNASKED",
    "ChecksummedStream",
    "FileEntry",
    "Format",
    "Manifest",
    "Part",
    "RunEntry",
    "StoredExport",
    "StoredRun",
    "folder_path",
    "hidden",
    "hidden_file",
    "hide",
    "open_export",
    "packed",
    "settle",
    "show",
    "shown",
    "sole_user",
    "stored_run",
    "unpacked",
]
