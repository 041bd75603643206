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
class Sensor(Model):
    """One axis of a sensor."""

    name: str | None = None
    """The name of the axis."""
    units: str | None = None
    """The unit of its readings in the notation of SenML (RFC 8428), such as `m/s2`."""
    index: int | None = None
    """The index of the axis among those of all data streams of the sample, from 0."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> Sensor:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, SensorWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> Sensor:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, SensorWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if self.name is not None:
            properties["name"] = self.name
        if self.units is not None:
            properties["units"] = self.units
        if self.index is not None:
            properties["index"] = self.index
        return properties


class SensorWire(
    Wire,
    rename={},
):
    """The JSON that it is read from."""

    name: str | None = None
    units: str | None = None
    index: Integer | None = None


def build(wire: SensorWire) -> Sensor:
    """Returns the object for what was read."""
    model = _new(Sensor)
    model.name = wire.name
    model.units = wire.units
    model.index = wire.index
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
