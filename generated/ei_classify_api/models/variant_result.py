from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.keras_model_variant import KerasModelVariant

if TYPE_CHECKING:
    from ..models.classification import Classification


T = TypeVar("T", bound="VariantResult")


@_attrs_define
class VariantResult:
    """What one model variant made of the sample."""

    variant: KerasModelVariant | str
    """ The model variant. """
    classifications: list[Classification]
    """ One entry a learn block. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        variant: str
        if isinstance(self.variant, KerasModelVariant):
            variant = self.variant.value
        else:
            variant = self.variant

        classifications = []
        for classifications_item_data in self.classifications:
            classifications_item = classifications_item_data.to_dict()
            classifications.append(classifications_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "variant": variant,
                "classifications": classifications,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.classification import Classification

        d = dict(src_dict)

        def _parse_variant(data: object) -> KerasModelVariant | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                variant_type_0 = KerasModelVariant(data)

                return variant_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(KerasModelVariant | str, data)

        variant = _parse_variant(d.pop("variant"))

        classifications = []
        _classifications = d.pop("classifications")
        for classifications_item_data in _classifications:
            classifications_item = Classification.from_dict(classifications_item_data)

            classifications.append(classifications_item)

        variant_result = cls(
            variant=variant,
            classifications=classifications,
        )

        variant_result.additional_properties = d
        return variant_result

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
