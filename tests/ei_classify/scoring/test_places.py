"""Where it goes wrong: which windows and samples to look at, and where Studio shows them."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from ei_classify.cli import app
from ei_classify.scoring import score
from ei_classify.tables import Tables

from .building import classified, tables

ROWS = [
    (1, "a", {"a": 0.9, "b": 0.1}),
    (2, "a", {"a": 0.3, "b": 0.7}),
    (3, "b", {"a": 0.8, "b": 0.2}),
    (3, "b", {"a": 0.1, "b": 0.9}),
    (4, "b", {"a": 0.55, "b": 0.45}),
]


def test_the_most_confident_of_the_wrong_windows_come_first() -> None:
    found = score(classified(ROWS), replicates=0)[0]
    assert [
        (each.sample_id, each.filename, each.window, each.expected, each.predicted, each.confidence)
        for each in found.confidently_wrong
    ] == [(3, "sample-3", 0, "b", "a", 0.8), (2, "sample-2", 0, "a", "b", 0.7)]  # uncertain is not confident
    assert [
        each.sample_id for each in score(classified(ROWS), replicates=0, worst=1)[0].confidently_wrong
    ] == [3]


def test_samples_most_of_whose_windows_are_wrong_are_listed() -> None:
    found = score(classified(ROWS), replicates=0)[0]
    assert [(each.sample_id, each.window) for each in found.wrong_samples] == [(2, None), (4, None)]


def test_windows_on_which_all_variants_agree_against_the_label_are_listed() -> None:
    sure = {name: {each: 0.8 if each == name else 0.1 for each in "abc"} for name in "abc"}
    decided = {1: ("b", "b"), 2: ("b", "c"), 3: ("a", "b"), 4: ("a", "a")}
    ours, theirs = (
        classified([(sample, "a", sure[pair[place]]) for sample, pair in decided.items()], variant=variant)
        for place, variant in enumerate(("float32", "int8"))
    )
    (place,) = score(Tables.concat([ours, theirs]), replicates=0).probably_mislabelled
    assert (place.sample_id, place.window, place.expected, place.predicted) == (1, 0, "a", "b")
    assert score(ours, replicates=0).probably_mislabelled == ()


@pytest.mark.parametrize(
    ("impulse", "variant", "link"),
    [
        (7, "int8", "/public/1/live/impulse/7/classification?sampleId=2&modelVariant=int8"),
        (None, None, "/public/1/live/classification?sampleId=2"),
        (None, "a&b #", "/public/1/live/classification?sampleId=2&modelVariant=a%26b+%23"),
    ],
)
def test_each_place_links_to_the_page_of_the_sample(
    impulse: int | None, variant: str | None, link: str
) -> None:
    built = classified([ROWS[1]])
    run = {"impulse_id": impulse, "variant": variant}
    changed = tables(**{name: [{**row, **run} for row in built[name].to_pylist()] for name in built})
    (place,) = score(changed, replicates=0)[0].confidently_wrong
    assert place.link == f"https://studio.edgeimpulse.com{link}"


def test_the_command_line_lists_them() -> None:
    done = CliRunner().invoke(app, ["score", "--demo", "--variant", "int8", "--quiet", "--replicates", "0"])
    assert done.exit_code == 0
    assert "the server agrees: accuracy, balanced_accuracy" in done.stdout
    heading, first, *_ = done.stdout.partition("most confidently wrong\n")[2].splitlines()
    assert heading.split() == ["sample", "file", "window", "label", "decided"]
    assert first.split()[0].isdigit()
