"""Cuts the project's operations, and what they refer to, out of a vendor's document of any size.

openapi-format does the cutting and the reading. Python's YAML libraries refuse control characters such as
U+001C, which the vendor's descriptions have contained; those of JavaScript accept them.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import urllib.parse
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from tools.drift.documents import Document, DriftError

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BYTES = 64 * 1024 * 1024
TIMEOUT_S = 60
CUTTING_S = 300  # the vendor's whole document takes three seconds


def cut(source: str, operations: Path, tool: Sequence[str], folder: Path) -> Document:
    """Returns the part of a document, at a path or URL, that the project's operations refer to.

    Args:
        source: A path, or an http or https URL.
        operations: The filter for openapi-format that names the project's operations.
        tool: The command that runs openapi-format.
        folder: The folder to run the tool in. Nothing is written there.

    Raises:
        DriftError: The document cannot be downloaded, read or cut.

    """
    with tempfile.TemporaryDirectory() as scratch:
        path = _local(source, Path(scratch))
        result = Path(scratch) / "cut.json"
        command = [*tool, str(path), "--filterFile", str(operations), "--output", str(result)]
        # Not bundled: references to other files or servers must not be followed.
        command += ["--json", "--no-sort", "--no-bundle"]
        try:
            run = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, check=False, timeout=CUTTING_S
            )
        except subprocess.TimeoutExpired:
            raise DriftError(f"openapi-format took more than {CUTTING_S} seconds for {source}") from None
        try:
            data = json.loads(result.read_text("utf-8"))
        except (OSError, ValueError):
            said = (run.stderr.strip() or run.stdout.strip() or "it said nothing").splitlines()[-1]
            raise DriftError(f"openapi-format could not cut {source}: {said}") from None
        return Document(data, source)


def _local(source: str, scratch: Path) -> Path:
    if urllib.parse.urlsplit(source).scheme in ("http", "https"):
        return _download(source, scratch / "vendor-document")
    path = Path(source).resolve()
    if not path.is_file():
        raise DriftError(f"{source} is neither a file nor an http or https URL")
    return path


def _download(url: str, target: Path) -> Path:
    try:
        with (
            target.open("wb") as file,
            httpx.stream("GET", url, timeout=TIMEOUT_S, follow_redirects=True) as answer,
        ):
            answer.raise_for_status()
            for chunk in answer.iter_bytes():
                file.write(chunk)
                if file.tell() > MOST_BYTES:
                    raise DriftError(f"{url} is larger than {MOST_BYTES >> 20} MiB: not an OpenAPI document")
    except httpx.HTTPStatusError as error:
        raise DriftError(f"{url} could not be downloaded: HTTP status {error.response.status_code}") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        reason = str(error) or type(error).__name__
        raise DriftError(f"{url} could not be downloaded: {reason}") from None
    return target
