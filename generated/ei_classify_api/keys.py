"""An API key or token that nothing shows, and how it is removed from texts and errors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REDACTED = "[redacted]"
"""What stands in a text in place of a key."""


class Secret:
    """A text that no repr, no pickle and no traceback with local variables shows."""

    def __init__(self, text: str | None) -> None:
        self.reveal: Callable[[], str | None] = lambda: text

    def __repr__(self) -> str:
        return "<secret>"

    def __reduce__(self) -> str | tuple[Any, ...]:
        raise TypeError("a client holds a secret and cannot be pickled or copied: create a new one instead")


def redact(text: str, secret: str) -> str:
    """Returns the text without the secret, also where it is spelled as in a URL, in JSON or in a repr.

    The case does not matter: the host of a URL is in lower case.
    """
    if not secret:
        return text
    text = re.sub("".join(map(_spellings, secret)), REDACTED, text, flags=re.IGNORECASE)
    if "…" in text:
        for end in range(len(secret) - 1, 3, -1):  # if a text was cut within the secret
            text = re.sub(re.escape(f"{secret[:end]}…"), f"{REDACTED}…", text, flags=re.IGNORECASE)
    return text


def _spellings(character: str) -> str:
    """Returns a pattern for a character as it is, and escaped, up to three times over."""
    code = f"{ord(character):02x}"
    return rf"(?:\\{{0,8}}{re.escape(character)}|%{code}|\\{{1,8}}(?:u00|x){code})"


def redact_error(error: BaseException, secret: str) -> None:
    """Removes the secret from the texts of an exception and of those that led to it.

    HTTP libraries name what they could not send, and what a server sent in place of an answer.
    """

    def clean(value: Any) -> Any:
        shown = repr(value)
        if redact(shown, secret) == shown:
            return value
        return redact(value if isinstance(value, str) else shown, secret)

    for each in _chain(error):
        each.args = tuple(map(clean, each.args))
        for name, value in vars(each).items():  # includes the notes
            vars(each)[name] = list(map(clean, value)) if isinstance(value, list) else clean(value)
        if isinstance(each, OSError):
            each.strerror, each.filename, each.filename2 = map(
                clean, (each.strerror, each.filename, each.filename2)
            )


def without_frames(error: BaseException) -> BaseException:
    """Removes the tracebacks of an exception and of those that led to it, and returns the exception.

    The frames of HTTP libraries hold the request, and those of decoding hold the answer. Both may contain the
    key.
    """
    for each in _chain(error):
        each.__traceback__ = None
        if each.__suppress_context__:  # its context is not shown either
            each.__context__ = None
    return error


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yields an exception and all that led to it, each once."""
    seen: set[int] = set()
    rest: list[BaseException | None] = [error]
    while rest:
        each = rest.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        rest += [each.__cause__, each.__context__]
        if isinstance(each, BaseExceptionGroup):
            rest += each.exceptions
