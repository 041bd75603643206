"""Reads answers in one pass that are odd in the same way as earlier ones.

A `Wire` type fits what the contract describes. If an answer has more or other properties, it is read again, and notes
are taken: of the names of unknown properties, and of the attributes with values that do not fit or with nulls in maps.
A subtype of the `Wire` type is made that has all of this. The next answers are read into the subtype, and then only
what is odd is looked at, value by value, in the same way as before. An answer that is odd in yet another way is read
again, too, and adds to the notes.
"""

from __future__ import annotations

import types
import typing
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar, Union

import msgspec
from attrs import frozen
from msgspec import UNSET

from .errors import MismatchError
from .types import (
    MOST_REPORTED,
    SCALARS,
    Notes,
    SetAside,
    Wire,
    as_received,
    attributes,
    below,
    construct,
    objects_in,
    read_odd_wire,
    read_value,
    read_wire,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Attribute: TypeAlias = tuple[type[Wire], str]
    """A type of object, and the name of an attribute or a property of it."""
    Place: TypeAlias = "tuple[Place, str | int] | None"
    """A place that becomes text only if it is needed: the place above, and a name or an index."""

W = TypeVar("W", bound=Wire)

MOST_KNOWN: Final = 256
"""How much may be odd, in all answers together, for it to be remembered."""
_LONGEST_NAME = 256


@frozen
class Oddities:
    """What answers had that the contract does not describe."""

    unknown: tuple[Attribute, ...] = ()
    """The names of unknown properties, in the order of the first answers that had them."""
    unfit: frozenset[Attribute] = frozenset()
    """The attributes with values that do not fit."""
    nulls: frozenset[Attribute] = frozenset()
    """The attributes with a map that has nulls."""

    def with_notes(self, notes: Notes) -> Oddities:
        """Returns the oddities with those of another answer, or without them if they are too many."""
        names = filter(_can_be_known, notes.unknown)
        more = Oddities(
            tuple(dict.fromkeys([*self.unknown, *names])), self.unfit | notes.unfit, self.nulls | notes.nulls
        )
        return more if len(more.unknown) + len(more.unfit) + len(more.nulls) <= MOST_KNOWN else self

    def names(self, wire: type[Wire]) -> list[str]:
        """Returns the names of the unknown properties of a type of object."""
        return [name for holder, name in self.unknown if holder is wire]


def _can_be_known(attribute: Attribute) -> bool:
    # msgspec does not accept these characters in the name of a field.
    _, name = attribute
    return len(name) <= _LONGEST_NAME and not any(ord(each) < 32 or each in '"\\' for each in name)


def _can_be_remembered(value: Any) -> bool:
    return type(value) in SCALARS and not (type(value) is str and len(value) > _LONGEST_NAME)


class Familiar:
    """Knows how earlier answers were odd, which makes it faster to read the same again.

    Use one for answers of one kind, such as the pages of a project, in one thread at a time. It remembers at most 256
    names and attributes.
    """

    def __init__(self) -> None:
        self._readers: dict[type[Wire], _Reader] = {}

    def read_wire(self, content: bytes | str, wire: type[W]) -> tuple[W, tuple[SetAside, ...]]:
        """Returns the same as `types.read_wire`.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        reader = self._readers.get(wire)
        if reader is not None:
            try:
                return reader.read(content)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                pass
        notes = Notes()
        read = (read_wire if reader is None else read_odd_wire)(content, wire, notes)
        known = Oddities() if reader is None else reader.odd
        if (odd := known.with_notes(notes)) != known:
            self._readers[wire] = _Reader(wire, odd)
        return read


class _Reader:
    def __init__(self, wire: type[Wire], odd: Oddities) -> None:
        self.odd = odd
        self._kin = Kin(wire, odd)
        self._decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(self._kin.wire, dec_hook=construct)

    def read(self, content: bytes | str) -> tuple[Any, tuple[SetAside, ...]]:
        read = self._decoder.decode(content)
        return read, self._kin.mend(read)


class Values:
    """How a value that may not fit is read. This is the way of `types.read_wire`."""

    exact = False
    """As for `types.read_odd_wire`."""

    def convert(self, value: Any, kind: Any) -> Any:
        """Returns a value of JSON as a type of a Wire.

        Raises:
            msgspec.ValidationError: It does not fit.
        """
        return msgspec.convert(value, kind, dec_hook=construct)

    def finish(self, read: Any, kind: Any) -> Any:
        """Returns what was read value by value, as `convert` returns it."""
        return read

    def keep(self, item: Any, name: str, value: Any) -> None:
        """Keeps a value that was set aside with its object."""
        if item._unknown is None:
            item._unknown = {}
        item._unknown[name] = as_received(value)


class Kin:
    """A subtype of a Wire that has what is odd, and what there is to do with objects of it."""

    def __init__(self, wire: type[Wire], odd: Oddities, values: Values | None = None) -> None:
        family = _Family(odd, values or Values())
        self._plan = family.plan(wire)
        self.of: Mapping[type[Wire], type[Wire]] = family.kin
        """The subtype of each type inside; the type itself if nothing in it is odd."""
        self.wire: type[Wire] = family.kin[wire]
        """The subtype; the type itself if nothing is odd."""

    def mend(self, read: Any) -> tuple[SetAside, ...]:
        """Makes what was read into the subtype equal to what `types.read_wire` returns.

        Returns:
            What was left out of it.

        Raises:
            msgspec.ValidationError: Something does not fit that is required.
        """
        found: list[SetAside] = []
        if self._plan is not None:
            try:
                self._plan.mend(read, None, found)
            except MismatchError as mismatch:
                raise msgspec.ValidationError(str(mismatch)) from None
        return tuple(found[:MOST_REPORTED])


def original(wire: type[Wire]) -> type[Wire]:
    """Returns the type that the contract describes, for it or a subtype."""
    return wire.__mro__[wire.__mro__.index(Wire) - 1]


# --- What there is to do with objects --------------------------------------------------------------------------


class _Family:
    """The subtypes that belong together, and the plans for their objects."""

    def __init__(self, odd: Oddities, values: Values) -> None:
        self.kin: dict[type[Wire], type[Wire]] = {}
        self._odd = odd
        self._values = values
        self._plans: dict[type[Wire], _Plan | None] = {}

    def plan(self, wire: type[Wire]) -> _Plan | None:
        """Returns what there is to do with objects of a type; None if there is nothing."""
        if wire not in self.kin:
            self.kin[wire], self._plans[wire] = wire, None  # what an object of the type has inside itself
            self._add(wire)
        return self._plans[wire]

    def _add(self, wire: type[Wire]) -> None:
        extra = [(f"_{number}", name) for number, name in enumerate(self._odd.names(wire))]
        steps: list[_Step] = []
        changed: list[msgspec.structs.FieldInfo] = []
        kinds: dict[str, Any] = {}
        for field in attributes(wire):
            attribute, objects = (wire, field.name), objects_in(field.type)
            if attribute in self._odd.unfit or (attribute in self._odd.nulls and objects is not None):
                kinds[field.name] = Any
                steps.append(_Unfit(field, self._values))
            elif attribute in self._odd.nulls:
                kinds[field.name] = with_nulls(field.type)
                steps.append(_Nulls(field))
            elif objects is not None and (plan := self.plan(objects[0])) is not None:
                kinds[field.name] = _replaced(field.type, objects[0], self.kin[objects[0]])
                steps.append(_Inside(field, objects[1], plan))
            else:
                continue
            changed.append(field)
        if not extra and not steps:
            return
        self._plans[wire] = _Plan(extra, steps)
        self.kin[wire] = msgspec.defstruct(  # type: ignore[assignment]
            wire.__name__,
            [
                *((each.name, kinds[each.name], *(() if each.required else (None,))) for each in changed),
                *((name, Any, UNSET) for name, _ in extra),
            ],
            bases=(wire,),
            rename={**{each.name: each.encode_name for each in changed}, **dict(extra)},
            kw_only=True,
            forbid_unknown_fields=True,
            gc=False,
        )


class _Plan:
    """What there is to do with an object, and with what it holds."""

    def __init__(self, extra: list[tuple[str, str]], steps: list[_Step]) -> None:
        self._extra = extra
        self._steps = steps

    def mend(self, item: Any, place: Place, found: list[SetAside]) -> None:
        if self._extra:
            self._gather([item])
        for step in self._steps:
            # Objects for tables may lack attributes.
            if (value := getattr(item, step.attribute, None)) is not None:
                step.mend(item, value, place, found)
            elif step.required:  # a type of values that may not fit has nulls, too
                raise MismatchError(step.attribute, "expected a value, got null")

    def mend_all(self, items: list[Any], place: Place, found: list[SetAside]) -> None:
        if self._steps:
            for index, item in enumerate(items):
                self.mend(item, (place, index), found)
        else:
            self._gather(items)

    def _gather(self, items: list[Any]) -> None:
        """Gathers the unknown properties of objects, which came as attributes."""
        (attribute, name), *more = self._extra
        for item in items:
            value = getattr(item, attribute)
            unknown = {} if value is UNSET else {name: value}
            for other, its_name in more:
                if (value := getattr(item, other)) is not UNSET:
                    unknown[its_name] = value
            if unknown:
                item._unknown = unknown


class _Step:
    """What there is to do with the value of an attribute."""

    def __init__(self, field: msgspec.structs.FieldInfo) -> None:
        self.attribute = field.name
        self.required = field.required
        self._field = field
        self._name = field.encode_name

    def mend(self, item: Any, value: Any, place: Place, found: list[SetAside]) -> None:
        raise NotImplementedError


class _Unfit(_Step):
    """Reads a value that came without a type."""

    def __init__(self, field: msgspec.structs.FieldInfo, values: Values) -> None:
        super().__init__(field)
        self._values = values
        choices = typing.get_args(field.type) or (field.type,)
        self._fitting = {each for each in choices if each in (str, bool)}
        self._problems: dict[tuple[type, Any], str] = {}

    def mend(self, item: Any, value: Any, place: Place, found: list[SetAside]) -> None:
        came = type(value)
        if came in self._fitting:
            return
        # Servers tend to send the same again, such as an empty text.
        if came in SCALARS and (problem := self._problems.get((came, value))) is not None:
            self._leave_out(item, value)
            if len(found) < MOST_REPORTED:
                found.append(SetAside(_text((place, self._name)), problem))
            return
        try:
            read = self._values.convert(value, self._field.type)
        except (msgspec.ValidationError, OverflowError):
            self._read(item, value, _text((place, self._name)), found)
        else:
            setattr(item, self.attribute, read)

    def _read(self, item: Any, value: Any, place: str, found: list[SetAside]) -> None:
        try:
            read, more = read_value(value, self._field.type, place, exact=self._values.exact)
        except MismatchError as mismatch:
            if self._field.required:
                raise
            self._leave_out(item, value)
            found.append(SetAside(mismatch.place, mismatch.problem))
            if _can_be_remembered(value) and len(self._problems) < MOST_KNOWN:
                self._problems[type(value), value] = mismatch.problem
        else:
            found += more
            setattr(item, self.attribute, self._values.finish(read, self._field.type))

    def _leave_out(self, item: Any, value: Any) -> None:
        self._values.keep(item, self._name, value)
        setattr(item, self.attribute, None)


class _Nulls(_Step):
    """Leaves nulls out of maps."""

    def __init__(self, field: msgspec.structs.FieldInfo) -> None:
        super().__init__(field)
        self._containers = _containers(field.type)

    def mend(self, item: Any, value: Any, place: Place, found: list[SetAside]) -> None:
        _leave_out_nulls([value], self._containers)


class _Inside(_Step):
    """Mends the objects in a value."""

    def __init__(self, field: msgspec.structs.FieldInfo, containers: tuple[type, ...], plan: _Plan) -> None:
        super().__init__(field)
        self._containers = containers
        self._plan = plan

    def mend(self, item: Any, value: Any, place: Place, found: list[SetAside]) -> None:
        self._mend(value, self._containers, (place, self._name), found)

    def _mend(self, value: Any, containers: tuple[type, ...], place: Place, found: list[SetAside]) -> None:
        if value is None:
            return
        if not containers:
            self._plan.mend(value, place, found)
            return
        if containers == (list,):
            self._plan.mend_all(value, place, found)
            return
        for key, each in enumerate(value) if containers[0] is list else value.items():
            self._mend(each, containers[1:], (place, key), found)


def _leave_out_nulls(values: Iterable[Any], containers: tuple[type, ...]) -> None:
    container, *rest = containers
    if container is dict:
        values = list(values)
        nulls: list[str] = []
        for each in values:
            for name in nulls:  # of an earlier map: those of this one, as a rule
                if each.get(name, "") is None:
                    del each[name]
            if None in each.values():
                nulls = [name for name, value in each.items() if value is None]
                for name in nulls:
                    del each[name]
    if rest:
        for each in values:
            _leave_out_nulls(each.values() if container is dict else each, tuple(rest))


def _containers(kind: Any) -> tuple[type, ...]:
    """Returns the lists and maps around the values of a type, from the outside in."""
    container = typing.get_origin(kind)
    for argument in reversed(typing.get_args(kind)):
        if inner := _containers(argument):
            return (container, *inner) if container in (list, dict) else inner
    return (container,) if container in (list, dict) else ()


def with_nulls(kind: Any) -> Any:
    """Returns a type whose maps may have nulls."""
    container, arguments = typing.get_origin(kind), typing.get_args(kind)
    if not arguments:
        return kind
    inner = [with_nulls(each) for each in arguments]
    if container is dict:
        return dict[inner[0], inner[1] | None]  # type: ignore[valid-type]
    return _rebuilt(container, inner)


def _replaced(kind: Any, wire: type[Wire], by: type[Wire]) -> Any:
    if kind is wire:
        return by
    if not (arguments := typing.get_args(kind)):
        return kind
    return _rebuilt(typing.get_origin(kind), [_replaced(each, wire, by) for each in arguments])


def _rebuilt(container: Any, arguments: list[Any]) -> Any:
    if container in (Union, types.UnionType):
        return Union[tuple(arguments)]  # noqa: UP007
    return container[tuple(arguments)]


def _text(place: Place) -> str:
    if place is None:
        return ""
    above, key = place
    return f"{_text(above)}[{key}]" if isinstance(key, int) else below(_text(above), key)
