"""A fault, as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ei_classify_mocks.contract import operations
from ei_classify_mocks.studio.operations.table import HANDLERS

from .arguments import arguments_of
from .base import PlanFault
from .table import KINDS
from .when import Occasions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ei_classify_mocks.studio.operations.table import Handler

    from .arguments import Argument

_SHORT = {handler.short: name for name, handler in HANDLERS.items() if handler.short}


class Fault:
    """One fault, as it is written: `KIND[=VALUE][,OPTION=VALUE…]`.

    `docs/studio.md` and `python -m ei_classify_mocks --help` list the kinds with their values and options.

    Args:
        spec: The fault as it is written.

    Attributes:
        kind: What it does.
        occasions: When it strikes.

    Raises:
        ValueError: It is not written so; the message says what is wrong.
    """

    def __init__(self, spec: str) -> None:
        head, *rest = (part.strip() for part in spec.split(","))
        name, given, text = head.partition("=")
        kind = KINDS.get(name)
        if kind is None:
            raise ValueError(f"there is no fault {name!r}; there are {', '.join(KINDS)}")
        arguments = arguments_of(kind)
        own = {each.name: each for each in arguments if not each.is_value}
        always = {each.name: each for each in arguments_of(Occasions)}
        values: dict[str, Any] = {}  # each of the type that its reader returns
        for value in (each for each in arguments if each.is_value):
            if given:
                values[value.field] = _read(name, value, text)
            elif value.is_required:
                raise ValueError(f"the fault {name} needs a value: {name}=…")
            given = ""
        if given:
            raise ValueError(f"the fault {name} takes no value")
        options = _read_options(name, own | always, rest)
        values |= {each.field: options[each.name] for each in own.values() if each.name in options}
        self.spec = ",".join([head, *rest])
        self.kind = kind(**values)
        self.occasions = Occasions(
            **{each.field: options[each.name] for each in always.values() if each.name in options}
        )
        self._operation = None if self.occasions.on is None else _operation_id(self.occasions.on)

    def __repr__(self) -> str:
        return f"Fault({self.spec!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fault) and self.spec == other.spec

    def __hash__(self) -> int:
        return hash(self.spec)

    def concerns(self, operation_id: str, handler: Handler | None) -> bool:
        """Whether it may strike a call of an operation.

        Args:
            operation_id: The operation that is called.
            handler: What carries it out; None if its documented example answers.
        """
        if self._operation not in (None, operation_id):
            return False
        if isinstance(self.kind, PlanFault):
            return handler is not None and self.kind.plan in handler.spoils
        return True


def _read_options(fault: str, known: dict[str, Argument], parts: Iterable[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for part in parts:
        name, given, text = part.partition("=")
        if name not in known:
            raise ValueError(f"the fault {fault} has no option {name!r}; it has {', '.join(sorted(known))}")
        if (known[name].reader is None) == bool(given):
            raise ValueError(f"{name} {'takes no' if given else 'needs a'} value")
        values[name] = _read(name, known[name], text)
    return values


def _read(name: str, argument: Argument, text: str) -> object:
    if argument.reader is None:
        return True
    try:
        value: object = argument.reader.read(text)
    except ValueError as error:
        raise ValueError(f"{name}={text}: {error}") from None
    return value


def _operation_id(name: str) -> str:
    operation_id = _SHORT.get(name, name)
    if operation_id not in HANDLERS and operation_id not in operations():
        raise ValueError(f"on={name}: {name!r} is none of {', '.join(_SHORT)}, and no operationId")
    return operation_id
