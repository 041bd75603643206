"""What to say where a package of the doubles is not installed."""

from __future__ import annotations


def missing_extra(error: ImportError) -> str:
    """What is missing, and how to install it."""
    missing = (error.name or "a package of the doubles").partition(".")[0]
    return (
        f"{missing} is needed and not installed. It comes with the extra `mocks`: "
        "pip install '.[mocks]' in a clone, or 'ei-classify[mocks]' elsewhere"
    )
