"""What of a sample a request asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Age: TypeAlias = Literal["seeds", "today"]
"""How old the API is: `seeds` knows the fields that every version has, `today` also the later ones."""


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
