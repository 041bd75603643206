"""How results are stored: the places, the manifest, the formats, and opening an export."""

from .checksums import ChecksummedStream
from .formats import FLAT, FORMATS, Format
from .ids import packed, unpacked
from .manifest import NAME, UNASKED, FileEntry, Manifest, Part, RunEntry
from .opening import open_export
from .runs import StoredRun, stored_run
from .storage import Storage, hidden_name, storage_of
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
    "Storage",
    "StoredExport",
    "StoredRun",
    "hidden_name",
    "open_export",
    "packed",
    "storage_of",
    "stored_run",
    "unpacked",
]
