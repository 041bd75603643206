"""Tables hold all that an answer says, under fixed schemas."""

from __future__ import annotations

import asyncio
import datetime
import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from ei_classify_api.models import ClassifiedSample
from ei_classify_mocks import example, example_names
from ei_classify_mocks.studio import Studio, api_key

from ei_classify import AsyncClassifyClient, ClassifyClient
from ei_classify.decoding import PageReader
from ei_classify.errors import InvalidArgumentError, MissingExtraError, UnfitValueError
from ei_classify.tables import SCHEMAS, Run, Tables, of_page, of_sample
from ei_classify.tables.arrays import array_of
from ei_classify.tables.schemas import CATEGORY
from tests.ei_classify.calling import Kind, kinds
from tests.ei_classify.full_answers import Place, answer, places
from tools.drift.left_out import TABLED, is_within, read_left_out

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
DOCUMENTATION = (ROOT / "docs" / "tables.md").read_text("utf-8")
NOW = datetime.datetime(2025, 6, 4, 8, 0, tzinfo=datetime.UTC)
RUN = Run(project_id=7, impulse_id=3, variant="int8", read_at=NOW)


def page_tables(body: Any, reader: PageReader | None = None) -> Tables:
    return of_page(json.dumps(body).encode(), RUN, reader)


def sample_tables(body: Any) -> Tables:
    return of_sample(ClassifiedSample.from_dict(body), project_id=7, read_at=NOW)


def rows(tables: Tables) -> dict[str, list[dict[str, Any]]]:
    return {name: tables[name].to_pylist() for name in tables}


def written(place: Place) -> str:
    return ".".join(place).replace(".[]", "[]").replace(".{}", "{}")


@pytest.mark.parametrize(("schema", "make"), list(zip(TABLED, (page_tables, sample_tables), strict=True)))
def test_every_property_of_the_contract_changes_a_column_or_is_documented_as_left_out(
    schema: str, make: Callable[[Any], Tables]
) -> None:
    left_out = read_left_out(DOCUMENTATION)
    before = make(answer(schema))
    unseen = []
    for place in places(schema):
        name = written(place)
        after = make(answer(schema, place))
        if all(after[table].equals(before[table]) for table in before):
            unseen.append(name)
    listed = {name for name in map(written, places(schema)) if is_within(name, left_out)}
    assert {"success", "error"} <= listed
    for name in unseen:
        assert name in listed, f"`{name}` has no column: it needs one, or a row under Left out"
    assert listed - set(unseen) == set(), "listed under Left out, although it has a column"


def test_what_is_documented_as_left_out_is_in_the_contract() -> None:
    known = [written(place) for schema in TABLED for place in places(schema)]
    for name in read_left_out(DOCUMENTATION):
        assert any(is_within(place, [name]) for place in known), name


def test_the_documentation_names_each_column() -> None:
    text = DOCUMENTATION
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## )", text, flags=re.MULTILINE | re.DOTALL))
    shared = set(re.findall(r"`(\w+)`", sections["windows"] + text.split("## samples")[0]))
    for table, schema in SCHEMAS.items():
        named = set(re.findall(r"`(\w+)`", sections[table]))
        assert set(schema.names) - named - shared == set(), table


def test_the_schemas_do_not_depend_on_what_is_in_the_page() -> None:
    parts = [page_tables(example(name)) for name in example_names() if name.startswith("page-")]
    parts += [sample_tables(example(name)) for name in example_names() if name.startswith("variants-")]
    for part in parts:
        for name in part:
            assert part[name].schema.equals(SCHEMAS[name], check_metadata=True)
            part[name].validate(full=True)
    stacked = Tables.concat(parts)
    assert stacked.samples.num_rows == sum(part.samples.num_rows for part in parts)
    assert SCHEMAS["scores"].metadata == {b"ei_classify.tables": b"scores/2"}


@pytest.mark.parametrize("name", [name for name in example_names() if name.startswith("page-")])
def test_a_page_makes_the_same_tables_whether_or_not_its_shape_was_expected(name: str) -> None:
    reader = PageReader()
    first = rows(page_tables(example(name), reader))
    assert rows(page_tables(example(name), reader)) == first


