"""The exchange of one call: the request, the answer, an entry in the log, and the error if it fails."""

from __future__ import annotations

import contextlib
import functools
import logging
from typing import TYPE_CHECKING, Generic, TypeVar

import httpx
from attrs import define, evolve, field
from ei_classify_api.errors import ApiError
from ei_classify_api.keys import without_frames

from ei_classify.errors import CallError, InvalidArgumentError

from .contents import readable_codings
from .failures import Failures
from .retries import Tries
from .settings import Default

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Sequence

    from ei_classify_api.types import SetAside

    from .calls import Call
    from .settings import Settings

logger = logging.getLogger("ei_classify")

T = TypeVar("T")


@define
class Exchange(Generic[T]):
    """One call, from the request to the typed answer. `senders` sends it."""

    settings: Settings
    call: Call[T]
    tries: Tries
    _elapsed_s: float = field(default=0.0, init=False)

    @classmethod
    def of(cls, settings: Settings, call: Call[T], stop: threading.Event | None = None) -> Exchange[T]:
        """Start an exchange now. Once `stop` is set, no further try is made."""
        operation = call.operation
        policy = settings.policy if call.is_insistent else evolve(settings.policy, retries=0)
        tries = Tries(policy, operation.method, repeatable=operation.repeatable, stop=stop)
        return cls(settings, call, tries)

    def request(self, http: httpx.Client | httpx.AsyncClient) -> httpx.Request:
        """Return the request, with the defaults of this HTTP client and without the key.

        Raises:
            InvalidArgumentError: The arguments do not fit into a URL.
        """
        timeout = self.settings.timeout if isinstance(self.call.timeout, Default) else self.call.timeout
        arguments = {
            **self.call.request,
            "url": self.settings.base_url + self.call.request["url"],
            "headers": {
                "accept": "application/json",
                "accept-encoding": readable_codings(http.headers.get("accept-encoding", "")),
                **self.call.request.get("headers", {}),
            },
        }
        if not isinstance(timeout, Default):
            arguments["timeout"] = timeout
        try:
            return http.build_request(**arguments)
        except (httpx.InvalidURL, UnicodeError) as error:
            raise InvalidArgumentError(f"the arguments do not fit into a URL ({error})") from error

    def answered(self, response: httpx.Response) -> Callable[[], T]:
        """Check the last response, and return a function that reads the typed answer.

        The function raises a `CallError` if the answer is a failure or cannot be read.

        Raises:
            CallError: The HTTP status is that of a failure.
        """
        self._elapsed_s = self.tries.elapsed_s
        self.settings.credentials.forget(response.request)
        logger.debug("%s %s: %d bytes", self.call.request["method"], response.url, len(response.content))
        try:
            with self._named_failures(response):
                self.call.operation.check_status(response)
        except CallError as failure:
            self._log(str(response.status_code), failure)
            raise
        self._log(str(response.status_code))
        return functools.partial(self._read, response)

    def failed(self, error: Exception, request: httpx.Request, proxy: str | None) -> CallError:
        """Return the error of a call without a whole answer, which was sent through this proxy."""
        self._elapsed_s = self.tries.elapsed_s
        self.settings.credentials.forget(request)
        self.settings.credentials.redact_error(error)
        failure = Failures(self.settings, self.call, self.tries).of_http(error, self._elapsed_s, proxy)
        self._log("no answer", failure)
        return failure

    def _read(self, response: httpx.Response) -> T:
        try:
            with self._named_failures(response):
                answer: T = self.call.operation.decode(response, self.call.read)
            found: Sequence[SetAside] = getattr(answer, "set_aside", ())
            if self.settings.strict and found:
                raise Failures(self.settings, self.call, self.tries).of_set_aside(
                    found, response, self._elapsed_s
                )
        except CallError as failure:
            logger.debug("%s %s: %s", self.call.request["method"], response.url, type(failure).__name__)
            raise
        return answer

    @contextlib.contextmanager
    def _named_failures(self, response: httpx.Response) -> Iterator[None]:
        try:
            with self.settings.credentials.known_to(response.request):
                yield
        except ApiError as error:
            failures = Failures(self.settings, self.call, self.tries)
            raise failures.of_answer(error, response, self._elapsed_s) from without_frames(error)

    def _log(self, status: str, failure: CallError | None = None) -> None:
        logger.info(
            "%s %s: %s in %.0f ms, tries: %d%s",
            self.call.request["method"],
            self.call.request["url"],
            status,
            self._elapsed_s * 1000,
            self.tries.made,
            f": {type(failure).__name__}" if failure else "",
        )
