"""What the workflows may do: nothing that reads foreign input or installs packages can also write."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

WORKFLOWS = sorted((Path(__file__).parents[1] / ".github" / "workflows").glob("*.yml"))
FOREIGN = ("scripts/", ".ci/run", "curl", "pip ", "npm ", "npx ")
JOBS = [
    pytest.param(workflow, job, id=f"{path.stem}-{name}")
    for path in WORKFLOWS
    for workflow in [yaml.safe_load(path.read_text("utf-8"))]
    for name, job in workflow["jobs"].items()
]


@pytest.mark.parametrize(("workflow", "job"), JOBS)
def test_no_job_that_runs_foreign_input_can_write(workflow: dict[str, Any], job: dict[str, Any]) -> None:
    permissions = job.get("permissions", workflow.get("permissions", {"all": "write"}))
    commands = "\n".join(step.get("run", "") for step in job["steps"])
    if "write" in permissions.values():
        assert not [each for each in FOREIGN if each in commands]
    else:
        assert permissions == {"contents": "read"}
        assert "github.token" not in str(job)


@pytest.mark.parametrize(("workflow", "job"), JOBS)
def test_credentials_are_not_kept_and_actions_are_pinned(
    workflow: dict[str, Any], job: dict[str, Any]
) -> None:
    for step in job["steps"]:
        if "uses" in step:
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"])
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
