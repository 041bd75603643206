"""The script as people run it, in a copy of the project with a repository of its own."""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.tools.drift.vendor import PAGE, ROOT, VARIANTS, contract, own, vendor
from tools.drift.contract import write_contract

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTRACT = "openapi/edge-impulse-classify.yaml"
COPIED = ("docs", "openapi", "generated", "src", "mocks", "scripts", "tests", "tools")
PACKAGES = ("generated", "src", "mocks")  # before those of the environment, which is the original's
FILES = ("pyproject.toml", "constraints.txt", "package.json", "package-lock.json", "README.md", "LICENSE")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project with the environment of the original, committed to a repository of its own."""
    root = tmp_path / "project"
    for folder in COPIED:
        shutil.copytree(
            ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__", "node_modules")
        )
    for file in FILES:
        shutil.copy(ROOT / file, root)
    (root / CONTRACT).write_text(write_contract(contract()), "utf-8")
    for environment in (".venv", "node_modules"):
        (root / environment).symlink_to(ROOT / environment)
    git = ["git", "-c", "user.name=Test", "-c", "user.email=test@localhost"]
    for arguments in (["init", "--quiet"], ["add", *COPIED], ["commit", "--quiet", "--message=Before"]):
        subprocess.run([*git, *arguments], cwd=root, check=True)
    return root


def drift(project: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run(project, project / "scripts" / "drift", *arguments, cwd=Path("/"))


def run(project: Path, *command: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=cwd or project,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(str(project / each) for each in PACKAGES)},
        capture_output=True,
        text=True,
        check=False,
    )


def spectral(project: Path) -> subprocess.CompletedProcess[str]:
    ruleset = ("--ruleset", "openapi/spectral.yaml", "--fail-severity=hint")
    command = ["npx", "--no-install", "spectral", "lint", *ruleset, CONTRACT]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


def grown() -> dict[str, Any]:
    """The vendor's document with additive changes of each kind, among operations that are none of ours."""
    document = vendor()
    schemas = document["components"]["schemas"]

    def fields(name: str) -> Any:
        return own(schemas[f"Vendor{name}"])["properties"]

    sort = {"name": "madeUpSort", "in": "query", "schema": {"type": "string", "enum": ["id", "label"]}}
    for path, method in ((PAGE, "get"), (VARIANTS, "post")):
        document["paths"][path][method]["parameters"].append(sort)
    document["components"]["parameters"]["Variants"].pop("required")
    fields("ApiResponse")["madeUp"] = {"type": "string", "description": WORDS}
    fields("ClassifyJobResultPage")["madeUpPlan"] = {"$ref": "#/components/schemas/MadeUpPlan"}
    steps = {"type": "array", "items": {"type": "object", "properties": {"at": {"type": "number"}}}}
    schemas["MadeUpPlan"] = {
        "type": "object",
        "properties": {
            "id": {"type": "integer"},
            "made": {"type": "string", "format": "date-time"},
            "steps": steps,
            "parent": {"$ref": "#/components/schemas/MadeUpPlan"},
        },
    }
    fields("Sensor")["madeUp"] = {"type": "array", "items": {"type": "number"}}
    hits = {"type": "object", "properties": {"hits": {"type": "integer"}}}
    fields("Classification")["madeUp"] = {"type": "object", "additionalProperties": hits}
    fields("Job")["madeUp"] = {}
    fields("StartedJob")["madeUp"] = {"type": "string"}
    schemas["VendorLastUpdatedBy"]["oneOf"][0]["properties"]["madeUp"] = {"type": "string"}
    schemas["VendorLearnBlockType"]["enum"].append("made-up")
    schemas["VendorKerasModelVariant"]["enum"].append("made-up")
    fields("Sample")["valuesCount"]["type"] = "number"
    fields("Sample")["deviceName"]["nullable"] = True
    fields("Sample")["imageDimensions"] = {"nullable": True, "allOf": [fields("Sample")["imageDimensions"]]}
    fields("Threshold")["suggestedValue"] = {"anyOf": [{"type": "number"}, {"type": "string"}]}
    everything = {"operationId": "getEverythingElse", "responses": {"200": {"description": "All."}}}
    document["paths"]["/api/everything/else"] = {"get": everything}
    return document


WORDS = "An id by which the people who run the server find this very request."


def test_growth_is_taken_over_and_everything_passes_once_it_is_described(
    project: Path, tmp_path: Path
) -> None:
    document = tmp_path / "vendor.yml"
    document.write_text(yaml.safe_dump(grown(), sort_keys=False), "utf-8")
    path = project / CONTRACT

    taken = drift(project, document, "--apply")
    assert taken.returncode == 0, taken.stderr
    assert taken.stderr.count("adopted: ") == 16
    assert taken.stderr.count("listed in docs/tables.md as left out of the tables: ") == 5
    assert "left out of the tables: `madeUpPlan`\n" in taken.stderr
    assert "  + ei_classify_api.models.made_up_plan.MadeUpPlan.made" in taken.stdout.splitlines()
    assert "  + ei_classify_api.api.classify.get_classify_job_result_page.sync(made_up_sort)" in taken.stdout
    assert "Python names added since HEAD" in taken.stdout

    refused = spectral(project)
    text = path.read_text("utf-8")
    assert refused.returncode == 1
    assert refused.stdout.count(" needs a description") == text.count("description: ''") > 10

    path.write_text(text.replace("description: ''", f"description: {WORDS}", 1), "utf-8")
    copied = run(project, "-c", COPIES)
    assert f"say this in our own words: {WORDS}" in copied.stderr

    path.write_text(text.replace("description: ''", "description: What our words say."), "utf-8")
    assert spectral(project).stdout.startswith("No results")
    assert run(project, "-c", COPIES).returncode == 0
    assert run(project, "scripts/regenerate").returncode == 0
    options = ("-n0", "-q", "-p", "no:cacheprovider", "-k", f"({' or '.join(CONCERNED)}) and not server")
    others = run(project, "-m", "pytest", *options, *CONCERNED.values())
    assert others.returncode == 0, others.stdout

    again = drift(project, document, "--apply")
    assert again.returncode == 0
    assert "nothing to adopt" in again.stderr


