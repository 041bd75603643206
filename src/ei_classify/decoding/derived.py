"""The types that answers are decoded into, derived from the generated `Wire` types.

A `Wire` type says which values JSON may have. The type derived from it accepts the same values in the same
places, with three differences: it skips properties that are not in the contract, it has None for absent
properties, and it reads numbers that may have decimals as floats.
"""

from __future__ import annotations

import datetime
import functools
import types
import typing
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, Union

import msgspec
from ei_classify_api.familiar import Values, original
from ei_classify_api.types import Timestamp, Wire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Form: TypeAlias = Any
"""A type in the form of an annotation, such as `list[int]`. Python has no type for these yet."""

_Instant = Annotated[datetime.datetime, msgspec.Meta(tz=True)]


class Derivation:
    """Derives types that belong together: each `Wire` type becomes one type, wherever it occurs."""

    def __init__(
        self,
        replaced: Mapping[tuple[type[Wire], str], Form] | None = None,
        absent: Mapping[type[Wire], frozenset[str]] | None = None,
        skipped: Mapping[type[Wire], Sequence[str]] | None = None,
    ) -> None:
        """Create a derivation.

        Args:
            replaced: The properties that are read as a type other than their own.
            absent: The properties that an object must not have. It must not have unknown ones either.
            skipped: The unknown properties that such an object may have all the same.
        """
        self._replaced = replaced or {}
        self._absent = absent or {}
        self._skipped = skipped or {}
        self._derived: dict[type[Wire], Form] = {}

    def form(self, kind: Form) -> Form:
        """Return the type derived from any type that a property of a `Wire` type may have."""
        arguments = typing.get_args(kind)
        container: Form = typing.get_origin(kind)
        if isinstance(kind, type) and issubclass(kind, Wire):
            return self._struct(kind)
        if kind is Timestamp:
            return _Instant
        if container is Annotated:
            return kind
        if container in (Union, types.UnionType):
            kinds = [each for each in arguments if not (each is int and float in arguments)]
            return Union[tuple(self.form(each) for each in kinds)]  # noqa: UP007
        if arguments:
            return container[tuple(self.form(each) for each in arguments)]
        return kind

    def _struct(self, wire: type[Wire]) -> Form:
        if wire not in self._derived:
            self._derived[wire] = Any  # no table needs objects nested in objects of the same type
            base = original(wire)
            absent = self._absent.get(base, frozenset())
            skipped = self._skipped.get(base, ()) if absent else ()
            fields = [each for each in properties(wire) if each.name not in absent]
            kinds = {
                each.name: self._replaced.get((base, each.name)) or self.form(each.type) for each in fields
            }
            self._derived[wire] = msgspec.defstruct(
                wire.__name__,
                [
                    *((each.name, kinds[each.name], *(() if each.required else (None,))) for each in fields),
                    *((f"_{number}", msgspec.Raw, None) for number, _ in enumerate(skipped)),
                ],
                rename={
                    **{each.name: each.encode_name for each in fields},
                    **{f"_{number}": name for number, name in enumerate(skipped)},
                },
                kw_only=True,
                forbid_unknown_fields=bool(absent),
                gc=False,
            )
        return self._derived[wire]


class ExactValues(Values):
    """Reads values that may not fit as the derived types have them. What does not fit is left out."""

    exact = True

    def __init__(self) -> None:
        self._derivation = Derivation()

    def convert(self, value: object, kind: Form) -> object:
        """Return a value of JSON as a derived type.

        Raises:
            msgspec.ValidationError: It does not fit.
        """
        return msgspec.convert(value, self._derivation.form(kind))

    def finish(self, read: object, kind: Form) -> object:
        """Return a value of a `Wire` type as the derived type."""
        return derived(read, kind)

    def keep(self, item: object, name: str, value: object) -> None:
        """Leave out the value."""


@functools.lru_cache(maxsize=1024)  # msgspec evaluates the annotations each time
def properties(wire: type[Wire]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """Return the properties of a `Wire` type that are in the contract."""
    return tuple(each for each in msgspec.structs.fields(wire) if each.name != "_unknown")


def property_type(wire: type[Wire], name: str) -> Form:
    """Return the type of a property of a `Wire` type."""
    (kind,) = [each.type for each in properties(wire) if each.name == name]
    return kind


def derived(read: object, kind: Form) -> Any:
    """Return a `Wire` object that was read exactly, or a value of one, as the derived type."""
    return msgspec.convert(msgspec.to_builtins(read, enc_hook=datetime.datetime.isoformat), _form_of(kind))


@functools.cache
def _form_of(kind: Form) -> Form:
    return Derivation().form(kind)
