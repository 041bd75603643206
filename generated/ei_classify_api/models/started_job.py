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

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar


_new = object.__new__


@define(repr=False)
class StartedJob(Model):
    """The call continues as a job. Follow it with `getJobStatus`, then make the call again."""

    success: bool
    """True. A body in which it is false is a `Failure`, whatever else the body contains."""
    id: int
    """The job's id."""
    error: str | None = None
    """Has no meaning here. The answer to a failed call says why in a property of this name."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> StartedJob:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, StartedJobWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> StartedJob:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, StartedJobWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "success": self.success,
            "id": self.id,
        }
        if self.error is not None:
            properties["error"] = self.error
        return properties


class StartedJobWire(
    Wire,
    rename={},
):
    """The JSON that it is read from."""

    success: bool
    id: Integer
    error: str | None = None


def build(wire: StartedJobWire) -> StartedJob:
    """Returns the object for what was read."""
    model = _new(StartedJob)
    model.success = wire.success
    model.id = wire.id
    model.error = wire.error
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
