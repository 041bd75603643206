from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Integer,
    Model,
    Wire,
    known,
    read_dict,
    read_json,
)
from . import json_object as _json_object
from .actor_type import ActorType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .json_object import JsonObject

_new = object.__new__


@define(repr=False)
class LastUpdatedBy(Model):
    """Who last changed the sample. Which of the ids are present depends on `type`."""

    type_: ActorType | str | None = None
    """The kind of actor."""
    id: int | None = None
    """The id of the user, or of the project's API key."""
    oauth_client_id: str | None = None
    """The id of the OAuth client."""
    user_id: int | None = None
    """The id of the user for whom the OAuth client acted."""
    dataset_version_id: int | None = None
    """The id of the version of the data set that was restored."""
    group_key: str | None = None
    """A key that distinguishes one restore from another."""
    actor: JsonObject | None = None
    """An object of any form."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> LastUpdatedBy:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, LastUpdatedByWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> LastUpdatedBy:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, LastUpdatedByWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if self.type_ is not None:
            properties["type"] = str(self.type_)
        if self.id is not None:
            properties["id"] = self.id
        if self.oauth_client_id is not None:
            properties["oauthClientId"] = self.oauth_client_id
        if self.user_id is not None:
            properties["userId"] = self.user_id
        if self.dataset_version_id is not None:
            properties["datasetVersionId"] = self.dataset_version_id
        if self.group_key is not None:
            properties["groupKey"] = self.group_key
        if self.actor is not None:
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

    type_: str | None = None
    id: Integer | None = None
    oauth_client_id: str | None = None
    user_id: Integer | None = None
    dataset_version_id: Integer | None = None
    group_key: str | None = None
    actor: _json_object.JsonObjectWire | None = None


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
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
