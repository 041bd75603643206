from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from ei_classify_mocks import Studio
from ei_classify_mocks.studio import api_key

from tests.command_line import invoke

ROOT = Path(__file__).parents[2]


def test_the_demo_shows_what_the_project_holds(tmp_path: Path) -> None:
    script = subprocess.run(
        [sys.executable, ROOT / "scripts" / "demo"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert script.returncode == 0, script.stderr
    predictions = {}
    with Studio() as studio:
        client = studio.client(headers={"x-api-key": api_key(1)})
        for variant in ("float32", "int8"):
            query: dict[str, str | int] = {"variant": variant, "limit": 1000}
            page = client.get("/api/1/classify/all/result/page", params=query).json()
            predictions[variant] = page["predictions"]
    counted = []
    for label in ("badminton", "running", "standing", "walking"):
        own = {
            v: [one["predictionCorrect"] for one in some if one["label"] == label]
            for v, some in predictions.items()
        }
        cells = [label, str(len(own["int8"])), *(f"{sum(right) / len(right):.1%}" for right in own.values())]
        counted.append(cells)
    pairs = zip(*predictions.values(), strict=True)
    disagreeing = [one for one, other in pairs if one["prediction"] != other["prediction"]]
    shown, *commands = script.stdout.split("disagree")[1].split("$ .venv/bin/ei-classify ")
    rows = [int(number) for number in re.findall(r"^│ (\d+) +│", shown, re.MULTILINE)]
    assert rows == [one["sampleId"] for one in disagreeing]
    assert rows
    assert [command.split()[0] for command in commands] == [
        "results",
        "sample",
        "export",
        "compare",
        "report",
    ]
    printed = commands[0].splitlines()
    again = invoke(printed[0].split())  # as a user does who types it off
    assert again.stdout.splitlines() == [line for line in printed[1:] if line]
    for cells in counted:
        assert re.search(r"(?: \([^)]*\))?[│ ]+".join(map(re.escape, cells)), commands[2]), cells
