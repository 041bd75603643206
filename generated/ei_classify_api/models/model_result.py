from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.classification import Classification
    from ..models.sample import Sample


T = TypeVar("T", bound="ModelResult")


@_attrs_define
class ModelResult:
    """One sample with what every learn block of the impulse made of it."""

    sample_id: int
    """ The id of `sample`. """
    sample: Sample
    """ A recording, an image or a row of data, with its label and its origin. """
    classifications: list[Classification]
    """ One entry a learn block. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        sample_id = self.sample_id

        sample = self.sample.to_dict()

        classifications = []
        for classifications_item_data in self.classifications:
            classifications_item = classifications_item_data.to_dict()
            classifications.append(classifications_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "sampleId": sample_id,
                "sample": sample,
                "classifications": classifications,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.classification import Classification
        from ..models.sample import Sample

        d = dict(src_dict)
        sample_id = d.pop("sampleId")

        sample = Sample.from_dict(d.pop("sample"))

        classifications = []
        _classifications = d.pop("classifications")
        for classifications_item_data in _classifications:
            classifications_item = Classification.from_dict(classifications_item_data)

            classifications.append(classifications_item)

        model_result = cls(
            sample_id=sample_id,
            sample=sample,
            classifications=classifications,
        )

        model_result.additional_properties = d
        return model_result

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
