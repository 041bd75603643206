from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.chart_type import ChartType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.image_dimensions import ImageDimensions
    from ..models.sensor import Sensor


T = TypeVar("T", bound="Datastream")


@_attrs_define
class Datastream:
    """The readings of a sample that share one rate."""

    index: int | Unset = UNSET
    """ Position among the sample's data streams, from 0. """
    chart_type: ChartType | str | Unset = UNSET
    """ How Studio shows the data stream. """
    interval_ms: float | Unset = UNSET
    """ Time between two readings, in milliseconds (1000 / `frequencyHz`). """
    frequency_hz: float | Unset = UNSET
    """ Readings a second, in hertz. """
    sensors: list[Sensor] | Unset = UNSET
    """ One entry a sensor axis, in the order of the readings' columns. """
    values_count: int | Unset = UNSET
    """ Number of readings. """
    image_dimensions: ImageDimensions | Unset = UNSET
    """ The size of an image. """
    total_length_ms: float | Unset = UNSET
    """ Length of the data stream, in milliseconds. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        index = self.index

        chart_type: str | Unset
        if isinstance(self.chart_type, Unset):
            chart_type = UNSET
        elif isinstance(self.chart_type, ChartType):
            chart_type = self.chart_type.value
        else:
            chart_type = self.chart_type

        interval_ms = self.interval_ms

        frequency_hz = self.frequency_hz

        sensors: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.sensors, Unset):
            sensors = []
            for sensors_item_data in self.sensors:
                sensors_item = sensors_item_data.to_dict()
                sensors.append(sensors_item)

        values_count = self.values_count

        image_dimensions: dict[str, Any] | Unset = UNSET
        if not isinstance(self.image_dimensions, Unset):
            image_dimensions = self.image_dimensions.to_dict()

        total_length_ms = self.total_length_ms

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if index is not UNSET:
            field_dict["index"] = index
        if chart_type is not UNSET:
            field_dict["chartType"] = chart_type
        if interval_ms is not UNSET:
            field_dict["intervalMs"] = interval_ms
        if frequency_hz is not UNSET:
            field_dict["frequencyHz"] = frequency_hz
        if sensors is not UNSET:
            field_dict["sensors"] = sensors
        if values_count is not UNSET:
            field_dict["valuesCount"] = values_count
        if image_dimensions is not UNSET:
            field_dict["imageDimensions"] = image_dimensions
        if total_length_ms is not UNSET:
            field_dict["totalLengthMs"] = total_length_ms

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.image_dimensions import ImageDimensions
        from ..models.sensor import Sensor

        d = dict(src_dict)
        index = d.pop("index", UNSET)

        def _parse_chart_type(data: object) -> ChartType | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                chart_type_type_0 = ChartType(data)

                return chart_type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChartType | str | Unset, data)

        chart_type = _parse_chart_type(d.pop("chartType", UNSET))

        interval_ms = d.pop("intervalMs", UNSET)

        frequency_hz = d.pop("frequencyHz", UNSET)

        _sensors = d.pop("sensors", UNSET)
        sensors: list[Sensor] | Unset = UNSET
        if _sensors is not UNSET:
            sensors = []
            for sensors_item_data in _sensors:
                sensors_item = Sensor.from_dict(sensors_item_data)

                sensors.append(sensors_item)

        values_count = d.pop("valuesCount", UNSET)

        _image_dimensions = d.pop("imageDimensions", UNSET)
        image_dimensions: ImageDimensions | Unset
        if isinstance(_image_dimensions, Unset):
            image_dimensions = UNSET
        else:
            image_dimensions = ImageDimensions.from_dict(_image_dimensions)

        total_length_ms = d.pop("totalLengthMs", UNSET)

        datastream = cls(
            index=index,
            chart_type=chart_type,
            interval_ms=interval_ms,
            frequency_hz=frequency_hz,
            sensors=sensors,
            values_count=values_count,
            image_dimensions=image_dimensions,
            total_length_ms=total_length_ms,
        )

        datastream.additional_properties = d
        return datastream

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
