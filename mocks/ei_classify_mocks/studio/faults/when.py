"""When a fault strikes, and how often: the options that every fault takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .arguments import COUNT, COUNT_OR_NONE, SHARE, Reader, option

if TYPE_CHECKING:
    import random


@dataclass(frozen=True)
class Occasions:
    """When a fault strikes.

    Attributes:
        on: The one operation that it concerns: `page`, `variants`, `job`, or an operationId.
        skip: The number of requests that it spares at first.
        times: The number of requests after which it ends.
        p: The share of the requests that it strikes, decided by chance for each.
    """

    on: str | None = option(Reader("OPERATION", str))
    skip: int = option(COUNT_OR_NONE, 0)
    times: int | None = option(COUNT)
    p: float | None = option(SHARE)

    def include(self, turn: int, chance: random.Random) -> bool:
        """Whether the fault strikes the request.

        Args:
            turn: How many requests the fault has concerned before this one.
            chance: Decides where `p` is given, and then only.
        """
        if turn < self.skip or (self.times is not None and turn >= self.skip + self.times):
            return False
        return self.p is None or chance.random() < self.p
