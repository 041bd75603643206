"""Each failure of a store is one clear error, which names the URL and no key."""

from __future__ import annotations

import datetime
import http.server
import threading
from typing import TYPE_CHECKING, Any, ClassVar

import obstore.store
import pytest
from hypothesis import given
from hypothesis import strategies as st
from obstore.exceptions import GenericError

from ei_classify import MissingExtraError, open_export
from ei_classify.dataset import storage_of
from ei_classify.dataset.storage.failures import reason
from ei_classify.dataset.storage.objects import ObjectStorage
from ei_classify.errors import ExportError, ExportLockedError
from tests.ei_classify.conftest import KEY, SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BODY = "<Error><Code>{}</Code><Message>" + SECRET + "</Message></Error>"


class Refusing(http.server.BaseHTTPRequestHandler):
    """Answers everything in the same way."""

    status: ClassVar[int]
    body: ClassVar[str]

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self.send_response(self.status)
        self.send_header("content-length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body.encode())

    do_GET = do_PUT = answer  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def refusing() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def store_at(endpoint: str, *, allow_http: bool = True) -> ObjectStorage:
    store = obstore.store.S3Store(
        "results-bucket",
        endpoint=endpoint,
        access_key_id=KEY,
        secret_access_key=SECRET,
        region="us-east-1",
        client_options={"allow_http": allow_http},
        retry_config={"max_retries": 0, "retry_timeout": datetime.timedelta(seconds=1)},
    )
    return ObjectStorage(store, "s3://results-bucket/x")


def texts(error: BaseException | None) -> Iterator[str]:
    """All that a traceback may show."""
    while error is not None:
        yield f"{error!r} {error} {vars(error)}"
        error = error.__cause__ or error.__context__


def fails(call: Any) -> str:
    """What the error says, which is about the URL and has no key."""
    with pytest.raises(ExportError) as caught:
        call()
    assert not isinstance(caught.value, ExportLockedError)
    assert str(caught.value).startswith("export in s3://")
    for text in texts(caught.value):
        assert SECRET not in text
        assert KEY not in text
        assert "Signature" not in text
    return caught.value.what


@pytest.mark.parametrize(
    ("status", "code", "says"),
    [
        (403, "AccessDenied", "access is refused (status 403 AccessDenied). Check the credentials"),
        (401, "", "access is refused (status 401). Check the credentials"),
        (400, "ExpiredToken", "access is refused (status 400 ExpiredToken)"),
        (404, "NoSuchBucket", "there is no such bucket (NoSuchBucket). Create it, or correct the URL"),
        (301, "PermanentRedirect", "the bucket is in another region. Set AWS_REGION"),
        (501, "NotImplemented", "the store cannot do what an export needs (status 501 NotImplemented)"),
        (
            503,
            "SlowDown",
            "the store fails (status 503 SlowDown). Solve that, or wait. What is written is kept",
        ),
        (400, "Odd", "the store fails (status 400 Odd)"),
    ],
)
def test_what_a_store_refuses(refusing: str, status: int, code: str, says: str) -> None:
    Refusing.status, Refusing.body = status, BODY.format(code)
    storage = store_at(refusing)
    assert fails(lambda: open_export(storage)).startswith(says)
    assert fails(lambda: storage.replace("a", b"1")).startswith(says)
    assert fails(lambda: storage.glob("*")).startswith(says)
    assert fails(lambda: storage.sole_user().__enter__()).startswith(says)


def test_a_store_that_cannot_be_reached() -> None:
    says = "the store cannot be reached. Check the network, and the endpoint"
    assert fails(lambda: open_export(store_at("http://127.0.0.1:9"))).startswith(says)
    says = (
        "the endpoint is no valid https URL. Correct it or, for http without encryption, set AWS_ALLOW_HTTP"
    )
    assert fails(lambda: open_export(store_at("http://127.0.0.1:9", allow_http=False))).startswith(says)


def test_a_bucket_or_an_export_that_does_not_exist(bucket: str) -> None:
    assert (
        fails(lambda: open_export(f"{bucket}/x")) == "it has no manifest.json. Pass the folder of an export"
    )
    assert fails(lambda: open_export("s3://no-such-bucket/x")).startswith("there is no such bucket")
    assert fails(lambda: storage_of("s3://no-such-bucket/x").sole_user().__enter__()).startswith(
        "there is no such bucket"
    )


def test_an_account_of_azure_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AZURE_STORAGE_ACCOUNT_NAME", raising=False)
    with pytest.raises(ExportError, match=r"export in az://results/x: .* Set AZURE_STORAGE_ACCOUNT_NAME"):
        storage_of("az://results/x")


def test_no_credentials_are_found() -> None:
    said = reason(GenericError("Error performing PUT http://169.254.169.254/latest/api/token in 1s"))
    assert said.startswith("no credentials were found")


@given(st.text(), st.sampled_from(["status code: 418 ", "<Code>Odd</Code>", "builder error", ""]))
def test_nothing_of_a_text_but_its_status_and_code_is_repeated(secret: str, known: str) -> None:
    marked = f"marked{secret}marked"
    assert "marked" not in reason(GenericError(f"{marked}{known}{marked}"))


def test_profiles_of_aws_are_read_by_boto3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profiles = tmp_path / "credentials"
    profiles.write_text(f"[results]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(profiles))
    monkeypatch.setenv("AWS_PROFILE", "results")
    from ei_classify.dataset.storage.credentials import credentials_of

    (provider,) = credentials_of("s3").values()
    assert provider()["access_key_id"] == KEY
    assert credentials_of("gs") == {}
    monkeypatch.setitem(__import__("sys").modules, "boto3", None)
    with pytest.raises(MissingExtraError, match="boto3 is needed and not installed"):
        storage_of("s3://bucket/x")
