"""`ClassifyClient` and `AsyncClassifyClient`: how they are created. `operations` has their methods."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Self

from .errors import ConfigurationError
from .http import (
    DEFAULT,
    DEFAULT_MAX_ANSWER_BYTES,
    DEFAULT_TIMEOUT,
    AsyncSender,
    Default,
    RetryPolicy,
    Secret,
    Sender,
    Settings,
    find_base_url,
    find_credentials,
    find_project,
)
from .jobs import PollPolicy
from .operations import AsyncJobs, AsyncSamples, AsyncTesting, Jobs, Samples, Testing

if TYPE_CHECKING:
    from types import TracebackType

    from .http import AsyncHttpClient, CallGate, HttpClient, Timeout


class _Client:
    """The common base of the two clients."""

    _sender: Sender | AsyncSender

    @property
    def base_url(self) -> str:
        """The base URL of the API, without a slash at its end."""
        return self._sender.settings.base_url

    def __repr__(self) -> str:
        if not hasattr(self, "_sender"):  # a traceback may show a client that could not be created
            return f"<{type(self).__name__}: not made>"
        return f"<{type(self).__name__}: {self.base_url}{', closed' if self._sender.is_closed else ''}>"


class ClassifyClient(_Client, Testing, Samples, Jobs):
    """Reads model-testing results and classifies samples.

    Threads can share a client. Use it in a `with` block, or call `close` at the end. Every call may raise a
    `CallError`; `ei_classify.errors` lists its subclasses and says what to do about each.
    """

    _sender: Sender

    def __init__(
        self,
        api_key: str | None = None,
        *,
        jwt_token: str | None = None,
        bearer_token: str | None = None,
        project_id: int | None = None,
        base_url: str | None = None,
        timeout: Timeout | Default | None = DEFAULT,
        retries: int | RetryPolicy | None = None,
        polling: PollPolicy | None = None,
        max_answer_bytes: int | None = DEFAULT_MAX_ANSWER_BYTES,
        http_client: HttpClient | None = None,
        allow_insecure: bool = False,
        strict: bool = False,
        gate: CallGate | None = None,
    ) -> None:
        """Create a client. Nothing is sent yet.

        Args:
            api_key: A project's API key. The default is the value of EI_API_KEY.
            jwt_token: A user's token, instead of a key.
            bearer_token: An OAuth 2 access token, instead of a key.
            project_id: The project of all calls that name none. The default is the value of EI_PROJECT_ID, or
                the project of the key, for which the server is asked once.
            base_url: The base URL of the API. The default is the value of EI_API_ENDPOINT, or Edge Impulse
                Studio if that is not set.
            timeout: The limit, in seconds, for each of: connecting, sending, waiting for the next bytes, and
                waiting for a free connection. It can also be an `httpx.Timeout`, or None for no limit. The
                default is 30 s, and 10 s for connecting; with `http_client`, it is that client's timeout.
            retries: The maximum number of retries per call (0 for none), or a `RetryPolicy`.
            polling: How often the state of a job is requested. The default is `PollPolicy()`.
            max_answer_bytes: The largest answer, in bytes after decompression, or None for no limit. The
                default is 1 GiB, which a page of 50,000 samples fits.
            http_client: An `httpx.Client` that sends the calls, for proxies, certificates, HTTP/2 or tests.
                If it has `auth` or the header of a key, no key is needed here. Closing this client does not
                close it.
            allow_insecure: Allow plain http to other machines, which lets others on the network read the key.
            strict: Raise a `DecodeError` for every value that does not fit the contract, to test a server.
                Otherwise, a value that a result can do without is left out and reported in `set_aside`.
            gate: What each try of a call passes, such as a limit that several machines share.

        Raises:
            ConfigurationError: There is no key, or an argument has an unusable value.
        """
        secrets = Secret(api_key), Secret(jwt_token), Secret(bearer_token)
        del api_key, jwt_token, bearer_token  # a traceback with local variables must not show a key
        settings = _settings(
            secrets,
            base_url,
            timeout,
            retries,
            max_answer_bytes,
            allow_insecure=allow_insecure,
            http=http_client,
            strict=strict,
        )
        self._polling = _polling(polling)
        self._own_project = find_project(project_id)
        self._project_lock = threading.Lock()
        self._sender = Sender(settings, http_client, owner=type(self).__name__, gate=gate)

    def close(self) -> None:
        """Close the connections, unless the HTTP client was passed in."""
        self._sender.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncClassifyClient(_Client, AsyncTesting, AsyncSamples, AsyncJobs):
    """`ClassifyClient` for asyncio: the same names and arguments, with `async with`, `async for` and `await`.

    Use a client in one event loop. The tasks of that loop can share it.
    """

    _sender: AsyncSender

    def __init__(
        self,
        api_key: str | None = None,
        *,
        jwt_token: str | None = None,
        bearer_token: str | None = None,
        project_id: int | None = None,
        base_url: str | None = None,
        timeout: Timeout | Default | None = DEFAULT,
        retries: int | RetryPolicy | None = None,
        polling: PollPolicy | None = None,
        max_answer_bytes: int | None = DEFAULT_MAX_ANSWER_BYTES,
        http_client: AsyncHttpClient | None = None,
        allow_insecure: bool = False,
        strict: bool = False,
    ) -> None:
        """Create a client. The arguments are those of `ClassifyClient`, but for the gate."""
        secrets = Secret(api_key), Secret(jwt_token), Secret(bearer_token)
        del api_key, jwt_token, bearer_token
        settings = _settings(
            secrets,
            base_url,
            timeout,
            retries,
            max_answer_bytes,
            allow_insecure=allow_insecure,
            http=http_client,
            strict=strict,
        )
        self._polling = _polling(polling)
        self._own_project = find_project(project_id)
        self._sender = AsyncSender(settings, http_client, owner=type(self).__name__)

    async def aclose(self) -> None:
        """Close the connections, unless the HTTP client was passed in."""
        await self._sender.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


def _settings(
    secrets: tuple[Secret, Secret, Secret],
    base_url: str | None,
    timeout: Timeout | Default | None,
    retries: object,
    max_answer_bytes: int | None,
    *,
    allow_insecure: bool,
    http: HttpClient | AsyncHttpClient | None,
    strict: bool,
) -> Settings:
    return Settings(
        find_base_url(base_url, allow_insecure=allow_insecure),
        find_credentials(*secrets, http),
        _policy(retries),
        DEFAULT_TIMEOUT if isinstance(timeout, Default) and http is None else timeout,
        max_answer_bytes,
        strict,
    )


def _policy(retries: object) -> RetryPolicy:
    if retries is None:
        return RetryPolicy()
    if isinstance(retries, int) and not isinstance(retries, bool):
        return RetryPolicy(retries=retries)
    if not isinstance(retries, RetryPolicy):
        raise ConfigurationError(
            f"must be a number or a RetryPolicy, not {type(retries).__name__}", name="retries"
        )
    return retries


def _polling(polling: object) -> PollPolicy:
    if polling is None:
        return PollPolicy()
    if not isinstance(polling, PollPolicy):
        raise ConfigurationError(f"must be a PollPolicy, not {type(polling).__name__}", name="polling")
    return polling
