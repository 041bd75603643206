from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.sensor import Sensor


T = TypeVar("T", bound="SamplePayload")


@_attrs_define
class SamplePayload:
    """Sensor readings and the device they come from."""

    device_type: str
    """ The model of the device, the same for all devices of its kind. """
    sensors: list[Sensor]
    """ One entry a sensor axis, in the order of the readings' columns. """
    values: list[list[float]]
    """ The readings: one row an instant, one column a sensor axis, in the axis's own unit.
     """
    device_name: str | Unset = UNSET
    """ A name that is the device's alone anywhere, such as its MAC address. """
    crop_start: int | Unset = UNSET
    """ Index of the first reading kept when the sample was cropped (inclusive). """
    crop_end: int | Unset = UNSET
    """ Index at which the kept readings end when the sample was cropped. """
    interval_ms: float | Unset = UNSET
    """ Time between two readings of this payload, in milliseconds, after any resampling. """
    frequency_hz: float | Unset = UNSET
    """ Readings a second in this payload, in hertz, after any resampling. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        device_type = self.device_type

        sensors = []
        for sensors_item_data in self.sensors:
            sensors_item = sensors_item_data.to_dict()
            sensors.append(sensors_item)

        values = []
        for values_item_data in self.values:
            values_item = values_item_data

            values.append(values_item)

        device_name = self.device_name

        crop_start = self.crop_start

        crop_end = self.crop_end

        interval_ms = self.interval_ms

        frequency_hz = self.frequency_hz

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "device_type": device_type,
                "sensors": sensors,
                "values": values,
            }
        )
        if device_name is not UNSET:
            field_dict["device_name"] = device_name
        if crop_start is not UNSET:
            field_dict["cropStart"] = crop_start
        if crop_end is not UNSET:
            field_dict["cropEnd"] = crop_end
        if interval_ms is not UNSET:
            field_dict["intervalMs"] = interval_ms
        if frequency_hz is not UNSET:
            field_dict["frequencyHz"] = frequency_hz

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.sensor import Sensor

        d = dict(src_dict)
        device_type = d.pop("device_type")

        sensors = []
        _sensors = d.pop("sensors")
        for sensors_item_data in _sensors:
            sensors_item = Sensor.from_dict(sensors_item_data)

            sensors.append(sensors_item)

        values = []
        _values = d.pop("values")
        for values_item_data in _values:
            values_item = cast(list[float], values_item_data)

            values.append(values_item)

        device_name = d.pop("device_name", UNSET)

        crop_start = d.pop("cropStart", UNSET)

        crop_end = d.pop("cropEnd", UNSET)

        interval_ms = d.pop("intervalMs", UNSET)

        frequency_hz = d.pop("frequencyHz", UNSET)

        sample_payload = cls(
            device_type=device_type,
            sensors=sensors,
            values=values,
            device_name=device_name,
            crop_start=crop_start,
            crop_end=crop_end,
            interval_ms=interval_ms,
            frequency_hz=frequency_hz,
        )

        sample_payload.additional_properties = d
        return sample_payload

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
