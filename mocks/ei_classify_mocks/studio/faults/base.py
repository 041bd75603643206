"""What a fault can do. Each class stands for one place on the way of an answer at which faults strike.

For each request the places come in this order: `BeforeFault`, `InsteadFault`, `PlanFault`, `ContentFault`,
`BodyFault`, `HalfwayFault`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    import random
    from datetime import datetime

    from ei_classify_mocks.contract import Answer
    from ei_classify_mocks.studio.connection import Connection

Plan = TypeVar("Plan")


class Replacement(NamedTuple):
    """An answer that takes the place of the double's own."""

    status: int
    body: bytes
    media_type: str
    headers: list[tuple[bytes, bytes]]


class Content(NamedTuple):
    """The content of an answer.

    Attributes:
        value: The decoded JSON. It must not be changed in place.
        declared: What the contract says of it.
        chance: Numbers that are the same for each request in every Studio with the same seed.
    """

    value: object
    declared: Answer
    chance: random.Random


class Payload(NamedTuple):
    """The body of an answer as it is sent.

    Attributes:
        body: Its bytes.
        headers: The headers that it adds to the answer.
        breaks_off: Whether the connection closes after it. If so, it is sent as it is, without a length
            unless its headers give one.
    """

    body: bytes
    headers: tuple[tuple[bytes, bytes], ...] = ()
    breaks_off: bool = False


class FaultKind(ABC):
    """A kind of fault: a frozen dataclass whose fields are its arguments, see `arguments.py`.

    The docstring says what happens, in one or two sentences that begin with a capital letter.
    """

    name: ClassVar[str]
    """How the fault is written."""

    examples: ClassVar[tuple[str, ...]]
    """Faults of this kind, as they are written; docs/studio.md shows them."""


class BeforeFault(FaultKind):
    """A fault that strikes before the request is looked at."""

    @abstractmethod
    async def before(self, connection: Connection, chance: random.Random) -> None:
        """Do it.

        Args:
            connection: Lets the fault wait, or reset the connection.
            chance: Numbers that are the same for each request in every Studio with the same seed.
        """


class InsteadFault(FaultKind):
    """A fault that gives an answer in place of the double's own."""

    @abstractmethod
    def instead(self, now: datetime) -> Replacement:
        """The answer."""


class PlanFault(FaultKind, Generic[Plan]):
    """A fault that changes what the double means to do, such as which samples a page holds."""

    plan: ClassVar[type]
    """The type of the plans that it changes; it strikes the operations that have such a plan."""

    @abstractmethod
    def change(self, plan: Plan, turn: int) -> Plan:
        """The plan as the fault leaves it.

        Args:
            plan: What the double means to do.
            turn: How many requests the fault has concerned before this one.
        """


class ContentFault(FaultKind):
    """A fault that changes the content of an answer."""

    @abstractmethod
    def alter(self, content: Content) -> object:
        """The decoded JSON as the fault leaves it."""


class BodyFault(FaultKind):
    """A fault that changes the bytes of an answer, or what its headers say of them."""

    @abstractmethod
    def spoil(self, payload: Payload, chance: random.Random) -> Payload:
        """The body as the fault leaves it.

        Args:
            payload: The body so far.
            chance: Numbers that are the same for each request in every Studio with the same seed.
        """


class HalfwayFault(FaultKind):
    """A fault that strikes when half of the body has been sent."""

    @abstractmethod
    async def halfway(self, connection: Connection) -> None:
        """Do it."""
