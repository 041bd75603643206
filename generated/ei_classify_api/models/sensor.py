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

if TYPE_CHECKING:
    from collections.abc import Mapping


_new = object.__new__


@define(repr=False)
class Sensor(Model):
    """One axis of a sensor."""

    name: str
    """The axis."""
    units: str
    """The unit of its readings, as SenML (RFC 8428) writes it, such as `m/s2`."""
    index: int | Unset = UNSET
    """The axis's number over all data streams of the sample, from 0."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """Properties that the contract does not know, as they came."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> Sensor:
        """The object that this JSON, read into dicts and lists, stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
        """
        return build(read_dict(src_dict, SensorWire))

    @staticmethod
    def from_json(content: bytes | str) -> Sensor:
        """The object that this JSON stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
            msgspec.DecodeError: It is not JSON.
        """
        return build(read_json(content, SensorWire))

    def to_dict(self) -> dict[str, Any]:
        """The JSON that stands for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "name": self.name,
            "units": self.units,
        }
        if not isinstance(self.index, Unset):
            properties["index"] = self.index
        return properties


class SensorWire(
    Wire,
    rename={},
):
    """What JSON may hold for it."""

    name: str
    units: str
    index: int | Unset = UNSET


def build(wire: SensorWire) -> Sensor:
    """The object for what was read."""
    model = _new(Sensor)
    model.name = wire.name
    model.units = wire.units
    model.index = wire.index
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
