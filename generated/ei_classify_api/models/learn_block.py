from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Integer,
    Model,
    Timestamp,
    Wire,
    known,
    read_dict,
    read_json,
    to_text,
)
from .learn_block_type import LearnBlockType
from .training_processor import TrainingProcessor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar


_new = object.__new__


@define(repr=False)
class LearnBlock(Model):
    """A learn block of the impulse."""

    id: int
    """The block's id, unique within the project; at least 1."""
    type_: LearnBlockType | str | None = None
    """The kind of block. The meaning of its scores depends on it."""
    name: str | None = None
    """The block's name."""
    dsp: list[int] | None = None
    """The ids of the processing blocks whose features are the input of this block."""
    title: str | None = None
    """The block's heading in Studio."""
    created_by: str | None = None
    """The part of Studio that created this version of the block, such as `createImpulse`."""
    created_at: datetime.datetime | None = None
    """When this version of the block was created."""
    training_processor: str | TrainingProcessor | None = None
    """The kind of processor that the block is trained on."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> LearnBlock:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, LearnBlockWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> LearnBlock:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, LearnBlockWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "id": self.id,
        }
        if self.type_ is not None:
            properties["type"] = str(self.type_)
        if self.name is not None:
            properties["name"] = self.name
        if self.dsp is not None:
            properties["dsp"] = list(self.dsp)
        if self.title is not None:
            properties["title"] = self.title
        if self.created_by is not None:
            properties["createdBy"] = self.created_by
        if self.created_at is not None:
            properties["createdAt"] = to_text(self.created_at)
        if self.training_processor is not None:
            properties["trainingProcessor"] = str(self.training_processor)
        return properties


class LearnBlockWire(
    Wire,
    rename={
        "type_": "type",
        "created_by": "createdBy",
        "created_at": "createdAt",
        "training_processor": "trainingProcessor",
    },
):
    """The JSON that it is read from."""

    id: Integer
    type_: str | None = None
    name: str | None = None
    dsp: list[Integer] | None = None
    title: str | None = None
    created_by: str | None = None
    created_at: Timestamp | None = None
    training_processor: str | None = None


def build(wire: LearnBlockWire) -> LearnBlock:
    """Returns the object for what was read."""
    model = _new(LearnBlock)
    model.id = wire.id
    model.type_ = known(LearnBlockType, wire.type_)
    model.name = wire.name
    model.dsp = wire.dsp
    model.title = wire.title
    model.created_by = wire.created_by
    model.created_at = wire.created_at
    model.training_processor = known(TrainingProcessor, wire.training_processor)
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
