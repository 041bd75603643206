"""A bucket of an S3 API on this machine, for as long as a trial needs it."""

from __future__ import annotations

import contextlib
import logging
import os
import urllib.request
from typing import TYPE_CHECKING
from unittest import mock

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def bucket() -> Iterator[str]:
    """Start the API with the bucket `soak`, set the variables of AWS, and yield the address of the API."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    variables = {
        "AWS_ACCESS_KEY_ID": "soak",
        "AWS_SECRET_ACCESS_KEY": "soak",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": address,
        "AWS_ALLOW_HTTP": "true",
    }
    try:
        with mock.patch.dict(os.environ, variables):
            create_bucket(address)
            yield address
    finally:
        server.stop()


def create_bucket(address: str) -> None:
    """Create the bucket, if it was removed."""
    asked = urllib.request.Request(f"{address}/soak", method="PUT")  # noqa: S310  # of this machine
    urllib.request.urlopen(asked).close()  # noqa: S310
