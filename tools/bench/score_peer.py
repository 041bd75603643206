"""One part of `score`: writes the export, scores it, or does the same with scikit-learn."""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import duckdb

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
        f"""CREATE TABLE drawn AS SELECT sample_id, w AS "window", [{listed}][1 + sample_id % 4] AS expected_label,
        list_transform([p0, p1, p2, p3], lambda p: round(p / (p0 + p1 + p2 + p3), 5)) AS scores
        FROM (SELECT s AS sample_id, w, {parts} FROM range({samples}) t(s), range({windows}) u(w))"""
    )
    block = "2::BIGINT AS learn_block_id, 'NN' AS learn_block_name, 'keras' AS learn_block_type"
    times = "NULL::DOUBLE AS start_ms, NULL::DOUBLE AS end_ms"
    learn_block = (
        "struct_pack(id := 2::BIGINT, type := 'keras', "
        f"minimum_confidence_rating := {THRESHOLD}::DOUBLE, "
        "thresholds := []::STRUCT(\"key\" VARCHAR, \"value\" DOUBLE)[])"
    )
    queries = {
        "samples": f"SELECT {RUN}, s::BIGINT AS sample_id, 'f' || s AS filename FROM range({samples}) t(s)",
        "predictions": f"""SELECT {RUN}, sample_id, "window", {times}, expected_label AS label,
            CASE WHEN list_max(scores) < {THRESHOLD} THEN 'uncertain'
                ELSE [{listed}][list_position(scores, list_max(scores))] END AS prediction,
            prediction = expected_label AS correct, NULL::DOUBLE AS f1 FROM drawn ORDER BY sample_id, "window" """,
        "windows": f"""SELECT {RUN}, sample_id, {block}, "window", {times}, expected_label,
            NULL::MAP(VARCHAR, VARCHAR) AS label_map_result FROM drawn ORDER BY sample_id, "window" """,
        "scores": f"""SELECT {RUN}, sample_id, {block}, "window", {times}, unnest([{listed}]) AS label,
            unnest(scores) AS score, expected_label FROM drawn ORDER BY sample_id, "window", label""",
        "detections": f"SELECT {RUN}, NULL::BIGINT AS sample_id WHERE false",
        "anomalies": f"SELECT {RUN}, NULL::BIGINT AS sample_id WHERE false",
        "runs": f"SELECT {RUN}, [{learn_block}] AS learn_blocks",
    }
    files = {}
    for table, query in queries.items():
        path = folder / table / "part-00000.parquet"
        path.parent.mkdir(parents=True)
        database.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 131072)")
        rows = database.execute(f"SELECT count(*) FROM '{path}'").fetchall()[0][0]
        files[f"{table}/part-00000.parquet"] = {"rows": rows, "bytes": path.stat().st_size}
    _write_manifest(root, samples, files)
    return {}
