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
from . import metric as _metric

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .metric import Metric

_new = object.__new__


@define(repr=False)
class LearnBlockMetrics(Model):
    """The metrics of one learn block."""

    learn_block_id: int | None = None
    """The learn block's id."""
    learn_block_name: str | None = None
    """The learn block's name."""
    additional_metrics: list[Metric] | None = None
    """The metrics."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> LearnBlockMetrics:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, LearnBlockMetricsWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> LearnBlockMetrics:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, LearnBlockMetricsWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if self.learn_block_id is not None:
            properties["learnBlockId"] = self.learn_block_id
        if self.learn_block_name is not None:
            properties["learnBlockName"] = self.learn_block_name
        if self.additional_metrics is not None:
            properties["additionalMetrics"] = [item.to_dict() for item in self.additional_metrics]
        return properties


class LearnBlockMetricsWire(
    Wire,
    rename={
        "learn_block_id": "learnBlockId",
        "learn_block_name": "learnBlockName",
        "additional_metrics": "additionalMetrics",
    },
):
    """The JSON that it is read from."""

    learn_block_id: Integer | None = None
    learn_block_name: str | None = None
    additional_metrics: list[_metric.MetricWire] | None = None


def build(wire: LearnBlockMetricsWire) -> LearnBlockMetrics:
    """Returns the object for what was read."""
    model = _new(LearnBlockMetrics)
    model.learn_block_id = wire.learn_block_id
    model.learn_block_name = wire.learn_block_name
    model.additional_metrics = (
        [_metric.build(item) for item in wire.additional_metrics]
        if wire.additional_metrics is not None
        else None
    )
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
