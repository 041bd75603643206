"""Describes the library's errors in the terms of the command line: options and environment variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ei_classify.errors import (
    AnswerTooLargeError,
    AuthenticationError,
    CallError,
    CallTimeoutError,
    ConfigurationError,
    ConnectionFailedError,
    DecodeError,
    InvalidArgumentError,
    JobActiveError,
    JobError,
    JobFailedError,
    JobForbiddenError,
    JobNotFoundError,
    JobRefusedError,
    JobResultMissingError,
    JobStartUnknownError,
    JobTimeoutError,
    NoDataError,
    NoResultsError,
    NotFoundError,
    OutdatedResultsError,
    PermissionDeniedError,
    ProjectUnknownError,
    RateLimitError,
    RedirectError,
    RefusedError,
    ResultsChangedError,
    ServerError,
    UnknownImpulseError,
    UnknownVariantError,
    UnmatchedPredictionsError,
    VariantMissingError,
    WrongProjectError,
)

if TYPE_CHECKING:
    from ei_classify.errors import EiClassifyError

OPTIONS: Final = {
    "api_key": "EI_API_KEY",
    "against": "--against",
    "base_url": "--api-endpoint (or EI_API_ENDPOINT)",
    "by": "--by",
    "cluster": "--cluster",
    "concurrency": "--concurrency",
    "folder": "--out",
    "format": "--format",
    "impulse_id": "--impulse",
    "job_id": "--job-id",
    "labels": "--label",
    "key_provider": "--key-provider",
    "max_calls": "--max-calls",
    "max_drop": "--max-drop",
    "page_size": "--page-size",
    "project_id": "--project (or EI_PROJECT_ID)",
    "raw_csv": "--raw-csv",
    "replicates": "--replicates",
    "require": "--require",
    "sample_id": "SAMPLE_ID",
    "source": "FOLDER",
    "target": "--target",
    "timeout_s": "--job-timeout",
    "variant": "--variant",
    "variants": "--variant",
}
"""The option or variable for each argument of the library. Any other name is shown unchanged."""

HINTS: Final = {
    "max_drop": "Pass --against with the folder of an earlier export.",
    "base_url": "Use https for a server that is not on this machine.",
    "variants": "To read that variant, leave the option out.",
}
"""The advice for each argument, which replaces the library's advice for Python."""

ADVICE: Final[dict[type[EiClassifyError], str]] = {
    AnswerTooLargeError: "Run the command with a smaller --page-size, if it has that option.",
    AuthenticationError: "Check the API key in EI_API_KEY.",
    CallTimeoutError: "Run the command again later.",
    ConnectionFailedError: "Check the network, the proxy and --api-endpoint, then run the command again.",
    DecodeError: (
        "The server, or a proxy in front of it, does not follow the documented API. Check --api-endpoint; "
        "if it is right, report this error."
    ),
    JobFailedError: "Studio shows the job's log; run the command without --job-id to start a new job.",
    JobActiveError: "Follow that job with --attach, or with --job-id {job_id}.",
    JobForbiddenError: "Use a key whose role may run jobs: Studio shows the roles under Dashboard > Keys.",
    JobRefusedError: "Check --variant, --impulse and --category.",
    NoDataError: "Upload samples to this category, or choose another one with --category.",
    UnknownImpulseError: "Check --impulse, or leave it out for the project's default impulse.",
    UnknownVariantError: "Check --variant.",
    OutdatedResultsError: "Run `ei-classify run`; with --skip-feature-generation it takes less time.",
    NoResultsError: "Run `ei-classify run` first. Training clears the results.",
    VariantMissingError: "Ask for a variant that has results, or run the missing one.",
    WrongProjectError: "Leave --project out, and unset EI_PROJECT_ID, to use the project of the key.",
    JobNotFoundError: "Run the command without --job-id to start a new job.",
    JobResultMissingError: "Run the same command with --job-id {job_id} to ask again later.",
    JobTimeoutError: "Run the same command with --job-id {job_id} to continue waiting for it.",
    NotFoundError: "Check --project, the sample's id and --api-endpoint.",
    PermissionDeniedError: (
        "An API key gives access to one project only: check --project and the key's role."
    ),
    RateLimitError: "Wait before you run the command again, and lower --concurrency if it has that option.",
    RedirectError: "Check --api-endpoint; if you trust the new address, pass it there.",
    RefusedError: "Check the arguments and options of the command.",
    ServerError: "Run the command again later.",
    UnmatchedPredictionsError: "`ei-classify export --format parquet` can read such pages.",
}
"""The advice for each error. The advice of any other error is the same as in Python."""

ADVICE_FOR_PAGE: Final = (
    f"{DecodeError.advice_for_place} `ei-classify results --jsonl` and `ei-classify export --format jsonl` "
    "write the page as the server sent it."
)
"""The advice for a page that cannot be read because of one place."""


def message(error: EiClassifyError, *, demo: bool, how_to_start_over: str) -> str:
    """Return the message of the command line for an error.

    Args:
        error: The error.
        demo: Whether the server and its jobs end with the command.
        how_to_start_over: What to do if the results changed while they were being read.
    """
    match error:
        case ConfigurationError() | InvalidArgumentError():
            name = error.name or ""
            hint = HINTS.get(name, "") if error.advice else ""
            return error.describe(OPTIONS.get(name, error.name), hint)
        case CallError():
            return error.describe(f"{error.method} {error.path}", _advice_for_call(error, demo))
        case JobTimeoutError() | JobResultMissingError() if demo:
            return error.describe(
                "Run the command again with a longer --job-timeout: with --demo, jobs end with the command."
            )
        case JobStartUnknownError():
            return error.describe(
                "`ei-classify jobs` says whether it runs: follow it with --attach. If none runs, look into "
                "Studio before you start another."
            )
        case ProjectUnknownError():
            return error.describe("Pass --project, or set EI_PROJECT_ID.")
        case JobError() | UnmatchedPredictionsError():
            return error.describe(ADVICE.get(type(error), error.advice))
        case ResultsChangedError():
            return f"{error} To do so: {how_to_start_over}."
    return str(error)


def _advice_for_call(error: CallError, demo: bool) -> str:
    advice = ADVICE.get(type(error), error.advice)
    if error.advice == DecodeError.advice_for_page:
        advice = ADVICE_FOR_PAGE
    elif error.advice == DecodeError.advice_for_place:
        advice = error.advice
    if error.job_id is not None and not demo:
        advice += f" To continue following the job, run the same command with --job-id {error.job_id}."
    return advice
