"""The exceptions that this package raises. All of them derive from `EiClassifyError`.

The error of a call says what was called, what the server answered, how many tries were made, and what to do
next. Its `__cause__` is the exception that caused it. All errors can be pickled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from ei_classify_api.errors import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ei_classify_api.models import Job, ModelPrediction

ANSWER_LIMIT = 500
"""The maximum length of a server's text in an error, in characters."""


class EiClassifyError(Exception):
    r"""The base class of all exceptions of this package.

    The message of an error may repeat text from a server or a file. It shows control characters and invisible
    characters as escapes, such as `\x1b`. The attributes keep every character.
    """

    def __str__(self) -> str:
        return visible(self._text())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def _text(self) -> str:
        """Return the message before escaping. Subclasses override this method instead of `__str__`."""
        return super().__str__()


class _ArgumentError(EiClassifyError, ValueError):
    """An argument has an unusable value. A front end can give the argument a name of its own."""

    def __init__(self, problem: str, *, name: str | None = None, advice: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.name = name
        self.advice = advice

    def _text(self) -> str:
        return self.describe(self.name, self.advice)

    def describe(self, name: str | None, advice: str) -> str:
        """Return the text of the error, with another name for the argument and other advice."""
        text = f"{name} {self.problem}" if name else self.problem
        return visible(f"{text}. {advice}" if advice else text)


class ConfigurationError(_ArgumentError):
    """The client cannot be created, for example because there is no key or the base URL is not allowed.

    Attributes:
        problem: What is wrong, such as "must be text". It follows the name, if there is one.
        name: The argument or environment variable; None if the error is about several, or about none.
        advice: What to do in Python; empty if `problem` says it.

    """


class InvalidArgumentError(_ArgumentError):
    """An argument of a call has a value that cannot be sent. Nothing was sent.

    Attributes:
        problem: What is wrong, such as "must be text". It follows the name, if there is one.
        name: The argument; None if the error is about several.
        advice: What to do in Python; empty if `problem` says it.

    """


class ClientClosedError(EiClassifyError, RuntimeError):
    """The client is closed."""


class CallError(EiClassifyError):
    """A call failed: there is no usable answer.

    Attributes:
        what: What went wrong, in a few words.
        operation: The name of the operation in Python, such as `get_classify_job_result_page`.
        method: The HTTP method.
        path: The path of the URL, without the query.
        status: The HTTP status of the last answer; None if there was no answer.
        answer: The server's text, cut to `ANSWER_LIMIT` characters; None if there was none.
        tries: The number of times that the call was sent.
        elapsed_s: The time from the first try to the end, including waits, in seconds.
        was_sent: Whether the server may have received the call. False if no connection could be made.
        job_id: The job that the call was following; None if there was none.
        advice: What to do.

    """

    advice: str = ""
    was_sent: bool = True

    def __init__(
        self,
        what: str,
        *,
        operation: str = "",
        method: str = "",
        path: str = "",
        status: int | None = None,
        answer: str | None = None,
        tries: int = 1,
        elapsed_s: float = 0.0,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.operation = operation
        self.method = method
        self.path = path
        self.status = status
        self.answer = shorten(answer)
        self.tries = tries
        self.elapsed_s = elapsed_s
        self.job_id: int | None = None

    def _text(self) -> str:
        return self.describe(f"{self.operation} ({self.method} {self.path})", self.advice)

    def describe(self, subject: str, advice: str) -> str:
        """Return the text of the error, with another name for the call and other advice."""
        tries = "1 try" if self.tries == 1 else f"{self.tries} tries"
        text = f"{subject} {self.what}, after {tries} in {self.elapsed_s:.1f} s"
        if self.answer:
            text += f": {self.answer!r}"
        if self.job_id is not None:
            text += f" (while following job {self.job_id})"
        return _sentences(text, advice)


class ConnectionFailedError(CallError):
    """No connection could be made, or it was lost before the whole answer arrived."""

    advice = "Check the network, the proxy and the base URL, then call again."


class CallTimeoutError(CallError, TimeoutError):
    """The server did not answer in time."""

    advice = "Call again later, raise `timeout=`, or ask for smaller pages."


class AnswerTooLargeError(CallError):
    """The answer is larger than `max_answer_bytes`, after decompression. The rest of it was not read."""

    advice = "Ask for smaller pages (`page_size=`, or `limit=` of `page`), or raise `max_answer_bytes=`."


class DecodeError(CallError):
    """The answer does not match the contract: it is not JSON, has another shape, or has a status like 304.

    Attributes:
        place: The place in the answer, such as `result[3].sampleId`; None for the answer as a whole.
        offset: The number of samples before the page; None if the answer is no page.
        sample_id: The sample that the place belongs to; None if it is not known.
        filename: The file name of that sample; None if it is not known.

    """

    advice = (
        "The server, or a proxy in front of it, does not follow the documented API. Check the base URL; if "
        "it is right, report this error."
    )
    advice_for_place: Final = "A result cannot do without this value. Please report the place."
    """The advice if only one place of the answer is wrong."""
    advice_for_page: Final = (
        f"{advice_for_place} `raw_pages()`, or an export in the format `jsonl`, keeps the page as the server "
        "sent it."
    )
    """The advice if only one place of a page is wrong."""
    place: str | None = None
    offset: int | None = None
    sample_id: int | None = None
    filename: str | None = None


class RedirectError(CallError):
    """The server redirected the call (status 301, 302, 303, 307 or 308).

    Redirects are not followed, which protects the key.
    """

    advice = "Check the base URL; if you trust the new address, use it as the base URL."


class ServerError(CallError):
    """The server, or a proxy in front of it, failed (status 5xx)."""

    advice = "Call again later."


class RefusedError(CallError):
    """The server refused the call: the status is 4xx, or the answer has `success: false`."""

    advice = "Check the arguments of the call."


class AuthenticationError(RefusedError):
    """The key or token is missing, or the server does not accept it (status 401)."""

    advice = "Check the API key (`api_key` or EI_API_KEY) or the token (`jwt_token`)."


class PermissionDeniedError(RefusedError):
    """The key or token gives no access to this project (status 403)."""

    advice = "An API key gives access to one project only: check the project id and the key's role."


class WrongProjectError(AuthenticationError):
    """The key or token opens other projects than the one that was called.

    Attributes:
        project_id: The project that was called.
        opened: The projects that the key or token opens, each with its id and name.
    """

    advice = "Leave the project id out to use the project of the key, or take a key of that project."
    project_id: int = 0
    opened: Sequence[tuple[int, str | None]] = ()


class JobRefusedError(RefusedError):
    """The server refused to start model testing. No job was started."""

    advice = "Check the variants, the impulse and the category."


class UnknownVariantError(JobRefusedError):
    """The project has no such model variant."""

    advice = "Ask for variants that the project has; `model_variants()` lists them."


class UnknownImpulseError(JobRefusedError):
    """The project has no such impulse."""

    advice = "Check the impulse's id, or leave it out for the project's default impulse."


class NoDataError(JobRefusedError):
    """The category has no samples to classify."""

    advice = "Upload samples to this category, or choose another one."


class JobForbiddenError(PermissionDeniedError):
    """The key or token may not start jobs in this project (status 403)."""

    advice = "Use a key whose role may run jobs: Studio shows the roles under Dashboard > Keys."


class NotFoundError(RefusedError):
    """There is nothing at this address (status 404)."""

    advice = "Check the project id, the sample id and the base URL."


class RateLimitError(RefusedError):
    """The server received too many calls (status 429), even after the waits that the retry policy allows.

    Attributes:
        retry_after_s: The wait that the server asks for, in seconds; None if it asks for none.

    """

    advice = "Wait before calling again, and lower `concurrency`."
    retry_after_s: float | None = None


class NoResultsError(RefusedError):
    """The project has no model-testing results."""

    advice = (
        "Run model testing in Studio (a classify job) first. Training clears the results. Right after a "
        "classify job, they can take a few seconds to appear."
    )


class OutdatedResultsError(NoResultsError):
    """The results were dropped because a threshold has changed since.

    Attributes:
        remedy: What the server says to do, such as `should_rerun_full_job`.
    """

    advice = "Run model testing again; `start_classify(skip_feature_generation=True)` saves time."
    remedy: str | None = None


class ProjectUnknownError(EiClassifyError, ValueError):
    """No project was given, and the key or token does not name one.

    Attributes:
        what: What the key or token opens instead of one project.
        opened: The projects that the key or token opens, each with its id and name.
        advice: What to do.
    """

    advice: str = "Pass `project_id=` to the call or to the client, or set EI_PROJECT_ID."

    def __init__(self, what: str, *, opened: Sequence[tuple[int, str | None]] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.opened = list(opened)

    def _text(self) -> str:
        return self.describe(self.advice)

    def describe(self, advice: str) -> str:
        """Return the text of the error, with other advice."""
        return _sentences(f"no project was given, and the key or token opens {self.what}", advice)


class ResultsChangedError(EiClassifyError):
    """The results changed while they were being read, so the pages do not fit together.

    The iterator that raises this error has returned everything before `offset`. It has not returned the page
    at `offset`, which is `page`.

    Attributes:
        what: What changed.
        offset: The offset of the page that does not fit, in samples.
        samples_read: The number of samples that were returned before that page.
        page: The page that does not fit, as the iterator would have returned it.

    """

    def __init__(self, what: str, *, offset: int = 0, samples_read: int = 0, page: Any = None) -> None:
        super().__init__(what)
        self.what = what
        self.offset = offset
        self.samples_read = samples_read
        self.page = page

    def _text(self) -> str:
        return (
            f"the results changed while reading: {self.what} (page at offset {self.offset}, after "
            f"{self.samples_read} samples). Read them again from the start while no classify job is running."
        )


class UnmatchedPredictionsError(EiClassifyError):
    """A page has predictions for samples that it does not contain, so its outcomes may be incomplete.

    None of the page's outcomes has been returned. `pages()` returns such pages instead of raising this error.

    Attributes:
        what: What is wrong with the page.
        predictions: The predictions without a sample; empty for a `RawPage`.
        page: The page, with its outcomes.
        advice: What to do.

    """

    advice: str = "Use `pages()` to read it anyway."

    def __init__(self, what: str, *, predictions: Sequence[ModelPrediction] = (), page: Any = None) -> None:
        super().__init__(what)
        self.what = what
        self.predictions = list(predictions)
        self.page = page

    @classmethod
    def of_page(
        cls, page: Any, offset: int, sample_ids: Sequence[int], predictions: Sequence[ModelPrediction] = ()
    ) -> Self:
        """Return the error for a page with predictions for these samples, which it does not contain."""
        some = ", ".join(map(str, sorted(set(sample_ids))[:5]))
        return cls(
            f"the page at offset {offset} has {len(sample_ids)} predictions for samples that are not in it "
            f"(such as {some}), so the outcomes of its own samples may be incomplete",
            predictions=predictions,
            page=page,
        )

    def _text(self) -> str:
        return self.describe(self.advice)

    def describe(self, advice: str) -> str:
        """Return the text of the error, with other advice."""
        return _sentences(self.what, advice)


class MissingExtraError(EiClassifyError, ImportError):
    """A required package is not installed.

    Attributes:
        what: The missing package.
        extra: The extra of `ei-classify` that includes it; None if it must be installed by itself.
    """

    def __init__(self, what: str, extra: str | None = None) -> None:
        super().__init__(what, extra)
        self.what = what
        self.extra = extra

    def _text(self) -> str:
        needed = f"{self.what} is needed and not installed"
        if self.extra is None:
            return f"{needed}: pip install {self.what}"
        return (
            f"{needed}. It comes with the extra `{self.extra}`: pip install '.[{self.extra}]' in a clone, or "
            f"'ei-classify[{self.extra}]' elsewhere"
        )


class UnfitValueError(EiClassifyError, ValueError):
    """A table cannot hold a value that the contract allows, such as an integer of more than 64 bits.

    Attributes:
        column: The column.
        problem: What is wrong.
    """

    def __init__(self, column: str, problem: str) -> None:
        super().__init__(column, problem)
        self.column = column
        self.problem = problem

    def _text(self) -> str:
        return f"the column {self.column} cannot hold a value: {self.problem}"


class ExportError(EiClassifyError):
    """An export cannot continue, or cannot be opened. The parts that its manifest lists are kept.

    Attributes:
        what: What went wrong, and what to do.
        folder: The folder of the export.
    """

    def __init__(self, what: str, folder: str) -> None:
        super().__init__(what, folder)
        self.what = what
        self.folder = folder

    def _text(self) -> str:
        return f"export in {self.folder}: {self.what}."


class ExportChangedError(ExportError):
    """The results have changed since a part of them was written to the folder."""


class ExportLockedError(ExportError):
    """Another export is writing to the same folder."""


class ExportDamagedError(ExportError):
    """A file of the export is missing or has changed."""


class ScoringError(EiClassifyError):
    """These results cannot be scored or compared. The message says why."""


class ClusterError(EiClassifyError):
    """A cluster cannot do the work: its scheduler is not there, or a worker has ended too often.

    Attributes:
        what: What went wrong.
        advice: What to do.
    """

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(what, advice)
        self.what = what
        self.advice = advice

    def _text(self) -> str:
        return _sentences(self.what, self.advice)


class JobError(EiClassifyError):
    """A job has no result.

    Attributes:
        what: What went wrong.
        job_id: The job.
        project_id: The project that it belongs to.
        job: The last known state of the job; None if no state was received.
        advice: What to do; `{job_id}` stands for the id of the job.

    """

    advice: str = ""

    def __init__(self, what: str, *, job_id: int = 0, project_id: int = 0, job: Job | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.job_id = job_id
        self.project_id = project_id
        self.job = job

    def _text(self) -> str:
        return self.describe(self.advice)

    def describe(self, advice: str) -> str:
        """Return the text of the error, with other advice, where `{job_id}` stands for the id of the job."""
        return _sentences(
            f"job {self.job_id} of project {self.project_id} {self.what}", advice.format(job_id=self.job_id)
        )


class JobFailedError(JobError):
    """The job failed.

    Attributes:
        log: The last lines of its log, the oldest first; empty if they were not fetched.
    """

    advice = "Studio shows the job's whole log; make the same call again to start a new job."
    log: Sequence[str] = ()

    def describe(self, advice: str) -> str:
        """Return the text of the error, with other advice, and with the last lines of the log."""
        text = super().describe(advice)
        return f"{text} Its log ends with: {'; '.join(map(repr, self.log))}" if self.log else text


class JobNotFoundError(JobError):
    """The server does not know the job, or no longer knows it."""

    advice = "Make the call again without a job id to start a new job."


class JobTimeoutError(JobError, TimeoutError):
    """The job did not finish within the given time. It continues on the server."""

    advice = "Pass `job_id={job_id}` to the same call to continue waiting for it."


class JobResultMissingError(JobError):
    """The job finished, but the server did not return its result."""

    advice = "Pass `job_id={job_id}` to the same call to ask again later."


class VariantMissingError(JobResultMissingError):
    """The job finished, and there are results of other variants only.

    Attributes:
        variant: The variant that has no results.
        available: The variants that have results.
    """

    advice = "Ask for a variant that has results, or start a job for the missing one."
    variant: str | None = None
    available: Sequence[str] = ()


class JobActiveError(JobError):
    """Model testing is already running in this project. No job was started."""

    advice = "Pass `attach=True` to follow that job, or `job_id={job_id}`."


class JobStartUnknownError(EiClassifyError):
    """It is unknown whether the server started a job, as its answer was lost. The call is not sent again.

    The `__cause__` is the `CallError` of the call.

    Attributes:
        what: What went wrong.
        project_id: The project.
        advice: What to do.
    """

    advice: str = (
        "`active_jobs()` says whether it runs: follow it with `attach=True`. If none runs, look into Studio "
        "before you start another."
    )

    def __init__(self, what: str, *, project_id: int = 0) -> None:
        super().__init__(what)
        self.what = what
        self.project_id = project_id

    def _text(self) -> str:
        return self.describe(self.advice)

    def describe(self, advice: str) -> str:
        """Return the text of the error, with other advice."""
        text = f"it is unknown whether model testing of project {self.project_id} was started: {self.what}"
        return _sentences(text, advice)


def name_projects(projects: Sequence[tuple[int, str | None]]) -> str:
    """Return projects as text, each with its id and name."""
    return ", ".join(f"{number} ({name})" if name else str(number) for number, name in projects)


def shorten(text: str | None) -> str | None:
    """Return the text, cut to `ANSWER_LIMIT` characters and an ellipsis if it is longer than that."""
    if text is None or len(text) <= ANSWER_LIMIT:
        return text
    return text[:ANSWER_LIMIT] + "…"


def _sentences(text: str, advice: str) -> str:
    return visible(f"{text}. {advice}".rstrip())
