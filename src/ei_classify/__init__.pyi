# The names that `ei_classify` exports. Type checkers read this file, and so does `__init__.py`.
from .client import (
    AsyncClassifyClient as AsyncClassifyClient,
    ClassifyClient as ClassifyClient,
)
from .dataset.opening import open_export as open_export
from .dataset.runs import StoredRun as StoredRun
from .dataset.stored import StoredExport as StoredExport
from .decoding.raw_pages import RawPage as RawPage
from .errors import (
    AnswerTooLargeError as AnswerTooLargeError,
    AuthenticationError as AuthenticationError,
    CallError as CallError,
    CallTimeoutError as CallTimeoutError,
    ClientClosedError as ClientClosedError,
    ClusterError as ClusterError,
    ConfigurationError as ConfigurationError,
    ConnectionFailedError as ConnectionFailedError,
    DecodeError as DecodeError,
    EiClassifyError as EiClassifyError,
    ExportChangedError as ExportChangedError,
    ExportDamagedError as ExportDamagedError,
    ExportError as ExportError,
    ExportLockedError as ExportLockedError,
    InvalidArgumentError as InvalidArgumentError,
    JobActiveError as JobActiveError,
    JobError as JobError,
    JobFailedError as JobFailedError,
    JobForbiddenError as JobForbiddenError,
    JobNotFoundError as JobNotFoundError,
    JobRefusedError as JobRefusedError,
    JobResultMissingError as JobResultMissingError,
    JobStartUnknownError as JobStartUnknownError,
    JobTimeoutError as JobTimeoutError,
    MissingExtraError as MissingExtraError,
    NoDataError as NoDataError,
    NoResultsError as NoResultsError,
    NotFoundError as NotFoundError,
    OutdatedResultsError as OutdatedResultsError,
    PermissionDeniedError as PermissionDeniedError,
    ProjectUnknownError as ProjectUnknownError,
    RateLimitError as RateLimitError,
    RedirectError as RedirectError,
    RefusedError as RefusedError,
    ResultsChangedError as ResultsChangedError,
    ScoringError as ScoringError,
    ServerError as ServerError,
    UnfitValueError as UnfitValueError,
    UnknownImpulseError as UnknownImpulseError,
    UnknownVariantError as UnknownVariantError,
    UnmatchedPredictionsError as UnmatchedPredictionsError,
    VariantMissingError as VariantMissingError,
    WrongProjectError as WrongProjectError,
)
from .http.retries import RetryPolicy as RetryPolicy
from .jobs.policy import PollPolicy as PollPolicy
from .models import (
    Classification as Classification,
    ClassifiedSample as ClassifiedSample,
    ClassifyJobResultPage as ClassifyJobResultPage,
    DataCategory as DataCategory,
    DataType as DataType,
    Job as Job,
    KerasModelVariant as KerasModelVariant,
    ModelPrediction as ModelPrediction,
    ModelResult as ModelResult,
    Sample as Sample,
    SignatureValidity as SignatureValidity,
    VariantResult as VariantResult,
)
from .operations.filters import (
    PageFilters as PageFilters,
    VariantOptions as VariantOptions,
)
from .operations.pending import (
    AsyncPendingClassification as AsyncPendingClassification,
    PendingClassification as PendingClassification,
)
from .operations.testing import (
    AsyncClassifyRun as AsyncClassifyRun,
    ClassifyRun as ClassifyRun,
)
from .outcomes import (
    Outcome as Outcome,
    ResultPage as ResultPage,
)
from .progress import ReadProgress as ReadProgress
from .walking.iterators import (
    AsyncResultIterator as AsyncResultIterator,
    ResultIterator as ResultIterator,
)
from .version import __version__ as __version__
