"""The dates of samples, which are made up, and how the API writes an instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(2025, 6, 2, 8, tzinfo=UTC)
"""When the projects were set up."""


def added(identity: int) -> datetime:
    """When the sample of that id was added to its data set: a minute apart, in the order of the ids."""
    return EPOCH + timedelta(minutes=identity)


def written(instant: datetime) -> str:
    """An instant as the API writes it, in milliseconds."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
