from __future__ import annotations

import hashlib
import itertools
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_mocks import Studio
from ei_classify_mocks.studio.projects import STORED

from tests.ei_classify_mocks.studio.asking import TESTED, classify, get_page

if TYPE_CHECKING:
    import httpx

DATA = files("ei_classify_mocks.studio") / "data"
VARIANTS = ("float32", "int8")


def stored(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_bytes())


def test_the_data_is_small() -> None:
    assert 0 < sum(len(file.read_bytes()) for file in DATA.iterdir()) < 6_000_000


@pytest.mark.parametrize("name", STORED)
def test_each_hash_is_that_of_the_sample_s_data(name: str) -> None:
    for sample in stored(name)["samples"]:
        text = json.dumps(sample["values"], separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == sample["sha256"]


def test_the_motion_model_is_right_on_more_than_four_windows_in_five_and_the_variants_disagree(
    client: httpx.Client,
) -> None:
    predicted = {}
    for variant in VARIANTS:
        predictions = get_page(client, 1, limit=1000, variant=variant)["predictions"]
        right = sum(one["predictionCorrect"] for one in predictions)
        assert right / len(predictions) > 0.8
        assert right == sum(one["prediction"] == one["label"] for one in predictions)
        predicted[variant] = [(one["sampleId"], one["startMs"], one["prediction"]) for one in predictions]
    assert len(predicted["float32"]) == len(predicted["int8"]) > 500
    assert set(predicted["float32"]) ^ set(predicted["int8"])


def test_int8_scores_come_from_integers(client: httpx.Client) -> None:
    def scores(variant: str) -> set[float]:
        blocks = [
            result["classifications"][0]
            for result in get_page(client, 1, limit=1000, variant=variant)["result"]
        ]
        return {score for block in blocks for window in block["result"] for score in window.values()}

    assert len(scores("int8")) <= 256 < len(scores("float32"))


@pytest.mark.parametrize("project_id", TESTED)
def test_windows_scores_labels_and_predictions_run_in_step(client: httpx.Client, project_id: int) -> None:
    page = get_page(client, project_id, limit=1000)
    windows = [len(c["result"]) for result in page["result"] for c in result["classifications"][:1]]
    assert sum(windows) == len(page["predictions"])
    for result in page["result"]:
        own = [one for one in page["predictions"] if one["sampleId"] == result["sampleId"]]
        for block in result["classifications"]:
            assert len(block["result"]) == len(own) == block["resultCount"]
            assert [one["label"] for one in own] == [label["label"] for label in block["expectedLabels"]]


def test_motion_scores_add_up_to_one_and_stand_beside_anomaly_scores(client: httpx.Client) -> None:
    for result in get_page(client, 1, limit=20)["result"]:
        classifier, anomaly = result["classifications"]
        assert [block["learnBlock"]["type"] for block in (classifier, anomaly)] == ["keras", "anomaly"]
        for window, distance in zip(classifier["result"], anomaly["result"], strict=True):
            assert sum(window.values()) == pytest.approx(1, abs=0.02)
            assert distance.keys() == {"anomaly"}


def test_a_window_without_a_likely_label_is_uncertain_and_a_far_one_an_anomaly(client: httpx.Client) -> None:
    page = get_page(client, 1, limit=1000)
    seen = set()
    by_sample = {result["sampleId"]: result["classifications"] for result in page["result"]}
    position: dict[int, int] = {}
    for one in page["predictions"]:
        index = position[one["sampleId"]] = position.get(one["sampleId"], -1) + 1
        classifier, anomaly = by_sample[one["sampleId"]]
        scores = classifier["result"][index]
        best = max(scores, key=scores.__getitem__)
        expected = best if scores[best] >= classifier["thresholds"][0]["value"] else "uncertain"
        if anomaly["result"][index]["anomaly"] >= anomaly["thresholds"][0]["value"]:
            expected = "anomaly"
        assert one["prediction"] == expected
        seen.add(expected)
    assert {"uncertain", "anomaly"} < seen


def test_spliced_recordings_carry_structured_labels(client: httpx.Client) -> None:
    [long] = [r["sample"] for r in get_page(client, 1, maxLength=40_001, minLength=39_999, limit=1)["result"]]
    labels = long["structuredLabels"]
    assert len(labels) == 16
    assert labels[0]["startIndex"] == 0
    assert labels[-1]["endIndex"] == long["valuesCount"] - 1
    assert all(one["endIndex"] + 1 == two["startIndex"] for one, two in itertools.pairwise(labels))
    assert long["structuredLabelsList"] == sorted({label["label"] for label in labels})
    assert (long["signatureValidate"], long["isCropped"]) == (False, False)


def test_regression_writes_numbers_as_text_and_judges_by_the_largest_error(client: httpx.Client) -> None:
    page = get_page(client, 2, limit=1000)
    bound = page["result"][0]["classifications"][0]["thresholds"][0]["value"]
    verdicts = set()
    for one in page["predictions"]:
        near = abs(float(one["prediction"]) - float(one["label"])) <= bound
        assert one["predictionCorrect"] is near
        verdicts.add(near)
    assert verdicts == {True, False}
    assert [r["classifications"][0]["result"][0]["value"] for r in page["result"]] == [
        float(one["prediction"]) for one in page["predictions"]
    ]


def test_a_grid_of_anomaly_scores_is_summed_up_by_its_mean_its_maximum_and_its_boxes(
    client: httpx.Client,
) -> None:
    page = get_page(client, 3, limit=1000)
    outcomes = set()
    for result, one in zip(page["result"], page["predictions"], strict=True):
        [block] = result["classifications"]
        [found] = block["anomalyResult"]
        cells = [score for row in found["scores"] for score in row]
        width = result["sample"]["imageDimensions"]["width"]
        assert len(found["scores"]) == len(found["scores"][0]) == width / 8 / 2 - 1
        assert found["maxScore"] == max(cells) == block["result"][0]["anomaly"]
        assert found["meanScore"] == pytest.approx(sum(cells) / len(cells), abs=1e-4)
        bound = block["thresholds"][0]["value"]
        assert sorted(box["score"] for box in found["boxes"]) == sorted(s for s in cells if s >= bound)
        assert (one["prediction"] == "anomaly") is bool(found["boxes"])
        assert one["anomalyScores"] == found["scores"]
        assert one["expectedAnomalyOutcome"] == one["label"]
        outcomes.add((one["label"], one["prediction"]))
    assert {("anomaly", "anomaly"), ("no anomaly", "no anomaly")} <= outcomes


def test_detections_are_ratios_the_truth_is_pixels_and_f1_follows_from_both(client: httpx.Client) -> None:
    page = get_page(client, 4, limit=1000)
    labels, scores = set(), set()
    for result, one in zip(page["result"], page["predictions"], strict=True):
        size = result["sample"]["imageDimensions"]["width"]
        [block] = result["classifications"]
        [found], [details] = block["structuredResult"], block["details"]
        truth = result["sample"]["boundingBoxes"]
        assert all(0 <= n <= 1 for box in found["boxes"] for n in box)
        assert all(isinstance(box[key], int) for box in truth for key in ("x", "y", "width", "height"))
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= size for box in truth)
        assert result["sample"]["label"] == (", ".join(sorted({box["label"] for box in truth})) or "-")
        assert one["f1Score"] == found["f1"]
        precision, recall = found["precision"], found["recall"]
        if precision + recall:
            assert found["f1"] == pytest.approx(2 * precision * recall / (precision + recall), abs=1e-3)
        assert [["bolt", "nut"][number - 1] for number in details["labels"]] == found["labels"]
        assert [box["score"] for box in one["boundingBoxes"]] == found["scores"]
        labels.add(one["label"])
        scores.add(found["f1"])
    assert labels == {"-", "bolt", "nut", "bolt, nut"}
    assert {0, 1} < scores


