"""What variables of the environment break: one error that names the variable, and how it is put right."""

from __future__ import annotations

import asyncio
import socket
import ssl
from pathlib import Path
from typing import TYPE_CHECKING, Any

import certifi
import httpx
import pytest

from ei_classify import (
    AsyncClassifyClient,
    CallError,
    CallTimeoutError,
    ClassifyClient,
    ConfigurationError,
    ConnectionFailedError,
)
from tests.command_line import invoke
from tests.ei_classify.calling import KEY, Kind, kinds
from tests.ei_classify.fault_server import Answer, serving
from tests.searching import findings

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")
PASSWORD = "s3cret"  # noqa: S105


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*VARIABLES, "SSLKEYLOGFILE", "EI_API_ENDPOINT", "REQUEST_METHOD"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def not_pem(tmp_path: Path) -> Path:
    path = tmp_path / "not.pem"
    path.write_text("hm")
    return path


def make(kind: Kind, **options: Any) -> ClassifyClient | AsyncClassifyClient:
    return (ClassifyClient if kind == "sync" else AsyncClassifyClient)(KEY, **options)


PROXY = "must be the address of a proxy"
BROKEN: list[tuple[str, str, str]] = [
    ("ALL_PROXY", "socks5://127.0.0.1:1080", "socksio.*pip install 'httpx\\[socks\\]'"),
    ("HTTPS_PROXY", f"socks5h://me:{PASSWORD}@127.0.0.1:1080", "socksio"),
    ("https_proxy", "SOCKS5://127.0.0.1:1080", "socksio"),
    ("HTTPS_PROXY", "foo", PROXY),
    ("HTTPS_PROXY", "true", PROXY),
    ("HTTPS_PROXY", "http://", PROXY),
    ("HTTPS_PROXY", "http://[", PROXY),
    ("HTTPS_PROXY", ":8080", PROXY),
    ("HTTPS_PROXY", "proxy:port", PROXY),
    ("HTTPS_PROXY", "http://proxy:99999", PROXY),
    ("HTTPS_PROXY", "http:/proxy:3128", PROXY),
    ("HTTPS_PROXY", "http://a proxy:3128", PROXY),
    ("HTTPS_PROXY", '"http://proxy:3128"', PROXY),
    ("HTTPS_PROXY", f"ftp://me:{PASSWORD}@proxy:3128", PROXY),
    ("HTTPS_PROXY", f"http://me:{PASSWORD}@proxy:x", PROXY),
    ("HTTP_PROXY", "ftp://proxy", PROXY),
    ("http_proxy", "http://proxy:x", PROXY),
    ("all_proxy", "foo", PROXY),
    ("NO_PROXY", "localhost,[::1]", "::1, without brackets"),
    ("no_proxy", "localhost,[::1]", "::1, without brackets"),
    ("NO_PROXY", "host:port", "separated by commas"),
    ("SSL_CERT_FILE", "/gone/certificates.pem", "'/gone/certificates.pem'.*No such file.* PEM"),
    ("SSL_CERT_FILE", "{not_pem}", "has no certificates.* PEM"),
    ("SSL_CERT_FILE", "{folder}", "Is a directory.* PEM"),
    ("SSL_CERT_DIR", "/gone", "'/gone'.*openssl rehash"),
    ("SSL_CERT_DIR", "{folder}", "openssl rehash"),
    ("SSL_CERT_DIR", "{not_pem}", "openssl rehash"),
    ("SSLKEYLOGFILE", "/gone/keys", "'/gone/keys'.*No such file"),
]


@kinds
@pytest.mark.parametrize(("name", "value", "words"), BROKEN)
def test_a_variable_that_breaks_the_client_is_named(
    kind: Kind, name: str, value: str, words: str, not_pem: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value.format(not_pem=not_pem, folder=not_pem.parent))
    with pytest.raises(ConfigurationError, match=f"^{name} .*{words}.*unset") as caught:
        make(kind)
    assert caught.value.name == name
    shown: BaseException | None = caught.value
    while shown is not None:
        assert not {PASSWORD, KEY} & set(f"{shown}{shown!r}".split())
        assert PASSWORD not in str(shown)
        shown = shown.__cause__


