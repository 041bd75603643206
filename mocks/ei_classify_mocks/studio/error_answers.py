"""The ways in which a call is refused, and the body that says so."""

from __future__ import annotations

from typing import ClassVar

import msgspec


class FailureError(Exception):
    """A call that is not carried out; the message is the answer's `error`."""

    status: ClassVar[int]


class DeclinedError(FailureError):
    """The request is well formed and cannot be carried out: a refusal inside HTTP status 200."""

    status = 200


class MalformedError(FailureError):
    """A parameter or the body is missing, or not of its type: HTTP status 400."""

    status = 400


class UnauthorizedError(FailureError):
    """The key is missing, or does not open the project: HTTP status 401."""

    status = 401


class ForbiddenError(FailureError):
    """The request is not one that this client may send: HTTP status 403."""

    status = 403


class UnansweredError(FailureError):
    """The double has no answer to an operation of the contract: HTTP status 501."""

    status = 501


def failure_body(text: str) -> bytes:
    """The `Failure` of the contract, encoded."""
    return msgspec.json.encode({"success": False, "error": text})
