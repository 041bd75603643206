from __future__ import annotations

import sys
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ei_classify import ClassifyClient, InvalidArgumentError, MissingExtraError, open_export
from ei_classify.dataset import storage_of
from ei_classify.dataset.storage.urls import parse
from ei_classify.export import export

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/?#"), min_size=1).filter(
    lambda name: name not in (".", "..")
)


@pytest.mark.parametrize("text", [r"C:\results", "C:/results", "c:results", "s3", "a:b", "./s3:/b", "x//y"])
def test_a_path_is_a_path(text: str) -> None:
    assert parse(text) is None
    assert storage_of(text).folder == Path(text)


@pytest.mark.parametrize(
    ("folder", "problem"),
    [
        ("s3://KEY:SECRET@bucket/x", "has a user"),
        ("s3://SECRET@bucket", "has a user"),
        ("az://container/x?sv=1&sig=SECRET", "has a query"),
        ("s3://bucket/x#SECRET", "has a query or a fragment"),
        ("https://SECRET@host/bucket", "has the scheme https. Pass a path, or a URL with s3, gs, az"),
        ("S3N://bucket/x", "has the scheme s3n"),
        ("s3:/bucket/x", "has one slash"),
        (Path("s3://bucket/x"), "has one slash"),
        ("s3://", "has no valid name of a bucket"),
        ("memory:///x", "has no valid name of a bucket"),
        ("s3://bucket:9000/x", "has no valid name of a bucket"),
        ("s3://../x", "has no valid name of a bucket"),
        ("gs://b/x//y", "has an empty name"),
        ("gs://b/../x", "has an empty name"),
        ("gs://b/x\ny", "has a control character"),
        ("file://server/x", "names another machine"),
        ("file:///x%00y", "contains a NUL"),
        ("s3://b/\udcff", "is not valid Unicode"),
    ],
)
def test_a_url_that_cannot_be_that_of_an_export(folder: Any, problem: str) -> None:
    for call in (storage_of, open_export):
        with pytest.raises(InvalidArgumentError) as caught:
            call(folder)
        assert caught.value.problem.startswith(problem)
        assert "SECRET" not in repr(caught.value) + str(caught.value)


def test_a_file_url_is_the_path_of_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "a b ü%"
    assert storage_of(folder.as_uri()).folder == folder
    assert storage_of(folder.as_uri().replace("file:///", "file://localhost/")).folder == folder


@settings(max_examples=30, deadline=None)
@given(st.lists(NAMES, max_size=4))
def test_what_follows_the_bucket_is_kept_as_it_is(names: list[str]) -> None:
    url = "/".join([f"memory://{uuid.uuid4()}", *names])
    storage = storage_of(f"{url}/")
    assert storage.folder == url
    storage.replace("a/b", b"content")
    assert storage_of(url).read("a/b") == b"content"
    assert storage.glob("a/*") == ["a/b"]
    assert storage_of(url + "x").glob("*/*") == []


def test_without_obstore_the_error_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("bucket", "objects", "lease", "failures", "ranged"):
        monkeypatch.delitem(sys.modules, f"ei_classify.dataset.storage.{name}", raising=False)
    monkeypatch.setitem(sys.modules, "obstore", None)
    with ClassifyClient("ei_key", base_url="http://127.0.0.1:9/v1") as client:
        for call in (open_export, lambda url: export(client, url, 1)):
            with pytest.raises(MissingExtraError, match=r"obstore is needed .* extra `storage`"):
                call("s3://bucket/results")
    assert list(tmp_path.iterdir()) == []
