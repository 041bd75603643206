"""The generator, run on the contract. Import it after `tools.environment.enter()`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml

from tools.environment import ROOT, fail

CONTRACT = ROOT / "openapi" / "edge-impulse-classify.yaml"
SETTINGS = ROOT / "openapi" / "generator.yaml"
TEMPLATES = ROOT / "openapi" / "templates"
GENERATOR = "openapi-python-client"
RUN = Path(__file__).with_name("generator_run.py")

_IMPORT_ALL = """\
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
    try:
        importlib.import_module(module.name)
    except BaseException as error:
        sys.exit(f"{module.name}: {type(error).__name__}: {error}")
"""


def require_fitting_version() -> None:
    """End the script unless the installed generator is the one that the templates were written for."""
    stated = re.search(rf"{GENERATOR} (\d[\w.]*\w)", (TEMPLATES / "README.md").read_text("utf-8"))
    if stated is None:
        fail(f"openapi/templates/README.md does not say which version of {GENERATOR} the templates fit")
    installed = metadata.version(GENERATOR)
    if installed != stated[1]:
        fail(
            f"the templates fit {GENERATOR} {stated[1]}, and {installed} is installed: pin {stated[1]} in"
            " pyproject.toml and constraints.txt, or review the templates as CONTRIBUTING.md says"
        )


def generate(target: Path, *, contract: Path = CONTRACT, templates: bool = True) -> None:
    """Write the package to `target`, which must not exist; without `templates`, as the generator has it."""
    target = target.resolve()
    with tempfile.TemporaryDirectory() as folder:
        described = Path(folder) / "contract.json"
        document = yaml.load(contract.read_bytes(), _Loader)  # noqa: S506 - a SafeLoader
        described.write_text(json.dumps(_described(document)), "utf-8")
        command = [sys.executable, str(RUN), str(described), str(SETTINGS), str(target)]
        if templates:
            command.append(str(TEMPLATES))
        # The generator runs ruff by name.
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        environment = {**os.environ, "PATH": path}
        run = subprocess.run(
            command, cwd=target.parent, env=environment, capture_output=True, text=True, check=False
        )
    if run.returncode != 0:
        fail(f"the generator refused the contract:\n{run.stdout}{run.stderr}")
    (target / "py.typed").touch()
    if templates:
        for module in TEMPLATES.glob("*.py"):  # which depend on no contract
            shutil.copy(module, target)
    _require_import(target)


def _require_import(package: Path) -> None:
    """End the script unless each module of the package can be imported."""
    command = [sys.executable, "-B", "-c", _IMPORT_ALL, package.name]
    run = subprocess.run(command, cwd=package.parent, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        reason = (run.stderr.strip() or run.stdout.strip() or "no reason was given").splitlines()[-1]
        fail(f"what the generator wrote cannot be imported: {reason}")


class _Loader(yaml.SafeLoader):
    """YAML as OpenAPI means it: a date in an example is text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _described(contract: dict[str, Any]) -> dict[str, Any]:
    """The contract with each parameter's description in its schema too, where alone the generator looks."""
    parameters = list(contract.get("components", {}).get("parameters", {}).values())
    for path in contract["paths"].values():
        operations = [value for value in path.values() if isinstance(value, dict)]
        parameters += [each for holder in (path, *operations) for each in holder.get("parameters", [])]
    for parameter in parameters:
        schema = parameter.get("schema", {})
        if "description" in parameter and "$ref" not in schema:
            schema.setdefault("description", parameter["description"])
    return contract
