from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from ..types import (
    UNSET,
    Model,
    Unset,
    Wire,
    read_dict,
    read_json,
)
from . import sample_payload as _sample_payload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .sample_payload import SamplePayload


_new = object.__new__


@define(repr=False)
class DatastreamPayload(Model):
    """The readings of one data stream of a sample."""

    index: int | Unset = UNSET
    """The index of the data stream in the sample's `datastreams`, from 0."""
    payload: SamplePayload | Unset = UNSET
    """Sensor readings, and the device that took them."""
    total_payload_length: int | Unset = UNSET
    """The number of readings in the whole data stream."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> DatastreamPayload:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return build(read_dict(src_dict, DatastreamPayloadWire))

    @staticmethod
    def from_json(content: bytes | str) -> DatastreamPayload:
        """Returns the object for JSON.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return build(read_json(content, DatastreamPayloadWire))

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if not isinstance(self.index, Unset):
            properties["index"] = self.index
        if not isinstance(self.payload, Unset):
            properties["payload"] = self.payload.to_dict()
        if not isinstance(self.total_payload_length, Unset):
            properties["totalPayloadLength"] = self.total_payload_length
        return properties


class DatastreamPayloadWire(
    Wire,
    rename={
        "total_payload_length": "totalPayloadLength",
    },
):
    """The JSON that it is read from."""

    index: int | Unset = UNSET
    payload: _sample_payload.SamplePayloadWire | Unset = UNSET
    total_payload_length: int | Unset = UNSET


def build(wire: DatastreamPayloadWire) -> DatastreamPayload:
    """Returns the object for what was read."""
    model = _new(DatastreamPayload)
    model.index = wire.index
    model.payload = _sample_payload.build(wire.payload) if wire.payload is not UNSET else UNSET
    model.total_payload_length = wire.total_payload_length
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
