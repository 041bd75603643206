from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.datastream_payload import DatastreamPayload
    from ..models.sample import Sample
    from ..models.sample_payload import SamplePayload


T = TypeVar("T", bound="RawSample")


@_attrs_define
class RawSample:
    """A sample together with its sensor readings."""

    sample: Sample
    """ A recording, an image or a row of data, with its label and its origin. """
    payload: SamplePayload
    """ Sensor readings and the device they come from. """
    total_payload_length: int
    """ Number of readings in the whole sample, of which `payload` may hold a part. """
    datastream_payloads: list[DatastreamPayload] | Unset = UNSET
    """ One entry a data stream, for samples recorded at several rates. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        sample = self.sample.to_dict()

        payload = self.payload.to_dict()

        total_payload_length = self.total_payload_length

        datastream_payloads: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.datastream_payloads, Unset):
            datastream_payloads = []
            for datastream_payloads_item_data in self.datastream_payloads:
                datastream_payloads_item = datastream_payloads_item_data.to_dict()
                datastream_payloads.append(datastream_payloads_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "sample": sample,
                "payload": payload,
                "totalPayloadLength": total_payload_length,
            }
        )
        if datastream_payloads is not UNSET:
            field_dict["datastreamPayloads"] = datastream_payloads

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.datastream_payload import DatastreamPayload
        from ..models.sample import Sample
        from ..models.sample_payload import SamplePayload

        d = dict(src_dict)
        sample = Sample.from_dict(d.pop("sample"))

        payload = SamplePayload.from_dict(d.pop("payload"))

        total_payload_length = d.pop("totalPayloadLength")

        _datastream_payloads = d.pop("datastreamPayloads", UNSET)
        datastream_payloads: list[DatastreamPayload] | Unset = UNSET
        if _datastream_payloads is not UNSET:
            datastream_payloads = []
            for datastream_payloads_item_data in _datastream_payloads:
                datastream_payloads_item = DatastreamPayload.from_dict(datastream_payloads_item_data)

                datastream_payloads.append(datastream_payloads_item)

        raw_sample = cls(
            sample=sample,
            payload=payload,
            total_payload_length=total_payload_length,
            datastream_payloads=datastream_payloads,
        )

        raw_sample.additional_properties = d
        return raw_sample

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
