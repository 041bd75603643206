from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.sample_payload import SamplePayload


T = TypeVar("T", bound="DatastreamPayload")


@_attrs_define
class DatastreamPayload:
    """The readings of one data stream of a sample."""

    index: int | Unset = UNSET
    """ Which entry of the sample's `datastreams` this is, from 0. """
    payload: SamplePayload | Unset = UNSET
    """ Sensor readings and the device they come from. """
    total_payload_length: int | Unset = UNSET
    """ Number of readings in the whole data stream. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        index = self.index

        payload: dict[str, Any] | Unset = UNSET
        if not isinstance(self.payload, Unset):
            payload = self.payload.to_dict()

        total_payload_length = self.total_payload_length

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if index is not UNSET:
            field_dict["index"] = index
        if payload is not UNSET:
            field_dict["payload"] = payload
        if total_payload_length is not UNSET:
            field_dict["totalPayloadLength"] = total_payload_length

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.sample_payload import SamplePayload

        d = dict(src_dict)
        index = d.pop("index", UNSET)

        _payload = d.pop("payload", UNSET)
        payload: SamplePayload | Unset
        if isinstance(_payload, Unset):
            payload = UNSET
        else:
            payload = SamplePayload.from_dict(_payload)

        total_payload_length = d.pop("totalPayloadLength", UNSET)

        datastream_payload = cls(
            index=index,
            payload=payload,
            total_payload_length=total_payload_length,
        )

        datastream_payload.additional_properties = d
        return datastream_payload

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