def test_windows_with_different_labels_make_the_same_scores_either_way() -> None:
    chance = random.Random(4)
    body = example("page-anomaly")
    for entry in body["result"]:
        for block in entry["classifications"]:
            block["result"] = [
                {label: chance.random() for label in chance.sample("abcdef", chance.randrange(3, 7))}
                for _ in block["result"]
            ]
            block["result"].pop()  # fewer results than windows
    reader = PageReader()
    first = page_tables(body, reader)
    assert reader.read(json.dumps(body).encode()).shape.labels == tuple("abcdef")
    again = page_tables(body, reader)
    assert rows(again) == rows(first)
    expected = [
        (entry["sampleId"], block["learnBlock"]["id"], window, label, scores[label])
        for entry in body["result"]
        for block in entry["classifications"]
        for window, scores in enumerate(block["result"])
        for label in sorted(scores)
    ]
    columns = ("sample_id", "learn_block_id", "window", "label", "score")
    assert [tuple(row[name] for name in columns) for row in again.scores.to_pylist()] == expected


@pytest.mark.parametrize("name", [name for name in example_names() if name.startswith("page-")])
def test_predictions_name_the_file_of_their_sample(name: str) -> None:
    tables = page_tables(example(name))
    filenames = dict(
        zip(*(tables.samples[name].to_pylist() for name in ("sample_id", "filename")), strict=True)
    )
    predicted = tables.predictions
    assert predicted["filename"].to_pylist() == [
        filenames[each] for each in predicted["sample_id"].to_pylist()
    ]


def test_files_of_the_same_name_and_samples_that_are_not_on_the_page_are_no_trouble() -> None:
    body = example("page-motion")
    for entry in body["result"]:
        entry["sample"]["filename"] = "same"
    body["predictions"][-1]["sampleId"] = 999_999
    predictions = page_tables(body).predictions
    assert set(predictions["filename"].to_pylist()) == {"same", None}
    assert predictions.to_pandas()["filename"].tolist()[0] == "same"


def test_scores_say_what_the_typed_objects_say() -> None:
    tables = page_tables(example("page-motion"))
    row = tables.scores.to_pylist()[11]  # the third window's last label, in a learn block of four
    assert row == {
        "project_id": 7,
        "impulse_id": 3,
        "variant": "int8",
        "sample_id": 101,
        "learn_block_id": 2,
        "learn_block_name": "NN Classifier",
        "learn_block_type": "keras",
        "window": 2,
        "start_ms": 2000.0,
        "end_ms": 4000.0,
        "label": "wave",
        "score": 0.5714,
        "expected_label": "wave",
    }
    assert tables.predictions.column("prediction").to_pylist()[2] == "uncertain"
    assert (
        tables.samples.column("window_count").to_pylist()
        == tables.samples.column("prediction_count").to_pylist()
    )


def test_windows_have_no_times_where_predictions_are_not_as_many() -> None:
    body = example("page-motion")
    body["predictions"].pop()
    windows = page_tables(body).windows.to_pylist()
    assert [row["start_ms"] for row in windows] == [0, 1000, 2000, 3000, 4000, None, None, None]


def test_predictions_in_any_order_find_their_windows() -> None:
    body = example("page-motion")
    predictions = body["predictions"]
    body["predictions"] = [*predictions[5:], *predictions[:5]]
    mixed = page_tables(body)
    assert rows(mixed)["windows"] == rows(page_tables(example("page-motion")))["windows"]
    body["predictions"] = predictions[::2] + predictions[1::2]
    assert sorted(page_tables(body).predictions.column("window").to_pylist()) == [0, 0, 1, 1, 2, 2, 3, 4]


def test_expected_boxes_become_ratios_of_the_image() -> None:
    body = example("page-object-detection")
    size = body["result"][0]["sample"]["imageDimensions"]
    size["width"] = 192
    boxes = [row for row in page_tables(body).detections.to_pylist() if row["source"] == "sample"]
    assert (boxes[0]["x_px"], boxes[0]["x_ratio"]) == (14, 14 / 192)
    assert (boxes[0]["height_px"], boxes[0]["height_ratio"]) == (12, 12 / 96)
    del body["result"][0]["sample"]["imageDimensions"]
    boxes = [row for row in page_tables(body).detections.to_pylist() if row["source"] == "sample"]
    assert (boxes[0]["x_px"], boxes[0]["x_ratio"]) == (14, None)


