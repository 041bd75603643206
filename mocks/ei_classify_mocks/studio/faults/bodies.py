"""Faults of the answer as a whole: errors in its place, bodies cut short, and bodies that nobody can read."""

from __future__ import annotations

import email.utils
import gzip
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from .arguments import SHARE, WHOLE_SECONDS, Reader, flag, one_of, option, value, whole
from .base import BodyFault, InsteadFault, Payload, Replacement

if TYPE_CHECKING:
    import random
    from datetime import datetime

_SCRAMBLED = bytes(255 - byte for byte in range(256))


@dataclass(frozen=True)
class Status(InsteadFault):
    """An error with the status CODE (400 to 599) takes the place of the answer.

    `retry-after` and `retry-date` add a `Retry-After`, in seconds or as a date; `html` makes the body the
    HTML page of a proxy.
    """

    name = "status"
    examples = ("status=503", "status=502,html", "status=429,retry-after=2", "status=429,retry-date=2")

    code: int = value(whole("CODE", 400, 599))
    retry_after: int | None = option(WHOLE_SECONDS)
    retry_date: int | None = option(WHOLE_SECONDS)
    html: bool = flag()

    def instead(self, now: datetime) -> Replacement:
        """The error."""
        headers = []
        if self.retry_after is not None:
            headers.append((b"retry-after", str(self.retry_after).encode()))
        if self.retry_date is not None:
            date = email.utils.format_datetime(now + timedelta(seconds=self.retry_date), usegmt=True)
            headers.append((b"retry-after", date.encode()))
        phrase = HTTPStatus(self.code).phrase if self.code in list(HTTPStatus) else "Error"
        if self.html:
            title = f"{self.code} {phrase}"
            page = f"<html><head><title>{title}</title></head><body><h1>{phrase}</h1></body></html>"
            return Replacement(self.code, page.encode(), "text/html; charset=utf-8", headers)
        body = json.dumps({"success": False, "error": phrase}, separators=(",", ":"))
        return Replacement(self.code, body.encode(), "application/json", headers)


@dataclass(frozen=True)
class Truncate(BodyFault):
    """Only that SHARE of the JSON comes (0.5), as a complete body."""

    name = "truncate"
    examples = ("truncate=0.5",)

    share: float = value(SHARE, 0.5)

    def spoil(self, payload: Payload, _chance: random.Random) -> Payload:
        """The first part of the body."""
        return payload._replace(body=payload.body[: int(len(payload.body) * self.share)])


def _token(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", text):
        raise ValueError(f"{text!r} is no name that a header can have")
    return text


@dataclass(frozen=True)
class ContentEncoding(BodyFault):
    """The body is in an encoding that nobody can undo, which `content-encoding` calls NAME (`x-studio`)."""

    name = "content-encoding"
    examples = ("content-encoding", "content-encoding=br")

    coding: str = value(Reader("NAME", _token), "x-studio")

    def spoil(self, payload: Payload, _chance: random.Random) -> Payload:
        """Scramble the body."""
        header = (b"content-encoding", self.coding.encode())
        return payload._replace(body=payload.body.translate(_SCRAMBLED), headers=(*payload.headers, header))


@dataclass(frozen=True)
class EarlyEnd(BodyFault):
    """The connection closes before the body is complete, and no length is announced.

    What comes ends in a `}` (`brace`), is nothing (`empty`), or ends in the first half of a compressed body
    (`gzip`); chance decides where. `length` announces the length of the complete body.
    """

    name = "early-end"
    examples = ("early-end", "early-end=empty", "early-end=gzip,length")

    place: str = value(one_of("brace", "empty", "gzip"), "brace")
    length: bool = flag()

    def spoil(self, payload: Payload, chance: random.Random) -> Payload:
        """The part of the body that comes."""
        whole, headers = payload.body, payload.headers
        if self.place == "gzip":
            whole, headers = gzip.compress(whole, mtime=0), (*headers, (b"content-encoding", b"gzip"))
        if self.length:
            headers = (*headers, (b"content-length", str(len(whole)).encode()))
        return Payload(whole[: self._end(whole, chance)], headers, breaks_off=True)

    def _end(self, whole: bytes, chance: random.Random) -> int:
        if self.place == "brace":
            *braces, _last = [0, *(found.end() for found in re.finditer(rb"}", whole))]
            return chance.choice(braces[1:] or [0])
        return 0 if self.place == "empty" else chance.randrange(len(whole) // 2)
