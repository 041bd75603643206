"""How commands show on stderr how far long work is: live on a terminal, now and then elsewhere."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from ei_classify.progress import NowAndThen, Pace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ei_classify.progress import ReadProgress

    from .session import Session


@contextlib.contextmanager
def working(session: Session, text: str, *, say: bool = True) -> Iterator[Callable[[str], object]]:
    """Show that work is under way, for the length of a `with` block.

    Yields a function that takes what the work has come to. Off a terminal, it prints a line every ten
    seconds, and the text is printed first if `say` is true.
    """
    if session.quiet:
        yield lambda _: None
    elif session.err.is_live:
        with session.err.working(text) as change:
            yield change
    else:
        if say:
            session.say(text)
        now_and_then = NowAndThen(session.say)
        yield lambda changed: now_and_then(changed, is_last=False)


@contextlib.contextmanager
def reading(session: Session, text: str, *, say: bool = True) -> Iterator[Callable[[ReadProgress], object]]:
    """Show how far a read is. Yields a function for the argument `progress` of the library."""
    pace = Pace()
    with working(session, text, say=say) as change:
        yield lambda read: change(pace.words(read.variant, read.samples, read.total))
