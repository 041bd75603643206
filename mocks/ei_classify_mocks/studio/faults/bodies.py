"""Faults of the answer as a whole: errors in its place, and bodies cut short."""

from __future__ import annotations

import email.utils
import json
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from .arguments import SHARE, WHOLE_SECONDS, flag, option, value, whole
from .base import BodyFault, InsteadFault, Replacement

if TYPE_CHECKING:
    from datetime import datetime


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

    def cut(self, body: bytes) -> bytes:
        """The first part of the body."""
        return body[: int(len(body) * self.share)]
