from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import zipfile
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


def test_the_sdist_holds_what_the_wheel_is_built_from_and_nothing_else(distributions: Path) -> None:
    (sdist,) = distributions.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        inside = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert {
        "openapi/edge-impulse-classify.yaml", "mocks/examples/page-documented.json", "LICENSE",
        "SECURITY.md", "sbom.cdx.json", "src/ei_classify/__init__.pyi",
    } <= inside  # fmt: skip
    assert {name.split("/")[0] for name in inside} <= {
        ".gitignore", "CHANGELOG.md", "LICENSE", "PKG-INFO", "README.md", "generated", "mocks", "openapi",
        "SECURITY.md", "pyproject.toml", "sbom.cdx.json", "src",
    }  # fmt: skip