def test_details_of_the_same_boxes_give_class_numbers_and_others_rows() -> None:
    body = example("page-object-detection")
    tables = page_tables(body).detections.to_pylist()
    assert {row["source"] for row in tables} == {"sample", "prediction", "structured_result"}
    found = [row for row in tables if row["source"] == "structured_result" and row["sample_id"] == 301]
    assert [(row["label"], row["class_number"], row["score"]) for row in found] == [
        ("bolt", 1, 0.9375),
        ("nut", 2, 0.8828),
    ]
    details = body["result"][0]["classifications"][0]["details"][0]
    details["boxes"] = [[0.5], [0.1, 0.2, 0.3, 0.4]]
    details["labels"].append(3)
    rows_ = [row for row in page_tables(body).detections.to_pylist() if row["source"] == "details"]
    assert [(row["class_number"], row["x_ratio"], row["height_ratio"], row["box"]) for row in rows_] == [
        (1, None, None, [0.5]),
        (2, 0.1, 0.4, None),
        (3, None, None, None),
    ]


def test_grids_keep_their_shape() -> None:
    body = example("page-visual-anomaly")
    grid = body["result"][0]["classifications"][0]["anomalyResult"][0]["scores"]
    body["result"][1]["classifications"][0]["anomalyResult"][0]["scores"] = [[1.5], [2, 3]]
    first, second = page_tables(body).anomalies.to_pylist()
    assert (first["grid"], first["grid_rows"], first["grid_columns"], first["expected_label"]) == (
        grid, 5, 5, "no anomaly",
    )  # fmt: skip
    assert (second["grid"], second["grid_rows"], second["grid_columns"]) == ([[1.5], [2.0, 3.0]], 2, None)


def test_a_run_names_each_of_its_learn_blocks_once() -> None:
    body = example("page-today")
    body["result"][1]["classifications"].append(body["result"][0]["classifications"][0])
    (run,) = page_tables(body).runs.to_pylist()
    assert [block["id"] for block in run["learn_blocks"]] == [8, 5]
    values = [(each["value"], each["value_text"]) for each in run["learn_blocks"][0]["thresholds"]]
    assert values == [(0.6, None), (None, "any")]
    assert (run["read_at"], run["total_count"], run["sample_count"]) == (NOW, 2, 2)


def test_a_sample_has_a_run_for_each_variant() -> None:
    tables = sample_tables(example("variants-motion"))
    body = example("variants-motion")
    assert tables.runs.column("variant").to_pylist() == [result["variant"] for result in body["results"]]
    assert tables.windows.column("start_ms").to_pylist()[:2] == [0.0, float(body["windowIncreaseMs"])]
    assert tables.windows.column("end_ms").to_pylist()[0] == body["windowSizeMs"]
    assert tables.predictions.num_rows == 0


def test_a_number_too_large_for_its_column_is_null_there() -> None:
    body = example("page-motion")
    body["result"][0]["sample"]["valuesCount"] = 2**70
    body["result"][0]["sample"]["sensors"][0]["index"] = -(2**70)
    samples = page_tables(body).samples.to_pylist()
    assert samples[0]["values_count"] is None
    assert samples[0]["sensors"][0] == {**samples[1]["sensors"][0], "index": None}
    assert samples[1]["values_count"] == body["result"][1]["sample"]["valuesCount"]


@pytest.mark.parametrize("kind", [pa.string(), CATEGORY, pa.bool_()])
def test_a_value_of_another_type_than_its_column_is_named(kind: pa.DataType) -> None:
    with pytest.raises(UnfitValueError, match="label"):
        array_of(["a", 5], "label", kind)


def test_an_unknown_table_is_named() -> None:
    with pytest.raises(KeyError, match="there are samples, predictions"):
        page_tables(example("page-empty"))["score"]


