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
    """Which entry of the sample's `datastreams` this is, from 0."""
    payload: SamplePayload | Unset = UNSET
    """Sensor readings and the device they come from."""
    total_payload_length: int | Unset = UNSET
    """Number of readings in the whole data stream."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """Properties that the contract does not know, as they came."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> DatastreamPayload:
        """The object that this JSON, read into dicts and lists, stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
        """
        return build(read_dict(src_dict, DatastreamPayloadWire))

    @staticmethod
    def from_json(content: bytes | str) -> DatastreamPayload:
        """The object that this JSON stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
            msgspec.DecodeError: It is not JSON.
        """
        return build(read_json(content, DatastreamPayloadWire))

    def to_dict(self) -> dict[str, Any]:
        """The JSON that stands for the object, in dicts and lists."""
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
    """What JSON may hold for it."""

    index: int | Unset = UNSET
    payload: _sample_payload.SamplePayloadWire | Unset = UNSET
    total_payload_length: int | Unset = UNSET


def build(wire: DatastreamPayloadWire) -> DatastreamPayload:
    """The object for what was read."""
    model = _new(DatastreamPayload)
    model.index = wire.index
    model.payload = _sample_payload.build(wire.payload) if wire.payload is not UNSET else UNSET
    model.total_payload_length = wire.total_payload_length
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
