from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.xdist_group("distribution")  # one worker, so that it is built once

USE_EVERYTHING = """
import sys
for folder in reversed(sys.argv[1:]):
    sys.path.insert(0, folder)
import ei_classify, ei_classify_api, ei_classify_mocks
from ei_classify_mocks.contract import CONTRACT, document, example, example_names, operations
for module in (ei_classify, ei_classify_api, ei_classify_mocks):
    assert module.__file__.startswith(sys.argv[1]), module.__file__
assert ei_classify.ClassifyClient.__module__ == "ei_classify.client"
assert str(CONTRACT).startswith(sys.argv[1]), CONTRACT
referred = {name for operation in operations().values() for name in operation.examples}
assert referred == set(example_names()) and len(referred) >= 16, referred
assert (CONTRACT.parent / "../mocks/examples/page-documented.json").resolve().is_file()
with ei_classify_mocks.Studio() as studio:
    client = studio.client(headers={"x-api-key": "ei_studio_key_1"})
    assert client.get("/api/1/classify/all/result/page").json()["totalCount"] == 118
assert sys.modules["ei_classify_mocks.studio"].__file__.startswith(sys.argv[1])
print("fine")
"""


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    # Without isolation: the build backend is installed already, and a test needs no network.
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


def test_the_wheel_alone_imports_and_carries_the_contract_the_examples_and_the_projects(
    distributions: Path, tmp_path: Path
) -> None:
    (wheel,) = distributions.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path)
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {
        "ei_classify",
        "ei_classify_api",
        "ei_classify_mocks",
    }
    for package in ("ei_classify", "ei_classify_api", "ei_classify_mocks"):
        assert f"{package}/py.typed" in names
    assert "ei_classify/__init__.pyi" in names  # the list of names that `ei_classify` exports
    [entry_points] = [name for name in names if name.endswith("entry_points.txt")]
    assert "[pytest11]\nei_classify = ei_classify.pytest_plugin" in (tmp_path / entry_points).read_text(
        "utf-8"
    )
    # Without -S the checkout itself, installed in editable mode, would be importable too.
    command = [sys.executable, "-I", "-S", "-c", USE_EVERYTHING]
    command += [str(tmp_path), sysconfig.get_path("purelib")]
    used = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (used.stdout, used.stderr) == ("fine\n", "")


def test_the_sdist_holds_the_project_with_its_tests_and_pages_and_nothing_that_scripts_set_up(
    distributions: Path,
) -> None:
    (sdist,) = distributions.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        inside = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert {
        "openapi/edge-impulse-classify.yaml", "mocks/examples/page-documented.json", "LICENSE",
        "mocks/package-lock.json", "SECURITY.md", "constraints.txt", "docs/start.md", "sbom.cdx.json",
        "docs/notebook.ipynb", "scripts/test", "src/ei_classify/__init__.pyi", "tools/pages.py",
        "tests/test_distribution.py",
    } <= inside  # fmt: skip
    folders = {part for name in inside for part in name.split("/")[:-1]}
    assert not folders & {".git", ".venv", ".supply", ".site", "node_modules", "__pycache__", "dist"}


def test_the_page_of_the_package_leads_to_the_repository(distributions: Path) -> None:
    (wheel,) = distributions.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        [name] = [each for each in archive.namelist() if each.endswith("/METADATA")]
        about = message_from_bytes(archive.read(name))
    urls = dict(each.split(", ") for each in about.get_all("Project-URL", []))
    assert set(urls) >= {"Repository", "Documentation", "Changelog", "Issues"}
    assert all(url.startswith(urls["Repository"]) for url in urls.values())
    text = str(about.get_payload())
    assert re.findall(r"\]\((?!https?:|#)[^)]*\)", text) == []
    version = f"v{about['Version']}"
    assert f"]({urls['Repository']}/blob/{version}/docs/client.md#paging)" in text
    assert f"]({urls['Repository']}/raw/{version}/docs/report.png)" in text
    assert about["Author"]
    assert "Programming Language :: Python :: 3.14" in about.get_all("Classifier", [])
