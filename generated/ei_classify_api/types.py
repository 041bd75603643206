"""The base of all models, and how JSON is read into them.

JSON is read at most twice. First, msgspec reads it into the strict twin of the model, a `Wire`. This checks every
type and is fast. If something does not fit, the JSON is read again without types: unknown properties are set aside
for the model to keep, and anything else is a `MismatchError` that names the place.

An integer is a JSON number without a fraction and an exponent, so 1.0 is not an integer. A number keeps its form,
1 or 1.0. An optional property that is null is the same as one that is absent: its attribute is None.
"""

from __future__ import annotations

import datetime
import enum
import functools
import types
import typing
from typing import TYPE_CHECKING, Any, Generic, Self, TypeAlias, TypeVar

import msgspec
from attrs import define, fields
from msgspec import UNSET
from msgspec import UnsetType as Unset

from .errors import MismatchError, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Number: TypeAlias = float
else:
    Number = int | float  # not float alone, which would turn 1 into 1.0

T = TypeVar("T")

_UNKNOWN = "(unknown properties)"  # the property of a Wire that takes what was set aside


class Model:
    """An object of the contract."""

    __slots__ = ()

    def __repr__(self) -> str:
        names = [field.name for field in fields(type(self))]  # type: ignore[arg-type]
        attributes = ((name, getattr(self, name)) for name in names)
        shown = [
            f"{name}={value!r}"
            for name, value in attributes
            if value is not None and not (name == "additional_properties" and not value)
        ]
        return f"{type(self).__name__}({', '.join(shown)})"

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            # Few objects have unknown properties, so the dict for them is created on first use.
            if name != "additional_properties":
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            self.additional_properties = unknown = {}
            return unknown


