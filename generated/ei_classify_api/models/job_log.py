from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Integer,
    Model,
    Wire,
    read_dict,
    read_json,
)
from . import log_line as _log_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .log_line import LogLine


_new = object.__new__


@define(repr=False)
class JobLog(Model):
    """What a job has printed."""

    success: bool
    """True. A body in which it is false is a `Failure`, whatever else the body contains."""
    stdout: list[LogLine]
    """The lines, at most the last 1,000. `created` says in which order they were printed."""
    error: str | None = None
    """Has no meaning here. The answer to a failed call says why in a property of this name."""
    total_count: int | None = None
    """The number of lines that the job has printed, including those that are not returned."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> JobLog:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, JobLogWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> JobLog:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, JobLogWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "success": self.success,
            "stdout": [item.to_dict() for item in self.stdout],
        }
        if self.error is not None:
            properties["error"] = self.error
        if self.total_count is not None:
            properties["totalCount"] = self.total_count
        return properties


class JobLogWire(
    Wire,
    rename={
        "total_count": "totalCount",
    },
):
    """The JSON that it is read from."""

    success: bool
    stdout: list[_log_line.LogLineWire]
    error: str | None = None
    total_count: Integer | None = None


def build(wire: JobLogWire) -> JobLog:
    """Returns the object for what was read."""
    model = _new(JobLog)
    model.success = wire.success
    model.stdout = [_log_line.build(item) for item in wire.stdout]
    model.error = wire.error
    model.total_count = wire.total_count
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
