"""Mutations of JSON: of its bytes, and of its values, names and structure."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_ODD: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1.0, 1.5, 101.0, -0.0, 1e300, -1e300, float("nan"), float("inf"), float("-inf"),
    2**31, 2**53 + 1, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**64, 10**30, 10**400,
    "", " ", "0", "1", "1.5", "true", "null", "a\r", "\x00", "\x1b]52;c;\x07", "\u202e", "\ud800", "é" * 300,
    "2023-11-07T05:31:56.000Z", "2023-11-07T05:31:56", "2023-11-07 05:31:56", "2016-12-31T23:59:60Z",
    "2023-02-30T00:00:00Z", "0001-01-01T00:00:00+14:00", "2023-11-07T05:31:56+00:00:30", "1699335116",
    [], {}, [None], [[]], [{}], {"": None}, {"value": "x"}, {"a": {"b": [1]}}, [1, "a", None], [0.1] * 5,
)  # fmt: skip
_LITERALS: Final = (
    b"NaN", b"Infinity", b"-Infinity", b"1e400", b"-1e400", b"1E5", b"1.0", b"0.1e-400", b"9" * 400,
    b"9" * 5000,
    b'"\\ud800"', b'"\xff"', b'"\xed\xa0\x80"',
)  # fmt: skip
_NAMES: Final = (
    "",
    "id",
    "sampleId",
    "success",
    "result",
    "predictions",
    "unknown properties",
    "__class__",
    "a b",
    "\ud800",
    "é",
)


def mutated(page: dict[str, Any], chance: random.Random) -> bytes:
    """Return the JSON of a page with one to four mutations. The page may be changed."""
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
        chance.choice(_OF_VALUES)(page, chance)
    content = json.dumps(page).encode("utf-8", "surrogatepass")
    if chance.random() < 0.5:
        content = chance.choice(_OF_BYTES)(content, chance)
    return content


def _odd(chance: random.Random) -> Any:
    """Return a value that some answer may hold in the place of another."""
    return copy.deepcopy(chance.choice(_ODD))


def _places(value: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Return each container in a value, with each of its keys."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        found.append((value, key))
        _places(item, found)
    return found


def _replace(page: dict[str, Any], chance: random.Random) -> None:
    if places := _places(page, []):
        container, key = chance.choice(places)
        container[key] = _odd(chance)


def _replace_kind(page: dict[str, Any], chance: random.Random) -> None:
    """Replace what has one name in every object."""
    if named := [(container, key) for container, key in _places(page, []) if isinstance(key, str)]:
        name, value = chance.choice(named)[1], _odd(chance)
        for container, key in named:
            if key == name:
                container[key] = value


def _remove(page: dict[str, Any], chance: random.Random) -> None:
    if places := _places(page, []):
        container, key = chance.choice(places)
        del container[key]


def _rename(page: dict[str, Any], chance: random.Random) -> None:
    if places := [each for each in _places(page, []) if isinstance(each[0], dict)]:
        container, key = chance.choice(places)
        container[chance.choice(_NAMES)] = container.pop(key)


def _add(page: dict[str, Any], chance: random.Random) -> None:
    if places := _places(page, []):
        container, _ = chance.choice(places)
        if isinstance(container, dict):
            container[chance.choice(_NAMES)] = _odd(chance)
        else:
            container.insert(chance.randrange(len(container) + 1), _odd(chance))


def _move(page: dict[str, Any], chance: random.Random) -> None:
    if places := _places(page, []):
        (one, first), (other, second) = chance.choice(places), chance.choice(places)
        one[first] = json.loads(json.dumps(other[second]))


def _nest(page: dict[str, Any], chance: random.Random) -> None:
    if places := _places(page, []):
        container, key = chance.choice(places)
        for _ in range(chance.choice((1, 5, 200))):
            container[key] = [container[key]] if chance.random() < 0.5 else {"a": container[key]}


def _flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _delete(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.choice((1, 1, 2, 20)) :]


def _double(content: bytes, chance: random.Random) -> bytes:
    """Write a piece twice, which can make a name occur twice in an object."""
    start = chance.randrange(len(content))
    end = start + chance.choice((1, 5, 40))
    return content[:end] + content[start:]


def _insert(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    inserted = chance.choice((*_LITERALS, b",", b"}", b"[", b"\x00", b" ", b"\n"))
    return content[:start] + inserted + content[start:]


def _write(content: bytes, chance: random.Random) -> bytes:
    """Put a literal in the place of a number."""
    starts = [at for at, byte in enumerate(content) if byte in b"-0123456789" and content[at - 1] in b" [:,"]
    if not starts:
        return content
    start = end = chance.choice(starts)
    while end < len(content) and content[end] in b"-+.eE0123456789":
        end += 1
    return content[:start] + chance.choice(_LITERALS) + content[end:]


def _mark(content: bytes, _chance: random.Random) -> bytes:
    return b"\xef\xbb\xbf" + content


def _deepen(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    depth = chance.choice((100, 2000, 100_000))
    return content[:start] + b"[" * depth + (b"]" * depth if chance.random() < 0.5 else b"") + content[start:]


_OF_VALUES: Final[tuple[Callable[[dict[str, Any], random.Random], None], ...]] = (
    _replace, _replace, _replace_kind, _remove, _rename, _add, _move, _nest,
)  # fmt: skip
_OF_BYTES: Final[tuple[Callable[[bytes, random.Random], bytes], ...]] = (
    _flip, _cut, _delete, _double, _insert, _write, _write, _mark, _deepen,
)  # fmt: skip
