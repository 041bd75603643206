from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from ..types import (
    UNSET,
    Model,
    Unset,
    Wire,
    known,
    read_dict,
    read_json,
)
from . import json_object as _json_object
from .actor_type import ActorType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .json_object import JsonObject

_new = object.__new__


@define(repr=False)
class LastUpdatedBy(Model):
    """Who last changed the sample. Which of the ids are present depends on `type`."""

    type_: ActorType | str | Unset = UNSET
    """The kind of actor."""
    id: int | Unset = UNSET
    """The id of the user, or of the project's API key."""
    oauth_client_id: str | Unset = UNSET
    """The id of the OAuth client."""
    user_id: int | Unset = UNSET
    """The id of the user for whom the OAuth client acted."""
    dataset_version_id: int | Unset = UNSET
    """The id of the version of the data set that was restored."""
    group_key: str | Unset = UNSET
    """A key that distinguishes one restore from another."""
    actor: JsonObject | Unset = UNSET
    """An object of any form."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> LastUpdatedBy:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return build(read_dict(src_dict, LastUpdatedByWire))

    @staticmethod
    def from_json(content: bytes | str) -> LastUpdatedBy:
        """Returns the object for JSON.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return build(read_json(content, LastUpdatedByWire))

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if not isinstance(self.type_, Unset):
            properties["type"] = str(self.type_)
        if not isinstance(self.id, Unset):
            properties["id"] = self.id
        if not isinstance(self.oauth_client_id, Unset):
            properties["oauthClientId"] = self.oauth_client_id
        if not isinstance(self.user_id, Unset):
            properties["userId"] = self.user_id
        if not isinstance(self.dataset_version_id, Unset):
            properties["datasetVersionId"] = self.dataset_version_id
        if not isinstance(self.group_key, Unset):
            properties["groupKey"] = self.group_key
        if not isinstance(self.actor, Unset):
            properties["actor"] = dict(self.actor)
        return properties


class LastUpdatedByWire(
    Wire,
    rename={
        "type_": "type",
        "oauth_client_id": "oauthClientId",
        "user_id": "userId",
        "dataset_version_id": "datasetVersionId",
        "group_key": "groupKey",
    },
):
    """The JSON that it is read from."""

    type_: str | Unset = UNSET
    id: int | Unset = UNSET
    oauth_client_id: str | Unset = UNSET
    user_id: int | Unset = UNSET
    dataset_version_id: int | Unset = UNSET
    group_key: str | Unset = UNSET
    actor: _json_object.JsonObjectWire | Unset = UNSET


def build(wire: LastUpdatedByWire) -> LastUpdatedBy:
    """Returns the object for what was read."""
    model = _new(LastUpdatedBy)
    model.type_ = known(ActorType, wire.type_)
    model.id = wire.id
    model.oauth_client_id = wire.oauth_client_id
    model.user_id = wire.user_id
    model.dataset_version_id = wire.dataset_version_id
    model.group_key = wire.group_key
    model.actor = wire.actor
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
