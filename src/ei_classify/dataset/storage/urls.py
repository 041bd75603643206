"""The URLs of object stores."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ei_classify.errors import InvalidArgumentError

SCHEMES: Final = ("s3", "gs", "az", "memory", "file")
_URL: Final = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+)://(?P<rest>.*)", re.DOTALL)
"""One letter before a colon is a drive of Windows."""
_MANGLED: Final = re.compile(rf"({'|'.join(SCHEMES)}):[/\\][^/\\]")
_BUCKET: Final = re.compile(r"[A-Za-z0-9$][A-Za-z0-9._-]*")
_ODD: Final = re.compile(r"[\x00-\x1f\x7f]")


class Url(NamedTuple):
    """Where an object store keeps an export."""

    scheme: str
    bucket: str
    """The bucket; in `az://`, the container."""
    prefix: str
    """What the names of all objects begin with, without the `/` that follows; may be empty."""

    def __str__(self) -> str:
        """Return the URL."""
        return f"{self.scheme}://{self.bucket}{self.prefix and '/' + self.prefix}"


def parse(text: str) -> Url | None:
    """Return the parts of a URL; None if the text is a path.

    What follows the bucket is the beginning of names as it stands there: `%41` is no `A`.

    Raises:
        InvalidArgumentError: The URL cannot be that of an export. No part that may be a key is repeated.
    """
    if _MANGLED.match(text):
        raise _invalid("has one slash after the scheme. Pass a URL as text, with two: a `Path` drops one")
    found = _URL.fullmatch(text)
    if found is None:
        return None
    scheme, rest = found["scheme"].lower(), found["rest"]
    if scheme not in SCHEMES:
        raise _invalid(f"has the scheme {scheme}. Pass a path, or a URL with {', '.join(SCHEMES)}")
    if "?" in rest or "#" in rest:
        raise _invalid("has a query or a fragment. Credentials belong where the tools of the cloud keep them")
    bucket, _, prefix = rest.partition("/")
    if scheme == "file":
        return Url(scheme, bucket, prefix)
    if "@" in bucket:
        raise _invalid("has a user. Credentials belong where the tools of the cloud keep them")
    if not _BUCKET.fullmatch(bucket):
        raise _invalid(f"has no valid name of a bucket: {bucket!r}. A URL is like {scheme}://bucket/folder")
    prefix = prefix.removesuffix("/")
    if prefix and any(name in ("", ".", "..") for name in prefix.split("/")):
        raise _invalid("has an empty name, `.` or `..` between slashes, which object stores take literally")
    if _ODD.search(prefix):
        raise _invalid(f"has a control character: {prefix!r}")
    return Url(scheme, bucket, prefix)


def _invalid(problem: str) -> InvalidArgumentError:
    return InvalidArgumentError(problem, name="folder")