def test_fomo_explains_its_matches_when_asked(client: httpx.Client) -> None:
    plain = classify(client, 4, 4)["results"][0]["classifications"][0]["structuredResult"][0]
    assert "debugInfoJson" not in plain
    answer = classify(client, 4, 4, includeDebugInfo="true")
    found = answer["results"][0]["classifications"][0]["structuredResult"][0]
    debug = json.loads(found["debugInfoJson"])
    truth = answer["sample"]["sample"]["boundingBoxes"]
    assert len(debug["y_trues"]) == len(truth) > 0
    assert len(debug["assignments"]) == round(found["recall"] * len(truth))
    assert len(debug["assignments"]) + len(debug["unassigned_y_true_idxs"]) == len(truth)


@pytest.mark.parametrize("project_id", TESTED)
def test_a_classified_sample_brings_its_readings(client: httpx.Client, project_id: int) -> None:
    [result] = get_page(client, project_id, limit=1)["result"]
    answer = classify(client, project_id, result["sampleId"])
    assert [one["variant"] for one in answer["results"]] == ["float32", "int8"]
    assert answer["results"][0]["classifications"][0]["result"] == result["classifications"][0]["result"]
    payload = answer["sample"]["payload"]
    assert len(payload["values"]) == answer["sample"]["totalPayloadLength"] == result["sample"]["valuesCount"]
    assert {len(row) for row in payload["values"]} <= {len(payload["sensors"]), 1}
    assert answer["alreadyInDatabase"] is False


def test_a_sample_of_the_training_set_is_already_in_the_database(client: httpx.Client) -> None:
    answer = classify(client, 1, 1)
    assert answer["alreadyInDatabase"] is True
    assert (answer["windowSizeMs"], answer["windowIncreaseMs"]) == (1500, 500)
    payload = answer["sample"]["payload"]
    assert payload["cropEnd"] - payload["cropStart"] == len(payload["values"])


def test_the_untested_project_labels_with_a_map() -> None:
    with Studio() as studio, studio.client() as client:
        answer = classify(client, 5, 1001)
    assert answer["sample"]["sample"]["projectLabelingMethod"] == "label_map"
    block = answer["results"][0]["classifications"][0]
    for scores, best, plain in zip(
        block["labelMapScores"], block["labelMapResult"], block["result"], strict=True
    ):
        assert scores["activity"] == plain
        assert sum(scores["level"].values()) == pytest.approx(sum(plain.values()), abs=1e-4)
        assert best == {key: max(values, key=values.__getitem__) for key, values in scores.items()}
