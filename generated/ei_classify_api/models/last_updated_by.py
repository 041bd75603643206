from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.actor_type import ActorType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.json_object import JsonObject


T = TypeVar("T", bound="LastUpdatedBy")


@_attrs_define
class LastUpdatedBy:
    """Who changed the sample last. Which of the ids is there depends on `type`."""

    type_: ActorType | str | Unset = UNSET
    """ What kind of actor it was. """
    id: int | Unset = UNSET
    """ The user, or the project's API key. """
    oauth_client_id: str | Unset = UNSET
    """ The OAuth client. """
    user_id: int | Unset = UNSET
    """ The user for whom the OAuth client acted. """
    dataset_version_id: int | Unset = UNSET
    """ The version of the data set that was restored. """
    group_key: str | Unset = UNSET
    """ What tells one restore from another. """
    actor: JsonObject | Unset = UNSET
    """ An object of any form. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        type_: str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        elif isinstance(self.type_, ActorType):
            type_ = self.type_.value
        else:
            type_ = self.type_

        id = self.id

        oauth_client_id = self.oauth_client_id

        user_id = self.user_id

        dataset_version_id = self.dataset_version_id

        group_key = self.group_key

        actor: dict[str, Any] | Unset = UNSET
        if not isinstance(self.actor, Unset):
            actor = self.actor.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if type_ is not UNSET:
            field_dict["type"] = type_
        if id is not UNSET:
            field_dict["id"] = id
        if oauth_client_id is not UNSET:
            field_dict["oauthClientId"] = oauth_client_id
        if user_id is not UNSET:
            field_dict["userId"] = user_id
        if dataset_version_id is not UNSET:
            field_dict["datasetVersionId"] = dataset_version_id
        if group_key is not UNSET:
            field_dict["groupKey"] = group_key
        if actor is not UNSET:
            field_dict["actor"] = actor

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.json_object import JsonObject

        d = dict(src_dict)

        def _parse_type_(data: object) -> ActorType | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = ActorType(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ActorType | str | Unset, data)

        type_ = _parse_type_(d.pop("type", UNSET))

        id = d.pop("id", UNSET)

        oauth_client_id = d.pop("oauthClientId", UNSET)

        user_id = d.pop("userId", UNSET)

        dataset_version_id = d.pop("datasetVersionId", UNSET)

        group_key = d.pop("groupKey", UNSET)

        _actor = d.pop("actor", UNSET)
        actor: JsonObject | Unset
        if isinstance(_actor, Unset):
            actor = UNSET
        else:
            actor = JsonObject.from_dict(_actor)

        last_updated_by = cls(
            type_=type_,
            id=id,
            oauth_client_id=oauth_client_id,
            user_id=user_id,
            dataset_version_id=dataset_version_id,
            group_key=group_key,
            actor=actor,
        )

        last_updated_by.additional_properties = d
        return last_updated_by

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
