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
from . import datastream_payload as _datastream_payload
from . import sample as _sample
from . import sample_payload as _sample_payload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .datastream_payload import DatastreamPayload
    from .sample import Sample
    from .sample_payload import SamplePayload

_new = object.__new__


@define(repr=False)
class RawSample(Model):
    """A sample together with its sensor readings."""

    sample: Sample
    """A recording, an image or a row of data, with its label and its origin."""
    payload: SamplePayload | None = None
    """Sensor readings, and the device that took them."""
    total_payload_length: int | None = None
    """The number of readings in the whole sample; `payload` may have only a part of them."""
    datastream_payloads: list[DatastreamPayload] | None = None
    """One entry per data stream, for samples recorded at several rates."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> RawSample:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, RawSampleWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> RawSample:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, RawSampleWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "sample": self.sample.to_dict(),
        }
        if self.payload is not None:
            properties["payload"] = self.payload.to_dict()
        if self.total_payload_length is not None:
            properties["totalPayloadLength"] = self.total_payload_length
        if self.datastream_payloads is not None:
            properties["datastreamPayloads"] = [item.to_dict() for item in self.datastream_payloads]
        return properties


class RawSampleWire(
    Wire,
    rename={
        "total_payload_length": "totalPayloadLength",
        "datastream_payloads": "datastreamPayloads",
    },
):
    """The JSON that it is read from."""

    sample: _sample.SampleWire
    payload: _sample_payload.SamplePayloadWire | None = None
    total_payload_length: Integer | None = None
    datastream_payloads: list[_datastream_payload.DatastreamPayloadWire] | None = None


def build(wire: RawSampleWire) -> RawSample:
    """Returns the object for what was read."""
    model = _new(RawSample)
    model.sample = _sample.build(wire.sample)
    model.payload = _sample_payload.build(wire.payload) if wire.payload is not None else None
    model.total_payload_length = wire.total_payload_length
    model.datastream_payloads = (
        [_datastream_payload.build(item) for item in wire.datastream_payloads]
        if wire.datastream_payloads is not None
        else None
    )
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
