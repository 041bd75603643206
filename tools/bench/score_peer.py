"""One part of `score`: writes the export, scores it, or does the same with scikit-learn."""

from __future__ import annotations

import datetime
import hashlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import duckdb

from ei_classify.dataset.ids import packed
from ei_classify.dataset.manifest import FileEntry, Manifest, Part, RunEntry
from ei_classify.dataset.storage import storage_of

LABELS = ("idle", "run", "standing", "wave")
RUN = "1::BIGINT AS project_id, NULL::BIGINT AS impulse_id, 'int8' AS variant"
THRESHOLD = 0.35


def write(root: Path, samples: int, windows: int) -> dict[str, Any]:
    """Write an export with random confidences of five digits, as the server rounds them."""
    folder = root / "project-1" / "impulse-default" / "variant-int8"
    database = duckdb.connect(config={"memory_limit": "2GB", "temp_directory": str(root / "spill")})
    database.execute("SELECT setseed(0.5)")
    parts = ", ".join(f"random() + (sample_id % 4 = {place})::INTEGER AS p{place}" for place in range(4))
    listed = ", ".join(f"'{label}'" for label in LABELS)
    database.execute(
        f"""CREATE TABLE drawn AS SELECT sample_id, w AS "window",
        [{listed}][1 + sample_id % 4] AS expected_label,
        list_transform([p0, p1, p2, p3], lambda p: round(p / (p0 + p1 + p2 + p3), 5)) AS scores
        FROM (SELECT s AS sample_id, w, {parts} FROM range({samples}) t(s), range({windows}) u(w))"""
    )
    block = "2::BIGINT AS learn_block_id, 'NN' AS learn_block_name, 'keras' AS learn_block_type"
    times = "NULL::DOUBLE AS start_ms, NULL::DOUBLE AS end_ms"
    learn_block = (
        "struct_pack(id := 2::BIGINT, type := 'keras', "
        f"minimum_confidence_rating := {THRESHOLD}::DOUBLE, "
        'thresholds := []::STRUCT("key" VARCHAR, "value" DOUBLE)[])'
    )
    queries = {
        "samples": f"SELECT {RUN}, s::BIGINT AS sample_id, 'f' || s AS filename FROM range({samples}) t(s)",
        "predictions": f"""SELECT {RUN}, sample_id, "window", {times}, expected_label AS label,
            CASE WHEN list_max(scores) < {THRESHOLD} THEN 'uncertain'
                ELSE [{listed}][list_position(scores, list_max(scores))] END AS prediction,
            prediction = expected_label AS correct, NULL::DOUBLE AS f1
            FROM drawn ORDER BY sample_id, "window" """,
        "windows": f"""SELECT {RUN}, sample_id, {block}, "window", {times}, expected_label,
            NULL::MAP(VARCHAR, VARCHAR) AS label_map_result FROM drawn ORDER BY sample_id, "window" """,
        "scores": f"""SELECT {RUN}, sample_id, {block}, "window", {times}, unnest([{listed}]) AS label,
            unnest(scores) AS score, expected_label FROM drawn ORDER BY sample_id, "window", label""",
        "detections": f"SELECT {RUN}, NULL::BIGINT AS sample_id WHERE false",
        "anomalies": f"SELECT {RUN}, NULL::BIGINT AS sample_id WHERE false",
        "runs": f"SELECT {RUN}, TIMESTAMPTZ '2026-01-01' AS read_at, [{learn_block}] AS learn_blocks",
    }
    files = {}
    for table, query in queries.items():
        path = folder / table / "part-00000.parquet"
        path.parent.mkdir(parents=True)
        database.execute(
            f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 131072)"
        )
        rows = database.execute(f"SELECT count(*) FROM '{path}'").fetchall()[0][0]
        files[f"{table}/part-00000.parquet"] = FileEntry(
            rows, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()
        )
    part = Part(0, 0, samples, packed(list(range(samples))), "", files)
    entry = RunEntry(
        project_id=1,
        impulse_id=None,
        variant="int8",
        filters={},
        started=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        total=samples,
        parts=[part],
        complete=True,
    )
    Manifest("parquet", "https://studio.test/v1", runs={entry.folder: entry}).save(storage_of(root))
    return {}


def scored(root: Path, replicates: int) -> dict[str, Any]:
    """Score the export."""
    from ei_classify.scoring import score

    start = time.perf_counter()
    found = score(root, replicates=replicates)[0]
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "accuracy": found.metrics["accuracy"].value}


def by_sklearn(root: Path) -> dict[str, Any]:
    """Compute figures of the same columns, which are in memory before the clock starts."""
    import numpy as np
    from sklearn import metrics

    folder = root / "project-1" / "impulse-default" / "variant-int8"
    database = duckdb.connect()
    query = (
        f"""SELECT label, prediction FROM '{folder}/predictions/*.parquet' ORDER BY sample_id, "window" """
    )
    columns = database.execute(query).fetchnumpy()
    truth, decided = (columns[name].astype(str) for name in ("label", "prediction"))
    query = f"""SELECT score FROM '{folder}/scores/*.parquet' ORDER BY sample_id, "window", label"""
    scores = database.execute(query).fetchnumpy()["score"].reshape(-1, len(LABELS))
    database.close()
    start = time.perf_counter()
    metrics.classification_report(truth, decided, output_dict=True, zero_division=0)
    metrics.confusion_matrix(truth, decided)
    is_it = np.stack([truth == label for label in LABELS], axis=1)
    metrics.average_precision_score(is_it, scores)
    metrics.roc_auc_score(is_it, scores)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "accuracy": float((truth == decided).mean())}


def main() -> None:
    """Run the part that the command line names, and print what it measured as JSON."""
    name, folder, samples, windows = sys.argv[1:]
    root = Path(folder)
    found = {
        "write": lambda: write(root, int(samples), int(windows)),
        "without": lambda: scored(root, 0),
        "with": lambda: scored(root, 1000),
        "sklearn": lambda: by_sklearn(root),
    }[name]()
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps(found))


if __name__ == "__main__":
    main()
