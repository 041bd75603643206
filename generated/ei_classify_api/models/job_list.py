from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Integer,
    Model,
    Wire,
    read_dict,
    read_json,
)
from . import job as _job

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .job import Job


_new = object.__new__


@define(repr=False)
class JobList(Model):
    """Some jobs of a project."""

    success: bool
    """True. A body in which it is false is a `Failure`, whatever else the body contains."""
    jobs: list[Job]
    """The jobs."""
    error: str | None = None
    """Has no meaning here. The answer to a failed call says why in a property of this name."""
    total_job_count: int | None = None
    """The number of such jobs, of which `jobs` may be a slice."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> JobList:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, JobListWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> JobList:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, JobListWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "success": self.success,
            "jobs": [item.to_dict() for item in self.jobs],
        }
        if self.error is not None:
            properties["error"] = self.error
        if self.total_job_count is not None:
            properties["totalJobCount"] = self.total_job_count
        return properties


class JobListWire(
    Wire,
    rename={
        "total_job_count": "totalJobCount",
    },
):
    """The JSON that it is read from."""

    success: bool
    jobs: list[_job.JobWire]
    error: str | None = None
    total_job_count: Integer | None = None


def build(wire: JobListWire) -> JobList:
    """Returns the object for what was read."""
    model = _new(JobList)
    model.success = wire.success
    model.jobs = [_job.build(item) for item in wire.jobs]
    model.error = wire.error
    model.total_job_count = wire.total_job_count
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
