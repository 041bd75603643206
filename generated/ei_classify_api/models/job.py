from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Integer,
    Model,
    Number,
    Timestamp,
    Wire,
    read_dict,
    read_json,
    to_text,
)
from . import json_object as _json_object
from . import user as _user

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .json_object import JsonObject
    from .user import User

_new = object.__new__


@define(repr=False)
class Job(Model):
    """A job. It is waiting until `started` is present, and running until `finished` is present.
    `finishedSuccessful` then says how it ended.
    """

    id: int
    """The job's id."""
    category: str | None = None
    """What the job does, for people."""
    category_key: str | None = None
    """What the job does, for programs."""
    key: str | None = None
    """A name for the job that a caller can find it by."""
    created: datetime.datetime | None = None
    """When the job was requested."""
    started: datetime.datetime | None = None
    """When the job started to run."""
    finished: datetime.datetime | None = None
    """When the job ended, with or without success."""
    finished_successful: bool | None = None
    """Whether the job ended with success. Absent until it has ended."""
    job_notification_uids: list[int] | None = None
    """The ids of the users who are notified when the job ends."""
    additional_info: str | None = None
    """Free text about the job."""
    compute_time: float | None = None
    """The time that the job ran, in seconds."""
    created_by_user: User | None = None
    """A user of Studio."""
    category_count: int | None = None
    """The number of the job within its category, for categories that count their jobs."""
    metadata: JsonObject | None = None
    """An object of any form."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> Job:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, JobWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> Job:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, JobWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "id": self.id,
        }
        if self.category is not None:
            properties["category"] = self.category
        if self.category_key is not None:
            properties["categoryKey"] = self.category_key
        if self.key is not None:
            properties["key"] = self.key
        if self.created is not None:
            properties["created"] = to_text(self.created)
        if self.started is not None:
            properties["started"] = to_text(self.started)
        if self.finished is not None:
            properties["finished"] = to_text(self.finished)
        if self.finished_successful is not None:
            properties["finishedSuccessful"] = self.finished_successful
        if self.job_notification_uids is not None:
            properties["jobNotificationUids"] = list(self.job_notification_uids)
        if self.additional_info is not None:
            properties["additionalInfo"] = self.additional_info
        if self.compute_time is not None:
            properties["computeTime"] = self.compute_time
        if self.created_by_user is not None:
            properties["createdByUser"] = self.created_by_user.to_dict()
        if self.category_count is not None:
            properties["categoryCount"] = self.category_count
        if self.metadata is not None:
            properties["metadata"] = dict(self.metadata)
        return properties


class JobWire(
    Wire,
    rename={
        "category_key": "categoryKey",
        "finished_successful": "finishedSuccessful",
        "job_notification_uids": "jobNotificationUids",
        "additional_info": "additionalInfo",
        "compute_time": "computeTime",
        "created_by_user": "createdByUser",
        "category_count": "categoryCount",
    },
):
    """The JSON that it is read from."""

    id: Integer
    category: str | None = None
    category_key: str | None = None
    key: str | None = None
    created: Timestamp | None = None
    started: Timestamp | None = None
    finished: Timestamp | None = None
    finished_successful: bool | None = None
    job_notification_uids: list[Integer] | None = None
    additional_info: str | None = None
    compute_time: Number | None = None
    created_by_user: _user.UserWire | None = None
    category_count: Integer | None = None
    metadata: _json_object.JsonObjectWire | None = None


def build(wire: JobWire) -> Job:
    """Returns the object for what was read."""
    model = _new(Job)
    model.id = wire.id
    model.category = wire.category
    model.category_key = wire.category_key
    model.key = wire.key
    model.created = wire.created
    model.started = wire.started
    model.finished = wire.finished
    model.finished_successful = wire.finished_successful
    model.job_notification_uids = wire.job_notification_uids
    model.additional_info = wire.additional_info
    model.compute_time = wire.compute_time
    model.created_by_user = _user.build(wire.created_by_user) if wire.created_by_user is not None else None
    model.category_count = wire.category_count
    model.metadata = wire.metadata
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
