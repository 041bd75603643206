from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Model,
    Timestamp,
    Wire,
    known,
    read_dict,
    read_json,
    to_text,
)
from .log_level import LogLevel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar


_new = object.__new__


@define(repr=False)
class LogLine(Model):
    """Text that a job has printed, which is usually one line."""

    data: str
    """The text, often with a line break at its end."""
    created: datetime.datetime | None = None
    """When it was printed."""
    log_level: LogLevel | str | None = None
    """How important it is."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> LogLine:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, LogLineWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> LogLine:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, LogLineWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "data": self.data,
        }
        if self.created is not None:
            properties["created"] = to_text(self.created)
        if self.log_level is not None:
            properties["logLevel"] = str(self.log_level)
        return properties


class LogLineWire(
    Wire,
    rename={
        "log_level": "logLevel",
    },
):
    """The JSON that it is read from."""

    data: str
    created: Timestamp | None = None
    log_level: str | None = None


def build(wire: LogLineWire) -> LogLine:
    """Returns the object for what was read."""
    model = _new(LogLine)
    model.data = wire.data
    model.created = wire.created
    model.log_level = known(LogLevel, wire.log_level)
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
