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
    known,
    read_dict,
    read_json,
    to_text,
)
from . import bounding_box as _bounding_box
from . import datastream as _datastream
from . import image_dimensions as _image_dimensions
from . import label_map as _label_map
from . import last_updated_by as _last_updated_by
from . import sensor as _sensor
from . import structured_label as _structured_label
from . import text_map as _text_map
from .bounding_boxes_type import BoundingBoxesType
from .chart_type import ChartType
from .data_category import DataCategory
from .labeling_method import LabelingMethod

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .bounding_box import BoundingBox
    from .datastream import Datastream
    from .image_dimensions import ImageDimensions
    from .label_map import LabelMap
    from .last_updated_by import LastUpdatedBy
    from .sensor import Sensor
    from .structured_label import StructuredLabel
    from .text_map import TextMap

_new = object.__new__


@define(repr=False)
class Sample(Model):
    """A recording, an image or a row of data, with its label and its origin."""

    id: int
    """The sample's id, unique within the project."""
    filename: str | None = None
    """The name of the sample's file."""
    signature_validate: bool | None = None
    """Whether the signature of the data was valid."""
    signature_method: str | None = None
    """How the data was signed."""
    signature_key: str | None = None
    """The shared or public key that the signature was verified with."""
    created: datetime.datetime | None = None
    """When the device recorded the sample, or when it was uploaded if the device had no clock."""
    last_modified: datetime.datetime | None = None
    """When the sample was last changed."""
    category: DataCategory | str | None = None
    """The data set that the sample is in."""
    coldstorage_filename: str | None = None
    """Where the server stores the raw data."""
    label: str | None = None
    """The expected label. For regression, the expected number as a string. For an image, there may be
    several labels separated by commas; `-` or an empty string if it shows no object.
    """
    interval_ms: float | None = None
    """The time between two readings, in milliseconds (1000 / `frequency`)."""
    frequency: float | None = None
    """The sampling rate, in hertz."""
    original_interval_ms: float | None = None
    """`intervalMs` before any resampling. Deprecated by the vendor, because samples are no longer
    resampled in place.
    """
    original_frequency: float | None = None
    """`frequency` before any resampling. Deprecated by the vendor, because samples are no longer resampled
    in place.
    """
    device_name: str | None = None
    """The name of the device that recorded the sample."""
    device_type: str | None = None
    """The model of the device that recorded the sample."""
    sensors: list[Sensor] | None = None
    """One entry per sensor axis, in the order of the columns of `values`."""
    values_count: int | None = None
    """The number of readings; with several data streams, that of the fastest one."""
    total_length_ms: float | None = None
    """The length of the sample, in milliseconds."""
    added: datetime.datetime | None = None
    """When the sample was added to the data set that it is in."""
    bounding_boxes: list[BoundingBox] | None = None
    """The expected objects, in whole pixels of an image of `imageDimensions`."""
    bounding_boxes_type: BoundingBoxesType | str | None = None
    """The labelling task that the boxes are for."""
    chart_type: ChartType | str | None = None
    """How Studio shows the sample."""
    thumbnail_video: str | None = None
    """The address of a small preview of the video, cropped like the sample."""
    thumbnail_video_full: str | None = None
    """The address of a small preview of the whole video."""
    is_disabled: bool | None = None
    """Whether the sample is excluded from training and testing."""
    is_processing: bool | None = None
    """Whether the server is still preparing the sample, for example a video."""
    processing_job_id: int | None = None
    """The id of the job that prepares the sample, once there is one."""
    processing_error: bool | None = None
    """Whether preparing the sample failed."""
    processing_error_string: str | None = None
    """Why preparing the sample failed."""
    is_cropped: bool | None = None
    """Whether the sample is cut from another sample."""
    metadata: TextMap | None = None
    """Text by key."""
    project_id: int | None = None
    """The id of the project that the sample belongs to."""
    project_owner_name: str | None = None
    """The owner of that project."""
    project_name: str | None = None
    """The name of that project."""
    project_labeling_method: LabelingMethod | str | None = None
    """How the samples of that project are labelled."""
    sha256_hash: str | None = None
    """The SHA-256 hash of the data, including its CBOR envelope if it has one."""
    structured_labels: list[StructuredLabel] | None = None
    """The labels of a sample whose label changes in its course. Indices count readings."""
    structured_labels_list: list[str] | None = None
    """The distinct labels among the structured labels."""
    created_by_synthetic_data_job_id: int | None = None
    """The id of the job that synthesized the sample."""
    image_dimensions: ImageDimensions | None = None
    """The size of an image."""
    video_url: str | None = None
    """The address of the video in full resolution, cropped like the sample."""
    video_url_full: str | None = None
    """The address of the whole video in full resolution."""
    label_map: LabelMap | None = None
    """Several labels at once, one per key, for projects that label with a map."""
    last_updated_by: LastUpdatedBy | None = None
    """Who last changed the sample. Which of the ids are present depends on `type`."""
    datastreams: list[Datastream] | None = None
    """One entry per data stream, for samples recorded at several rates."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> Sample:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, SampleWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> Sample:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, SampleWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "id": self.id,
        }
        if self.filename is not None:
            properties["filename"] = self.filename
        if self.signature_validate is not None:
            properties["signatureValidate"] = self.signature_validate
        if self.signature_method is not None:
            properties["signatureMethod"] = self.signature_method
        if self.signature_key is not None:
            properties["signatureKey"] = self.signature_key
        if self.created is not None:
            properties["created"] = to_text(self.created)
        if self.last_modified is not None:
            properties["lastModified"] = to_text(self.last_modified)
        if self.category is not None:
            properties["category"] = str(self.category)
        if self.coldstorage_filename is not None:
            properties["coldstorageFilename"] = self.coldstorage_filename
        if self.label is not None:
            properties["label"] = self.label
        if self.interval_ms is not None:
            properties["intervalMs"] = self.interval_ms
        if self.frequency is not None:
            properties["frequency"] = self.frequency
        if self.original_interval_ms is not None:
            properties["originalIntervalMs"] = self.original_interval_ms
        if self.original_frequency is not None:
            properties["originalFrequency"] = self.original_frequency
        if self.device_name is not None:
            properties["deviceName"] = self.device_name
        if self.device_type is not None:
            properties["deviceType"] = self.device_type
        if self.sensors is not None:
            properties["sensors"] = [item.to_dict() for item in self.sensors]
        if self.values_count is not None:
            properties["valuesCount"] = self.values_count
        if self.total_length_ms is not None:
            properties["totalLengthMs"] = self.total_length_ms
        if self.added is not None:
            properties["added"] = to_text(self.added)
        if self.bounding_boxes is not None:
            properties["boundingBoxes"] = [item.to_dict() for item in self.bounding_boxes]
        if self.bounding_boxes_type is not None:
            properties["boundingBoxesType"] = str(self.bounding_boxes_type)
        if self.chart_type is not None:
            properties["chartType"] = str(self.chart_type)
        if self.thumbnail_video is not None:
            properties["thumbnailVideo"] = self.thumbnail_video
        if self.thumbnail_video_full is not None:
            properties["thumbnailVideoFull"] = self.thumbnail_video_full
        if self.is_disabled is not None:
            properties["isDisabled"] = self.is_disabled
        if self.is_processing is not None:
            properties["isProcessing"] = self.is_processing
        if self.processing_job_id is not None:
            properties["processingJobId"] = self.processing_job_id
        if self.processing_error is not None:
            properties["processingError"] = self.processing_error
        if self.processing_error_string is not None:
            properties["processingErrorString"] = self.processing_error_string
        if self.is_cropped is not None:
            properties["isCropped"] = self.is_cropped
        if self.metadata is not None:
            properties["metadata"] = dict(self.metadata)
        if self.project_id is not None:
            properties["projectId"] = self.project_id
        if self.project_owner_name is not None:
            properties["projectOwnerName"] = self.project_owner_name
        if self.project_name is not None:
            properties["projectName"] = self.project_name
        if self.project_labeling_method is not None:
            properties["projectLabelingMethod"] = str(self.project_labeling_method)
        if self.sha256_hash is not None:
            properties["sha256Hash"] = self.sha256_hash
        if self.structured_labels is not None:
            properties["structuredLabels"] = [item.to_dict() for item in self.structured_labels]
        if self.structured_labels_list is not None:
            properties["structuredLabelsList"] = list(self.structured_labels_list)
        if self.created_by_synthetic_data_job_id is not None:
            properties["createdBySyntheticDataJobId"] = self.created_by_synthetic_data_job_id
        if self.image_dimensions is not None:
            properties["imageDimensions"] = self.image_dimensions.to_dict()
        if self.video_url is not None:
            properties["videoUrl"] = self.video_url
        if self.video_url_full is not None:
            properties["videoUrlFull"] = self.video_url_full
        if self.label_map is not None:
            properties["labelMap"] = self.label_map.to_dict()
        if self.last_updated_by is not None:
            properties["lastUpdatedBy"] = self.last_updated_by.to_dict()
        if self.datastreams is not None:
            properties["datastreams"] = [item.to_dict() for item in self.datastreams]
        return properties


class SampleWire(
    Wire,
    rename={
        "signature_validate": "signatureValidate",
        "signature_method": "signatureMethod",
        "signature_key": "signatureKey",
        "last_modified": "lastModified",
        "coldstorage_filename": "coldstorageFilename",
        "interval_ms": "intervalMs",
        "original_interval_ms": "originalIntervalMs",
        "original_frequency": "originalFrequency",
        "device_name": "deviceName",
        "device_type": "deviceType",
        "values_count": "valuesCount",
        "total_length_ms": "totalLengthMs",
        "bounding_boxes": "boundingBoxes",
        "bounding_boxes_type": "boundingBoxesType",
        "chart_type": "chartType",
        "thumbnail_video": "thumbnailVideo",
        "thumbnail_video_full": "thumbnailVideoFull",
        "is_disabled": "isDisabled",
        "is_processing": "isProcessing",
        "processing_job_id": "processingJobId",
        "processing_error": "processingError",
        "processing_error_string": "processingErrorString",
        "is_cropped": "isCropped",
        "project_id": "projectId",
        "project_owner_name": "projectOwnerName",
        "project_name": "projectName",
        "project_labeling_method": "projectLabelingMethod",
        "sha256_hash": "sha256Hash",
        "structured_labels": "structuredLabels",
        "structured_labels_list": "structuredLabelsList",
        "created_by_synthetic_data_job_id": "createdBySyntheticDataJobId",
        "image_dimensions": "imageDimensions",
        "video_url": "videoUrl",
        "video_url_full": "videoUrlFull",
        "label_map": "labelMap",
        "last_updated_by": "lastUpdatedBy",
    },
):
    """The JSON that it is read from."""

    id: Integer
    filename: str | None = None
    signature_validate: bool | None = None
    signature_method: str | None = None
    signature_key: str | None = None
    created: Timestamp | None = None
    last_modified: Timestamp | None = None
    category: str | None = None
    coldstorage_filename: str | None = None
    label: str | None = None
    interval_ms: Number | None = None
    frequency: Number | None = None
    original_interval_ms: Number | None = None
    original_frequency: Number | None = None
    device_name: str | None = None
    device_type: str | None = None
    sensors: list[_sensor.SensorWire] | None = None
    values_count: Integer | None = None
    total_length_ms: Number | None = None
    added: Timestamp | None = None
    bounding_boxes: list[_bounding_box.BoundingBoxWire] | None = None
    bounding_boxes_type: str | None = None
    chart_type: str | None = None
    thumbnail_video: str | None = None
    thumbnail_video_full: str | None = None
    is_disabled: bool | None = None
    is_processing: bool | None = None
    processing_job_id: Integer | None = None
    processing_error: bool | None = None
    processing_error_string: str | None = None
    is_cropped: bool | None = None
    metadata: _text_map.TextMapWire | None = None
    project_id: Integer | None = None
    project_owner_name: str | None = None
    project_name: str | None = None
    project_labeling_method: str | None = None
    sha256_hash: str | None = None
    structured_labels: list[_structured_label.StructuredLabelWire] | None = None
    structured_labels_list: list[str] | None = None
    created_by_synthetic_data_job_id: Integer | None = None
    image_dimensions: _image_dimensions.ImageDimensionsWire | None = None
    video_url: str | None = None
    video_url_full: str | None = None
    label_map: _label_map.LabelMapWire | None = None
    last_updated_by: _last_updated_by.LastUpdatedByWire | None = None
    datastreams: list[_datastream.DatastreamWire] | None = None


def build(wire: SampleWire) -> Sample:
    """Returns the object for what was read."""
    model = _new(Sample)
    model.id = wire.id
    model.filename = wire.filename
    model.signature_validate = wire.signature_validate
    model.signature_method = wire.signature_method
    model.signature_key = wire.signature_key
    model.created = wire.created
    model.last_modified = wire.last_modified
    model.category = known(DataCategory, wire.category)
    model.coldstorage_filename = wire.coldstorage_filename
    model.label = wire.label
    model.interval_ms = wire.interval_ms
    model.frequency = wire.frequency
    model.original_interval_ms = wire.original_interval_ms
    model.original_frequency = wire.original_frequency
    model.device_name = wire.device_name
    model.device_type = wire.device_type
    model.sensors = [_sensor.build(item) for item in wire.sensors] if wire.sensors is not None else None
    model.values_count = wire.values_count
    model.total_length_ms = wire.total_length_ms
    model.added = wire.added
    model.bounding_boxes = (
        [_bounding_box.build(item) for item in wire.bounding_boxes]
        if wire.bounding_boxes is not None
        else None
    )
    model.bounding_boxes_type = known(BoundingBoxesType, wire.bounding_boxes_type)
    model.chart_type = known(ChartType, wire.chart_type)
    model.thumbnail_video = wire.thumbnail_video
    model.thumbnail_video_full = wire.thumbnail_video_full
    model.is_disabled = wire.is_disabled
    model.is_processing = wire.is_processing
    model.processing_job_id = wire.processing_job_id
    model.processing_error = wire.processing_error
    model.processing_error_string = wire.processing_error_string
    model.is_cropped = wire.is_cropped
    model.metadata = wire.metadata
    model.project_id = wire.project_id
    model.project_owner_name = wire.project_owner_name
    model.project_name = wire.project_name
    model.project_labeling_method = known(LabelingMethod, wire.project_labeling_method)
    model.sha256_hash = wire.sha256_hash
    model.structured_labels = (
        [_structured_label.build(item) for item in wire.structured_labels]
        if wire.structured_labels is not None
        else None
    )
    model.structured_labels_list = wire.structured_labels_list
    model.created_by_synthetic_data_job_id = wire.created_by_synthetic_data_job_id
    model.image_dimensions = (
        _image_dimensions.build(wire.image_dimensions) if wire.image_dimensions is not None else None
    )
    model.video_url = wire.video_url
    model.video_url_full = wire.video_url_full
    model.label_map = _label_map.build(wire.label_map) if wire.label_map is not None else None
    model.last_updated_by = (
        _last_updated_by.build(wire.last_updated_by) if wire.last_updated_by is not None else None
    )
    model.datastreams = (
        [_datastream.build(item) for item in wire.datastreams] if wire.datastreams is not None else None
    )
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
