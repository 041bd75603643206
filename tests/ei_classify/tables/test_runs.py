"""What is known of a run merges, however its pages were grouped."""

from __future__ import annotations

import datetime
import functools

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from ei_classify.tables import Run, RunFacts
from ei_classify.tables.learn_blocks.settings import BlockSettings, ThresholdOption, ThresholdSettings

texts = st.text(max_size=3)
numbers = st.none() | st.integers(0, 3)
options = st.builds(ThresholdOption, description=st.none() | texts, value=st.none() | texts)
thresholds = st.builds(
    ThresholdSettings,
    key=texts,
    description=texts,
    help_text=texts,
    value=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    value_text=st.none() | texts,
    suggested_value=st.none(),
    suggested_value_text=st.none(),
    dropdown_options=st.none() | st.lists(options, max_size=1).map(tuple),
)
blocks = st.builds(
    BlockSettings,
    id=st.integers(1, 3),
    type=st.just("keras"),
    name=texts,
    title=st.just("Classifier"),
    dsp=st.just((2,)),
    created_by=st.none(),
    created_at=st.none() | st.datetimes(timezones=st.just(datetime.UTC)),
    training_processor=st.none(),
    minimum_confidence_rating=st.none() | st.just(0.6),
    object_detection_last_layer=st.none(),
    thresholds=st.none() | st.lists(thresholds, max_size=1).map(tuple),
)
facts = st.builds(
    RunFacts,
    sample_count=st.integers(0, 100),
    total_count=numbers,
    window_size_ms=numbers,
    window_increase_ms=numbers,
    learn_blocks=st.lists(blocks, max_size=3, unique=True).map(tuple),
)


@given(facts, facts, facts)
def test_merging_is_associative(first: RunFacts, second: RunFacts, third: RunFacts) -> None:
    assert first.merge(second).merge(third) == first.merge(second.merge(third))


@given(facts)
def test_the_facts_of_no_answer_change_nothing(some: RunFacts) -> None:
    assert some.merge(RunFacts()) == some == RunFacts().merge(some)


@given(st.lists(facts, max_size=6), st.integers(0, 6))
def test_groups_of_answers_merge_to_the_same_facts(parts: list[RunFacts], cut: int) -> None:
    def merged(some: list[RunFacts]) -> RunFacts:
        return functools.reduce(RunFacts.merge, some, RunFacts())

    assert merged(parts[:cut]).merge(merged(parts[cut:])) == merged(parts)
    assert merged(parts).sample_count == sum(each.sample_count for each in parts)
    assert set(merged(parts).learn_blocks) == {block for each in parts for block in each.learn_blocks}


@given(facts)
def test_facts_can_be_kept_as_json(some: RunFacts) -> None:
    assert msgspec.json.decode(msgspec.json.encode(some), type=RunFacts) == some


def test_later_answers_decide_the_total() -> None:
    assert RunFacts(total_count=3).merge(RunFacts(total_count=4)).total_count == 4
    assert RunFacts(total_count=3).merge(RunFacts()).total_count == 3


def test_the_run_of_a_call_takes_the_variant_out_of_its_filters() -> None:
    run = Run.for_call(7, {"variant": "int8", "impulse_id": 3, "labels": ["idle"], "category": None})
    assert (run.project_id, run.variant, run.impulse_id) == (7, "int8", 3)
    assert run.filters == {"labels": ["idle"]}
    assert run.read_at.tzinfo is not None
