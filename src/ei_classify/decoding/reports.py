"""Reports of values that do not fit the contract, in the log of the library."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from .counts import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ei_classify_api.types import SetAside

logger = logging.getLogger("ei_classify")


class Reports:
    """Logs values that were set aside: a warning for the first of a kind of place, and the others at DEBUG.

    The places `result[0].sample.created` and `result[7].sample.created` are of one kind. The records have the
    value as `set_aside`, for handlers and filters.
    """

    def __init__(self) -> None:
        self._known: set[str] = set()

    def add(self, found: Iterable[SetAside]) -> None:
        """Log the values that were set aside in a page."""
        for each in found:
            kind = kind_of(each.place)
            if kind in self._known:
                logger.debug("set aside: %s", each, extra={"set_aside": each})
            else:
                self._known.add(kind)
                logger.warning(
                    "%s does not fit the contract (%s). The next ones of its kind are logged at DEBUG",
                    kind,
                    each,
                    extra={"set_aside": each},
                )
