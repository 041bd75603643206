"""Whatever is changed in a manifest or in a file that it lists, it is noticed."""

from __future__ import annotations

import contextlib
import copy
import datetime
import hashlib
import json
import shutil
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ei_classify import ExportDamagedError, ExportError, StoredExport, open_export
from ei_classify.dataset import Manifest, storage_of
from ei_classify.dataset.checksums import object_checksum
from tests.ei_classify import manifests
from tests.ei_classify.export.test_export_again import Server

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("parquet", "csv", "jsonl")
bounded = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export in each format, in folders of the formats' names."""
    folder = tmp_path_factory.mktemp("exports")
    server = Server(6)
    server.limit = 2
    for name in FORMATS:
        variants = ["int8", None]
        server.export(folder / name, variants=variants, labels=["idle"], format=name, rows_per_part=1)
    return folder


@pytest.fixture(scope="module")
def edited(exported: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the export as JSON lines, in which the manifest is changed."""
    return shutil.copytree(exported / "jsonl", tmp_path_factory.mktemp("edited") / "export")


def content_of(opened: StoredExport) -> tuple[object, ...]:
    by_folder = sorted(opened.runs, key=lambda run: run.folder)
    return opened.format, opened.server, opened.raw_csv, by_folder


# --- What is written ---------------------------------------------------------------------------------------


def test_the_checksum_is_that_of_the_canonical_form(exported: Path) -> None:
    for name in FORMATS:
        properties = json.loads((exported / name / "manifest.json").read_bytes())
        assert properties["checksum"] == manifests.checksum(properties)
        assert properties["version"] == 3


def test_each_file_has_its_checksum(exported: Path) -> None:
    for name in FORMATS:
        manifest = Manifest.load(storage_of(exported / name))
        assert manifest is not None
        for entry in manifest.runs.values():
            assert len(entry.parts) > 1
            for path, file in entry.files.items():
                content = (exported / name / entry.folder / path).read_bytes()
                assert (file.bytes, file.checksum) == (len(content), hashlib.sha256(content).hexdigest())


def test_a_manifest_of_another_layout_is_read(exported: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(exported / "csv", tmp_path / "export")
    before = open_export(exported / "csv")
    properties = json.loads((folder / "manifest.json").read_bytes())
    (folder / "manifest.json").write_text(json.dumps(properties, sort_keys=True, indent=7))
    assert content_of(open_export(folder)) == content_of(before)
    assert before.runs[0].read_at.utcoffset() == datetime.timedelta()


# --- Edited manifests --------------------------------------------------------------------------------------

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(
        ["../x", "/etc/passwd", "1-99999999999999999999", "9" * 5000, "2025-01-01T00:00:00", "x\0"]
    ),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [above, *(place for key, each in inner for place in places(each, (*above, key)))][
        bool(not above) :
    ]


@st.composite
def changed_properties(draw: st.DrawFn, properties: dict[str, Any]) -> dict[str, Any]:
    """The properties of a manifest with changed values, types and names."""
    properties = copy.deepcopy(properties)
    for _ in range(draw(st.integers(1, 2))):
        *above, key = draw(st.sampled_from(places(properties)))
        container: Any = properties
        for step in above:
            container = container[step]
        how = draw(st.sampled_from(["replace", "remove", "add", "nudge"]))
        if how == "replace":
            container[key] = draw(values)
        elif how == "remove":
            del container[key]
        elif how == "nudge" and isinstance(container[key], (int, float)):
            container[key] += draw(st.sampled_from([-1, 1, 0.5, 2**64]))
        elif isinstance(container, dict):
            container[draw(st.text(max_size=5) | st.sampled_from(list(container)))] = draw(values)
        else:
            container.insert(0, draw(values | st.just(container[0])))
        if not places(properties):
            break
    return properties


@st.composite
def changed_bytes(draw: st.DrawFn, content: bytes) -> bytes:
    """The content of a manifest with flipped bits, a hole, a cut, or something in between."""
    changed = bytearray(content)
    place = draw(st.integers(0, len(content) - 1))
    how = draw(st.sampled_from(["flip", "cut", "hole", "insert"]))
    if how == "flip":
        for at in [place, *draw(st.lists(st.integers(0, len(content) - 1), max_size=3))]:
            changed[at] ^= 1 << draw(st.integers(0, 7))
    elif how == "cut":
        del changed[place:]
    elif how == "hole":
        del changed[place : place + draw(st.integers(1, 50))]
    else:
        nested = [b"[" * 100_000, b'{"a":' * 5_000, b"9" * 5_000, b"1e999", b'"\\ud800"', b"\xff"]
        changed[place:place] = draw(st.binary(min_size=1, max_size=5) | st.sampled_from(nested))
    return bytes(changed)


def opened_or_damaged(folder: Path, content: bytes) -> tuple[object, ...] | None:
    """The content of an export whose manifest has this content; None if it is said to be damaged."""
    (folder / "manifest.json").write_bytes(content)
    try:
        return content_of(open_export(folder))
    except ExportDamagedError as error:
        said = str(error)
    assert "manifest.json cannot be read: " in said
    assert "export again with --restart" in said
    return None


@bounded
@given(st.data())
def test_changed_bytes_are_damage(exported: Path, edited: Path, data: st.DataObject) -> None:
    content = (exported / "jsonl/manifest.json").read_bytes()
    found = opened_or_damaged(edited, data.draw(changed_bytes(content)))
    assert found in (None, opened_or_damaged(edited, content))


@bounded
@given(st.data())
def test_changed_properties_are_damage(exported: Path, edited: Path, data: st.DataObject) -> None:
    content = (exported / "jsonl/manifest.json").read_bytes()
    changed = data.draw(changed_properties(json.loads(content)))
    found = opened_or_damaged(edited, json.dumps(changed).encode())
    assert found in (None, opened_or_damaged(edited, content))


@bounded
@given(st.data())
def test_changed_properties_with_the_right_checksum_are_read_or_damage(
    exported: Path, edited: Path, data: st.DataObject
) -> None:
    content = (exported / "jsonl/manifest.json").read_bytes()
    changed = data.draw(changed_properties(json.loads(content)))
    changed.pop("checksum", None)
    try:
        changed["checksum"] = manifests.checksum(changed)
    except UnicodeEncodeError:  # half of a surrogate pair
        changed["checksum"] = "0" * 64
    try:
        found = opened_or_damaged(edited, json.dumps(changed).encode())
    except ExportError:
        assert changed.get("version") != 3
    else:
        signed = changed.pop("checksum") == object_checksum(changed)  # a number may be written in two ways
        assert changed.get("version") == 3 or (found is None and not signed)


@pytest.mark.parametrize("path", ["/etc/part-00000.jsonl", "../results/part-00000.jsonl", "results/../x"])
def test_a_manifest_names_no_file_elsewhere(path: str, exported: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(exported / "jsonl", tmp_path / "export")

    def point_elsewhere(manifest: dict[str, Any]) -> None:
        files = next(iter(manifest["runs"].values()))["parts"][0]["files"]
        files[path] = files.pop("results/part-00000.jsonl")

    manifests.change(folder, point_elsewhere)
    with pytest.raises(ExportDamagedError, match="matching regex"):
        open_export(folder)


def test_a_manifest_without_a_checksum_is_damaged_and_can_be_replaced(exported: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(exported / "jsonl", tmp_path / "export")
    manifests.change(
        folder, lambda manifest: (manifest.pop("checksum"), manifest.update(version=2)), sign=False
    )
    with pytest.raises(ExportDamagedError, match=r"or an older ei-classify wrote it.*--restart"):
        open_export(folder)
    server = Server(6)
    assert server.export(folder, variants=["int8", None], labels=["idle"], restart=True).new == 12
    assert open_export(folder, verify=True).problems == []


# --- Changed files -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def flipped(exported: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copies of the exports, in whose files bits are flipped."""
    return shutil.copytree(exported, tmp_path_factory.mktemp("flipped") / "exports")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FORMATS), st.data())
