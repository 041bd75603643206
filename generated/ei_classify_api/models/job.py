from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.json_object import JsonObject
    from ..models.user import User


T = TypeVar("T", bound="Job")


@_attrs_define
class Job:
    """A job. It waits until `started` is there, runs until `finished` is there, and has then ended as
    `finishedSuccessful` says.

    """

    id: int
    """ The job's id. """
    category: str
    """ What the job does, in words for people. """
    key: str
    """ A name for the job by which a caller may find it again. """
    created: datetime.datetime
    """ When the job was asked for. """
    category_key: str | Unset = UNSET
    """ What the job does, in words for programs. """
    started: datetime.datetime | Unset = UNSET
    """ When the job began to run. """
    finished: datetime.datetime | Unset = UNSET
    """ When the job ended, well or not. """
    finished_successful: bool | Unset = UNSET
    """ How the job ended. Absent until it has. """
    job_notification_uids: list[int] | Unset = UNSET
    """ The ids of the users who are told when the job ends. """
    additional_info: str | Unset = UNSET
    """ Free text about the job. """
    compute_time: float | Unset = UNSET
    """ How long the job ran, in seconds. """
    created_by_user: User | Unset = UNSET
    """ A user of Studio. """
    category_count: int | Unset = UNSET
    """ The job's number among those of its category, for categories that count. """
    metadata: JsonObject | Unset = UNSET
    """ An object of any form. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        category = self.category

        key = self.key

        created = self.created.isoformat()

        category_key = self.category_key

        started: str | Unset = UNSET
        if not isinstance(self.started, Unset):
            started = self.started.isoformat()

        finished: str | Unset = UNSET
        if not isinstance(self.finished, Unset):
            finished = self.finished.isoformat()

        finished_successful = self.finished_successful

        job_notification_uids: list[int] | Unset = UNSET
        if not isinstance(self.job_notification_uids, Unset):
            job_notification_uids = self.job_notification_uids

        additional_info = self.additional_info

        compute_time = self.compute_time

        created_by_user: dict[str, Any] | Unset = UNSET
        if not isinstance(self.created_by_user, Unset):
            created_by_user = self.created_by_user.to_dict()

        category_count = self.category_count

        metadata: dict[str, Any] | Unset = UNSET
        if not isinstance(self.metadata, Unset):
            metadata = self.metadata.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "category": category,
                "key": key,
                "created": created,
            }
        )
        if category_key is not UNSET:
            field_dict["categoryKey"] = category_key
        if started is not UNSET:
            field_dict["started"] = started
        if finished is not UNSET:
            field_dict["finished"] = finished
        if finished_successful is not UNSET:
            field_dict["finishedSuccessful"] = finished_successful
        if job_notification_uids is not UNSET:
            field_dict["jobNotificationUids"] = job_notification_uids
        if additional_info is not UNSET:
            field_dict["additionalInfo"] = additional_info
        if compute_time is not UNSET:
            field_dict["computeTime"] = compute_time
        if created_by_user is not UNSET:
            field_dict["createdByUser"] = created_by_user
        if category_count is not UNSET:
            field_dict["categoryCount"] = category_count
        if metadata is not UNSET:
            field_dict["metadata"] = metadata

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.json_object import JsonObject
        from ..models.user import User

        d = dict(src_dict)
        id = d.pop("id")

        category = d.pop("category")

        key = d.pop("key")

        created = datetime.datetime.fromisoformat(d.pop("created"))

        category_key = d.pop("categoryKey", UNSET)

        _started = d.pop("started", UNSET)
        started: datetime.datetime | Unset
        if isinstance(_started, Unset):
            started = UNSET
        else:
            started = datetime.datetime.fromisoformat(_started)

        _finished = d.pop("finished", UNSET)
        finished: datetime.datetime | Unset
        if isinstance(_finished, Unset):
            finished = UNSET
        else:
            finished = datetime.datetime.fromisoformat(_finished)

        finished_successful = d.pop("finishedSuccessful", UNSET)

        job_notification_uids = cast(list[int], d.pop("jobNotificationUids", UNSET))

        additional_info = d.pop("additionalInfo", UNSET)

        compute_time = d.pop("computeTime", UNSET)

        _created_by_user = d.pop("createdByUser", UNSET)
        created_by_user: User | Unset
        if isinstance(_created_by_user, Unset):
            created_by_user = UNSET
        else:
            created_by_user = User.from_dict(_created_by_user)

        category_count = d.pop("categoryCount", UNSET)

        _metadata = d.pop("metadata", UNSET)
        metadata: JsonObject | Unset
        if isinstance(_metadata, Unset):
            metadata = UNSET
        else:
            metadata = JsonObject.from_dict(_metadata)

        job = cls(
            id=id,
            category=category,
            key=key,
            created=created,
            category_key=category_key,
            started=started,
            finished=finished,
            finished_successful=finished_successful,
            job_notification_uids=job_notification_uids,
            additional_info=additional_info,
            compute_time=compute_time,
            created_by_user=created_by_user,
            category_count=category_count,
            metadata=metadata,
        )

        job.additional_properties = d
        return job

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
