"""Faults of the content: values other than the contract declares, as users report them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from .arguments import SHARE, flag, one_of, value
from .base import BodyFault, ContentFault
from .places import change_places

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping

    from .base import Content, Payload
    from .places import Place

_SIDES: Final = frozenset({"x", "y", "width", "height"})
_HALF_PAIR: Final = "\ud83d"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Nulls(ContentFault):
    """A SHARE of the optional properties (0.1) is null, those included that are usually absent."""

    name = "nulls"
    examples = ("nulls", "nulls=0.5")

    share: float = value(SHARE, 0.1)

    def alter(self, content: Content) -> object:
        """Put null in their place."""

        def changed(place: Place) -> object:
            return None if place.optional and content.chance.random() < self.share else place.value

        return change_places(content.value, content.declared, changed)


@dataclass(frozen=True)
class Fractions(ContentFault):
    """Integers are written as `101.0`, and the sides of the boxes of samples have fractions of a pixel."""

    name = "fractions"
    examples = ("fractions",)

    def alter(self, content: Content) -> object:
        """Add the fractions."""

        def changed(place: Place) -> object:
            if isinstance(place.value, bool) or not isinstance(place.value, int):
                return place.value
            if _is_side_of_sample_box(place):
                return place.value + content.chance.choice((0.25, 0.5, 0.75))
            return float(place.value) if place.schema.get("type") == "integer" else place.value

        return change_places(content.value, content.declared, changed)


def _is_side_of_sample_box(place: Place) -> bool:
    *above, box, side = ("", "", *place.names)
    return box == "boundingBoxes" and side in _SIDES and "sample" in above


def _epoch(text: str) -> object:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


_FORMS: Final[Mapping[str, Callable[[str], object]]] = {
    "no-zone": lambda text: text.removesuffix("Z"),
    "space": lambda text: text.replace("T", " "),
    "leap-second": lambda text: re.sub(r"(T\d\d:\d\d):\d\d", r"\1:60", text),
    "empty": lambda _text: "",
    "epoch": _epoch,
}


@dataclass(frozen=True)
class Dates(ContentFault):
    """Dates have another form: no zone, a space for `T`, a leap second, empty text, milliseconds since 1970.

    `any` lets chance decide for each date.
    """

    name = "dates"
    examples = ("dates", "dates=no-zone", "dates=epoch")

    form: str = value(one_of("any", *_FORMS), "any")

    def alter(self, content: Content) -> object:
        """Write them so."""
        forms = list(_FORMS.values()) if self.form == "any" else [_FORMS[self.form]]

        def changed(place: Place) -> object:
            if place.schema.get("format") != "date-time" or not isinstance(place.value, str):
                return place.value
            return content.chance.choice(forms)(place.value)

        return change_places(content.value, content.declared, changed)


@dataclass(frozen=True)
class Surrogates(ContentFault, BodyFault):
    """A SHARE of the texts (0.1) ends in half a surrogate pair.

    `bom` puts a byte-order mark in front of the JSON.
    """

    name = "surrogates"
    examples = ("surrogates", "surrogates=1,bom")

    share: float = value(SHARE, 0.1)
    bom: bool = flag()

    def alter(self, content: Content) -> object:
        """Add the halves."""

        def changed(place: Place) -> object:
            if not _is_free_text(place) or content.chance.random() >= self.share:
                return place.value
            return f"{place.value}{_HALF_PAIR}"

        return change_places(content.value, content.declared, changed)

    def spoil(self, payload: Payload, _chance: random.Random) -> Payload:
        """Add the mark, if it is asked for."""
        return payload._replace(body=_BYTE_ORDER_MARK + payload.body) if self.bom else payload


def _is_free_text(place: Place) -> bool:
    return (
        isinstance(place.value, str)
        and place.schema.get("type") == "string"
        and not place.schema.keys() & {"enum", "format"}
    )
