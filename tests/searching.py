"""Searches all that can be reached from an object for a text, as a debugger or an error tracker might."""

from __future__ import annotations

import contextlib
import pickle
import traceback
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECTIONS = ("h11", "h2", "hpack", "httpcore", "ssl", "_ssl", "socket", "anyio", "asyncio")
"""The packages whose objects are a connection. It holds what it sends, so the search ends there."""

SOME = 20_000
"""More objects than a client or an error leads to."""


def findings(text: str, *roots: object) -> list[str]:
    """The ways to objects whose repr, str, format or pickle shows the text, in any case."""
    found = []
    for count, (way, each) in enumerate(_reachable(roots)):
        assert count < SOME, f"the search does not end at {way}"
        if any(text.lower() in shown.lower() for shown in _shown(each)):
            found.append(way)
    return found


def shown_by_traceback(error: BaseException, but: str) -> str:
    """The tracebacks of an error and of those that led to it, with the locals of frames outside one file."""
    lines = ["".join(traceback.format_exception(error))]
    rest: list[BaseException | None] = [error]
    seen: set[int] = set()
    while rest:
        each = rest.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        rest += [each.__cause__, each.__context__]
        for frame, _ in traceback.walk_tb(each.__traceback__):
            if Path(frame.f_code.co_filename) != Path(but):
                lines += [f"{name} = {value!r}" for name, value in frame.f_locals.items()]
    return "\n".join(lines)


def _reachable(roots: tuple[object, ...]) -> Iterator[tuple[str, object]]:
    seen: dict[int, object] = {}  # keeps them, so that no id is used twice
    rest = [(type(root).__name__, root) for root in roots]
    while rest:
        way, each = rest.pop()
        if id(each) in seen or isinstance(each, ModuleType | FunctionType | type):
            continue
        seen[id(each)] = each
        yield way, each
        if type(each).__module__.partition(".")[0] in CONNECTIONS and not isinstance(each, BaseException):
            continue
        rest += [(f"{way}.{name}", value) for name, value in _parts(each)]


def _parts(each: object) -> Iterator[tuple[str, Any]]:
    yield from getattr(each, "__dict__", {}).items()
    for kind in type(each).__mro__:
        slots = vars(kind).get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if hasattr(each, name):
                yield name, getattr(each, name)
    if isinstance(each, BaseException):
        yield from (("cause", each.__cause__), ("context", each.__context__), ("args", each.args))
    if isinstance(each, dict):
        yield from ((repr(name), value) for name, value in each.items())
        yield from (("key", name) for name in each)
    elif isinstance(each, list | tuple | set | frozenset):
        yield from ((str(number), value) for number, value in enumerate(each))


def _shown(each: object) -> Iterator[str]:
    yield repr(each)
    yield str(each)
    yield f"{each}"
    with contextlib.suppress(Exception):  # what cannot be pickled shows nothing
        yield repr(pickle.dumps(each))
