from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.model_prediction import ModelPrediction
    from ..models.model_result import ModelResult


T = TypeVar("T", bound="ClassifyJobResultPage")


@_attrs_define
class ClassifyJobResultPage:
    """A slice of the samples that a classify job went through, and their predictions."""

    success: bool
    """ True. A body in which it is false is a `Failure`, whatever else the body holds. """
    result: list[ModelResult]
    """ One entry a sample. Its length is what the next page's offset advances by. """
    predictions: list[ModelPrediction]
    """ One entry a window of the samples in `result`; for object detection, one an image. Entries
    belong to a sample through `sampleId`.
     """
    error: str | Unset = UNSET
    """ Of no meaning here; a failed call explains itself in the same property. """
    total_count: int | Unset = UNSET
    """ The number of samples over all pages, after filtering. Older servers leave it out. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        success = self.success

        result = []
        for result_item_data in self.result:
            result_item = result_item_data.to_dict()
            result.append(result_item)

        predictions = []
        for predictions_item_data in self.predictions:
            predictions_item = predictions_item_data.to_dict()
            predictions.append(predictions_item)

        error = self.error

        total_count = self.total_count

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "success": success,
                "result": result,
                "predictions": predictions,
            }
        )
        if error is not UNSET:
            field_dict["error"] = error
        if total_count is not UNSET:
            field_dict["totalCount"] = total_count

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.model_prediction import ModelPrediction
        from ..models.model_result import ModelResult

        d = dict(src_dict)
        success = d.pop("success")

        result = []
        _result = d.pop("result")
        for result_item_data in _result:
            result_item = ModelResult.from_dict(result_item_data)

            result.append(result_item)

        predictions = []
        _predictions = d.pop("predictions")
        for predictions_item_data in _predictions:
            predictions_item = ModelPrediction.from_dict(predictions_item_data)

            predictions.append(predictions_item)

        error = d.pop("error", UNSET)

        total_count = d.pop("totalCount", UNSET)

        classify_job_result_page = cls(
            success=success,
            result=result,
            predictions=predictions,
            error=error,
            total_count=total_count,
        )

        classify_job_result_page.additional_properties = d
        return classify_job_result_page

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
