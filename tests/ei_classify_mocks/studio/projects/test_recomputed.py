"""What the double says of its predictions follows from the scores that it hands out with them."""

from __future__ import annotations

import contextlib
import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from ei_classify_mocks.studio import api_key
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from pycocotools.mask import iou
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import accuracy_score, balanced_accuracy_score, roc_auc_score

from tests.ei_classify_mocks.studio.asking import classify, get_page

if TYPE_CHECKING:
    import httpx

GUIDE = Path(__file__).parents[4] / "docs" / "studio.md"
VARIANTS = ("float32", "int8")
CLASSIFYING = [(1, 1), (1, 2), (6, 1), (6, 2), (8, 1), (8, 2), (9, 1)]  # project and impulse


def windows(page: Any, block: int = 0) -> list[dict[str, float]]:
    return [window for result in page["result"] for window in result["classifications"][block]["result"]]


def whole(client: httpx.Client, project_id: int, **query: Any) -> Any:
    headers = {"x-api-key": api_key(project_id)}
    answer = client.get(f"/api/{project_id}/classify/all/result", params=query, headers=headers)
    return answer.json()


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(("project_id", "impulse"), CLASSIFYING)
def test_classes_and_accuracy_follow_from_the_scores(
    client: httpx.Client, project_id: int, impulse: int, variant: str
) -> None:
    page = get_page(client, project_id, limit=1000, variant=variant, impulseId=impulse)
    blocks = page["result"][0]["classifications"]
    bounds = [block["thresholds"][0]["value"] for block in blocks]
    names = list(windows(page)[0])
    scores = np.array([list(window.values()) for window in windows(page)])
    classes = np.where(scores.max(axis=1) >= bounds[0], np.array(names)[scores.argmax(axis=1)], "uncertain")
    for number, bound in enumerate(bounds[1:], start=1):
        distances = np.array([window["anomaly"] for window in windows(page, number)])
        classes = np.where(distances >= bound, "anomaly", classes)
    predictions = page["predictions"]
    assert [one["prediction"] for one in predictions] == classes.tolist()
    labels = [one["label"] for one in predictions]
    answer = whole(client, project_id, variant=variant, impulseId=impulse)["accuracy"]
    share = accuracy_score(labels, classes)
    assert 0.6 < share < 1
    assert answer["accuracyScore"] == pytest.approx(100 * share)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "uncertain" is predicted and never expected
        balanced = balanced_accuracy_score(labels, classes)
    assert answer["balancedAccuracyScore"] == pytest.approx(100 * balanced)


@pytest.mark.parametrize(("project_id", "impulse"), CLASSIFYING)
def test_variants_differ(client: httpx.Client, project_id: int, impulse: int) -> None:
    pages = [get_page(client, project_id, limit=1000, variant=v, impulseId=impulse) for v in VARIANTS]
    real, integer = ([list(window.values()) for window in windows(page)] for page in pages)
    assert np.abs(np.array(real) - np.array(integer)).max() > 0.01
    assert len({score for window in integer for score in window}) <= 256
    classes = [[one["prediction"] for one in page["predictions"]] for page in pages]
    assert classes[0] != classes[1]


def test_the_boxes_of_the_variants_differ(client: httpx.Client) -> None:
    found = [
        [
            result["classifications"][0]["structuredResult"][0]
            for result in get_page(client, 7, limit=1000, variant=variant)["result"]
        ]
        for variant in VARIANTS
    ]
    assert [one["boxes"] for one in found[0]] != [one["boxes"] for one in found[1]]
    real, integer = (np.mean([one["mAP"] for one in some]) for some in found)
    assert 0 < real < 1
    assert 0 < integer < 1
    assert real != integer


def test_digits_are_images(client: httpx.Client) -> None:
    samples = [result["sample"] for result in get_page(client, 6, limit=1000, dataType="image")["result"]]
    assert len(samples) == 240
    assert len({sample["label"] for sample in samples}) == 10
    assert {sample["chartType"] for sample in samples} == {"image"}
    assert all(sample["imageDimensions"] == {"width": 8, "height": 8} for sample in samples)


def test_words_are_sound_in_overlapping_windows(client: httpx.Client) -> None:
    page = get_page(client, 8, limit=1000, dataType="audio")
    samples = [result["sample"] for result in page["result"]]
    assert {sample["label"] for sample in samples} == {"go", "no", "noise", "yes"}
    assert {(sample["frequency"], sample["totalLengthMs"]) for sample in samples} == {(4000, 1500)}
    first = [one for one in page["predictions"] if one["sampleId"] == samples[0]["id"]]
    assert [(one["startMs"], one["endMs"]) for one in first] == [(0, 1000), (250, 1250), (500, 1500)]


