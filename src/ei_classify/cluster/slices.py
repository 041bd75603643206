"""Slices of runs, which workers read, and what they come to. All of it is small, and without a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

if TYPE_CHECKING:
    from ei_classify.dataset import Format, Part, RunEntry, Storage
    from ei_classify.decoding import SetAsideCounts


@frozen(kw_only=True)
class Reading:
    """What all slices of an export have in common."""

    storage: Storage
    """The place of the export. It is pickled without credentials, which a worker finds itself."""
    server: str
    """The base URL of the API."""
    allow_insecure: bool
    format: Format
    raw_csv: bool
    filters: dict[str, Any]
    """Which samples to read, but for the impulse and the variant."""
    page_size: int
    concurrency: int
    """The maximum number of calls of a slice in progress at a time."""
    limit: str
    """The name of the limit of calls."""
    key_provider: str | None
    """Where a worker finds keys; None for its environment."""


@frozen
class Slice:
    """Consecutive samples of a run. Read again, it gives the same files with the same bytes."""

    run: RunEntry
    """The run, without parts."""
    start: int
    """The number of samples of the run before the slice."""
    end: int
    """The number of samples of the run before what follows."""
    number: int
    """The number of the part that the slice becomes."""


@frozen(kw_only=True)
class SliceRead:
    """A slice that was read, and whose files are written and hidden."""

    part: Part | None
    """The part; None if there are no samples."""
    total: int | None
    """The number of samples over all pages; None if the server does not send it."""
    first: str | None
    """A digest of the results of the first sample."""
    facts: dict[str, object]
    """The facts about these samples, as JSON values."""
    set_aside: SetAsideCounts
    """The values that do not fit the contract and were left out."""
    bytes: int
    """The number of bytes received, after decompression."""

    @property
    def samples(self) -> int:
        """The number of samples."""
        return self.part.samples if self.part else 0
