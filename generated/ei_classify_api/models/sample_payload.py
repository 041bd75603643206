from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Integer,
    Model,
    Number,
    Wire,
    read_dict,
    read_json,
)
from . import sensor as _sensor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .sensor import Sensor


_new = object.__new__


@define(repr=False)
class SamplePayload(Model):
    """Sensor readings, and the device that took them."""

    device_name: str | None = None
    """A globally unique name of the device, such as its MAC address."""
    device_type: str | None = None
    """The model of the device, the same for all devices of a kind."""
    sensors: list[Sensor] | None = None
    """One entry per sensor axis, in the order of the columns of `values`."""
    values: list[list[float]] | None = None
    """The readings: one row per point in time, one column per sensor axis, in the unit of the axis."""
    crop_start: int | None = None
    """The index of the first reading that was kept when the sample was cropped (inclusive)."""
    crop_end: int | None = None
    """The index at which the readings that were kept when the sample was cropped end."""
    interval_ms: float | None = None
    """The time between two readings of this payload, in milliseconds, after any resampling."""
    frequency_hz: float | None = None
    """The sampling rate of this payload, in hertz, after any resampling."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> SamplePayload:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, SamplePayloadWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> SamplePayload:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, SamplePayloadWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if self.device_name is not None:
            properties["device_name"] = self.device_name
        if self.device_type is not None:
            properties["device_type"] = self.device_type
        if self.sensors is not None:
            properties["sensors"] = [item.to_dict() for item in self.sensors]
        if self.values is not None:
            properties["values"] = [list(item) for item in self.values]
        if self.crop_start is not None:
            properties["cropStart"] = self.crop_start
        if self.crop_end is not None:
            properties["cropEnd"] = self.crop_end
        if self.interval_ms is not None:
            properties["intervalMs"] = self.interval_ms
        if self.frequency_hz is not None:
            properties["frequencyHz"] = self.frequency_hz
        return properties


class SamplePayloadWire(
    Wire,
    rename={
        "crop_start": "cropStart",
        "crop_end": "cropEnd",
        "interval_ms": "intervalMs",
        "frequency_hz": "frequencyHz",
    },
):
    """The JSON that it is read from."""

    device_name: str | None = None
    device_type: str | None = None
    sensors: list[_sensor.SensorWire] | None = None
    values: list[list[Number]] | None = None
    crop_start: Integer | None = None
    crop_end: Integer | None = None
    interval_ms: Number | None = None
    frequency_hz: Number | None = None


def build(wire: SamplePayloadWire) -> SamplePayload:
    """Returns the object for what was read."""
    model = _new(SamplePayload)
    model.device_name = wire.device_name
    model.device_type = wire.device_type
    model.sensors = [_sensor.build(item) for item in wire.sensors] if wire.sensors is not None else None
    model.values = wire.values
    model.crop_start = wire.crop_start
    model.crop_end = wire.crop_end
    model.interval_ms = wire.interval_ms
    model.frequency_hz = wire.frequency_hz
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
