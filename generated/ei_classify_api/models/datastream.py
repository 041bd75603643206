from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Integer,
    Model,
    Number,
    Wire,
    known,
    read_dict,
    read_json,
)
from . import image_dimensions as _image_dimensions
from . import sensor as _sensor
from .chart_type import ChartType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .image_dimensions import ImageDimensions
    from .sensor import Sensor


_new = object.__new__


@define(repr=False)
class Datastream(Model):
    """The readings of a sample that share one rate."""

    index: int | None = None
    """The index of the data stream within the sample, from 0."""
    chart_type: ChartType | str | None = None
    """How Studio shows the data stream."""
    interval_ms: float | None = None
    """The time between two readings, in milliseconds (1000 / `frequencyHz`)."""
    frequency_hz: float | None = None
    """The sampling rate, in hertz."""
    sensors: list[Sensor] | None = None
    """One entry per sensor axis, in the order of the columns of `values`."""
    values_count: int | None = None
    """The number of readings."""
    image_dimensions: ImageDimensions | None = None
    """The size of an image."""
    total_length_ms: float | None = None
    """The length of the data stream, in milliseconds."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> Datastream:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, DatastreamWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> Datastream:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, DatastreamWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if self.index is not None:
            properties["index"] = self.index
        if self.chart_type is not None:
            properties["chartType"] = str(self.chart_type)
        if self.interval_ms is not None:
            properties["intervalMs"] = self.interval_ms
        if self.frequency_hz is not None:
            properties["frequencyHz"] = self.frequency_hz
        if self.sensors is not None:
            properties["sensors"] = [item.to_dict() for item in self.sensors]
        if self.values_count is not None:
            properties["valuesCount"] = self.values_count
        if self.image_dimensions is not None:
            properties["imageDimensions"] = self.image_dimensions.to_dict()
        if self.total_length_ms is not None:
            properties["totalLengthMs"] = self.total_length_ms
        return properties


class DatastreamWire(
    Wire,
    rename={
        "chart_type": "chartType",
        "interval_ms": "intervalMs",
        "frequency_hz": "frequencyHz",
        "values_count": "valuesCount",
        "image_dimensions": "imageDimensions",
        "total_length_ms": "totalLengthMs",
    },
):
    """The JSON that it is read from."""

    index: Integer | None = None
    chart_type: str | None = None
    interval_ms: Number | None = None
    frequency_hz: Number | None = None
    sensors: list[_sensor.SensorWire] | None = None
    values_count: Integer | None = None
    image_dimensions: _image_dimensions.ImageDimensionsWire | None = None
    total_length_ms: Number | None = None


def build(wire: DatastreamWire) -> Datastream:
    """Returns the object for what was read."""
    model = _new(Datastream)
    model.index = wire.index
    model.chart_type = known(ChartType, wire.chart_type)
    model.interval_ms = wire.interval_ms
    model.frequency_hz = wire.frequency_hz
    model.sensors = [_sensor.build(item) for item in wire.sensors] if wire.sensors is not None else None
    model.values_count = wire.values_count
    model.image_dimensions = (
        _image_dimensions.build(wire.image_dimensions) if wire.image_dimensions is not None else None
    )
    model.total_length_ms = wire.total_length_ms
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
