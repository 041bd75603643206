from __future__ import annotations

import subprocess
import sys

import pytest

# A bare name of the package, as users write it, and what it must not bring along.
WITHOUT_HTTP = ["ei_classify_api", "ei_classify_api.models", "ei_classify_api.models.sample", "ei_classify_api.errors"]


def loaded(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    return set(run.stdout.split())


@pytest.mark.parametrize("module", WITHOUT_HTTP)
def test_what_needs_no_http_does_not_import_httpx(module: str) -> None:
    modules = loaded(f"import {module}")

    assert module in modules
    assert "httpx" not in modules


def test_an_operation_alone_makes_requests_and_decodes_without_importing_httpx() -> None:
    operation = "ei_classify_api.api.jobs.get_job_status"
    assert "httpx" not in loaded(f"from {operation} import request, decode; request(1, 2)")


def test_the_client_is_imported_when_it_is_asked_for() -> None:
    assert "httpx" in loaded("from ei_classify_api import Client; Client('http://127.0.0.1')")


def test_the_package_has_nothing_else() -> None:
    import ei_classify_api

    with pytest.raises(AttributeError, match="no attribute 'Cleint'"):
        ei_classify_api.Cleint  # noqa: B018
    assert ei_classify_api.__all__ == ("Client",)
