"""A page adds the same to a run wherever and whenever it is taken in."""

from __future__ import annotations

import datetime
import functools
import json
import pickle
from typing import TYPE_CHECKING

from ei_classify_mocks import example, example_names

from ei_classify.decoding import PageReader
from ei_classify.tables import SCHEMAS, Collector, Run, RunFacts, Tables, page_step, run_batch

if TYPE_CHECKING:
    import pyarrow as pa

RUN = Run(project_id=7, variant="int8", read_at=datetime.datetime(2025, 6, 4, 8, 0, tzinfo=datetime.UTC))
PAGES = [json.dumps(example(name)).encode() for name in example_names() if name.startswith("page-")]


def test_a_step_depends_on_nothing_but_its_page_and_its_run() -> None:
    for content in PAGES:
        first, again = (page_step(PageReader().read(content), RUN) for _ in range(2))
        assert first == again
        assert set(first.batches) == set(SCHEMAS) - {"runs"}


def test_steps_made_elsewhere_give_the_tables_of_a_collector() -> None:
    collector = Collector(RUN)
    for content in PAGES:
        collector.add(collector.read(0, content))
    expected = collector.tables()

    steps = [page_step(PageReader().read(content), RUN) for content in reversed(PAGES)]
    steps = pickle.loads(pickle.dumps(steps))[::-1]  # noqa: S301  # made on the line before
    facts = functools.reduce(RunFacts.merge, [step.facts for step in steps])
    batches: dict[str, list[pa.RecordBatch]] = {"runs": [run_batch(RUN, facts)]}
    for name in set(SCHEMAS) - {"runs"}:
        batches[name] = [batch for step in steps for batch in step.batches[name]]
    tables = Tables.from_batches(batches)
    assert all(tables[name].equals(expected[name]) for name in SCHEMAS)
    assert facts.sample_count == tables.samples.num_rows == tables.runs["sample_count"][0].as_py() > 0
