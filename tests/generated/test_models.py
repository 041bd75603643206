from __future__ import annotations

import copy
import pickle

import attrs
import pytest
from ei_classify_api.models import BoundingBox, ClassifyJobResultPage, Sensor
from ei_classify_api.types import Timestamp, to_text

from . import contract


def test_objects_are_made_with_keywords_compared_by_value_and_shown_without_what_is_unset() -> None:
    sensor = Sensor(name="accX", units="m/s2")

    assert sensor == Sensor.from_dict({"name": "accX", "units": "m/s2"})
    assert sensor != Sensor(name="accX", units="m/s2", index=0)
    assert sensor != Sensor.from_dict({"name": "accX", "units": "m/s2", "new": 1})
    assert sensor.index is None
    assert not sensor.index
    assert repr(sensor) == "Sensor(name='accX', units='m/s2')"
    assert repr(Sensor.from_dict({"name": "", "units": "", "new": 1})).endswith("additional_properties={'new': 1})")


def test_what_is_shown_of_an_object_is_one_line_whatever_it_holds() -> None:
    page = ClassifyJobResultPage.from_dict(contract.example("page-motion"))
    shown = "ClassifyJobResultPage(success=True, result=[2 ModelResult], predictions=[8 ModelPrediction])"
    assert repr(page) == shown
    assert repr(page.result[0]).startswith("ModelResult(sample_id=")
    assert ", sample=Sample(…), classifications=[1 Classification])" in repr(page.result[0])
    assert ", created=2" in repr(page.result[0].sample)
    assert repr(page.result[0].sample).endswith("…)")
    for length in (30, 1000, 100_000):
        assert len(repr(Sensor(name="n\n" * length, units="u" * length))) <= 200
        assert "\n" not in repr(Sensor(name="n\n" * length, units="\x1b" * length))


def test_objects_have_no_other_attributes() -> None:
    sensor = Sensor(name="accX", units="m/s2")

    with pytest.raises(AttributeError, match="'Sensor' object has no attribute 'nmae'"):
        sensor.nmae  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError):
        sensor.nmae = ""  # type: ignore[attr-defined]
    assert not hasattr(sensor, "__dict__")


def test_each_object_has_unknown_properties_of_its_own() -> None:
    one, other = (Sensor.from_dict({"name": "accX", "units": "m/s2"}) for _ in range(2))

    one.additional_properties["new"] = 1

    assert one.to_dict() == {"name": "accX", "units": "m/s2", "new": 1}
    assert other.to_dict() == {"name": "accX", "units": "m/s2"}
    assert attrs.evolve(one, name="accY").additional_properties == {"new": 1}


def test_a_known_property_wins_over_an_unknown_one_of_its_name() -> None:
    box = BoundingBox(label="a", x=1, y=2, width=3, height=4, additional_properties={"x": 9})
    assert box.to_dict()["x"] == 1


@pytest.mark.parametrize("name", ["page-documented", "page-today", "page-object-detection"])
def test_a_page_survives_copying_and_pickling(name: str) -> None:
    body = {"new": [1], **contract.example(name)}
    page = ClassifyJobResultPage.from_dict(body)

    for other in (copy.deepcopy(page), pickle.loads(pickle.dumps(page))):  # noqa: S301
        assert other == page
        assert other is not page
        assert other.to_dict() == body


def test_a_timestamp_computed_from_another_has_no_text_of_its_own() -> None:
    moment = Timestamp.parse("2025-01-02T03:04:05.000Z")

    assert to_text(moment) == "2025-01-02T03:04:05.000Z"
    assert to_text(moment.replace(hour=4)) == "2025-01-02T04:04:05Z"
    assert to_text(copy.copy(moment)) == "2025-01-02T03:04:05.000Z"
    assert to_text(pickle.loads(pickle.dumps(moment.replace(hour=4)))) == "2025-01-02T04:04:05Z"  # noqa: S301
