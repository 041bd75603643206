"""Describes what is shipped: each package that users get at run time, its version, licence and hashes.

These are the versions that the tests ran with, on every platform. Users' installers choose within the bounds
of pyproject.toml.
"""

from __future__ import annotations

import json
import re
import tomllib
import uuid
from importlib import metadata
from typing import TYPE_CHECKING, cast

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.environment import LOCK, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from email.message import Message

NAMESPACE = uuid.UUID("6f5b6f2e-6a0c-5b1d-9a36-2f1f0f3f7f11")
PLATFORMS = ({"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
             {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
             {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"})  # fmt: skip
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
CLASSIFIED = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


def write_sbom() -> str:
    """Returns the bill of materials, CycloneDX 1.6 in JSON. The same versions give the same text."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    bom = Bom()
    root = _component(project["name"], project["version"], project["license"], ())
    bom.metadata.component = root
    asked = [project["dependencies"], *project["optional-dependencies"].values()]
    components: dict[str, Component] = {}
    needs: dict[str, set[str]] = {}
    direct = _names(each for wanted in asked for each in wanted)
    pending = list(direct)
    locked = _locked()
    while pending:
        name = pending.pop()
        if name in components:
            continue
        version, hashes = locked[name]
        components[name] = _component(name, version, _licence(name), hashes)
        needs[name] = _names(metadata.requires(name) or ())
        pending += needs[name]
    for component in components.values():
        bom.components.add(component)
    bom.register_dependency(root, [components[name] for name in sorted(direct)])
    for name, others in needs.items():
        bom.register_dependency(components[name], [components[other] for other in sorted(others)])
    versions = "\n".join(f"{name}=={component.version}" for name, component in sorted(components.items()))
    bom.serial_number = uuid.uuid5(NAMESPACE, versions)
    described = json.loads(JsonV1Dot6(bom).output_as_string())
    del described["metadata"]["timestamp"]
    return json.dumps(described, indent=2, sort_keys=True) + "\n"


def _component(name: str, version: str, licence: str, hashes: Iterable[str]) -> Component:
    address = PackageURL("pypi", None, name, version)
    return Component(
        type=ComponentType.LIBRARY,
        name=name,
        version=version,
        purl=address,
        bom_ref=str(address),
        licenses=[LicenseFactory().make_from_string(licence)],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in hashes],
    )


def _names(requirements: Iterable[str]) -> set[str]:
    """Returns what is required without an extra, on any platform and Python of the project."""
    return {canonicalize_name(each.name) for each in map(Requirement, requirements) if _is_wanted(each)}


def _is_wanted(requirement: Requirement) -> bool:
    marker = requirement.marker
    return marker is None or any(
        marker.evaluate(
            {**platform, "python_version": python, "python_full_version": f"{python}.0", "extra": ""}
        )
        for platform in PLATFORMS
        for python in PYTHONS
    )


def _locked() -> dict[str, tuple[str, list[str]]]:
    entries: Iterator[re.Match[str]] = re.finditer(
        r"^([\w.-]+)==(\S+)[^\n]*\n((?:    --hash[^\n]*\n)*)", LOCK.read_text("utf-8"), re.MULTILINE
    )
    return {each[1]: (each[2], re.findall(r"sha256:(\w+)", each[3])) for each in entries}


def _licence(name: str) -> str:
    """Returns the licence in SPDX's notation where the package has it, or else as the package names it.

    Raises:
        LookupError: The package names none.

    """
    about = cast("Message", metadata.metadata(name))  # the protocol in its place has no `get`
    if expression := about.get("License-Expression"):
        return expression
    classified = [
        each.rpartition(" :: ")[2] for each in about.get_all("Classifier", ()) if "License ::" in each
    ]
    named = [CLASSIFIED[each] for each in classified if each in CLASSIFIED]
    text = " OR ".join(named) or (about.get("License") or "").partition("\n")[0]
    if not text:
        raise LookupError(f"{name} does not name its licence")
    return text
