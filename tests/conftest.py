from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import certifi
import pytest
from ei_classify_mocks import prism

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session", autouse=True)
def a_single_authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test speaks TLS, and each HTTP client would load all certificates that there are."""
    first, end, _ = Path(certifi.where()).read_text("ascii").partition("-----END CERTIFICATE-----")
    file = tmp_path_factory.mktemp("certificates") / "one.pem"
    file.write_text(first + end, "ascii")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
            patch.delenv(name, raising=False)
        patch.setattr(certifi, "where", lambda: str(file))
        yield


@pytest.fixture(scope="session")
def prism_url() -> Iterator[str]:
    """A Prism that replays the examples, one for the whole run."""
    with prism(folder=ROOT / "mocks") as server:
        yield server.url


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests that share a server on one worker, so that one is started and not one a worker.

    The tests of scripts take longest and come first, or else a worker would be left with them in the end.
    """
    items.sort(key=lambda item: "scripts" not in item.path.parts)
    for item in items:
        if "prism_url" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("prism"))
        if "s3_url" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("s3"))
        if "cluster" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("cluster"))
