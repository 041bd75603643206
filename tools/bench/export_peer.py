"""One export in a process of its own: `export_peer.py URL PROJECT FOLDER`; prints one JSON object."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from ei_classify import ClassifyClient
from ei_classify.dataset import Manifest, storage_of
from ei_classify.export import export


def main() -> int:
    """Run the script; its exit code."""
    url, project, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    with ClassifyClient(f"ei_studio_key_{project}", base_url=url) as client:
        start = time.perf_counter()
        export(client, folder, project, variants=["int8"])
        seconds = time.perf_counter() - start
    unit = 1 if sys.platform == "darwin" else 1024
    manifest = Manifest.load(storage_of(folder))
    files = [entry for run in manifest.runs.values() for entry in run.files.values()] if manifest else []
    print(
        json.dumps(
            {
                "seconds": seconds,
                "rows": sum(file.rows for file in files),
                "bytes": sum(file.bytes for file in files),
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit,
            }
        )
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
