"""What of a sample a request asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Age: TypeAlias = Literal["today", "seeds", "oldest"]
"""How old the API is: `today` has all fields, `seeds` no later ones, `oldest` no thresholds either."""

AGES: tuple[Age, ...] = get_args(Age)


@dataclass(frozen=True)
class View:
    """What of a sample a request asks for.

    Attributes:
        impulse: The id of the impulse.
        truncate: Whether long lists of structured labels are cut.
    """

    age: Age
    impulse: int
    variant: str
    truncate: bool = False

    @property
    def today(self) -> bool:
        """Whether the answer has the later fields."""
        return self.age == "today"

    @property
    def has_thresholds(self) -> bool:
        """Whether the answer has the thresholds of learn blocks."""
        return self.age != "oldest"