@pytest.mark.parametrize(("name", "value", "words"), BROKEN)
def test_it_is_one_line_and_exit_code_2_on_the_command_line(
    name: str, value: str, words: str, not_pem: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value.format(not_pem=not_pem, folder=not_pem.parent))
    monkeypatch.setenv("EI_API_KEY", KEY)
    done = invoke(["results", "--project", "1"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {name} ")
    assert done.stderr.count("\n") == 1


@kinds
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTPS_PROXY", "http://proxy:3128"),
        ("HTTPS_PROXY", "http://me:pass@proxy"),
        ("HTTPS_PROXY", "proxy:3128"),
        ("HTTPS_PROXY", "socks5:3128"),
        ("HTTPS_PROXY", "proxy.example.com"),
        ("HTTPS_PROXY", "http://[::1]:3128"),
        ("HTTPS_PROXY", "https://10.0.0.1:3128/"),
        ("HTTPS_PROXY", ""),
        ("HTTP_PROXY", "foo"),
        ("NO_PROXY", "::1,localhost,.example.com,10.0.0.1"),
        ("SSL_CERT_FILE", certifi.where()),
        ("SSL_CERT_FILE", ""),
        ("SSL_CERT_DIR", ""),
    ],
)
def test_a_variable_that_breaks_nothing_is_left_alone(
    kind: Kind, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    assert not make(kind).base_url.endswith("/")


@kinds
def test_a_folder_of_certificates_is_fine(
    kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "5ed36f99.0").write_text(Path(certifi.where()).read_text("utf-8"))
    monkeypatch.setenv("SSL_CERT_DIR", f"/gone:{tmp_path}")
    make(kind)
    monkeypatch.setenv("SSL_CERT_DIR", "/gone")
    monkeypatch.setenv("SSL_CERT_FILE", certifi.where())
    make(kind)


@kinds
@pytest.mark.parametrize("name", ["HTTPS_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "NO_PROXY"])
def test_a_client_of_this_machine_or_with_its_own_http_client_does_not_look(
    kind: Kind, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    http = httpx.Client() if kind == "sync" else httpx.AsyncClient()
    monkeypatch.setenv(name, "[::1]")
    make(kind, base_url="http://127.0.0.1:1/v1")
    make(kind, http_client=http)


@kinds
def test_no_proxy_for_all_hosts_leaves_no_proxy_to_be_wrong(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "foo")
    monkeypatch.setenv("NO_PROXY", "localhost, *")
    make(kind)


@pytest.fixture
def dead() -> str:
    """A host and port where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{taken.getsockname()[1]}"


def fail_to_read(kind: Kind, url: str) -> CallError:
    """The error of a call to this server, without retries."""
    options: dict[str, Any] = {"base_url": url, "retries": 0, "timeout": 0.5, "allow_insecure": True}

    async def read_async() -> None:
        async with AsyncClassifyClient(KEY, **options) as client:
            await client.page(1)

    def read() -> None:
        with ClassifyClient(KEY, **options) as client:
            client.page(1)

    with pytest.raises(CallError) as caught:
        read() if kind == "sync" else asyncio.run(read_async())
    return caught.value


@kinds
@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("HTTP_PROXY", "http://studio.invalid/v1"),
        ("http_proxy", "http://studio.invalid:8080/v1"),
        ("HTTPS_PROXY", "https://studio.invalid/v1"),
        ("ALL_PROXY", "https://studio.invalid/v1"),
        ("all_proxy", "http://studio.invalid/v1"),
    ],
)
@pytest.mark.parametrize("scheme", ["http://", ""])
def test_a_proxy_that_cannot_be_reached_is_named_without_its_password(
    kind: Kind, name: str, url: str, scheme: str, dead: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, f"{scheme}me:{PASSWORD}@{dead}/{PASSWORD}")
    error = fail_to_read(kind, url)
    assert isinstance(error, ConnectionFailedError)
    assert f"; through the proxy {dead} of {name})" in str(error)
    assert findings(PASSWORD, error) == []


@kinds
def test_a_proxy_that_refuses_or_stays_silent_is_named(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda _asked, _number: Answer(b"", 502)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        error = fail_to_read(kind, "https://studio.invalid/v1")
    assert "ProxyError: 502" in str(error)
    assert f"through the proxy {proxy.url[7:-3]} of HTTPS_PROXY" in str(error)
    with serving(lambda _asked, _number: Answer(b"{}", fault="stall")) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        error = fail_to_read(kind, "http://studio.invalid/v1")
    assert isinstance(error, CallTimeoutError)
    assert f"through the proxy {proxy.url[7:-3]} of HTTP_PROXY" in str(error)


@kinds
@pytest.mark.parametrize("exempt", ["*", "studio.invalid", "other, .invalid", "invalid"])
def test_a_proxy_that_is_not_used_is_not_named(
    kind: Kind, exempt: str, dead: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", f"http://{dead}")
    assert "proxy" not in fail_to_read(kind, f"http://{dead}/v1").what
    monkeypatch.setenv("NO_PROXY", exempt)
    assert "through the proxy" not in str(fail_to_read(kind, "http://studio.invalid/v1"))


@kinds
def test_whatever_else_keeps_an_http_client_from_being_made_is_an_error_of_ours(
    kind: Kind, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object, **__: object) -> Iterator[None]:
        raise ssl.SSLError("no such curve")

    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))  # then clients do not share what TLS trusts
    monkeypatch.setattr(ssl, "create_default_context", fail)
    with pytest.raises(ConfigurationError, match=r"HTTP client cannot be made .*no such curve"):
        make(kind)
