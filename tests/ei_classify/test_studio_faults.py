"""What the clients make of a Studio that spoils its answers: odd values, early ends, an unknown encoding."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_mocks import Studio
from ei_classify_mocks.studio import api_key

from ei_classify import AsyncClassifyClient, ClassifyClient, DecodeError, RetryPolicy, open_export
from ei_classify.export import export
from tests.ei_classify.calling import Kind, kinds
from tests.generated.contract import without_nulls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ei_classify import Outcome
    from ei_classify.dataset import Format

PAGE_SIZE = 25
RETRIES = RetryPolicy(retries=2, backoff_s=0.001)
ODD = {
    "nulls": ["nulls=0.3"],
    "fractions": ["fractions"],
    "dates": ["dates"],
    "surrogates": ["surrogates=0.3,bom"],
    "grown": ["grown"],
    "all of them": ["nulls", "fractions", "dates", "surrogates", "grown"],
}
DATES = ("created", "lastModified", "added")

odd = pytest.mark.parametrize("faults", ODD.values(), ids=ODD.keys())
projects = pytest.mark.parametrize("project_id", [1, 4], ids=["motion", "detection"])


@contextlib.contextmanager
def reading(faults: list[str], project_id: int) -> Iterator[ClassifyClient]:
    with Studio(faults=faults) as studio:
        http = studio.client()
        yield ClassifyClient(api_key(project_id), base_url=studio.url, http_client=http, retries=0)


def sent(faults: list[str], project_id: int) -> dict[str, list[Any]]:
    """The results and the predictions of all pages as a Studio sends them."""
    parts: dict[str, list[Any]] = {"result": [], "predictions": []}
    with Studio(faults=faults) as studio:
        http = studio.client(headers={"x-api-key": api_key(project_id)})
        for offset in range(0, 1000, PAGE_SIZE):
            query = {"limit": PAGE_SIZE, "offset": offset}
            answer = http.get(f"/api/{project_id}/classify/all/result/page", params=query)
            page = json.loads(answer.content.decode("utf-8-sig"))
            for name, items in parts.items():
                items += page[name]
            if len(page["result"]) < PAGE_SIZE:
                break
    return parts


def whole(text: object) -> Any:
    """The same with U+FFFD in place of each half of a surrogate pair."""
    return json.loads(re.sub(r"\\ud83d", r"\\ufffd", json.dumps(text)))


@odd
@projects
@kinds
def test_results_are_what_was_sent(kind: Kind, project_id: int, faults: list[str]) -> None:
    expected = whole(without_nulls(sent(faults, project_id)))
    assert repr(expected) != repr(sent([], project_id))
    outcomes = read(kind, project_id, faults)
    assert [each.result.to_dict() for each in outcomes] == expected["result"]
    assert [one.to_dict() for each in outcomes for one in each.predictions] == expected["predictions"]


def read(kind: Kind, project_id: int, faults: list[str]) -> list[Outcome]:
    async def read_async() -> list[Outcome]:
        with Studio(faults=faults) as studio:
            async with (
                studio.async_client() as http,
                AsyncClassifyClient(
                    api_key(project_id), base_url=studio.url, http_client=http, retries=0
                ) as client,
            ):
                pages = client.results(project_id, page_size=PAGE_SIZE, concurrency=1)
                return [each async for each in pages]

    if kind == "async":
        return asyncio.run(read_async())
    with reading(faults, project_id) as client:
        return list(client.results(project_id, page_size=PAGE_SIZE, concurrency=1))


@odd
@projects
def test_tables_have_the_same_in_every_cell_that_is_not_odd(project_id: int, faults: list[str]) -> None:
    with reading(faults, project_id) as client, reading([], project_id) as plain_client:
        tables = client.tables(project_id, page_size=PAGE_SIZE, concurrency=1)
        plain = plain_client.tables(project_id, page_size=PAGE_SIZE, concurrency=1)
    before, after = sent([], project_id), sent(faults, project_id)
    compare(
        plain.samples.to_pylist(),
        tables.samples.to_pylist(),
        [one["sample"] for one in before["result"]],
        [one["sample"] for one in after["result"]],
    )
    compare(
        plain.predictions.to_pylist(),
        tables.predictions.to_pylist(),
        before["predictions"],
        after["predictions"],
    )
    carried = ["sample_id", "learn_block_id", "window", "label", "score"]
    for name, columns in {"scores": carried, "windows": carried[:3]}.items():
        ours, theirs = (getattr(each, name).select(columns).to_pylist() for each in (tables, plain))
        assert ours == theirs, name


def compare(
    plain_rows: list[dict[str, Any]], odd_rows: list[dict[str, Any]], before: list[Any], after: list[Any]
) -> None:
    """Check the cells of all columns that bear the name of a property."""
    compared, different = 0, 0
    for plain, row, was, now in zip(plain_rows, odd_rows, before, after, strict=True):
        for name in was:
            column = re.sub(r"([A-Z])", lambda found: f"_{found[1].lower()}", name)
            value = now[name]
            if column not in plain or column == "project_id":  # which is that of the call
                continue
            if isinstance(value, dict | list) and value != was[name]:
                continue
            assert row[column] == cell(plain[column], name, was[name], value), name
            compared += 1
            different += value != was[name]
    assert compared > 100
    assert different < compared


def cell(plain: Any, name: str, was: object, now: object) -> Any:
    if now == was:
        return plain
    if name in DATES and now is not None:
        return instant(now)
    if isinstance(now, str):
        assert now == f"{was}\ud83d"
        return f"{plain}\ufffd"
    assert now is None
    return None


def instant(value: object) -> datetime.datetime | None:
    """A date that is read, or None for one that is set aside."""
    with contextlib.suppress(ValueError):
        moment = datetime.datetime.fromisoformat(value) if isinstance(value, str) else None
        return None if moment is None else moment.replace(tzinfo=datetime.UTC)
    return None


@odd
@projects
@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_exports_have_what_the_clients_read(
    form: Format, project_id: int, faults: list[str], tmp_path: Path
) -> None:
    with reading(faults, project_id) as client:
        export(client, tmp_path, project_id, format=form, page_size=PAGE_SIZE, concurrency=1)
    stored = open_export(tmp_path)
    assert stored.complete
    if form == "jsonl":
        parts = whole(sent(faults, project_id))
        lines = list(stored.lines())
        assert [{**line, "predictions": None} for line in lines] == [
            {**result, "predictions": None} for result in parts["result"]
        ]
        assert [each for line in lines for each in line["predictions"]] == parts["predictions"]
        return
    with reading(faults, project_id) as client:
        tables = client.tables(project_id, page_size=PAGE_SIZE, concurrency=1)
    columns = {
        "samples": ["sample_id", "values_count", "created", "is_disabled"],
        "predictions": ["sample_id", "start_ms", "correct"],
        "scores": ["sample_id", "label", "score"],
        "detections": ["sample_id", "score", "x_px"],
    }
    for name, selected in columns.items():
        if form == "csv" and name not in ("predictions", "scores"):
            continue
        ours = stored[name].to_table(columns=selected)
        theirs = getattr(tables, name).select(selected)
        assert ours.to_pylist() == theirs.to_pylist(), name


EARLY = ["early-end", "early-end=empty", "early-end=gzip"]


@kinds
@pytest.mark.parametrize("over", ["a socket", "no socket"])
@pytest.mark.parametrize("fault", [*EARLY, *(f"{each},length" for each in EARLY)])
def test_an_answer_that_ends_early_is_asked_for_again(kind: Kind, over: str, fault: str) -> None:
    with Studio(faults=[f"{fault},p=0.7,times=8"]) as studio, contextlib.ExitStack() as stack:
        served = stack.enter_context(studio.serving()) if over == "a socket" else None
        options: dict[str, Any] = {
            "base_url": served or studio.url,
            "retries": RetryPolicy(retries=10, backoff_s=0.001),
        }
        arguments: dict[str, Any] = {"page_size": 10, "concurrency": 1}

        async def read_async() -> list[int]:
            http = None if served else studio.async_client()
            async with AsyncClassifyClient(api_key(1), http_client=http, **options) as client:
                return [each.sample_id async for each in client.results(1, **arguments)]

        if kind == "async":
            ids = asyncio.run(read_async())
        else:
            http = None if served else studio.client()
            with ClassifyClient(api_key(1), http_client=http, **options) as client:
                ids = [each.sample_id for each in client.results(1, **arguments)]
        struck = [each for each in studio.requests if each.faults]
    assert ids == list(range(1001, 1119))
    assert len(struck) >= 2
    assert len(studio.requests) == 12 + len(struck)


@kinds
@pytest.mark.parametrize("coding", ["x-studio", "br"])
def test_an_unknown_encoding_is_named_after_one_try(kind: Kind, coding: str) -> None:
    async def ask_async(url: str) -> None:
        async with AsyncClassifyClient(api_key(1), base_url=url, retries=RETRIES) as client:
            await client.page(1)

    def ask(url: str) -> None:
        with ClassifyClient(api_key(1), base_url=url, retries=RETRIES) as client:
            client.page(1)

    with Studio(faults=[f"content-encoding={coding}"]) as studio, studio.serving() as url:
        why = "was not asked for" if coding == "br" else "is not known"
        with pytest.raises(DecodeError, match=f"the content-encoding '{coding}' {why}"):
            asyncio.run(ask_async(url)) if kind == "async" else ask(url)
        assert len(studio.requests) == 1
