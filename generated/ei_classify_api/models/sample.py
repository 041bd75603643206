from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.bounding_boxes_type import BoundingBoxesType
from ..models.chart_type import ChartType
from ..models.data_category import DataCategory
from ..models.labeling_method import LabelingMethod
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.bounding_box import BoundingBox
    from ..models.datastream import Datastream
    from ..models.image_dimensions import ImageDimensions
    from ..models.label_map import LabelMap
    from ..models.last_updated_by import LastUpdatedBy
    from ..models.sensor import Sensor
    from ..models.structured_label import StructuredLabel
    from ..models.text_map import TextMap


T = TypeVar("T", bound="Sample")


@_attrs_define
class Sample:
    """A recording, an image or a row of data, with its label and its origin."""

    id: int
    """ The sample's id, its own within the project. """
    filename: str
    """ The name of the sample's file. """
    signature_validate: bool
    """ Whether the signature over the data was valid. """
    created: datetime.datetime
    """ When the device recorded the sample; the time of its upload if the device had no clock. """
    last_modified: datetime.datetime
    """ When the sample was last changed. """
    category: DataCategory | str
    """ The data set that the sample is in. """
    coldstorage_filename: str
    """ Where the server keeps the raw data. """
    label: str
    """ The expected label. Regression: the expected number, as a string. Images: several labels
    separated by commas, and `-` or nothing where no object is shown.
     """
    interval_ms: float
    """ Time between two readings, in milliseconds (1000 / `frequency`). """
    frequency: float
    """ Readings a second, in hertz. """
    device_type: str
    """ The model of the device that recorded the sample. """
    sensors: list[Sensor]
    """ One entry a sensor axis, in the order of the readings' columns. """
    values_count: int
    """ Number of readings. With several data streams, that of the fastest. """
    added: datetime.datetime
    """ When the sample came into its present data set. """
    bounding_boxes: list[BoundingBox]
    """ The expected objects, in whole pixels of an image of `imageDimensions`. """
    bounding_boxes_type: BoundingBoxesType | str
    """ The labelling task that the boxes serve. """
    chart_type: ChartType | str
    """ How Studio shows the sample. """
    is_disabled: bool
    """ Whether the sample is left out of training and testing. """
    is_processing: bool
    """ Whether the server is still preparing the sample, for example a video. """
    processing_error: bool
    """ Whether preparing the sample failed. """
    is_cropped: bool
    """ Whether the sample is cut from another sample. """
    project_id: int
    """ The project that the sample belongs to. """
    sha_256_hash: str
    """ SHA-256 of the data, with its CBOR envelope where it has one. """
    signature_method: str | Unset = UNSET
    """ How the data was signed. """
    signature_key: str | Unset = UNSET
    """ The shared or public key that the signature was checked with. """
    original_interval_ms: float | Unset = UNSET
    """ `intervalMs` from before any resampling. Samples are no longer resampled in place, so the vendor
    has deprecated it.
     """
    original_frequency: float | Unset = UNSET
    """ `frequency` from before any resampling. Samples are no longer resampled in place, so the vendor
    has deprecated it.
     """
    device_name: str | Unset = UNSET
    """ The name of the device that recorded the sample. """
    total_length_ms: float | Unset = UNSET
    """ Length of the sample, in milliseconds. """
    thumbnail_video: str | Unset = UNSET
    """ Where a small preview of the video is, cropped as the sample is. """
    thumbnail_video_full: str | Unset = UNSET
    """ Where a small preview of the whole video is. """
    processing_job_id: int | Unset = UNSET
    """ The job that prepares the sample, once one has taken it up. """
    processing_error_string: str | Unset = UNSET
    """ Why preparing the sample failed. """
    metadata: TextMap | Unset = UNSET
    """ Text by key. """
    project_owner_name: str | Unset = UNSET
    """ The owner of that project. """
    project_name: str | Unset = UNSET
    """ The name of that project. """
    project_labeling_method: LabelingMethod | str | Unset = UNSET
    """ How samples of that project are labelled. """
    structured_labels: list[StructuredLabel] | Unset = UNSET
    """ Labels along the sample, for one that carries more than one. Indices count readings. """
    structured_labels_list: list[str] | Unset = UNSET
    """ The distinct labels among the structured labels. """
    created_by_synthetic_data_job_id: int | Unset = UNSET
    """ The job that synthesized the sample. """
    image_dimensions: ImageDimensions | Unset = UNSET
    """ The size of an image. """
    video_url: str | Unset = UNSET
    """ Where the video is, cropped as the sample is, in its own resolution. """
    video_url_full: str | Unset = UNSET
    """ Where the whole video is, in its own resolution. """
    label_map: LabelMap | Unset = UNSET
    """ Several labels at once, one a key, for projects that label with a map. """
    last_updated_by: LastUpdatedBy | Unset = UNSET
    """ Who changed the sample last. Which of the ids is there depends on `type`. """
    datastreams: list[Datastream] | Unset = UNSET
    """ One entry a data stream, for samples recorded at several rates. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        filename = self.filename

        signature_validate = self.signature_validate

        created = self.created.isoformat()

        last_modified = self.last_modified.isoformat()

        category: str
        if isinstance(self.category, DataCategory):
            category = self.category.value
        else:
            category = self.category

        coldstorage_filename = self.coldstorage_filename

        label = self.label

        interval_ms = self.interval_ms

        frequency = self.frequency

        device_type = self.device_type

        sensors = []
        for sensors_item_data in self.sensors:
            sensors_item = sensors_item_data.to_dict()
            sensors.append(sensors_item)

        values_count = self.values_count

        added = self.added.isoformat()

        bounding_boxes = []
        for bounding_boxes_item_data in self.bounding_boxes:
            bounding_boxes_item = bounding_boxes_item_data.to_dict()
            bounding_boxes.append(bounding_boxes_item)

        bounding_boxes_type: str
        if isinstance(self.bounding_boxes_type, BoundingBoxesType):
            bounding_boxes_type = self.bounding_boxes_type.value
        else:
            bounding_boxes_type = self.bounding_boxes_type

        chart_type: str
        if isinstance(self.chart_type, ChartType):
            chart_type = self.chart_type.value
        else:
            chart_type = self.chart_type

        is_disabled = self.is_disabled

        is_processing = self.is_processing

        processing_error = self.processing_error

        is_cropped = self.is_cropped

        project_id = self.project_id

        sha_256_hash = self.sha_256_hash

        signature_method = self.signature_method

        signature_key = self.signature_key

        original_interval_ms = self.original_interval_ms

        original_frequency = self.original_frequency

        device_name = self.device_name

        total_length_ms = self.total_length_ms

        thumbnail_video = self.thumbnail_video

        thumbnail_video_full = self.thumbnail_video_full

        processing_job_id = self.processing_job_id

        processing_error_string = self.processing_error_string

        metadata: dict[str, Any] | Unset = UNSET
        if not isinstance(self.metadata, Unset):
            metadata = self.metadata.to_dict()

        project_owner_name = self.project_owner_name

        project_name = self.project_name

        project_labeling_method: str | Unset
        if isinstance(self.project_labeling_method, Unset):
            project_labeling_method = UNSET
        elif isinstance(self.project_labeling_method, LabelingMethod):
            project_labeling_method = self.project_labeling_method.value
        else:
            project_labeling_method = self.project_labeling_method

        structured_labels: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.structured_labels, Unset):
            structured_labels = []
            for structured_labels_item_data in self.structured_labels:
                structured_labels_item = structured_labels_item_data.to_dict()
                structured_labels.append(structured_labels_item)

        structured_labels_list: list[str] | Unset = UNSET
        if not isinstance(self.structured_labels_list, Unset):
            structured_labels_list = self.structured_labels_list

        created_by_synthetic_data_job_id = self.created_by_synthetic_data_job_id

        image_dimensions: dict[str, Any] | Unset = UNSET
        if not isinstance(self.image_dimensions, Unset):
            image_dimensions = self.image_dimensions.to_dict()

        video_url = self.video_url

        video_url_full = self.video_url_full

        label_map: dict[str, Any] | Unset = UNSET
        if not isinstance(self.label_map, Unset):
            label_map = self.label_map.to_dict()

        last_updated_by: dict[str, Any] | Unset = UNSET
        if not isinstance(self.last_updated_by, Unset):
            last_updated_by = self.last_updated_by.to_dict()

        datastreams: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.datastreams, Unset):
            datastreams = []
            for datastreams_item_data in self.datastreams:
                datastreams_item = datastreams_item_data.to_dict()
                datastreams.append(datastreams_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "filename": filename,
                "signatureValidate": signature_validate,
                "created": created,
                "lastModified": last_modified,
                "category": category,
                "coldstorageFilename": coldstorage_filename,
                "label": label,
                "intervalMs": interval_ms,
                "frequency": frequency,
                "deviceType": device_type,
                "sensors": sensors,
                "valuesCount": values_count,
                "added": added,
                "boundingBoxes": bounding_boxes,
                "boundingBoxesType": bounding_boxes_type,
                "chartType": chart_type,
                "isDisabled": is_disabled,
                "isProcessing": is_processing,
                "processingError": processing_error,
                "isCropped": is_cropped,
                "projectId": project_id,
                "sha256Hash": sha_256_hash,
            }
        )
        if signature_method is not UNSET:
            field_dict["signatureMethod"] = signature_method
        if signature_key is not UNSET:
            field_dict["signatureKey"] = signature_key
        if original_interval_ms is not UNSET:
            field_dict["originalIntervalMs"] = original_interval_ms
        if original_frequency is not UNSET:
            field_dict["originalFrequency"] = original_frequency
        if device_name is not UNSET:
            field_dict["deviceName"] = device_name
        if total_length_ms is not UNSET:
            field_dict["totalLengthMs"] = total_length_ms
        if thumbnail_video is not UNSET:
            field_dict["thumbnailVideo"] = thumbnail_video
        if thumbnail_video_full is not UNSET:
            field_dict["thumbnailVideoFull"] = thumbnail_video_full
        if processing_job_id is not UNSET:
            field_dict["processingJobId"] = processing_job_id
        if processing_error_string is not UNSET:
            field_dict["processingErrorString"] = processing_error_string
        if metadata is not UNSET:
            field_dict["metadata"] = metadata
        if project_owner_name is not UNSET:
            field_dict["projectOwnerName"] = project_owner_name
        if project_name is not UNSET:
            field_dict["projectName"] = project_name
        if project_labeling_method is not UNSET:
            field_dict["projectLabelingMethod"] = project_labeling_method
        if structured_labels is not UNSET:
            field_dict["structuredLabels"] = structured_labels
        if structured_labels_list is not UNSET:
            field_dict["structuredLabelsList"] = structured_labels_list
        if created_by_synthetic_data_job_id is not UNSET:
            field_dict["createdBySyntheticDataJobId"] = created_by_synthetic_data_job_id
        if image_dimensions is not UNSET:
            field_dict["imageDimensions"] = image_dimensions
        if video_url is not UNSET:
            field_dict["videoUrl"] = video_url
        if video_url_full is not UNSET:
            field_dict["videoUrlFull"] = video_url_full
        if label_map is not UNSET:
            field_dict["labelMap"] = label_map
        if last_updated_by is not UNSET:
            field_dict["lastUpdatedBy"] = last_updated_by
        if datastreams is not UNSET:
            field_dict["datastreams"] = datastreams

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.bounding_box import BoundingBox
        from ..models.datastream import Datastream
        from ..models.image_dimensions import ImageDimensions
        from ..models.label_map import LabelMap
        from ..models.last_updated_by import LastUpdatedBy
        from ..models.sensor import Sensor
        from ..models.structured_label import StructuredLabel
        from ..models.text_map import TextMap

        d = dict(src_dict)
        id = d.pop("id")

        filename = d.pop("filename")

        signature_validate = d.pop("signatureValidate")

        created = datetime.datetime.fromisoformat(d.pop("created"))

        last_modified = datetime.datetime.fromisoformat(d.pop("lastModified"))

        def _parse_category(data: object) -> DataCategory | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                category_type_0 = DataCategory(data)

                return category_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(DataCategory | str, data)

        category = _parse_category(d.pop("category"))

        coldstorage_filename = d.pop("coldstorageFilename")

        label = d.pop("label")

        interval_ms = d.pop("intervalMs")

        frequency = d.pop("frequency")

        device_type = d.pop("deviceType")

        sensors = []
        _sensors = d.pop("sensors")
        for sensors_item_data in _sensors:
            sensors_item = Sensor.from_dict(sensors_item_data)

            sensors.append(sensors_item)

        values_count = d.pop("valuesCount")

        added = datetime.datetime.fromisoformat(d.pop("added"))

        bounding_boxes = []
        _bounding_boxes = d.pop("boundingBoxes")
        for bounding_boxes_item_data in _bounding_boxes:
            bounding_boxes_item = BoundingBox.from_dict(bounding_boxes_item_data)

            bounding_boxes.append(bounding_boxes_item)

        def _parse_bounding_boxes_type(data: object) -> BoundingBoxesType | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                bounding_boxes_type_type_0 = BoundingBoxesType(data)

                return bounding_boxes_type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(BoundingBoxesType | str, data)

        bounding_boxes_type = _parse_bounding_boxes_type(d.pop("boundingBoxesType"))

        def _parse_chart_type(data: object) -> ChartType | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                chart_type_type_0 = ChartType(data)

                return chart_type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChartType | str, data)

        chart_type = _parse_chart_type(d.pop("chartType"))

        is_disabled = d.pop("isDisabled")

        is_processing = d.pop("isProcessing")

        processing_error = d.pop("processingError")

        is_cropped = d.pop("isCropped")

        project_id = d.pop("projectId")

        sha_256_hash = d.pop("sha256Hash")

        signature_method = d.pop("signatureMethod", UNSET)

        signature_key = d.pop("signatureKey", UNSET)

        original_interval_ms = d.pop("originalIntervalMs", UNSET)

        original_frequency = d.pop("originalFrequency", UNSET)

        device_name = d.pop("deviceName", UNSET)

        total_length_ms = d.pop("totalLengthMs", UNSET)

        thumbnail_video = d.pop("thumbnailVideo", UNSET)

        thumbnail_video_full = d.pop("thumbnailVideoFull", UNSET)

        processing_job_id = d.pop("processingJobId", UNSET)

        processing_error_string = d.pop("processingErrorString", UNSET)

        _metadata = d.pop("metadata", UNSET)
        metadata: TextMap | Unset
        if isinstance(_metadata, Unset):
            metadata = UNSET
        else:
            metadata = TextMap.from_dict(_metadata)

        project_owner_name = d.pop("projectOwnerName", UNSET)

        project_name = d.pop("projectName", UNSET)

        def _parse_project_labeling_method(data: object) -> LabelingMethod | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                project_labeling_method_type_0 = LabelingMethod(data)

                return project_labeling_method_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(LabelingMethod | str | Unset, data)

        project_labeling_method = _parse_project_labeling_method(d.pop("projectLabelingMethod", UNSET))

        _structured_labels = d.pop("structuredLabels", UNSET)
        structured_labels: list[StructuredLabel] | Unset = UNSET
        if _structured_labels is not UNSET:
            structured_labels = []
            for structured_labels_item_data in _structured_labels:
                structured_labels_item = StructuredLabel.from_dict(structured_labels_item_data)

                structured_labels.append(structured_labels_item)

        structured_labels_list = cast(list[str], d.pop("structuredLabelsList", UNSET))

        created_by_synthetic_data_job_id = d.pop("createdBySyntheticDataJobId", UNSET)

        _image_dimensions = d.pop("imageDimensions", UNSET)
        image_dimensions: ImageDimensions | Unset
        if isinstance(_image_dimensions, Unset):
            image_dimensions = UNSET
        else:
            image_dimensions = ImageDimensions.from_dict(_image_dimensions)

        video_url = d.pop("videoUrl", UNSET)

        video_url_full = d.pop("videoUrlFull", UNSET)

        _label_map = d.pop("labelMap", UNSET)
        label_map: LabelMap | Unset
        if isinstance(_label_map, Unset):
            label_map = UNSET
        else:
            label_map = LabelMap.from_dict(_label_map)

        _last_updated_by = d.pop("lastUpdatedBy", UNSET)
        last_updated_by: LastUpdatedBy | Unset
        if isinstance(_last_updated_by, Unset):
            last_updated_by = UNSET
        else:
            last_updated_by = LastUpdatedBy.from_dict(_last_updated_by)

        _datastreams = d.pop("datastreams", UNSET)
        datastreams: list[Datastream] | Unset = UNSET
        if _datastreams is not UNSET:
            datastreams = []
            for datastreams_item_data in _datastreams:
                datastreams_item = Datastream.from_dict(datastreams_item_data)

                datastreams.append(datastreams_item)

        sample = cls(
            id=id,
            filename=filename,
            signature_validate=signature_validate,
            created=created,
            last_modified=last_modified,
            category=category,
            coldstorage_filename=coldstorage_filename,
            label=label,
            interval_ms=interval_ms,
            frequency=frequency,
            device_type=device_type,
            sensors=sensors,
            values_count=values_count,
            added=added,
            bounding_boxes=bounding_boxes,
            bounding_boxes_type=bounding_boxes_type,
            chart_type=chart_type,
            is_disabled=is_disabled,
            is_processing=is_processing,
            processing_error=processing_error,
            is_cropped=is_cropped,
            project_id=project_id,
            sha_256_hash=sha_256_hash,
            signature_method=signature_method,
            signature_key=signature_key,
            original_interval_ms=original_interval_ms,
            original_frequency=original_frequency,
            device_name=device_name,
            total_length_ms=total_length_ms,
            thumbnail_video=thumbnail_video,
            thumbnail_video_full=thumbnail_video_full,
            processing_job_id=processing_job_id,
            processing_error_string=processing_error_string,
            metadata=metadata,
            project_owner_name=project_owner_name,
            project_name=project_name,
            project_labeling_method=project_labeling_method,
            structured_labels=structured_labels,
            structured_labels_list=structured_labels_list,
            created_by_synthetic_data_job_id=created_by_synthetic_data_job_id,
            image_dimensions=image_dimensions,
            video_url=video_url,
            video_url_full=video_url_full,
            label_map=label_map,
            last_updated_by=last_updated_by,
            datastreams=datastreams,
        )

        sample.additional_properties = d
        return sample

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