@pytest.mark.parametrize("project_id", [4, 7])
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_mean_average_precision_of_an_image_is_coco_s(
    client: httpx.Client, project_id: int, variant: str
) -> None:
    given, computed = [], []
    for result in get_page(client, project_id, limit=1000, variant=variant)["result"]:
        [found] = result["classifications"][0]["structuredResult"]
        truth = result["sample"]["boundingBoxes"]
        if truth and found["boxes"]:
            given.append(found["mAP"])
            computed.append(coco_map(truth, found, result["sample"]["imageDimensions"]["width"]))
    assert len(given) > 20
    assert given == pytest.approx(computed, abs=1e-3)  # boxes are rounded to 4 decimals
    assert (sum(0 < one < 1 for one in given) > len(given) / 2) is (project_id == 7)


def coco_map(truth: Any, found: Any, size: int) -> float:
    names = sorted({box["label"] for box in truth} | set(found["labels"]))
    truths = [
        annotation(names, box["label"], [box[side] / size for side in ("x", "y", "width", "height")])
        for box in truth
    ]
    detected = [
        {**annotation(names, label, box), "score": score}
        for label, box, score in zip(found["labels"], found["boxes"], found["scores"], strict=True)
    ]
    reference = COCO()
    reference.dataset = {
        "images": [{"id": 1}],
        "categories": [{"id": number} for number in range(len(names))],
        "annotations": [{**one, "id": number} for number, one in enumerate(truths, start=1)],
        "info": {},
    }
    with contextlib.redirect_stdout(io.StringIO()):
        reference.createIndex()
        evaluation = COCOeval(reference, reference.loadRes(detected), "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
    precision = evaluation.eval["precision"][..., 0, -1]
    return float(precision[precision > -1].mean())


def annotation(names: list[str], label: str, box: list[float]) -> dict[str, Any]:
    pixels = [side * 1000 for side in box]
    area = pixels[2] * pixels[3]
    return {"image_id": 1, "category_id": names.index(label), "bbox": pixels, "area": area, "iscrowd": 0}


def test_boxes_match_by_their_overlap(client: httpx.Client) -> None:
    """F1 from a matching of its own: the most pairs of one label with an intersection over union of 0.5."""
    for result in get_page(client, 7, limit=1000)["result"]:
        [found] = result["classifications"][0]["structuredResult"]
        size = result["sample"]["imageDimensions"]["width"]
        truth = result["sample"]["boundingBoxes"]
        expected = [[box[side] / size for side in ("x", "y", "width", "height")] for box in truth]
        if not truth or not found["boxes"]:
            assert found["f1"] == (not truth and not found["boxes"])
            continue
        overlaps = iou(found["boxes"], expected, [0] * len(expected))
        same = np.array(found["labels"])[:, None] == np.array([box["label"] for box in truth])
        pairs = linear_sum_assignment((overlaps >= 0.5) & same, maximize=True)
        right = ((overlaps >= 0.5) & same)[pairs].sum()
        assert found["precision"] == pytest.approx(right / len(found["boxes"]), abs=1e-4)
        assert found["recall"] == pytest.approx(right / len(truth), abs=1e-4)
        assert found["f1"] == pytest.approx(2 * right / (len(found["boxes"]) + len(truth)), abs=1e-4)


def test_boxes_have_no_explanation_by_centroids(client: httpx.Client) -> None:
    answer = classify(client, 7, 1, includeDebugInfo="true")
    [block] = answer["results"][0]["classifications"]
    assert block["objectDetectionLastLayer"] == "mobilenet-ssd"
    assert all("debugInfoJson" not in one for one in block["structuredResult"])


def test_labelled_anomalies_are_told_from_the_rest_by_their_score(client: httpx.Client) -> None:
    page = get_page(client, 9, limit=1000)
    expected = [one["expectedAnomalyOutcome"] == "anomaly" for one in page["predictions"]]
    assert expected == [one["label"] == "anomaly" for one in page["predictions"]]
    assert 0 < sum(expected) < len(expected)
    scores = [window["anomaly"] for window in windows(page, 1)]
    assert f"ROC AUC is {roc_auc_score(expected, scores):.3f}" in GUIDE.read_text("utf-8")
    never_trained = {r["sample"]["metadata"]["activity"] for r in page["result"]} - set(windows(page)[0])
    assert never_trained == {"badminton"}