def test_a_flipped_bit_is_noticed_in_any_file(flipped: Path, format: str, data: st.DataObject) -> None:  # noqa: A002
    folder = flipped / format
    (run, _) = open_export(folder).runs
    path = data.draw(st.sampled_from(sorted(run.files)))
    content = (folder / path).read_bytes()
    changed = bytearray(content)
    changed[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    (folder / path).write_bytes(changed)
    try:
        opened = open_export(folder, verify=True)
        assert opened.problems == [f"{path} has another checksum: its content has changed"]
        assert open_export(folder).problems == []
        assert open_export(folder).check() == opened.check() == opened.problems
    finally:
        (folder / path).write_bytes(content)


def test_a_flipped_bit_in_a_data_page_is_noticed_where_readers_do_not(exported: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(exported / "parquet", tmp_path / "export")
    path = next(path for path in open_export(folder).runs[0].files if "/scores/" in path)
    original = (folder / path).read_bytes()
    read = pq.read_table(folder / path, partitioning=None)
    row_group = pq.read_metadata(folder / path).row_group(0)
    (scores,) = (
        column
        for column in map(row_group.column, range(row_group.num_columns))
        if column.path_in_schema == "score"
    )
    begin = scores.dictionary_page_offset or scores.data_page_offset
    for place in range(begin, begin + scores.total_compressed_size):
        changed = bytearray(original)
        changed[place] ^= 1
        (folder / path).write_bytes(changed)
        with contextlib.suppress(OSError):
            if not pq.read_table(folder / path, partitioning=None).equals(read):
                break
    else:
        pytest.fail("Parquet itself notices every one")
    assert open_export(folder)["scores"].to_table().num_rows > 0, "other values, and no error"
    with pytest.raises(ExportDamagedError, match=f"{path} has another checksum"):
        open_export(folder, verify=True)["scores"]


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_is_continued_only_if_its_files_are_as_they_were(
    format: str,  # noqa: A002
    exported: Path,
    tmp_path: Path,
) -> None:
    folder = shutil.copytree(exported / format, tmp_path / "export")
    options: dict[str, Any] = {"variants": ["int8", None], "labels": ["idle"], "format": format}
    server = Server(6)
    assert server.export(folder, verify=True, **options).new == 0
    path = next(
        path for path in open_export(folder).runs[1].files if "/predictions/" in path or "jsonl" in path
    )
    content = bytearray((folder / path).read_bytes())
    content[len(content) // 3] ^= 1
    (folder / path).write_bytes(content)
    with pytest.raises(ExportDamagedError, match=r"has another checksum.*--restart") as raised:
        server.export(folder, verify=True, **options)
    assert path in str(raised.value)
    assert server.export(folder, verify=True, restart=True, **options).new == 12
    assert open_export(folder, verify=True).problems == []
