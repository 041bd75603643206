"""The arguments of a fault: fields of a dataclass that are read from text."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

Read = TypeVar("Read")
Default = TypeVar("Default")


@dataclass(frozen=True)
class Reader(Generic[Read]):
    """How a value is read, and what stands for it where it is explained, such as `SECONDS`."""

    letters: str
    read: Callable[[str], Read]


def number(letters: str, least: float, most: float) -> Reader[float]:
    """A number between two bounds (inclusive)."""

    def read(text: str) -> float:
        value = float(text)
        if not least <= value <= most:
            raise ValueError(f"{text} is not between {least:g} and {most:g}")
        return value

    return Reader(letters, read)


def whole(letters: str, least: int, most: int) -> Reader[int]:
    """A whole number between two bounds (inclusive)."""

    def read(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise ValueError(f"{text} is not between {least} and {most}")
        return value

    return Reader(letters, read)


def one_of(*choices: str) -> Reader[str]:
    """One of some words."""

    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"{text!r} is none of {', '.join(choices)}")
        return text

    return Reader("|".join(choices), read)


SECONDS = number("SECONDS", 0, 3600)
WHOLE_SECONDS = whole("SECONDS", 0, 3600)
SHARE = number("SHARE", 0, 1)
COUNT = whole("COUNT", 1, 1_000_000_000)
COUNT_OR_NONE = whole("COUNT", 0, 1_000_000_000)


@dataclass(frozen=True)
class Argument:
    """An argument of a fault.

    Attributes:
        field: The field of the dataclass that it fills.
        reader: How it is read; None if it is a flag, which takes no value.
        is_value: Whether it follows the fault's name, as in `limit-cap=50`, and is not an option.
        is_required: Whether the fault cannot do without it.
    """

    field: str
    reader: Reader[Any] | None
    is_value: bool
    is_required: bool

    @property
    def name(self) -> str:
        """The name of the option."""
        return self.field.replace("_", "-")


def arguments_of(kind: type) -> list[Argument]:
    """The arguments of a dataclass, in order."""
    return [
        Argument(
            field.name,
            field.metadata["reader"],
            field.metadata["is_value"],
            field.default is dataclasses.MISSING,
        )
        for field in dataclasses.fields(kind)
    ]


@overload
def value(reader: Reader[Read]) -> Read: ...
@overload
def value(reader: Reader[Read], default: Read) -> Read: ...
def value(reader: Reader[Read], default: Any = dataclasses.MISSING) -> Any:
    """A field that follows the fault's name, as in `limit-cap=50`; required if it has no default."""
    return dataclasses.field(default=default, metadata={"reader": reader, "is_value": True})


@overload
def option(reader: Reader[Read]) -> Read | None: ...
@overload
def option(reader: Reader[Read], default: Read) -> Read: ...
def option(reader: Reader[Read], default: Any = None) -> Any:
    """A field that is an option with a value, as in `jitter=0.2`."""
    return dataclasses.field(default=default, metadata={"reader": reader, "is_value": False})


def flag() -> bool:
    """A field that is an option without a value, as in `html`."""
    made: bool = dataclasses.field(default=False, metadata={"reader": None, "is_value": False})
    return made
