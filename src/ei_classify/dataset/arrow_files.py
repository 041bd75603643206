"""The files of a storage as a file system of Arrow, for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import pyarrow as pa
import pyarrow.fs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .storage import Storage


class StoredFiles(pyarrow.fs.FileSystemHandler):  # type: ignore[misc]  # pyarrow has no types
    """Reads the files of a storage. Arrow asks for the ranges that it needs."""

    def __init__(self, storage: Storage, sizes: Mapping[str, int]) -> None:
        """Create the handler. `sizes` has the size of each file, in bytes, as far as it is known."""
        self._storage = storage
        self._sizes = sizes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StoredFiles) and other._storage.folder == self._storage.folder

    def __hash__(self) -> int:
        return hash(self._storage.folder)

    def get_type_name(self) -> str:
        """Return the name of the kind of file system."""
        return "ei-classify"

    def normalize_path(self, path: str) -> str:
        """Return the path as it is."""
        return path

    def get_file_info(self, paths: Iterable[str]) -> list[pyarrow.fs.FileInfo]:
        """Return what there is at these paths."""
        paths = list(paths)
        found = self._storage.shown(paths)
        kinds = pyarrow.fs.FileType
        return [
            pyarrow.fs.FileInfo(path, kinds.File, size=found[path].size)
            if path in found
            else pyarrow.fs.FileInfo(path, kinds.NotFound)
            for path in paths
        ]

    def open_input_file(self, path: str) -> pa.PythonFile:
        """Open a file for reading at any place."""
        return self._opened(path, buffered=False)

    def open_input_stream(self, path: str) -> pa.PythonFile:
        """Open a file for reading from its beginning."""
        return self._opened(path, buffered=True)

    def _opened(self, path: str, *, buffered: bool) -> pa.PythonFile:
        file = self._storage.open(path, buffered=buffered, size=self._sizes.get(path))
        return pa.PythonFile(file, mode="r")

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise NotImplementedError("an export is read file by file, and is not changed here")

    get_file_info_selector = _refuse
    create_dir = _refuse
    delete_dir = _refuse
    delete_dir_contents = _refuse
    delete_root_dir_contents = _refuse
    delete_file = _refuse
    move = _refuse
    copy_file = _refuse
    open_output_stream = _refuse
    open_append_stream = _refuse
