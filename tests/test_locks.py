"""What is installed is locked: every version, with hashes, and without an address."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT, GROUPS = PYPROJECT["project"], PYPROJECT["dependency-groups"]
LOCKS = {
    "constraints.txt": [
        *PROJECT["dependencies"],
        *(each for extra in PROJECT["optional-dependencies"].values() for each in extra),
        *(each for group in GROUPS["dev"] for each in GROUPS[group["include-group"]]),
        *PYPROJECT["build-system"]["requires"],
        "pip",
    ],
    "constraints-projects.txt": GROUPS["projects"],
    "constraints-supply.txt": GROUPS["supply"],
}
ENTRY = re.compile(
    r"(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?: ; [^\\]+)?(?P<hashes>( \\\n    --hash=sha256:[0-9a-f]{64})+)"
)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_version_is_locked_with_hashes_and_fits_what_the_project_asks_for(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    bare = re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE)
    entries = list(ENTRY.finditer(bare))
    assert "".join(f"{entry[0]}\n" for entry in entries) == bare
    versions = {canonicalize_name(entry["name"]): entry["version"] for entry in entries}
    for requirement in map(Requirement, LOCKS[lock]):
        version = versions.get(canonicalize_name(requirement.name))
        assert version is not None, f"run scripts/lock: {requirement} is not in {lock}"
        assert requirement.specifier.contains(version), f"run scripts/lock: {requirement} is not {version}"


@pytest.mark.parametrize("lock", ["package-lock.json", "mocks/package-lock.json"])
def test_every_node_package_is_locked_with_a_hash_and_without_an_address(lock: str) -> None:
    packages = json.loads((ROOT / lock).read_text("utf-8"))["packages"]
    del packages[""]
    for place, package in packages.items():
        assert package["integrity"].startswith("sha512-"), place
        assert "resolved" not in package, place
