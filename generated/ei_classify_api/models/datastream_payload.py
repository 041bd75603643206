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
from . import sample_payload as _sample_payload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .sample_payload import SamplePayload


_new = object.__new__


@define(repr=False)
class DatastreamPayload(Model):
    """The readings of one data stream of a sample."""

    index: int | None = None
    """The index of the data stream in the sample's `datastreams`, from 0."""
    payload: SamplePayload | None = None
    """Sensor readings, and the device that took them."""
    total_payload_length: int | None = None
    """The number of readings in the whole data stream."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> DatastreamPayload:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, DatastreamPayloadWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> DatastreamPayload:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, DatastreamPayloadWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if self.index is not None:
            properties["index"] = self.index
        if self.payload is not None:
            properties["payload"] = self.payload.to_dict()
        if self.total_payload_length is not None:
            properties["totalPayloadLength"] = self.total_payload_length
        return properties


class DatastreamPayloadWire(
    Wire,
    rename={
        "total_payload_length": "totalPayloadLength",
    },
):
    """The JSON that it is read from."""

    index: Integer | None = None
    payload: _sample_payload.SamplePayloadWire | None = None
    total_payload_length: Integer | None = None


def build(wire: DatastreamPayloadWire) -> DatastreamPayload:
    """Returns the object for what was read."""
    model = _new(DatastreamPayload)
    model.index = wire.index
    model.payload = _sample_payload.build(wire.payload) if wire.payload is not None else None
    model.total_payload_length = wire.total_payload_length
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
