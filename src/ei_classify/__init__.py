"""Every model-testing result of an Edge Impulse project, typed and whole.

`ClassifyClient` and `AsyncClassifyClient` read results and classify samples. The types of what they return,
such as `ModelPrediction` and `ClassifiedSample`, are in `ei_classify_api.models`; the most used ones are here
too.
"""

from ei_classify_api.models import (
    Classification,
    ClassifiedSample,
    ClassifyJobResultPage,
    DataCategory,
    DataType,
    Job,
    KerasModelVariant,
    ModelPrediction,
    ModelResult,
    Sample,
    SignatureValidity,
    VariantResult,
)

from .client import AsyncClassifyClient, ClassifyClient
from .errors import (
    AuthenticationError,
    CallError,
    CallTimeoutError,
    ClientClosedError,
    ConfigurationError,
    ConnectionFailedError,
    DecodeError,
    EiClassifyError,
    InvalidArgumentError,
    JobError,
    JobFailedError,
    JobNotFoundError,
    JobResultMissingError,
    JobTimeoutError,
    NoResultsError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    RedirectError,
    RefusedError,
    ResultsChangedError,
    ServerError,
    UnmatchedPredictionsError,
)
from .following import AsyncPendingClassification, PendingClassification
from .jobs import PollPolicy
from .outcomes import Outcome, ResultPage
from .parameters import PageFilters, VariantOptions
from .reading import AsyncResultIterator, ResultIterator
from .retries import RetryPolicy

__all__ = [
    "AsyncClassifyClient",
    "AsyncPendingClassification",
    "AsyncResultIterator",
    "AuthenticationError",
    "CallError",
    "CallTimeoutError",
    "Classification",
    "ClassifiedSample",
    "ClassifyClient",
    "ClassifyJobResultPage",
    "ClientClosedError",
    "ConfigurationError",
    "ConnectionFailedError",
    "DataCategory",
    "DataType",
    "DecodeError",
    "EiClassifyError",
    "InvalidArgumentError",
    "Job",
    "JobError",
    "JobFailedError",
    "JobNotFoundError",
    "JobResultMissingError",
    "JobTimeoutError",
    "KerasModelVariant",
    "ModelPrediction",
    "ModelResult",
    "NoResultsError",
    "NotFoundError",
    "Outcome",
    "PageFilters",
    "PendingClassification",
    "PermissionDeniedError",
    "PollPolicy",
    "RateLimitError",
    "RedirectError",
    "RefusedError",
    "ResultIterator",
    "ResultPage",
    "ResultsChangedError",
    "RetryPolicy",
    "Sample",
    "ServerError",
    "SignatureValidity",
    "UnmatchedPredictionsError",
    "VariantOptions",
    "VariantResult",
]
