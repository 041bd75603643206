"""Whether a body ends early. HTTP cannot tell if the server sends no length and closes the connection."""

from __future__ import annotations

import json
import re
from typing import Final

import msgspec

_WELL_FORMED: Final = msgspec.json.Decoder(msgspec.Raw)
_OPEN_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*\\?', re.DOTALL)


def ends_early(body: bytes) -> bool:
    """Return whether the body of a successful answer is empty, or is the beginning of a JSON object."""
    body = body.strip()
    if not body:
        return True
    try:
        _WELL_FORMED.decode(body)
    except (msgspec.DecodeError, RecursionError):
        return _is_beginning(body.decode("utf-8-sig", errors="replace"))
    return False


def _is_beginning(text: str) -> bool:
    if not text.startswith("{"):
        return False
    if not text.endswith("}"):
        return not _begins_with_a_whole(text)
    # Python's parser stops at the cut. It reads past what else may be wrong: NaN, control characters, and
    # half a surrogate pair.
    try:
        json.loads(text, strict=False, parse_int=len, parse_float=len)
    except json.JSONDecodeError as error:
        return error.pos == len(text) or _OPEN_STRING.fullmatch(text, error.pos) is not None
    except RecursionError:
        return False
    return False


def _begins_with_a_whole(text: str) -> bool:
    """Return whether something else follows a whole object. Then it is not the object that ends early."""
    try:
        json.JSONDecoder(strict=False, parse_int=len, parse_float=len).raw_decode(text)
    except (json.JSONDecodeError, RecursionError):
        return False
    return True
