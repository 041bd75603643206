"""An export into a folder that holds one already: what is kept, what is read again, what is refused."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
import types
from typing import TYPE_CHECKING, Any

import duckdb
import httpx
import pyarrow.dataset
import pyarrow.parquet as pq
import pytest
from ei_classify_mocks import example

from ei_classify import ClassifyClient, ConfigurationError, open_export
from ei_classify.dataset.storage import local as storage
from ei_classify.errors import (
    AuthenticationError,
    ExportChangedError,
    ExportDamagedError,
    ExportError,
    ExportLockedError,
    MissingExtraError,
)
from ei_classify.export import export
from tests.ei_classify import manifests

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ei_classify.export import Progress


class Server:
    """A server of pages that a test can change."""

    def __init__(self, count: int = 3) -> None:
        self.count = count
        self.limit = 10
        self.url = "http://127.0.0.1"
        self.variants: list[str | None] = []

    def total(self, offset: int) -> dict[str, int]:
        """What a page says of the number of samples."""
        return {"totalCount": self.count}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        offset = int(request.url.params["offset"])
        self.variants.append(request.url.params.get("variant"))
        last = min(self.count, offset + min(self.limit, int(request.url.params["limit"])))
        entry = example("page-motion")["result"][0]
        result = [{**entry, "sampleId": n} for n in range(offset + 1, last + 1)]
        body = {"success": True, "result": result, "predictions": [], **self.total(offset)}
        return httpx.Response(200, json=body)

    def client(self, answer: Callable[[httpx.Request], httpx.Response] | None = None) -> ClassifyClient:
        http = httpx.Client(transport=httpx.MockTransport(answer or self))
        return ClassifyClient("key", base_url=self.url, http_client=http, retries=0)

    def export(
        self,
        folder: Path,
        project: int = 1,
        answer: Callable[[httpx.Request], httpx.Response] | None = None,
        **options: Any,
    ) -> Any:
        with self.client(answer) as client:
            return export(client, folder, project, **{"format": "jsonl", "concurrency": 1, **options})


def parts(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.glob("**/part-*"))


def lines(folder: Path) -> int:
    """How many samples readers of all files would count."""
    return sum(len(file.read_text("utf-8").splitlines()) for file in folder.glob("**/results/part-*.jsonl"))


def test_another_format_does_not_replace_runs_that_are_not_asked_for(tmp_path: Path) -> None:
    server = Server()
    server.export(tmp_path, 1, variants=["int8"])
    before = parts(tmp_path)
    with pytest.raises(
        ExportError, match=r"not read project-1/.*/variant-int8 again\. Use another folder for csv"
    ):
        server.export(tmp_path, 2, variants=["int8"], format="csv", restart=True)
    with pytest.raises(ExportError, match="variant-int8 again"):
        server.export(tmp_path, 1, variants=["float32"], format="csv", restart=True)
    assert parts(tmp_path) == before
    assert server.export(tmp_path, 1, variants=["int8"]).new == 0


def test_another_format_replaces_the_runs_that_are_asked_for(tmp_path: Path) -> None:
    server = Server()
    server.export(tmp_path, variants=["int8", "float32"], format="csv")
    done = server.export(tmp_path, variants=["float32", "int8"], restart=True)
    assert (done.samples, done.new) == (6, 6)
    assert {path.rpartition(".")[2] for path in parts(tmp_path)} == {"jsonl"}
    assert lines(tmp_path) == 6


@pytest.mark.parametrize("complete", [True, False])
def test_results_of_another_server_are_not_those_in_the_folder(complete: bool, tmp_path: Path) -> None:
    server = Server()
    server.limit = 1

    def stop(progress: Progress) -> None:
        if not complete and progress.samples == 3:
            raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt):
        server.export(tmp_path, rows_per_part=0, on_progress=stop)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.json*")}
    server.url = "https://studio.example/v1"
    for project, variant in ((1, None), (1, "int8"), (2, None)):
        with pytest.raises(
            ExportError, match=r"http://127\.0\.0\.1, and .* https://studio\.example"
        ) as raised:
            server.export(tmp_path, project, variants=[variant])
        assert str(raised.value).endswith(
            "Use another folder for these, or --restart to replace the old ones."
        )
    with pytest.raises(ExportError, match=r"--restart does not read project-1/.* again\. Use another folder"):
        server.export(tmp_path, 2, restart=True)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.json*")} == before
    assert open_export(tmp_path).server == "http://127.0.0.1"
    assert server.export(tmp_path, restart=True).new == lines(tmp_path) == 3
    assert open_export(tmp_path).server == "https://studio.example/v1"


def test_a_server_is_the_same_however_its_address_is_written(tmp_path: Path) -> None:
    server = Server()
    server.url = "https://studio.example/v1"
    server.export(tmp_path)
    server.url = "HTTPS://Studio.Example:443/v1/"
    assert server.export(tmp_path).new == 0
    assert open_export(tmp_path).server == "https://studio.example/v1"


def test_the_manifest_has_the_server_and_no_key(tmp_path: Path) -> None:
    server = Server()
    server.url = "https://Studio.Example:443/v1/"
    server.export(tmp_path)
    content = (tmp_path / "manifest.json").read_text("utf-8")
    assert '"server": "https://studio.example/v1"' in content
    assert '"project_id": 1' in content
    server.url = "https://studio.example/v1"
    assert server.export(tmp_path).new == 0


def test_old_results_stay_where_the_disk_is_full_of_new_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server()
    server.export(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(ExportError, match="No space left"):
            server.export(tmp_path, restart=True)
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert {path: after[path] for path in before if path.name != ".lock"} == {
        path: content for path, content in before.items() if path.name != ".lock"
    }
    assert server.export(tmp_path).new == 0


@pytest.mark.parametrize("told", [True, False])
def test_an_export_without_samples_looks_again(told: bool, tmp_path: Path) -> None:
    server = Server(0) if told else SilentServer(0)
    assert server.export(tmp_path).samples == 0
    server.count = 3
    done = server.export(tmp_path)
    assert (done.samples, done.new, lines(tmp_path)) == (3, 3, 3)
    assert server.export(tmp_path).new == 0


class SilentServer(Server):
    """A server that tells no total."""

    def total(self, offset: int) -> dict[str, int]:
        """Nothing."""
        return {}


def test_a_variant_may_be_called_as_the_one_that_the_server_chooses(tmp_path: Path) -> None:
    server = Server()
    named: list[str | None] = [None, "default"]
    assert server.export(tmp_path, variants=named, format="parquet").new == 6
    assert set(server.variants) == set(named)
    written = [str(file) for file in tmp_path.glob("**/samples/*.parquet")]
    assert len(written) == 2
    relation = duckdb.sql(f"SELECT variant FROM '{tmp_path}/**/samples/*.parquet'")
    assert relation is not None
    arrow_rows = (
        pyarrow.dataset.dataset(written, partitioning="hive").to_table().column("variant").to_pylist()
    )
    for variants in ([variant for (variant,) in relation.fetchall()], arrow_rows):
        assert sorted(variants, key=str) == [None] * 3 + ["default"] * 3
    with pytest.raises(
        ConfigurationError, match="@default, the folder of the variant that the server chooses"
    ):
        server.export(tmp_path, variants=["@default"])


class FirstPageServer(Server):
    """A server that tells the total on the first page only, if at all."""

    tells = True

    def total(self, offset: int) -> dict[str, int]:
        """The total at the beginning."""
        return super().total(offset) if self.tells and not offset else {}


class LateServer(Server):
    """A server that tells the total once it is asked to."""

    tells = False

    def total(self, offset: int) -> dict[str, int]:
        """The total or nothing."""
        return super().total(offset) if self.tells else {}


def test_a_finished_run_sees_growth_where_no_total_is_told(tmp_path: Path) -> None:
    server = SilentServer(3)
    server.export(tmp_path)
    assert server.export(tmp_path).new == 0
    server.count = 5
    with pytest.raises(ExportChangedError, match="there were 3 samples, and now there are more"):
        server.export(tmp_path)
    assert server.export(tmp_path, restart=True).samples == lines(tmp_path) == 5


def test_a_finished_run_sees_growth_where_the_total_is_told_later(tmp_path: Path) -> None:
    server = LateServer(3)
    server.export(tmp_path)
    server.tells = True
    assert server.export(tmp_path).new == 0
    assert server.export(tmp_path).samples == 3
    server.count = 5
    with pytest.raises(ExportChangedError, match="there were 3 samples, and now there are 5"):
        server.export(tmp_path)


def test_a_finished_run_sees_growth_where_the_total_is_told_no_longer(tmp_path: Path) -> None:
    server = LateServer(3)
    server.tells = True
    server.export(tmp_path)
    server.tells, server.count = False, 5
    with pytest.raises(ExportChangedError, match="there were 3 samples, and now there are more"):
        server.export(tmp_path)


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_a_total_that_only_the_first_page_tells_is_kept(kind: str, tmp_path: Path) -> None:
    server = FirstPageServer(10)
    server.limit = 4
    with server.client() as client:
        assert len(list(client.results(1, concurrency=1))) == 10
        assert client.tables(1, concurrency=1).runs["total_count"].to_pylist() == [10]
    assert server.export(tmp_path, format=kind, rows_per_part=1).samples == 10
    assert server.export(tmp_path, format=kind).new == 0
    if kind == "parquet":
        (run,) = pq.read_table(next(tmp_path.glob("**/runs/*.parquet")), partitioning=None).to_pylist()
        assert (run["total_count"], run["sample_count"]) == (10, 10)


@pytest.mark.parametrize("left", [6, 8])
def test_a_resumed_run_holds_as_many_samples_as_the_total_said(left: int, tmp_path: Path) -> None:
    server = FirstPageServer(10)
    server.limit = 2

    def stop(progress: Progress) -> None:
        if progress.samples == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        server.export(tmp_path, rows_per_part=0, on_progress=stop)
    assert lines(tmp_path) == 4
    server.count, server.tells = left, False
    with pytest.raises(ExportChangedError, match=f"there were 10 samples, and now there are {left}"):
        server.export(tmp_path)
    server.count = 10
    assert server.export(tmp_path, rows_per_part=0).samples == lines(tmp_path) == 10


def test_a_damaged_manifest_does_not_leave_runs_that_nothing_names(tmp_path: Path) -> None:
    server = Server()
    server.export(tmp_path, variants=["int8", "float32"])
    (tmp_path / "manifest.json").write_text("{")
    before = parts(tmp_path)
    with pytest.raises(ExportDamagedError, match=r"it has project-1/impulse-default/variant-float32, but no"):
        server.export(tmp_path, variants=["int8"], restart=True)
    assert parts(tmp_path) == before
    assert server.export(tmp_path, variants=["int8", "float32"], restart=True).new == lines(tmp_path) == 6


def test_runs_without_a_manifest_are_gone_before_they_are_read_again(tmp_path: Path) -> None:
    server = Server()
    server.export(tmp_path, variants=["int8", "float32"])
    (tmp_path / "manifest.json").write_text("{")
    server.limit = 1

    def stop(progress: Progress) -> None:
        if progress.samples == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        server.export(tmp_path, variants=["int8", "float32"], restart=True, rows_per_part=0, on_progress=stop)
    assert lines(tmp_path) == 1


def refuse(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(401)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize("made", [True, False])
def test_an_export_that_fails_before_it_has_anything_leaves_nothing(made: bool, tmp_path: Path) -> None:
    server, folder = Server(), tmp_path / "exports" / "of today"
    if made:
        folder.mkdir(parents=True)
    before = names(tmp_path)
    with pytest.raises(AuthenticationError):
        server.export(folder, answer=refuse, format="csv")
    assert names(tmp_path) == before
    assert server.export(folder).new == 3


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_what_is_there_stays_until_there_is_something_in_its_place(kind: str, tmp_path: Path) -> None:
    server = Server()
    server.export(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("part-*")}
    with pytest.raises(AuthenticationError):
        server.export(tmp_path, answer=refuse, format=kind, restart=True)
    assert {path: path.read_bytes() for path in tmp_path.rglob("part-*")} == before
    assert server.export(tmp_path).new == 0


def test_a_folder_in_which_there_is_no_sample_takes_any_format(tmp_path: Path) -> None:
    server = Server(0)
    assert server.export(tmp_path, variants=["int8"], format="csv").samples == 0
    server.count = 3
    assert server.export(tmp_path, labels=["idle"]).new == lines(tmp_path) == 3


@pytest.mark.parametrize("restart", [True, False])
def test_without_pyarrow_nothing_is_read_or_written(
    restart: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server()
    server.export(tmp_path / "lines")
    before = names(tmp_path)
    server.variants.clear()
    for name in [name for name in sys.modules if name.startswith(("ei_classify.tables", "pyarrow"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "ei_classify.export.tabular", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for folder in ("lines", "new"):
        with pytest.raises(MissingExtraError, match="pyarrow is needed"):
            server.export(tmp_path / folder, format="csv", restart=restart)
    assert names(tmp_path) == before
    assert server.variants == []
    assert server.export(tmp_path / "lines").new == 0


def test_a_lock_that_its_holder_removes_locks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = storage._claim
    removed: list[Any] = []

    def claim_after_removal(lock: Any) -> None:
        claim(lock)
        if not removed:  # whoever had it has just removed it
            removed.append(lock)
            (tmp_path / ".lock").unlink()

    monkeypatch.setattr(storage, "_claim", claim_after_removal)
    with storage.sole_user(tmp_path):
        with pytest.raises(ExportLockedError), storage.sole_user(tmp_path):
            pass
        assert names(tmp_path) == [".lock"]
    assert names(tmp_path) == []


def test_runs_without_a_manifest_are_not_replaced_unasked(tmp_path: Path) -> None:
    server = Server()
    server.export(tmp_path)
    (tmp_path / "manifest.json").unlink()
    before = parts(tmp_path)
    with pytest.raises(ExportDamagedError, match="with --restart"):
        server.export(tmp_path)
    assert parts(tmp_path) == before
    assert server.export(tmp_path, restart=True).new == lines(tmp_path) == 3


@pytest.mark.parametrize(
    ("written", "damage", "message"),
    [
        ('"ids": "1-3"', '"ids": "1-x"', "part 0 of project-1/.*: '1-x' are not ids"),
        ('"ids": "1-3"', '"ids": "1-2"', "2 ids, 3 samples"),
        ('"ids": "1-3"', '"ids": ""', "0 ids, 3 samples"),
        ('"ids": "1-3"', f'"ids": "1-{"9" * 30}"', "manifest.json cannot be read"),
        ('"format": "jsonl"', '"format": "xlsx"', "'xlsx'"),
        ('"variant": null', '"variant": "int8"', "variant-@default belongs in .*/variant-int8"),
    ],
)
def test_what_is_amiss_in_a_manifest_is_named(
    written: str, damage: str, message: str, tmp_path: Path
) -> None:
    server = Server()
    server.export(tmp_path)
    manifest = tmp_path / "manifest.json"
    content = manifest.read_text("utf-8")
    assert written in content
    changed = json.loads(content.replace(written, damage))
    manifest.write_text(json.dumps({**changed, "checksum": manifests.checksum(changed)}), "utf-8")
    with pytest.raises(ExportDamagedError, match=message) as raised:
        server.export(tmp_path)
    assert "--restart" in str(raised.value)
    assert server.export(tmp_path, restart=True).new == lines(tmp_path) == 3


def test_facts_of_a_run_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    server = Server()
    server.export(tmp_path, format="parquet")
    manifest = tmp_path / "manifest.json"
    content = manifest.read_text("utf-8")
    assert '"learn_blocks": [' in content
    changed = json.loads(content.replace('"learn_blocks": [', '"learn_blocks": [7, '))
    manifest.write_text(json.dumps({**changed, "checksum": manifests.checksum(changed)}), "utf-8")
    with pytest.raises(ExportDamagedError, match=r"the facts of project-1/.*learn_blocks\[0\].*--restart"):
        server.export(tmp_path, format="parquet")
    assert server.export(tmp_path, format="parquet", restart=True).new == 3


class Locks(types.ModuleType):
    """Windows' `msvcrt`, as far as locks go: each is on the byte at which the file stands."""

    LK_NBLCK, LK_UNLCK = 2, 0

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self.held: set[int] = set()

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        """Lock or unlock a byte."""
        assert count == 1
        place = os.lseek(descriptor, 0, os.SEEK_CUR)
        if (place in self.held) != (mode == self.LK_UNLCK):
            raise PermissionError(errno.EACCES, "Permission denied")
        self.held ^= {place}


def test_the_lock_on_windows_leaves_the_name_of_its_holder_readable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks = Locks()
    monkeypatch.setitem(sys.modules, "msvcrt", locks)
    monkeypatch.setattr(storage, "os", types.SimpleNamespace(name="nt", getpid=lambda: 17))
    with storage.sole_user(tmp_path):
        assert min(locks.held) > (tmp_path / ".lock").stat().st_size
        with pytest.raises(ExportLockedError, match="process 17 of "), storage.sole_user(tmp_path):
            pass
    assert not locks.held
    with storage.sole_user(tmp_path):
        assert (tmp_path / ".lock").stat().st_size < 1000
