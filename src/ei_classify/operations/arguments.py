"""Checks the arguments of a call before anything is sent."""

from __future__ import annotations

import datetime
import difflib
import functools
import json
import math
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from ei_classify.errors import InvalidArgumentError
from ei_classify.texts import problem_of

Request = Callable[..., dict[str, Any]]
"""The generated `request` of an operation."""


def check_count(name: str, value: object, least: int) -> None:
    """Check a whole number.

    Raises:
        InvalidArgumentError: The value is not a whole number, or is below `least`.
    """
    if not _is_whole(value) or value < least:
        raise InvalidArgumentError(f"must be a whole number of at least {least}, not {value!r}", name=name)


def check_text(name: str, text: str) -> None:
    """Check that a text can be sent.

    Raises:
        InvalidArgumentError: The text contains a NUL, or is not valid Unicode.
    """
    if problem := problem_of(text):
        raise InvalidArgumentError(problem, name=name)


def encode_texts(name: str, texts: Iterable[str]) -> str:
    """Return a list of texts as a string with a JSON list, which is the form that the API expects.

    Raises:
        InvalidArgumentError: It is a single text, is empty, or contains anything other than text that can be
            sent.
    """
    if isinstance(texts, (str, bytes)):
        raise InvalidArgumentError(
            f"must be a list of texts, such as [{texts!r}], not a single text", name=name
        )
    if not isinstance(texts, Iterable):
        raise InvalidArgumentError(f"must be a list of texts, not {texts!r}", name=name)
    values = list(texts)
    if not values or not all(isinstance(text, str) for text in values):
        raise InvalidArgumentError(f"must be a list of at least one text, not {values!r}", name=name)
    for text in values:
        check_text(name, text)
    return json.dumps([str(text) for text in values], ensure_ascii=False)


def check_named(given: Mapping[str, Any], request: Request, *others: str) -> dict[str, Any]:
    """Check the arguments in `given` against the parameters of `request`, and return those that are not None.

    The contract decides which parameters there are. A parameter that is added to it can be used before type
    checkers know it.

    Args:
        given: The arguments by name.
        request: The generated function that takes them.
        others: The parameters of `request` that are passed in another way.

    Raises:
        InvalidArgumentError: An argument has the wrong type.
        TypeError: There is no such parameter.
    """
    kinds = {name: kind for name, kind in _kinds(request).items() if name not in others}
    unknown = sorted(given.keys() - kinds.keys())
    if unknown:
        raise TypeError(f"unknown keyword arguments: {', '.join(_with_advice(unknown, kinds))}")
    present = {name: value for name, value in given.items() if value is not None}
    for name, value in present.items():
        _check_kind(name, value, kinds[name])
    return present


def _with_advice(unknown: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """Yield each unknown name, with the one that was probably meant."""
    for name in unknown:
        alike = difflib.get_close_matches(name, known, n=1)
        yield f"{name} (did you mean {alike[0]}?)" if alike else name


@functools.cache
def _kinds(request: Request) -> dict[str, tuple[type, ...]]:
    """Return the types that each parameter of a generated function takes."""
    hints = typing.get_type_hints(request)
    return {name: typing.get_args(hint) or (hint,) for name, hint in hints.items() if name != "return"}


def _check_kind(name: str, value: object, kinds: tuple[type, ...]) -> None:
    if datetime.datetime in kinds:
        _check_instant(name, value)
    checks = [_CHECKS[kind] for kind in kinds if kind in _CHECKS]
    if checks and not any(fits(value) for _, fits in checks):
        wanted = " or ".join(words for words, _ in checks)
        raise InvalidArgumentError(f"must be {wanted}, not {value!r}", name=name)
    if isinstance(value, str):
        check_text(name, value)


def _check_instant(name: str, value: object) -> None:
    if not isinstance(value, datetime.datetime) or value.utcoffset() is None:
        raise InvalidArgumentError(
            "must be a datetime with a time zone, such as "
            f"datetime(2025, 6, 4, tzinfo=timezone.utc), not {value!r}",
            name=name,
        )


def _is_whole(value: object) -> typing.TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_finite(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


_CHECKS: Final[Mapping[type, tuple[str, Callable[[object], bool]]]] = {
    str: ("text", lambda value: isinstance(value, str)),
    bool: ("True or False", lambda value: isinstance(value, bool)),
    int: ("a whole number", _is_whole),
    float: ("a finite number", _is_finite),
}
