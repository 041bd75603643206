"""Every model-testing result of an Edge Impulse project, typed and whole.

`ClassifyClient` and `AsyncClassifyClient` read results and classify samples. The types of what they return,
such as `ModelPrediction` and `ClassifiedSample`, are in `ei_classify_api.models`; the most used ones are here
too.

Each name is imported when it is first asked for, so that the command line can print its help at once.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ei_classify_api.models import (
        Classification as Classification,
    )
    from ei_classify_api.models import (
        ClassifiedSample as ClassifiedSample,
    )
    from ei_classify_api.models import (
        ClassifyJobResultPage as ClassifyJobResultPage,
    )
    from ei_classify_api.models import (
        DataCategory as DataCategory,
    )
    from ei_classify_api.models import (
        DataType as DataType,
    )
    from ei_classify_api.models import (
        Job as Job,
    )
    from ei_classify_api.models import (
        KerasModelVariant as KerasModelVariant,
    )
    from ei_classify_api.models import (
        ModelPrediction as ModelPrediction,
    )
    from ei_classify_api.models import (
        ModelResult as ModelResult,
    )
    from ei_classify_api.models import (
        Sample as Sample,
    )
    from ei_classify_api.models import (
        SignatureValidity as SignatureValidity,
    )
    from ei_classify_api.models import (
        VariantResult as VariantResult,
    )

    from .client import (
        AsyncClassifyClient as AsyncClassifyClient,
    )
    from .client import (
        ClassifyClient as ClassifyClient,
    )
    from .errors import (
        AuthenticationError as AuthenticationError,
    )
    from .errors import (
        CallError as CallError,
    )
    from .errors import (
        CallTimeoutError as CallTimeoutError,
    )
    from .errors import (
        ClientClosedError as ClientClosedError,
    )
    from .errors import (
        ConfigurationError as ConfigurationError,
    )
    from .errors import (
        ConnectionFailedError as ConnectionFailedError,
    )
    from .errors import (
        DecodeError as DecodeError,
    )
    from .errors import (
        EiClassifyError as EiClassifyError,
    )
    from .errors import (
        ExportChangedError as ExportChangedError,
    )
    from .errors import (
        ExportDamagedError as ExportDamagedError,
    )
    from .errors import (
        ExportError as ExportError,
    )
    from .errors import (
        ExportLockedError as ExportLockedError,
    )
    from .errors import (
        InvalidArgumentError as InvalidArgumentError,
    )
    from .errors import (
        JobError as JobError,
    )
    from .errors import (
        JobFailedError as JobFailedError,
    )
    from .errors import (
        JobNotFoundError as JobNotFoundError,
    )
    from .errors import (
        JobResultMissingError as JobResultMissingError,
    )
    from .errors import (
        JobTimeoutError as JobTimeoutError,
    )
    from .errors import (
        MissingExtraError as MissingExtraError,
    )
    from .errors import (
        NoResultsError as NoResultsError,
    )
    from .errors import (
        NotFoundError as NotFoundError,
    )
    from .errors import (
        PermissionDeniedError as PermissionDeniedError,
    )
    from .errors import (
        RateLimitError as RateLimitError,
    )
    from .errors import (
        RedirectError as RedirectError,
    )
    from .errors import (
        RefusedError as RefusedError,
    )
    from .errors import (
        ResultsChangedError as ResultsChangedError,
    )
    from .errors import (
        ServerError as ServerError,
    )
    from .errors import (
        UnfitValueError as UnfitValueError,
    )
    from .errors import (
        UnmatchedPredictionsError as UnmatchedPredictionsError,
    )
    from .http.retries import (
        RetryPolicy as RetryPolicy,
    )
    from .jobs.policy import (
        PollPolicy as PollPolicy,
    )
    from .operations.filters import (
        PageFilters as PageFilters,
    )
    from .operations.filters import (
        VariantOptions as VariantOptions,
    )
    from .operations.pending import (
        AsyncPendingClassification as AsyncPendingClassification,
    )
    from .operations.pending import (
        PendingClassification as PendingClassification,
    )
    from .outcomes import (
        Outcome as Outcome,
    )
    from .outcomes import (
        ResultPage as ResultPage,
    )
    from .walking.iterators import (
        AsyncResultIterator as AsyncResultIterator,
    )
    from .walking.iterators import (
        ResultIterator as ResultIterator,
    )

_NAMES = {
    "ei_classify_api.models": (
        "Classification",
        "ClassifiedSample",
        "ClassifyJobResultPage",
        "DataCategory",
        "DataType",
        "Job",
        "KerasModelVariant",
        "ModelPrediction",
        "ModelResult",
        "Sample",
        "SignatureValidity",
        "VariantResult",
    ),
    ".client": (
        "AsyncClassifyClient",
        "ClassifyClient",
    ),
    ".errors": (
        "AuthenticationError",
        "CallError",
        "CallTimeoutError",
        "ClientClosedError",
        "ConfigurationError",
        "ConnectionFailedError",
        "DecodeError",
        "EiClassifyError",
        "ExportChangedError",
        "ExportDamagedError",
        "ExportError",
        "ExportLockedError",
        "InvalidArgumentError",
        "JobError",
        "JobFailedError",
        "JobNotFoundError",
        "JobResultMissingError",
        "JobTimeoutError",
        "MissingExtraError",
        "NoResultsError",
        "NotFoundError",
        "PermissionDeniedError",
        "RateLimitError",
        "RedirectError",
        "RefusedError",
        "ResultsChangedError",
        "ServerError",
        "UnfitValueError",
        "UnmatchedPredictionsError",
    ),
    ".operations.pending": (
        "AsyncPendingClassification",
        "PendingClassification",
    ),
    ".jobs.policy": ("PollPolicy",),
    ".outcomes": (
        "Outcome",
        "ResultPage",
    ),
    ".operations.filters": (
        "PageFilters",
        "VariantOptions",
    ),
    ".walking.iterators": (
        "AsyncResultIterator",
        "ResultIterator",
    ),
    ".http.retries": ("RetryPolicy",),
}
_HOMES = {name: module for module, names in _NAMES.items() for name in names}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(_HOMES[name], __name__), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return [*globals(), *__all__]