class Wire(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The JSON that a model is read from."""

    _unknown: dict[str, Any] | None = msgspec.field(default=None, name=_UNKNOWN)


E = TypeVar("E", bound=enum.Enum)
V = TypeVar("V")
W = TypeVar("W", bound=Wire)


class Timestamp(datetime.datetime):
    """A datetime with a time zone that keeps the text it was read from.

    Datetimes that are computed from it do not keep a text.
    """

    __slots__ = ("text",)

    text: str
    """The text, as received."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Returns the datetime of an ISO 8601 text, such as `2023-11-07T05:31:56.000Z`.

        Raises:
            ValueError: The text is not a datetime, or has no time zone.
        """
        parsed = cls.fromisoformat(text.upper())
        if parsed.tzinfo is None:
            raise ValueError("a date-time without a time zone")
        parsed.text = text
        return parsed

    def __reduce_ex__(self, protocol: typing.SupportsIndex) -> str | tuple[Any, ...]:
        return (type(self).parse, (to_text(self),))


def to_text(value: datetime.datetime) -> str:
    """Returns the text of a datetime for the server: the one it was read from, or else ISO 8601.

    Raises:
        ValueError: The datetime has no time zone. The server would assume its own.
    """
    text: str | None = getattr(value, "text", None)
    if text is not None:
        return text
    if value.utcoffset() is None:
        raise ValueError("a datetime needs a time zone, such as datetime.timezone.utc")
    return value.isoformat().replace("+00:00", "Z")


def known(kind: type[E], value: V) -> E | V:
    """Returns the member of the enum with this value. Other values are returned as they are, since an enum may grow."""
    return kind._value2member_map_.get(value, value)  # type: ignore[return-value]


def read_json(content: bytes | str, wire: type[W]) -> W:
    """Reads JSON for a model.

    Raises:
        MismatchError: The JSON does not fit. The error says where and why.
        msgspec.DecodeError: The content is not JSON.
    """
    try:
        read: W = _decoder(wire).decode(content)
    except msgspec.ValidationError:
        return _read_again(msgspec.json.decode(content), wire)
    return read


def read_dict(source: Mapping[str, Any], wire: type[W]) -> W:
    """Reads JSON for a model, from dicts and lists.

    Raises:
        MismatchError: The JSON does not fit. The error says where and why.
    """
    try:
        return msgspec.convert(source, wire, dec_hook=_construct)
    except msgspec.ValidationError:
        return _read_again(msgspec.to_builtins(source, enc_hook=repr), wire)


def _read_again(value: Any, wire: type[W]) -> W:
    _set_aside_unknown(value, wire)
    try:
        return msgspec.convert(value, wire, dec_hook=_construct)
    except msgspec.ValidationError as error:
        place, problem = next(_mismatches(value, wire, ""), ("", str(error)))
        raise MismatchError(place, problem) from None


@functools.cache
def _decoder(wire: type[Wire]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(wire, dec_hook=_construct)


def _construct(kind: type, value: Any) -> Any:
    if kind is not Timestamp or not isinstance(value, str):
        raise ValueError
    return Timestamp.parse(value)


# --- Unknown properties ------------------------------------------------------------------------------------


class _Plan:
    """What to look for in the untyped JSON of a Wire: the known names, and which of them hold objects."""

    __slots__ = ("holders", "known")

    def __init__(self, wire: type[Wire]) -> None:
        fields = [field for field in msgspec.structs.fields(wire) if field.encode_name != _UNKNOWN]
        self.known = frozenset(field.encode_name for field in fields)
        found = [(field.encode_name, _objects_in(field.type)) for field in fields]
        self.holders = [(name, *objects) for name, objects in found if objects is not None]


_plan = functools.cache(_Plan)


def _objects_in(kind: Any) -> tuple[type[Wire], tuple[type, ...]] | None:
    """Returns the Wire inside a type, and the containers around it, from the outside in."""
    if isinstance(kind, type(Wire)):
        return kind, ()
    for argument in typing.get_args(kind):
        if (objects := _objects_in(argument)) is not None:
            container = typing.get_origin(kind)
            return objects if container not in (list, dict) else (objects[0], (container, *objects[1]))
    return None


def _set_aside_unknown(value: Any, wire: type[Wire], containers: tuple[type, ...] = ()) -> None:
    """Moves the unknown properties of every object to where its Wire takes them. Skips what does not fit."""
    if containers:
        if type(value) is containers[0]:
            items: Any = value.values() if type(value) is dict else value
            _set_aside_in(items, wire, containers[1:])
    else:
        _set_aside_in((value,), wire, ())


def _set_aside_in(values: Iterable[Any], wire: type[Wire], containers: tuple[type, ...]) -> None:
    if containers:
        for value in values:
            _set_aside_unknown(value, wire, containers)
        return
    plan = _plan(wire)
    known = plan.known
    for value in values:
        if type(value) is not dict:
            continue
        if not known.issuperset(value):
            unknown = {}
            for name in value:
                if name not in known:
                    unknown[name] = value[name]
            for name in unknown:
                del value[name]
            value[_UNKNOWN] = unknown
        for name, inner, around in plan.holders:
            if name in value:
                _set_aside_unknown(value[name], inner, around)


# --- The place of what does not fit ------------------------------------------------------------------------

_NAMES = {
    bool: "boolean",
    dict: "object",
    float: "number",
    int: "integer",
    list: "array",
    str: "string",
    types.NoneType: "null",
    Timestamp: "date-time with a time zone",
}


def _mismatches(value: Any, kind: Any, place: str) -> Iterator[tuple[str, str]]:
    """Yields each place in the value that does not fit, with what is wrong there."""
    form = _form(kind)
    if form in (typing.Union, types.UnionType):
        choices = [each for each in typing.get_args(kind) if each is not Unset]
        alike = [each for each in choices if _form(each) is type(value)]
        if len(choices) == 1 or alike:
            yield from _mismatches(value, (alike or choices)[0], place)
        elif not any(_fits(value, each) for each in choices):
            yield place, _expected(choices, value)
    elif type(value) is form is list:
        for index, item in enumerate(value):
            yield from _mismatches(item, typing.get_args(kind)[0], f"{place}[{index}]")
    elif type(value) is form is dict and not isinstance(kind, type(Wire)):
        for name, item in value.items():
            yield from _mismatches(item, typing.get_args(kind)[1], _below(place, name))
    elif type(value) is form is dict:
        for field in msgspec.structs.fields(kind):
            below = _below(place, field.encode_name)
            if field.encode_name in value:
                yield from _mismatches(value[field.encode_name], field.type, below)
            elif field.required:
                yield below, "missing"
    elif not _fits(value, form):
        yield place, _expected([kind], value)


def _form(kind: Any) -> Any:
    """Returns a type without its arguments: dict for a Wire, list for any list, and so on."""
    return dict if isinstance(kind, type(Wire)) else typing.get_origin(kind) or kind


def _fits(value: Any, kind: Any) -> bool:
    if kind is Any or type(value) is kind:
        return True
    try:
        msgspec.convert(value, kind, dec_hook=_construct)
    except msgspec.ValidationError:
        return False
    return True


def _below(place: str, name: str) -> str:
    if not name.isidentifier():
        return f"{place}[{_shown(name)}]"
    return f"{place}.{name}" if place else name


def _expected(choices: list[Any], value: Any) -> str:
    names: list[str] = []
    for form in map(_form, choices):
        if isinstance(form, type) and issubclass(form, enum.Enum):
            names += [_shown(member.value) for member in form]
        else:
            names.append(_NAMES.get(form, str(form)))
    names.sort(key="null".__eq__)
    if "number" in names and "integer" in names:
        names.remove("integer")
    return f"expected {' or '.join(names)}, got {_shown(value)}"


def _shown(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return _NAMES[type(value)]
    return shorten(msgspec.json.encode(value).decode(), 60)


@define
class Response(Generic[T]):
    """An answer, with its HTTP status and headers."""

    status_code: int
    """The HTTP status."""
    headers: Mapping[str, str]
    """The headers. Names are case-insensitive."""
    content: bytes
    """The body, as received."""
    parsed: T
    """The typed answer."""


__all__ = ["UNSET", "Model", "Response", "Timestamp", "Unset"]
