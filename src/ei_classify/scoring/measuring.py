"""Measures tasks: in a database that is prepared, or in every database that is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from .counting import results

if TYPE_CHECKING:
    from .counting import Counting, Counts, Step
    from .engine import Engine
    from .kinds.measured import Measured, Options, Task
    from .results import Subset


def measured(engine: Engine, task: Task, options: Options) -> Measured | None:
    """Return the figures of a task that is prepared, from this database alone; None if nothing is judged."""
    return next(results([task.measure(options)], lambda steps: [step(engine) for step in steps]))


def scoped(task: Task, subset: Subset | None, options: Options) -> Counting[Measured | None]:
    """Measure a task, and prepare it in each database that is counted."""
    counting = task.measure(options)
    counts = None
    while True:
        try:
            step = counting.send(counts)
        except StopIteration as end:
            found: Measured | None = end.value
            return found
        counts = yield _Scoped(task, subset, step)


@frozen
class _Scoped:
    """A step on the samples of a subset, all of which a task is about."""

    task: Task
    subset: Subset | None
    step: Step

    def __call__(self, engine: Engine) -> Counts:
        scope = (self.task, self.subset)
        if engine.scope != scope:
            engine.choose(self.subset)
            self.task.prepare(engine)
            engine.do("all_pairs")
            engine.scope = scope
        return self.step(engine)
