from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Model,
    Wire,
    read_dict,
    read_json,
)
from . import variant_metric as _variant_metric

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .variant_metric import VariantMetric

_new = object.__new__


@define(repr=False)
class VariantMetrics(Model):
    """The metrics of every variant that has been run."""

    success: bool
    """True. A body in which it is false is a `Failure`, whatever else the body contains."""
    error: str | None = None
    """Has no meaning here. The answer to a failed call says why in a property of this name."""
    metrics: list[VariantMetric] | None = None
    """One entry per variant."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> VariantMetrics:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, VariantMetricsWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> VariantMetrics:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, VariantMetricsWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "success": self.success,
        }
        if self.error is not None:
            properties["error"] = self.error
        if self.metrics is not None:
            properties["metrics"] = [item.to_dict() for item in self.metrics]
        return properties


class VariantMetricsWire(
    Wire,
    rename={},
):
    """The JSON that it is read from."""

    success: bool
    error: str | None = None
    metrics: list[_variant_metric.VariantMetricWire] | None = None


def build(wire: VariantMetricsWire) -> VariantMetrics:
    """Returns the object for what was read."""
    model = _new(VariantMetrics)
    model.success = wire.success
    model.error = wire.error
    model.metrics = (
        [_variant_metric.build(item) for item in wire.metrics] if wire.metrics is not None else None
    )
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
