"""Faults of the connection: late answers, stalls and resets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .arguments import SECONDS, one_of, option, value
from .base import BeforeFault, HalfwayFault

if TYPE_CHECKING:
    import random

    from ei_classify_mocks.studio.connection import Connection


@dataclass(frozen=True)
class Latency(BeforeFault):
    """The answer comes SECONDS late. `jitter` adds up to that many seconds, at random."""

    name = "latency"
    examples = ("latency=0.5", "latency=0.5,jitter=0.2")

    seconds: float = value(SECONDS)
    jitter: float = option(SECONDS, 0.0)

    async def before(self, connection: Connection, chance: random.Random) -> None:
        """Wait."""
        await connection.wait(self.seconds + chance.random() * self.jitter)


@dataclass(frozen=True)
class Stall(HalfwayFault):
    """Half way through the body, nothing comes for SECONDS (60)."""

    name = "stall"
    examples = ("stall=60",)

    seconds: float = value(SECONDS, 60.0)

    async def halfway(self, connection: Connection) -> None:
        """Wait."""
        await connection.wait(self.seconds)


@dataclass(frozen=True)
class Reset(BeforeFault, HalfwayFault):
    """The connection is reset (RST) `before` the answer, or `inside` it, half way through the body."""

    name = "reset"
    examples = ("reset=before", "reset=inside")

    place: str = value(one_of("before", "inside"), "before")

    async def before(self, connection: Connection, _chance: random.Random) -> None:
        """Reset the connection, if this is the place."""
        if self.place == "before":
            await connection.reset()

    async def halfway(self, connection: Connection) -> None:
        """Reset the connection."""
        await connection.reset()