def test_both_clients_give_the_tables_of_all_pages() -> None:
    with Studio() as studio:
        with ClassifyClient(api_key(1), base_url=studio.url, http_client=studio.client()) as client:
            tables = client.tables(1, variant="int8", page_size=50)
            typed = list(client.results(1, variant="int8"))

        async def read() -> Tables:
            http = studio.async_client()
            async with AsyncClassifyClient(api_key(1), base_url=studio.url, http_client=http) as client:
                return await client.tables(1, variant="int8", page_size=50, labels=["badminton"])

        badminton = asyncio.run(read())
    assert tables.samples.column("sample_id").to_pylist() == [outcome.sample_id for outcome in typed]
    assert tables.predictions.column("prediction").to_pylist() == [
        prediction.prediction for outcome in typed for prediction in outcome.predictions
    ]
    assert sum(tables.scores.column("score").to_pylist()) == pytest.approx(
        sum(
            score
            for outcome in typed
            for block in outcome.classifications
            for window in block.result
            for score in window.values()
        )
    )
    assert tables.runs.column("sample_count").to_pylist() == [len(typed)]
    assert 0 < badminton.samples.num_rows < len(typed)
    assert "badminton" in badminton.samples.column("label").to_pylist()
    assert badminton.runs.column("filters_json").to_pylist() == ['{"labels": ["badminton"]}']


def test_tables_become_data_frames() -> None:
    tables = page_tables(example("page-motion"))
    assert tables.to_polars()["scores"].filter(label="wave")["score"].max() == 0.9787
    frame = tables.to_pandas()["scores"]
    assert frame[frame.label == "wave"].score.max() == 0.9787


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_without_a_data_frame_package_the_error_names_it(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    tables = page_tables(example("page-motion"))
    with pytest.raises(
        MissingExtraError, match=f"{package} is needed and not installed: pip install {package}$"
    ):
        getattr(tables, f"to_{package}")()


def test_without_pyarrow_the_error_names_the_extra() -> None:
    program = """
import sys
sys.modules["pyarrow"] = None
import ei_classify
assert not {"pyarrow", "typer", "rich", "httpx"} & sys.modules.keys() - {"pyarrow"}, sys.modules.keys()
client = ei_classify.ClassifyClient("key", base_url="http://127.0.0.1:9")
try:
    client.tables(1)
except ei_classify.MissingExtraError as error:
    assert isinstance(error, ImportError)
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.startswith(
        "pyarrow is needed and not installed. It comes with the extra `tables`: "
    ), done.stderr


def read(kind: Kind, studio: Studio, **arguments: Any) -> Tables:
    """The tables of the first project of a double."""
    key, url = api_key(1), studio.url
    if kind == "sync":
        return ClassifyClient(key, base_url=url, http_client=studio.client()).tables(1, **arguments)

    async def read_async() -> Tables:
        async with studio.async_client() as http:
            return await AsyncClassifyClient(key, base_url=url, http_client=http).tables(1, **arguments)

    return asyncio.run(read_async())


@kinds
def test_several_variants_are_read_in_one_call(kind: Kind, ei_studio: Studio) -> None:
    both = read(kind, ei_studio, variant=["int8", "float32", "int8"])
    parts = [read(kind, ei_studio, variant=variant) for variant in ("int8", "float32")]
    for name in set(SCHEMAS) - {"runs"}:
        assert both[name].to_pylist() == [row for part in parts for row in part[name].to_pylist()]
    assert both.runs.column("variant").to_pylist() == ["int8", "float32"]
    with pytest.raises(InvalidArgumentError, match="variant must be a variant, or a list of at least one"):
        read(kind, ei_studio, variant=[])


def test_columns_of_labels_are_compared_in_pandas(ei_studio: Studio) -> None:
    tables = read("sync", ei_studio)
    for name, one, other in (("predictions", "prediction", "label"), ("scores", "label", "expected_label")):
        frame = tables.to_pandas()[name]
        rows = tables[name].select([one, other]).to_pylist()
        assert (frame[one] != frame[other]).tolist() == [row[one] != row[other] for row in rows]
        assert 0 < (frame[one] != frame[other]).sum() < len(frame)