CONCERNED = {
    "query_parameter": "tests/ei_classify/operations/test_filters.py",
    "test_every_property": "tests/ei_classify/tables/test_tables.py",
    "False-": "tests/generated/test_decode.py",
    "page-today": "tests/generated/test_examples.py",
    "not_know[ClassifyJobResultPage]": "tests/generated/test_identity.py",
    "test_enums or test_objects or test_example or is_valid_openapi": "tests/openapi/test_contract.py",
}
"""Tests that hold something against the contract, and where they are."""


def test_hostile_names_are_refused_one_by_one_and_nothing_is_written(project: Path, tmp_path: Path) -> None:
    document = vendor()
    schemas = document["components"]["schemas"]
    fields = own(schemas["VendorSample"])["properties"]
    fields['say "hi"'] = {"type": "string"}
    fields["a\nb"] = {"type": "string", "enum": ["}}{{ 7 * 7 }}"]}
    fields["made_up"] = fields["madeUp"] = {"type": "string"}
    path = tmp_path / "vendor.json"
    path.write_text(json.dumps(document), "utf-8")
    before = everything(project)

    refused = drift(project, path, "--apply")

    assert (refused.returncode, refused.stdout) == (3, "")
    said = refused.stderr.splitlines()
    assert said[0] == "error: nothing was adopted, because of these names:"
    assert sorted(re.split(" has | is ", line.strip())[0] for line in said[1:]) == [
        'enum value "}}{{ 7 * 7 }}"', 'property "a\\nb"', 'property "made_up"', 'property "say \\"hi\\""',
    ]  # fmt: skip
    assert everything(project) == before


def everything(project: Path) -> dict[Path, bytes]:
    files = (path for folder in COPIED for path in (project / folder).rglob("*"))
    return {path: path.read_bytes() for path in files if path.is_file() and "__pycache__" not in path.parts}


COPIES = """\
import runpy, sys
sys.exit(not runpy.run_path("scripts/lint")["_is_in_own_words"]())
"""


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """Where the files of a folder are served."""
    (tmp_path / "served").mkdir()
    handler = functools.partial(Quiet, directory=str(tmp_path / "served"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None: ...


def test_a_breaking_document_at_a_url_is_reported_as_json_and_nothing_is_written(
    project: Path, url: str, tmp_path: Path
) -> None:
    document = vendor()
    document["info"]["description"] = "Words with a control character: \x1c."
    document["components"]["schemas"]["VendorSample"]["properties"]["id"]["type"] = "string"
    for path in [each for each in document["paths"] if "/jobs" in each]:
        del document["paths"][path]
    (tmp_path / "served" / "openapi.yml").write_text(
        yaml.safe_dump(document).replace("\\x1C", "\x1c"), "utf-8"
    )
    before = snapshot(project)
    found = run(project, "scripts/drift", f"{url}/openapi.yml", "--json")
    assert (found.returncode, found.stderr) == (2, "")
    report = json.loads(found.stdout)
    assert report["exitCode"] == 2
    by_kind = {each["kind"]: each for each in report["differences"]}
    assert by_kind.keys() == {"operation-gone", "type-changed"}
    sample = by_kind["type-changed"]
    assert sample["what"] == "integer → string"
    assert sample["contract"]["pointer"] == "#/components/schemas/Sample/properties/id"
    assert sample["vendor"]["pointer"] == "#/components/schemas/VendorSample/properties/id"
    assert {"Job.categoryKey", "Job.jobNotificationUids"} <= {each["at"] for each in report["stale"]}
    assert snapshot(project) == before


def snapshot(project: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted((project / "openapi").glob("*.*"))}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "pass a VENDOR-DOCUMENT, or --names alone"),
        (["no-such-file.yml"], "no-such-file.yml is neither a file nor an http or https URL"),
        (["http://127.0.0.1:9/openapi.yml"], "could not be downloaded"),
        (["pyproject.toml"], "pyproject.toml"),
        (["package.json"], "package.json is not an OpenAPI 3 document"),
        (["--names", "--since", "no-such-tag"], "there is no git revision `no-such-tag`"),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_sentence(arguments: list[str], said: str) -> None:
    answer = run(ROOT, "scripts/drift", *arguments)
    assert (answer.returncode, answer.stdout) == (3, "")
    assert said in answer.stderr
    assert len(re.findall(r"^error: ", answer.stderr, re.MULTILINE)) == 1
    assert "Traceback" not in answer.stderr


def test_a_document_that_is_not_there_is_said_with_its_status(url: str) -> None:
    answer = run(ROOT, "scripts/drift", f"{url}/no-such-document.yml")
    assert answer.returncode == 3
    assert "could not be downloaded: HTTP status 404" in answer.stderr
