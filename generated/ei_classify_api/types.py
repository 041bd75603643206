"""The base of all models, and how JSON is read into them.

First, msgspec reads JSON into the strict twin of the model, a `Wire`. This checks every type and is fast. If
something does not fit, the JSON is read again without types, and unknown properties are set aside for the model to
keep. If something still does not fit, it is read a third time, value by value:

- A value that does not fit an optional property costs only itself. The attribute is None, the value stays in
  `additional_properties` under its own name, so it is written back, and `Model.set_aside` reports it.
- A text, number or boolean of a map that does not fit stays in the map as it came, and is reported as well; null is
  left out.
- A value that does not fit a required property makes its object not fit. If the whole answer does not fit, this is a
  `MismatchError` that names the place.

An optional property that is null is the same as one that is absent: its attribute is None. A number keeps its form,
1 or 1.0; an integer may be written 1.0. Of JSON as other programs write it, `NaN`, `Infinity`, a byte order mark, half
of a surrogate pair and bytes that are not UTF-8 are read; the last two become U+FFFD.
"""

from __future__ import annotations

import contextlib
import datetime
import enum
import functools
import json
import math
import reprlib
import secrets
import types
import typing
from typing import TYPE_CHECKING, Any, Generic, Self, TypeAlias, TypeVar

import msgspec
from attrs import define, fields, frozen
from msgspec import UNSET
from msgspec import UnsetType as Unset

from .errors import MismatchError, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .familiar import Familiar

    Integer: TypeAlias = int
    Number: TypeAlias = float
else:
    Integer = typing.Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
    Number = int | float  # not float alone, which would turn 1 into 1.0

T = TypeVar("T")

UNKNOWN = f"unknown properties {secrets.token_hex(8)}"
"""The property of a Wire that takes the unknown ones. No server can send one of that name."""
MOST_REPORTED = 1000


@frozen
class SetAside:
    """A value that does not fit the contract, and was left out."""

    place: str
    """Where it is, such as `result[3].sample.created`."""
    problem: str
    """What was expected, and what came."""

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"


_LONGEST_REPR = 200
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 40


def _brief(value: Any) -> str:
    """Returns a short text that tells what a value is."""
    if isinstance(value, Model):
        return f"{type(value).__name__}(…)"
    if isinstance(value, list) and value and isinstance(value[0], Model):
        return f"[{len(value)} {type(value[0]).__name__}]"
    if isinstance(value, Timestamp):
        return to_text(value)
    return _SHORT.repr(value)


class Model:
    """An object of the contract. Its `repr` is one line of at most 200 characters."""

    __slots__ = ("_set_aside",)

    _set_aside: tuple[SetAside, ...]

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        """The values anywhere in the object that do not fit the contract and were left out.

        Only an object that was read itself has them, such as a page; the objects in it do not. They are at most
        1000.
        """
        found: tuple[SetAside, ...] = getattr(self, "_set_aside", ())
        return found

    def __repr__(self) -> str:
        names = [field.name for field in fields(type(self))]  # type: ignore[arg-type]
        attributes = ((name, getattr(self, name)) for name in names)
        shown = [
            f"{name}={_brief(value)}"
            for name, value in attributes
            if value is not None and not (name == "additional_properties" and not value)
        ]
        text = f"{type(self).__name__}({', '.join(shown)})"
        return text if len(text) <= _LONGEST_REPR else f"{text[: _LONGEST_REPR - 2]}…)"

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            # Few objects have unknown properties, so the dict for them is created on first use.
            if name != "additional_properties":
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            self.additional_properties = unknown = {}
            return unknown


