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
from . import json_object as _json_object
from .labeling_method import LabelingMethod
from .project_tier import ProjectTier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .json_object import JsonObject


_new = object.__new__


@define(repr=False)
class Project(Model):
    """A project."""

    id: int
    """The project's id."""
    name: str | None = None
    """Its name."""
    description: str | None = None
    """What its owner says about it."""
    created: datetime.datetime | None = None
    """When it was created."""
    owner: str | None = None
    """The name of the user or organization that it belongs to."""
    last_accessed: datetime.datetime | None = None
    """When it was last opened."""
    last_modified: datetime.datetime | None = None
    """When it was last changed."""
    last_modification_details: str | None = None
    """What was changed last."""
    logo: str | None = None
    """The address of its logo."""
    owner_user_id: int | None = None
    """The id of its owner, if that is a user."""
    owner_organization_id: int | None = None
    """The id of its owner, if that is an organization."""
    owner_avatar: str | None = None
    """The address of its owner's picture."""
    owner_is_developer_profile: bool | None = None
    """Whether its owner is the profile of a single developer."""
    developer_profile_user_id: int | None = None
    """The id of the user of that profile."""
    collaborators: list[JsonObject] | None = None
    """The people who work on it. Their form is that of the server."""
    labeling_method: LabelingMethod | str | None = None
    """How its samples are labelled."""
    metadata: JsonObject | None = None
    """An object of any form."""
    data_explorer_screenshot: str | None = None
    """The address of a picture of its data."""
    is_enterprise_project: bool | None = None
    """Whether it belongs to a paying organization."""
    whitelabel_id: int | None = None
    """The id of the branded Studio that it belongs to."""
    whitelabel_name: str | None = None
    """The name of that branded Studio."""
    tags: list[str] | None = None
    """Words that its owner has put on it."""
    category: str | None = None
    """The field of application that its owner has chosen."""
    license_: str | None = None
    """The license of a published project."""
    tier: ProjectTier | str | None = None
    """What its owner pays for."""
    has_public_version: bool | None = None
    """Whether a version of it has been published."""
    is_public: bool | None = None
    """Whether it is such a published version, which never changes."""
    allows_live_public_access: bool | None = None
    """Whether everyone can see its current state."""
    ind_pause_processing_samples: bool | None = None
    """Whether new samples are currently left unprocessed."""
    public_project_listed: bool | None = None
    """Whether the list of public projects shows it."""
    deleted_date: datetime.datetime | None = None
    """When it was deleted."""
    full_deletion_date: datetime.datetime | None = None
    """When its data were removed."""
    scheduled_full_deletion_date: datetime.datetime | None = None
    """When its data will be removed."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> Project:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, ProjectWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> Project:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, ProjectWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "id": self.id,
        }
        if self.name is not None:
            properties["name"] = self.name
        if self.description is not None:
            properties["description"] = self.description
        if self.created is not None:
            properties["created"] = to_text(self.created)
        if self.owner is not None:
            properties["owner"] = self.owner
        if self.last_accessed is not None:
            properties["lastAccessed"] = to_text(self.last_accessed)
        if self.last_modified is not None:
            properties["lastModified"] = to_text(self.last_modified)
        if self.last_modification_details is not None:
            properties["lastModificationDetails"] = self.last_modification_details
        if self.logo is not None:
            properties["logo"] = self.logo
        if self.owner_user_id is not None:
            properties["ownerUserId"] = self.owner_user_id
        if self.owner_organization_id is not None:
            properties["ownerOrganizationId"] = self.owner_organization_id
        if self.owner_avatar is not None:
            properties["ownerAvatar"] = self.owner_avatar
        if self.owner_is_developer_profile is not None:
            properties["ownerIsDeveloperProfile"] = self.owner_is_developer_profile
        if self.developer_profile_user_id is not None:
            properties["developerProfileUserId"] = self.developer_profile_user_id
        if self.collaborators is not None:
            properties["collaborators"] = [dict(item) for item in self.collaborators]
        if self.labeling_method is not None:
            properties["labelingMethod"] = str(self.labeling_method)
        if self.metadata is not None:
            properties["metadata"] = dict(self.metadata)
        if self.data_explorer_screenshot is not None:
            properties["dataExplorerScreenshot"] = self.data_explorer_screenshot
        if self.is_enterprise_project is not None:
            properties["isEnterpriseProject"] = self.is_enterprise_project
        if self.whitelabel_id is not None:
            properties["whitelabelId"] = self.whitelabel_id
        if self.whitelabel_name is not None:
            properties["whitelabelName"] = self.whitelabel_name
        if self.tags is not None:
            properties["tags"] = list(self.tags)
        if self.category is not None:
            properties["category"] = self.category
        if self.license_ is not None:
            properties["license"] = self.license_
        if self.tier is not None:
            properties["tier"] = str(self.tier)
        if self.has_public_version is not None:
            properties["hasPublicVersion"] = self.has_public_version
        if self.is_public is not None:
            properties["isPublic"] = self.is_public
        if self.allows_live_public_access is not None:
            properties["allowsLivePublicAccess"] = self.allows_live_public_access
        if self.ind_pause_processing_samples is not None:
            properties["indPauseProcessingSamples"] = self.ind_pause_processing_samples
        if self.public_project_listed is not None:
            properties["publicProjectListed"] = self.public_project_listed
        if self.deleted_date is not None:
            properties["deletedDate"] = to_text(self.deleted_date)
        if self.full_deletion_date is not None:
            properties["fullDeletionDate"] = to_text(self.full_deletion_date)
        if self.scheduled_full_deletion_date is not None:
            properties["scheduledFullDeletionDate"] = to_text(self.scheduled_full_deletion_date)
        return properties


class ProjectWire(
    Wire,
    rename={
        "last_accessed": "lastAccessed",
        "last_modified": "lastModified",
        "last_modification_details": "lastModificationDetails",
        "owner_user_id": "ownerUserId",
        "owner_organization_id": "ownerOrganizationId",
        "owner_avatar": "ownerAvatar",
        "owner_is_developer_profile": "ownerIsDeveloperProfile",
        "developer_profile_user_id": "developerProfileUserId",
        "labeling_method": "labelingMethod",
        "data_explorer_screenshot": "dataExplorerScreenshot",
        "is_enterprise_project": "isEnterpriseProject",
        "whitelabel_id": "whitelabelId",
        "whitelabel_name": "whitelabelName",
        "license_": "license",
        "has_public_version": "hasPublicVersion",
        "is_public": "isPublic",
        "allows_live_public_access": "allowsLivePublicAccess",
        "ind_pause_processing_samples": "indPauseProcessingSamples",
        "public_project_listed": "publicProjectListed",
        "deleted_date": "deletedDate",
        "full_deletion_date": "fullDeletionDate",
        "scheduled_full_deletion_date": "scheduledFullDeletionDate",
    },
):
    """The JSON that it is read from."""

    id: Integer
    name: str | None = None
    description: str | None = None
    created: Timestamp | None = None
    owner: str | None = None
    last_accessed: Timestamp | None = None
    last_modified: Timestamp | None = None
    last_modification_details: str | None = None
    logo: str | None = None
    owner_user_id: Integer | None = None
    owner_organization_id: Integer | None = None
    owner_avatar: str | None = None
    owner_is_developer_profile: bool | None = None
    developer_profile_user_id: Integer | None = None
    collaborators: list[_json_object.JsonObjectWire] | None = None
    labeling_method: str | None = None
    metadata: _json_object.JsonObjectWire | None = None
    data_explorer_screenshot: str | None = None
    is_enterprise_project: bool | None = None
    whitelabel_id: Integer | None = None
    whitelabel_name: str | None = None
    tags: list[str] | None = None
    category: str | None = None
    license_: str | None = None
    tier: str | None = None
    has_public_version: bool | None = None
    is_public: bool | None = None
    allows_live_public_access: bool | None = None
    ind_pause_processing_samples: bool | None = None
    public_project_listed: bool | None = None
    deleted_date: Timestamp | None = None
    full_deletion_date: Timestamp | None = None
    scheduled_full_deletion_date: Timestamp | None = None


def build(wire: ProjectWire) -> Project:
    """Returns the object for what was read."""
    model = _new(Project)
    model.id = wire.id
    model.name = wire.name
    model.description = wire.description
    model.created = wire.created
    model.owner = wire.owner
    model.last_accessed = wire.last_accessed
    model.last_modified = wire.last_modified
    model.last_modification_details = wire.last_modification_details
    model.logo = wire.logo
    model.owner_user_id = wire.owner_user_id
    model.owner_organization_id = wire.owner_organization_id
    model.owner_avatar = wire.owner_avatar
    model.owner_is_developer_profile = wire.owner_is_developer_profile
    model.developer_profile_user_id = wire.developer_profile_user_id
    model.collaborators = wire.collaborators
    model.labeling_method = known(LabelingMethod, wire.labeling_method)
    model.metadata = wire.metadata
    model.data_explorer_screenshot = wire.data_explorer_screenshot
    model.is_enterprise_project = wire.is_enterprise_project
    model.whitelabel_id = wire.whitelabel_id
    model.whitelabel_name = wire.whitelabel_name
    model.tags = wire.tags
    model.category = wire.category
    model.license_ = wire.license_
    model.tier = known(ProjectTier, wire.tier)
    model.has_public_version = wire.has_public_version
    model.is_public = wire.is_public
    model.allows_live_public_access = wire.allows_live_public_access
    model.ind_pause_processing_samples = wire.ind_pause_processing_samples
    model.public_project_listed = wire.public_project_listed
    model.deleted_date = wire.deleted_date
    model.full_deletion_date = wire.full_deletion_date
    model.scheduled_full_deletion_date = wire.scheduled_full_deletion_date
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
