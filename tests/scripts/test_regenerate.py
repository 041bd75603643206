from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what regenerating needs, with the environment of the original."""
    for folder in ("openapi", "generated", "scripts", "tools"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "mocks" / "examples", tmp_path / "mocks" / "examples")
    for file in ("pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / file, tmp_path)
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    return tmp_path


def regenerate(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(project / "scripts" / "regenerate"), *arguments]
    # Scripts work from any folder.
    return subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)


def snapshot(project: Path) -> dict[str, bytes]:
    package = project / "generated"
    return {str(path.relative_to(package)): path.read_bytes() for path in package.rglob("*.*")}


def test_what_is_committed_is_what_the_contract_gives_and_writing_it_again_changes_nothing(
    project: Path,
) -> None:
    before = snapshot(project)
    checked = regenerate(project, "--check")
    assert (checked.returncode, checked.stderr) == (0, "")
    written = regenerate(project)
    assert (written.returncode, written.stdout) == (0, "generated/ei_classify_api/ is up to date\n")
    assert snapshot(project) == before


def test_check_notices_an_edit_of_the_generated_package(project: Path) -> None:
    model = project / "generated" / "ei_classify_api" / "models" / "job.py"
    model.write_text(model.read_text().replace("Free text about the job.", "Any text."))
    (model.parent / "stray.py").write_text("")
    result = regenerate(project, "--check")
    assert result.returncode == 1
    assert "Any text." in result.stdout
    assert "Free text about the job." in result.stdout
    assert "not written by the generator: generated/models/stray.py" in result.stdout
    assert "run scripts/regenerate" in result.stderr


def test_check_notices_a_changed_field_and_writing_takes_it_over(project: Path) -> None:
    contract = project / "openapi" / "edge-impulse-classify.yaml"
    contract.write_text(contract.read_text().replace("        computeTime:\n", "        computeTimeS:\n"))
    result = regenerate(project, "--check")
    assert result.returncode == 1
    assert "compute_time_s" in result.stdout
    assert regenerate(project).returncode == 0
    assert "compute_time_s" in (project / "generated" / "ei_classify_api" / "models" / "job.py").read_text()


def test_a_contract_that_the_generator_warns_about_is_refused_and_nothing_is_written(project: Path) -> None:
    before = snapshot(project)
    contract = project / "openapi" / "edge-impulse-classify.yaml"
    contract.write_text(
        contract.read_text().replace("'#/components/schemas/User'", "'#/components/schemas/Nobody'")
    )
    result = regenerate(project)
    assert result.returncode == 1
    assert "the generator refused the contract" in result.stderr
    assert snapshot(project) == before