class Wire(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The JSON that a model is read from."""

    _unknown: dict[str, Any] | None = msgspec.field(default=None, name=UNKNOWN)


E = TypeVar("E", bound=enum.Enum)
V = TypeVar("V")
W = TypeVar("W", bound=Wire)
M = TypeVar("M", bound=Model)


class Timestamp(datetime.datetime):
    """A datetime with a time zone that keeps the text it was read from.

    Datetimes that are computed from it do not keep a text.
    """

    __slots__ = ("text",)

    text: str
    """The text, as received."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Returns the datetime of an ISO 8601 text, such as `2023-11-07T05:31:56.000Z`; without a zone, in UTC.

        Raises:
            ValueError: The text is not a datetime.
        """
        parsed = cls.fromisoformat(text.upper())
        if parsed.tzinfo is None:
            parsed = parsed.replace(tzinfo=datetime.UTC)
        elif parsed.tzinfo is not datetime.UTC:
            _check_offset(parsed)
        parsed.text = text
        return parsed

    def __reduce_ex__(self, protocol: typing.SupportsIndex) -> str | tuple[Any, ...]:
        return (type(self).parse, (to_text(self),))


def _check_offset(value: datetime.datetime) -> None:
    offset = value.utcoffset() or datetime.timedelta()
    if offset % datetime.timedelta(minutes=1):
        raise ValueError("a time zone is a number of minutes")  # in ISO 8601 and everywhere else
    try:
        value.astimezone(datetime.UTC)
    except OverflowError:
        raise ValueError("the time does not exist in UTC") from None


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


def read_json(
    content: bytes | str, wire: type[W], build: Callable[[W], M], familiar: Familiar | None = None
) -> M:
    """Returns the model for JSON.

    Args:
        content: The JSON.
        wire: Its type.
        build: Returns the model for what was read.
        familiar: Knows how earlier answers were odd, which makes reading the same again faster.

    Raises:
        MismatchError: The JSON does not fit. The error says where and why.
        msgspec.DecodeError: The content is not JSON.
    """
    read = read_wire if familiar is None else familiar.read_wire
    return _built(*read(content, wire), build)


def read_dict(source: Mapping[str, Any], wire: type[W], build: Callable[[W], M]) -> M:
    """Returns the model for JSON that was read into dicts and lists.

    Raises:
        MismatchError: The JSON does not fit. The error says where and why.
    """
    try:
        return build(msgspec.convert(source, wire, dec_hook=construct))
    except msgspec.ValidationError:
        return _built(*_read_again(msgspec.to_builtins(source, enc_hook=repr), wire), build)


def read_wire(
    content: bytes | str, wire: type[W], notes: Notes | None = None
) -> tuple[W, tuple[SetAside, ...]]:
    """Returns what a model is built from, and what was left out of it.

    Args:
        content: The JSON.
        wire: Its type.
        notes: Takes what is odd.

    Raises:
        MismatchError: The JSON does not fit. The error says where and why.
        msgspec.DecodeError: The content is not JSON.
    """
    try:
        read: W = _decoder(wire).decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return read_odd_wire(content, wire, notes)
    return read, ()


def read_odd_wire(
    content: bytes | str, wire: type[W], notes: Notes | None = None, *, exact: bool = False
) -> tuple[W, tuple[SetAside, ...]]:
    """Returns the same as `read_wire`, for JSON that is known to be odd.

    Args:
        content: The JSON.
        wire: Its type.
        notes: Takes what is odd.
        exact: Whether the values of maps that do not fit are left out as well, and all numbers fit into floats. What
            is read then has the types that it declares.

    Raises:
        MismatchError: The JSON does not fit. The error says where and why.
        msgspec.DecodeError: The content is not JSON.
    """
    try:
        return _read_again(untyped(content), wire, notes, exact)
    except RecursionError:
        raise msgspec.DecodeError("it is nested too deeply") from None


def read_value(value: Any, kind: Any, place: str, *, exact: bool = False) -> tuple[Any, list[SetAside]]:
    """Returns a value in JSON that was read into dicts and lists, as a Wire has it, and what was left out of it.

    Args:
        value: The value.
        kind: The type that a Wire declares for it.
        place: Where it is.
        exact: As for `read_odd_wire`.

    Raises:
        MismatchError: The value does not fit. The error says where and why.
    """
    if (objects := objects_in(kind)) is not None:
        _set_aside_unknown(value, *objects)
    reader = _TolerantReader(value, exact)
    return reader.read(value, kind, place), reader.found


def untyped(content: bytes | str) -> Any:
    """Returns the dicts, lists and values of JSON, also as other programs write it: with `NaN` and the like.

    Raises:
        msgspec.DecodeError: The content is not JSON.
    """
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        text = content if isinstance(content, str) else content.decode("utf-8-sig", "replace")
        try:
            return _without_surrogates(json.loads(text, parse_int=_integer))
        except (ValueError, RecursionError):
            raise msgspec.DecodeError(str(error)) from None


def _integer(text: str) -> int | float:
    """Returns an integer; an infinite number if it has more digits than Python reads."""
    try:
        return int(text)
    except ValueError:
        return float(text)


def _without_surrogates(value: Any) -> Any:
    """Returns the value with U+FFFD for each half of a surrogate pair. Lists and dicts are changed in place."""
    whole = [value]
    left: list[Any] = [whole]  # in place of recursion, for which some JSON is too deep
    while left:
        each = left.pop()
        if type(each) is list:
            each[:] = map(_mended, each)
        else:
            mended = {_mended(name): _mended(item) for name, item in each.items()}
            each.clear()
            each.update(mended)
        inside = each if type(each) is list else each.values()
        left += [item for item in inside if type(item) in (list, dict)]
    return whole[0]


def _mended(value: Any) -> Any:
    return (
        value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if type(value) is str else value
    )


def _built(wire: W, found: tuple[SetAside, ...], build: Callable[[W], M]) -> M:
    model = build(wire)
    if found:
        model._set_aside = found
    return model


def _read_again(
    value: Any, wire: type[W], notes: Notes | None = None, exact: bool = False
) -> tuple[W, tuple[SetAside, ...]]:
    _set_aside_unknown(value, wire, notes=notes)
    try:
        if not exact:
            return msgspec.convert(value, wire, dec_hook=construct), ()
    except (msgspec.ValidationError, OverflowError):
        pass
    reader = _TolerantReader(value, exact, notes)
    read: W = reader.read(value, wire, "")
    return read, tuple(reader.found[:MOST_REPORTED])


@functools.cache
def _decoder(wire: type[Wire]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(wire, dec_hook=construct)


def construct(kind: type, value: Any) -> Any:
    if kind is not Timestamp or not isinstance(value, str):
        raise ValueError
    return Timestamp.parse(value)


# --- What is odd ---------------------------------------------------------------------------------------------


class Notes:
    """What was odd in JSON, by the type of the object and the name. It takes what `Familiar` learns from."""

    __slots__ = ("nulls", "unfit", "unknown")

    def __init__(self) -> None:
        self.unknown: dict[tuple[type[Wire], str], None] = {}
        """The properties that the contract does not have, in order."""
        self.unfit: set[tuple[type[Wire], str]] = set()
        """The attributes with a value that does not fit, or with a map that has one."""
        self.nulls: set[tuple[type[Wire], str]] = set()
        """The attributes with a map that has nulls."""


# --- Unknown properties ------------------------------------------------------------------------------------


@functools.cache
def attributes(wire: type[Wire]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """Returns the attributes of a Wire that the contract describes."""
    return tuple(field for field in msgspec.structs.fields(wire) if field.encode_name != UNKNOWN)


class _Plan:
    """What to look for in the untyped JSON of a Wire: the known names, and which of them hold objects."""

    __slots__ = ("holders", "known")

    def __init__(self, wire: type[Wire]) -> None:
        fields = attributes(wire)
        self.known = frozenset(field.encode_name for field in fields)
        found = [(field.encode_name, objects_in(field.type)) for field in fields]
        self.holders = [(name, *objects) for name, objects in found if objects is not None]


_plan = functools.cache(_Plan)


@functools.cache
def objects_in(kind: Any) -> tuple[type[Wire], tuple[type, ...]] | None:
    """Returns the Wire inside a type, and the containers around it, from the outside in."""
    if isinstance(kind, type(Wire)):
        return kind, ()
    for argument in typing.get_args(kind):
        if (objects := objects_in(argument)) is not None:
            container = typing.get_origin(kind)
            return objects if container not in (list, dict) else (objects[0], (container, *objects[1]))
    return None


def _set_aside_unknown(
    value: Any, wire: type[Wire], containers: tuple[type, ...] = (), notes: Notes | None = None
) -> None:
    """Moves the unknown properties of every object to where its Wire takes them. Skips what does not fit."""
    if containers:
        if type(value) is containers[0]:
            items: Any = value.values() if type(value) is dict else value
            _set_aside_in(items, wire, containers[1:], notes)
    else:
        _set_aside_in((value,), wire, (), notes)


def _set_aside_in(
    values: Iterable[Any], wire: type[Wire], containers: tuple[type, ...], notes: Notes | None
) -> None:
    if containers:
        for value in values:
            _set_aside_unknown(value, wire, containers, notes)
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
            value[UNKNOWN] = unknown
            if notes is not None:
                notes.unknown.update(((wire, name), None) for name in unknown)
        for name, inner, around in plan.holders:
            if name in value:
                _set_aside_unknown(value[name], inner, around, notes)


# --- What does not fit ---------------------------------------------------------------------------------------

SCALARS = frozenset({bool, float, int, str})
_NAMES = {
    bool: "boolean",
    dict: "object",
    float: "number",
    int: "integer",
    list: "array",
    str: "string",
    types.NoneType: "null",
    Timestamp: "date-time",
}


class _TolerantReader:
    """Reads JSON value by value, and leaves out what does not fit."""

    def __init__(self, value: Any, exact: bool, notes: Notes | None = None) -> None:
        self.found: list[SetAside] = []
        """What does not fit."""
        self._keeps_in_maps = not exact
        self._has_huge_numbers = exact and _has_huge_numbers(value)
        self._notes = notes or Notes()
        self._attribute: tuple[type[Wire], str] = (Wire, "")

    def read(self, value: Any, kind: Any, place: str) -> Any:
        """Returns the value as a Wire has it.

        Raises:
            MismatchError: The value does not fit. The error says where and why.
        """
        if _fits(value, kind):
            return value
        form = _form(kind)
        if form in (typing.Union, types.UnionType):
            return self._choice(value, typing.get_args(kind), place)
        if not self._has_huge_numbers and type(value) is form in (dict, list):
            # Most of what is inside is not odd, and then this is much faster.
            with contextlib.suppress(msgspec.ValidationError, OverflowError):
                return msgspec.convert(value, kind, dec_hook=construct)
        if type(value) is form is list:
            (item_kind,) = typing.get_args(kind)
            return [self.read(item, item_kind, f"{place}[{index}]") for index, item in enumerate(value)]
        if type(value) is form is dict:
            if isinstance(kind, type(Wire)):
                return self._object(value, kind, place)
            return self._map(value, typing.get_args(kind)[1], place)
        if form is int and type(value) is float and value.is_integer():
            value = int(value)
        try:
            return msgspec.convert(value, kind, dec_hook=construct)
        except (msgspec.ValidationError, OverflowError):
            if type(value) is form is int:
                raise MismatchError(
                    place, f"expected an integer of at most 64 bits, got {_shown(value)}"
                ) from None
            raise MismatchError(place, _expected([kind], value)) from None

    def _choice(self, value: Any, choices: tuple[Any, ...], place: str) -> Any:
        if value is None and types.NoneType in choices:
            return None
        if type(value) is int and float in choices:
            return _as_float(value) if self._has_huge_numbers else value
        there = [each for each in choices if each is not types.NoneType]
        if len(there) == 1:
            return self.read(value, there[0], place)
        for choice in sorted(there, key=lambda each: _form(each) is not type(value)):
            try:
                return self.read(value, choice, place)
            except MismatchError:
                continue
        raise MismatchError(place, _expected(there, value))

    def _object(self, value: dict[str, Any], wire: type[Wire], place: str) -> Wire:
        unknown = dict(value.get(UNKNOWN) or ())
        known = {}
        above = self._attribute
        for field in attributes(wire):
            name = field.encode_name
            if name not in value:
                if field.required:
                    raise MismatchError(below(place, name), "missing")
                continue
            before = len(self.found)
            self._attribute = (wire, field.name)
            try:
                known[field.name] = self.read(value[name], field.type, below(place, name))
            except MismatchError as mismatch:
                if field.required:
                    raise
                del self.found[before:]
                self.found.append(SetAside(mismatch.place, mismatch.problem))
                unknown[name] = as_received(value[name])
                self._notes.unfit.add((wire, field.name))
        self._attribute = above
        read = wire(**known)
        if unknown:
            read._unknown = unknown
        return read

    def _map(self, value: dict[str, Any], kind: Any, place: str) -> dict[str, Any]:
        read = {}
        attribute = self._attribute
        for name, item in value.items():
            if _fits(item, kind):
                read[name] = item
                continue
            try:
                read[name] = self.read(item, kind, below(place, name))
            except MismatchError as mismatch:
                if item is None:
                    self._notes.nulls.add(attribute)
                else:
                    if not SCALARS.issuperset(map(_form, _choices(kind))):
                        raise
                    self._notes.unfit.add(attribute)
                    self.found.append(SetAside(mismatch.place, mismatch.problem))
                    if self._keeps_in_maps:
                        read[name] = item
        return read


@functools.cache
def _same(kind: Any) -> frozenset[type]:
    """Returns the types of JSON whose values are values of a type as they are."""
    return frozenset(map(_form, _choices(kind))) & {*SCALARS, types.NoneType}


def _choices(kind: Any) -> tuple[Any, ...]:
    return typing.get_args(kind) if _form(kind) in (typing.Union, types.UnionType) else (kind,)


def _fits(value: Any, kind: Any) -> bool:
    return type(value) in _same(kind) and not (type(value) is int and _is_huge(value))


def _is_huge(value: int) -> bool:
    return not -(2**63) <= value < 2**63


def _has_huge_numbers(value: Any) -> bool:
    """Returns whether JSON has an integer of more than 64 bits anywhere."""
    left = [value]  # in place of recursion, for which some JSON is too deep
    while left:
        each = left.pop()
        if type(each) is int and _is_huge(each):
            return True
        if type(each) is list:
            left += each
        elif type(each) is dict:
            left += each.values()
    return False


def _as_float(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def as_received(value: Any) -> Any:
    """Returns a copy of JSON with its unknown properties back in their places."""
    whole = [value]
    left: list[Any] = [whole]  # in place of recursion, for which some JSON is too deep
    while left:
        each = left.pop()
        for place in range(len(each)) if type(each) is list else list(each):
            item = each[place]
            if type(item) is list:
                each[place] = list(item)
            elif type(item) is dict:
                each[place] = {**item, **item.get(UNKNOWN, {})}
                each[place].pop(UNKNOWN, None)
            else:
                continue
            left.append(each[place])
    return whole[0]


def _form(kind: Any) -> Any:
    """Returns a type without its arguments and limits: dict for a Wire, list for any list, and so on."""
    if isinstance(kind, type(Wire)):
        return dict
    origin = typing.get_origin(kind)
    return _form(typing.get_args(kind)[0]) if origin is typing.Annotated else origin or kind


def below(place: str, name: str) -> str:
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
    if "number" in names and "integer" in names:
        names.remove("integer")
    return f"expected {' or '.join(names)}, got {_shown(value)}"


def _shown(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return _NAMES[type(value)]
    return shorten(json.dumps(value, ensure_ascii=False), 60)


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


__all__ = ["UNSET", "Model", "Response", "SetAside", "Timestamp", "Unset"]
