from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Model,
    Wire,
    known,
    read_dict,
    read_json,
)
from .keras_model_variant import KerasModelVariant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar


_new = object.__new__


@define(repr=False)
class ClassifyJobOptions(Model):
    """How to run model testing."""

    model_variants: list[KerasModelVariant | str] | None = None
    """The model variants to classify with. If left out, the server chooses."""
    skip_feature_generation: bool | None = None
    """Whether to keep the features of the last run. This saves time if only a threshold has changed."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> ClassifyJobOptions:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, ClassifyJobOptionsWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> ClassifyJobOptions:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, ClassifyJobOptionsWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if self.model_variants is not None:
            properties["modelVariants"] = [str(item) for item in self.model_variants]
        if self.skip_feature_generation is not None:
            properties["skipFeatureGeneration"] = self.skip_feature_generation
        return properties


class ClassifyJobOptionsWire(
    Wire,
    rename={
        "model_variants": "modelVariants",
        "skip_feature_generation": "skipFeatureGeneration",
    },
):
    """The JSON that it is read from."""

    model_variants: list[str] | None = None
    skip_feature_generation: bool | None = None


def build(wire: ClassifyJobOptionsWire) -> ClassifyJobOptions:
    """Returns the object for what was read."""
    model = _new(ClassifyJobOptions)
    model.model_variants = (
        [known(KerasModelVariant, item) for item in wire.model_variants]
        if wire.model_variants is not None
        else None
    )
    model.skip_feature_generation = wire.skip_feature_generation
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
