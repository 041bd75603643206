from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.raw_sample import RawSample
    from ..models.variant_result import VariantResult


T = TypeVar("T", bound="ClassifiedSample")


@_attrs_define
class ClassifiedSample:
    """One sample with what each model variant made of it."""

    success: bool
    """ True. A body in which it is false is a `Failure`, whatever else the body holds. """
    results: list[VariantResult]
    """ One entry a model variant asked for. """
    sample: RawSample
    """ A sample together with its sensor readings. """
    window_size_ms: int
    """ Length of the impulse's sliding window, in milliseconds. """
    window_increase_ms: int
    """ How far the window moves from one step to the next, in milliseconds. """
    already_in_database: bool
    """ Whether the sample is also part of the project's training data. """
    error: str | Unset = UNSET
    """ Of no meaning here; a failed call explains itself in the same property. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        success = self.success

        results = []
        for results_item_data in self.results:
            results_item = results_item_data.to_dict()
            results.append(results_item)

        sample = self.sample.to_dict()

        window_size_ms = self.window_size_ms

        window_increase_ms = self.window_increase_ms

        already_in_database = self.already_in_database

        error = self.error

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "success": success,
                "results": results,
                "sample": sample,
                "windowSizeMs": window_size_ms,
                "windowIncreaseMs": window_increase_ms,
                "alreadyInDatabase": already_in_database,
            }
        )
        if error is not UNSET:
            field_dict["error"] = error

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.raw_sample import RawSample
        from ..models.variant_result import VariantResult

        d = dict(src_dict)
        success = d.pop("success")

        results = []
        _results = d.pop("results")
        for results_item_data in _results:
            results_item = VariantResult.from_dict(results_item_data)

            results.append(results_item)

        sample = RawSample.from_dict(d.pop("sample"))

        window_size_ms = d.pop("windowSizeMs")

        window_increase_ms = d.pop("windowIncreaseMs")

        already_in_database = d.pop("alreadyInDatabase")

        error = d.pop("error", UNSET)

        classified_sample = cls(
            success=success,
            results=results,
            sample=sample,
            window_size_ms=window_size_ms,
            window_increase_ms=window_increase_ms,
            already_in_database=already_in_database,
            error=error,
        )

        classified_sample.additional_properties = d
        return classified_sample

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
