from __future__ import annotations

import itertools
import logging
import os
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NUMBERS = itertools.count(1)
KEY, SECRET = "AKIDEXAMPLE", "wJalrXUtnFEMI"


@pytest.fixture(scope="session")
def s3_url() -> Iterator[str]:
    """The endpoint of an S3 API that keeps its buckets in memory, one for the whole run."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def make_bucket(s3_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """A function that creates a bucket with a name, and returns its URL. The variables of AWS are set."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    variables = {
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": s3_url,
        "AWS_ALLOW_HTTP": "true",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    def make(name: str) -> str:
        httpx.put(f"{s3_url}/{name}", verify=False, trust_env=False).raise_for_status()  # noqa: S501
        return f"s3://{name}"

    return make


@pytest.fixture
def bucket(make_bucket: Callable[[str], str]) -> str:
    """The URL of a new bucket."""
    return make_bucket(f"bucket-{os.getpid()}-{next(_NUMBERS)}")
