"""Which texts can be sent to a server, and be the path of a file."""

from __future__ import annotations


def problem_of(text: str) -> str | None:
    """Return what is wrong with a text, as it follows the name of an argument; None if nothing is.

    A byte of a command line that is not UTF-8 is half of a surrogate pair in Python.
    """
    if "\0" in text:
        return f"contains a NUL: {text!r}"
    try:
        text.encode()
    except UnicodeEncodeError:
        return f"is not valid Unicode, and cannot be written as UTF-8: {text!r}"
    return None
