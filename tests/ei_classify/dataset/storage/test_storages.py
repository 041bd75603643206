"""An object store keeps what a disk keeps, under the same names."""

from __future__ import annotations

import pickle
import tempfile
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from obstore.store import S3Store

from ei_classify.dataset import Storage, hidden_name, storage_of
from ei_classify.dataset.storage.objects import ObjectStorage
from tests.ei_classify.conftest import KEY, SECRET

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATHS = ["run/samples/part-00000.parquet", "run/samples/part-00001.parquet", "run-2/scores/part-00000.csv"]
PATTERNS = ["run/*/part-*.*", "run/*/.part-*.tmp", "*/*/part-*", "run?2/scores/*", "manifest.json", "none/*"]
ACTIONS = st.tuples(
    st.sampled_from(["write", "write", "show", "show", "hide", "replace", "remove", "break"]),
    st.sampled_from(PATHS[1:]),
    st.binary(max_size=8),
)


def break_off(storage: Storage, path: str, content: bytes) -> None:
    with storage.hidden_file(path) as file:
        file.write(content)
        raise ZeroDivisionError


def act(storage: Storage, action: str, path: str, content: bytes) -> None:
    match action:
        case "write":
            with storage.hidden_file(path) as file:
                file.write(content)
            storage.settle([path])
        case "break":
            with pytest.raises(ZeroDivisionError):
                break_off(storage, path, content)
        case "hide":
            storage.hide(storage.glob(path))
        case "show":
            storage.show([path] if storage.glob(path) or storage.glob(hidden_name(path)) else [])
        case "replace":
            storage.replace("manifest.json", content)
        case "remove":
            storage.remove([path])


def seen(storage: Storage) -> dict[str, Any]:
    """What a storage has, without showing anything on a disk."""
    contents = {}
    for path in [*PATHS, "manifest.json"]:
        for name in (path, hidden_name(path)):
            try:
                content = storage.read(name)
            except FileNotFoundError:
                continue
            for buffered in (True, False):
                with storage.open(name, buffered=buffered) as file:
                    assert file.read() == content
                    assert file.seek(1) == 1
                    assert file.read(3) == content[1:4]
            contents[name] = content
    return {"contents": contents, **{pattern: sorted(storage.glob(pattern)) for pattern in PATTERNS}}


@settings(max_examples=15, deadline=None)
@given(st.lists(ACTIONS, min_size=8, max_size=16))
def test_a_store_is_like_a_disk(actions: list[tuple[str, str, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        disk, store = storage_of(folder), storage_of(f"memory://{uuid.uuid4()}/x")
        for action in actions:
            # a broken write may remove what was hidden on a disk, and keeps it on a store
            if action[0] == "break":
                disk.remove([hidden_name(action[1])])
                store.remove([hidden_name(action[1])])
            act(disk, *action)
            act(store, *action)
            assert seen(store) == seen(disk)
        both = [{path: file.size for path, file in each.shown(PATHS).items()} for each in (disk, store)]
        assert both[0] == both[1]


def test_hostile_names_in_a_bucket(make_bucket: Callable[[str], str]) -> None:
    base = make_bucket("a.b-0-c")
    urls = [
        f"{base}/{name}" for name in ("..x", "%2e%2E", "a b+ü&=", "*[x]", "'; DROP TABLE x", r"\\host", "~")
    ]
    for url in urls:
        storage = storage_of(url)
        with storage.sole_user():
            with storage.hidden_file("t/part-1.parquet") as file:
                file.write(url.encode())
            storage.show(["t/part-1.parquet"])
    for url in urls:
        storage = storage_of(url)
        assert storage.glob("*/part-*") == ["t/part-1.parquet"]
        assert storage.read("t/part-1.parquet") == url.encode()
        assert storage.shown(["t/part-1.parquet"])["t/part-1.parquet"].size == len(url.encode())


def test_a_large_object_is_put_in_parts_and_read_back(bucket: str) -> None:
    storage = storage_of(f"{bucket}/x")
    content = bytes(range(256)) * (17 << 12)  # 17 MiB
    with storage.hidden_file("large") as file:
        file.write(content)
    storage.show(["large"])
    assert storage.shown(["large"])["large"].size == len(content)
    with storage.open("large", buffered=False) as file:
        file.seek(len(content) - 10)
        assert file.read(20) == content[-10:]


def test_credentials_are_in_no_repr_and_no_pickle(bucket: str) -> None:
    store = S3Store(bucket.removeprefix("s3://"), access_key_id=KEY, secret_access_key=SECRET)
    storage = ObjectStorage(store, f"{bucket}/x")
    storage.replace("a", b"1")
    pickled = pickle.dumps(storage)
    assert SECRET.encode() not in pickled
    assert KEY.encode() not in pickled
    assert repr(storage) == f"ObjectStorage('{bucket}/x')"
    assert pickle.loads(pickled).read("a") == b"1"  # noqa: S301


def test_a_reader_leaves_a_hidden_object_as_it_is(bucket: str) -> None:
    storage = storage_of(bucket)
    with storage.hidden_file("t/part-1.csv") as file:
        file.write(b"12")
    assert storage.shown(["t/part-1.csv", "t/part-2.csv"]) == {"t/part-1.csv": ("t/.part-1.csv.tmp", 2)}
    assert storage.glob("t/*") == ["t/.part-1.csv.tmp"]


def test_a_disk_is_named_by_its_path(tmp_path: Path) -> None:
    assert storage_of(tmp_path) == storage_of(str(tmp_path))
    assert storage_of(storage_of(tmp_path)).folder == tmp_path
