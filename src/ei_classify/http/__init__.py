"""HTTP: credentials, settings, retries and the exchange of a call. Only this package imports httpx."""

from ei_classify_api.credentials import Credentials
from ei_classify_api.keys import Secret

from .calls import Call
from .clocks import ahead_of_server_s
from .credentials import find_credentials
from .gates import CallGate
from .retries import RetryPolicy
from .senders import AsyncHttpClient, AsyncSender, HttpClient, Sender
from .settings import (
    DEFAULT,
    DEFAULT_MAX_ANSWER_BYTES,
    DEFAULT_TIMEOUT,
    Default,
    Settings,
    Timeout,
    check_timeout,
    find_base_url,
    find_project,
)

__all__ = [
    "DEFAULT",
    "DEFAULT_MAX_ANSWER_BYTES",
    "DEFAULT_TIMEOUT",
    "AsyncHttpClient",
    "AsyncSender",
    "Call",
    "CallGate",
    "Credentials",
    "Default",
    "HttpClient",
    "RetryPolicy",
    "Secret",
    "Sender",
    "Settings",
    "Timeout",
    "ahead_of_server_s",
    "check_timeout",
    "find_base_url",
    "find_credentials",
    "find_project",
]
