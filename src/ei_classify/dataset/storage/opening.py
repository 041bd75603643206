"""`storage_of`: the storage that a path or a URL names."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.request import url2pathname

from ei_classify.errors import InvalidArgumentError
from ei_classify.texts import problem_of

from .local import LocalStorage
from .protocol import Storage
from .urls import Url, parse


def storage_of(folder: str | os.PathLike[str] | Storage) -> Storage:
    """Return the storage of an export.

    Args:
        folder: The path of a folder, a URL, or a storage, which is returned as it is.

    Raises:
        InvalidArgumentError: The text is empty, which would be the current folder; the path cannot be written
            as UTF-8, as Arrow requires; or the URL cannot be that of an export.
        MissingExtraError: It is the URL of an object store, and obstore is not installed.
        ExportError: The URL's store cannot be used as it is configured.
    """
    if isinstance(folder, Storage):
        return folder
    text = os.fspath(folder)
    if text == "":
        raise InvalidArgumentError("is empty", name="folder")
    if problem := problem_of(text):
        raise InvalidArgumentError(problem, name="folder")
    url = parse(text)
    if url is None:
        return LocalStorage(_path(Path(folder)))
    if url.scheme == "file":
        return LocalStorage(_path(_of_file_url(url)))
    from .objects import open_storage  # raises MissingExtraError

    return open_storage(text)


def _of_file_url(url: Url) -> Path:
    if url.bucket not in ("", "localhost"):
        raise InvalidArgumentError("names another machine. A file URL is like file:///folder", name="folder")
    path = Path(url2pathname(f"/{url.prefix}"))
    if problem := problem_of(str(path)):
        raise InvalidArgumentError(problem, name="folder")
    return path


def _path(path: Path) -> Path:
    if problem_of(str(path.absolute())):
        raise InvalidArgumentError(
            f"is relative to {Path.cwd()}, which cannot be written as UTF-8", name="folder"
        )
    return path
