from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from ..types import (
    UNSET,
    Model,
    Unset,
    Wire,
    read_dict,
    read_json,
)
from . import job as _job

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .job import Job


_new = object.__new__


@define(repr=False)
class JobStatus(Model):
    """The state of one job."""

    success: bool
    """True. A body in which it is false is a `Failure`, whatever else the body holds."""
    job: Job
    """A job. It waits until `started` is there, runs until `finished` is there, and has then ended as
    `finishedSuccessful` says.
    """
    error: str | Unset = UNSET
    """Of no meaning here; a failed call explains itself in the same property."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """Properties that the contract does not know, as they came."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> JobStatus:
        """The object that this JSON, read into dicts and lists, stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
        """
        return build(read_dict(src_dict, JobStatusWire))

    @staticmethod
    def from_json(content: bytes | str) -> JobStatus:
        """The object that this JSON stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
            msgspec.DecodeError: It is not JSON.
        """
        return build(read_json(content, JobStatusWire))

    def to_dict(self) -> dict[str, Any]:
        """The JSON that stands for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "success": self.success,
            "job": self.job.to_dict(),
        }
        if not isinstance(self.error, Unset):
            properties["error"] = self.error
        return properties


class JobStatusWire(
    Wire,
    rename={},
):
    """What JSON may hold for it."""

    success: bool
    job: _job.JobWire
    error: str | Unset = UNSET


def build(wire: JobStatusWire) -> JobStatus:
    """The object for what was read."""
    model = _new(JobStatus)
    model.success = wire.success
    model.job = _job.build(wire.job)
    model.error = wire.error
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
