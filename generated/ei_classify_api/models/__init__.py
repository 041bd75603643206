"""Contains all the data models used in inputs/outputs"""

from .accuracy import Accuracy
from .actor_type import ActorType
from .anomaly_result import AnomalyResult
from .api_response import ApiResponse
from .bounding_box import BoundingBox
from .bounding_boxes_type import BoundingBoxesType
from .chart_type import ChartType
from .classification import Classification
from .classified_sample import ClassifiedSample
from .classify_job_options import ClassifyJobOptions
from .classify_job_result import ClassifyJobResult
from .classify_job_result_page import ClassifyJobResultPage
from .data_category import DataCategory
from .data_type import DataType
from .datastream import Datastream
from .datastream_payload import DatastreamPayload
from .detection_details import DetectionDetails
from .failure import Failure
from .image_dimensions import ImageDimensions
from .job import Job
from .job_list import JobList
from .job_log import JobLog
from .job_status import JobStatus
from .json_object import JsonObject
from .keras_model_variant import KerasModelVariant
from .label_map import LabelMap
from .label_map_type import LabelMapType
from .labeling_method import LabelingMethod
from .last_updated_by import LastUpdatedBy
from .learn_block import LearnBlock
from .learn_block_metrics import LearnBlockMetrics
from .learn_block_type import LearnBlockType
from .log_level import LogLevel
from .log_line import LogLine
from .metric import Metric
from .model_prediction import ModelPrediction
from .model_result import ModelResult
from .model_variant import ModelVariant
from .model_variants import ModelVariants
from .object_detection_last_layer import ObjectDetectionLastLayer
from .project import Project
from .project_list import ProjectList
from .project_tier import ProjectTier
from .raw_sample import RawSample
from .sample import Sample
from .sample_classification import SampleClassification
from .sample_payload import SamplePayload
from .scored_box import ScoredBox
from .sensor import Sensor
from .signature_validity import SignatureValidity
from .socket_access import SocketAccess
from .socket_token import SocketToken
from .started_job import StartedJob
from .structured_label import StructuredLabel
from .structured_result import StructuredResult
from .tally import Tally
from .tally_map import TallyMap
from .text_map import TextMap
from .threshold import Threshold
from .threshold_option import ThresholdOption
from .thresholds_changed_remedy import ThresholdsChangedRemedy
from .training_processor import TrainingProcessor
from .user import User
from .variant_metric import VariantMetric
from .variant_metrics import VariantMetrics
from .variant_result import VariantResult
from .window_label_map_scores import WindowLabelMapScores
from .window_scores import WindowScores

__all__ = (
    "Accuracy",
    "ActorType",
    "AnomalyResult",
    "ApiResponse",
    "BoundingBox",
    "BoundingBoxesType",
    "ChartType",
    "Classification",
    "ClassifiedSample",
    "ClassifyJobOptions",
    "ClassifyJobResult",
    "ClassifyJobResultPage",
    "DataCategory",
    "DataType",
    "Datastream",
    "DatastreamPayload",
    "DetectionDetails",
    "Failure",
    "ImageDimensions",
    "Job",
    "JobList",
    "JobLog",
    "JobStatus",
    "JsonObject",
    "KerasModelVariant",
    "LabelMap",
    "LabelMapType",
    "LabelingMethod",
    "LastUpdatedBy",
    "LearnBlock",
    "LearnBlockMetrics",
    "LearnBlockType",
    "LogLevel",
    "LogLine",
    "Metric",
    "ModelPrediction",
    "ModelResult",
    "ModelVariant",
    "ModelVariants",
    "ObjectDetectionLastLayer",
    "Project",
    "ProjectList",
    "ProjectTier",
    "RawSample",
    "Sample",
    "SampleClassification",
    "SamplePayload",
    "ScoredBox",
    "Sensor",
    "SignatureValidity",
    "SocketAccess",
    "SocketToken",
    "StartedJob",
    "StructuredLabel",
    "StructuredResult",
    "Tally",
    "TallyMap",
    "TextMap",
    "Threshold",
    "ThresholdOption",
    "ThresholdsChangedRemedy",
    "TrainingProcessor",
    "User",
    "VariantMetric",
    "VariantMetrics",
    "VariantResult",
    "WindowLabelMapScores",
    "WindowScores",
)
