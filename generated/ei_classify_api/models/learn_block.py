from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.learn_block_type import LearnBlockType
from ..models.training_processor import TrainingProcessor
from ..types import UNSET, Unset

T = TypeVar("T", bound="LearnBlock")


@_attrs_define
class LearnBlock:
    """A learn block of the impulse."""

    id: int
    """ The block's id, its own within the project; 1 or greater. """
    type_: LearnBlockType | str
    """ The kind of block, on which the meaning of its scores depends. """
    name: str
    """ The block's name. """
    dsp: list[int]
    """ The ids of the processing blocks whose features this block takes in. """
    title: str
    """ The block's heading in Studio. """
    created_by: str | Unset = UNSET
    """ The part of Studio that made this version of the block, such as `createImpulse`. """
    created_at: datetime.datetime | Unset = UNSET
    """ When this version of the block was made. """
    training_processor: str | TrainingProcessor | Unset = UNSET
    """ The kind of processor that the block is trained on. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        type_: str
        if isinstance(self.type_, LearnBlockType):
            type_ = self.type_.value
        else:
            type_ = self.type_

        name = self.name

        dsp = self.dsp

        title = self.title

        created_by = self.created_by

        created_at: str | Unset = UNSET
        if not isinstance(self.created_at, Unset):
            created_at = self.created_at.isoformat()

        training_processor: str | Unset
        if isinstance(self.training_processor, Unset):
            training_processor = UNSET
        elif isinstance(self.training_processor, TrainingProcessor):
            training_processor = self.training_processor.value
        else:
            training_processor = self.training_processor

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "type": type_,
                "name": name,
                "dsp": dsp,
                "title": title,
            }
        )
        if created_by is not UNSET:
            field_dict["createdBy"] = created_by
        if created_at is not UNSET:
            field_dict["createdAt"] = created_at
        if training_processor is not UNSET:
            field_dict["trainingProcessor"] = training_processor

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = d.pop("id")

        def _parse_type_(data: object) -> LearnBlockType | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = LearnBlockType(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(LearnBlockType | str, data)

        type_ = _parse_type_(d.pop("type"))

        name = d.pop("name")

        dsp = cast(list[int], d.pop("dsp"))

        title = d.pop("title")

        created_by = d.pop("createdBy", UNSET)

        _created_at = d.pop("createdAt", UNSET)
        created_at: datetime.datetime | Unset
        if isinstance(_created_at, Unset):
            created_at = UNSET
        else:
            created_at = datetime.datetime.fromisoformat(_created_at)

        def _parse_training_processor(data: object) -> str | TrainingProcessor | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                training_processor_type_0 = TrainingProcessor(data)

                return training_processor_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(str | TrainingProcessor | Unset, data)

        training_processor = _parse_training_processor(d.pop("trainingProcessor", UNSET))

        learn_block = cls(
            id=id,
            type_=type_,
            name=name,
            dsp=dsp,
            title=title,
            created_by=created_by,
            created_at=created_at,
            training_processor=training_processor,
        )

        learn_block.additional_properties = d
        return learn_block

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
