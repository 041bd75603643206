"""What the double says of its predictions follows from the scores that it hands out with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from ei_classify_mocks.studio import api_key
from sklearn.metrics import accuracy_score, balanced_accuracy_score

from tests.ei_classify_mocks.studio.asking import get_page

if TYPE_CHECKING:
    import httpx

VARIANTS = ("float32", "int8")
CLASSIFYING = [(1, 1), (1, 2), (6, 1), (6, 2)]  # project and impulse


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
    with pytest.warns(UserWarning, match="y_pred contains classes not in y_true"):
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


def test_digits_are_images(client: httpx.Client) -> None:
    samples = [result["sample"] for result in get_page(client, 6, limit=1000, dataType="image")["result"]]
    assert len(samples) == 240
    assert len({sample["label"] for sample in samples}) == 10
    assert {sample["chartType"] for sample in samples} == {"image"}
    assert all(sample["imageDimensions"] == {"width": 8, "height": 8} for sample in samples)
