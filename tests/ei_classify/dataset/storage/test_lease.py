"""One writer at a time, whoever ends in whatever way."""

from __future__ import annotations

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from ei_classify.dataset.storage.bucket import Bucket, ConditionError
from ei_classify.dataset.storage.lease import Lease
from ei_classify.dataset.storage.objects import ObjectStorage, open_storage
from ei_classify.errors import ExportError, ExportLockedError

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT_S = 0.3


def storage(url: str, lease_s: float = SHORT_S) -> ObjectStorage:
    return open_storage(url, lease_s=lease_s)


def threads() -> int:
    """How many threads renew a lock."""
    return sum(thread.name.startswith("lock of") for thread in threading.enumerate())


def abandoned(url: str, lease_s: float = SHORT_S) -> None:
    """Leave the lock as a writer that was killed does."""
    content = b'{"holder":"process 7 of there","token":"t","lease_s":%f,"renewal":3}' % lease_s
    storage(url).replace(".lock", content)


@pytest.fixture(params=["memory", "s3"])
def url(request: pytest.FixtureRequest) -> str:
    if request.param == "memory":
        return f"memory://{uuid.uuid4()}/x"
    return f"{request.getfixturevalue('bucket')}/x"


def test_a_second_writer_is_refused_and_told_who_the_first_is(url: str) -> None:
    with storage(url).sole_user():
        begun = time.monotonic()
        with (
            pytest.raises(ExportLockedError, match=r"process \d+ of .* is writing to it"),
            storage(url).sole_user(),
        ):
            pass
        assert time.monotonic() - begun < 20 * SHORT_S
    with storage(url, lease_s=3600).sole_user():  # at once: the lock is free
        assert threads() == 1
    assert threads() == 0


def test_one_of_many_takes_over_the_lock_of_a_writer_that_has_ended(url: str) -> None:
    abandoned(url)
    together, done = threading.Barrier(6), threading.Event()

    def take(_: int) -> str:
        together.wait()
        try:
            with storage(url, lease_s=5).sole_user():
                done.wait(10)
                return "taken"
        except ExportLockedError as error:
            return str(error)

    with ThreadPoolExecutor(6) as pool:
        results = [pool.submit(take, number) for number in range(6)]
        while sum(result.done() for result in results) < 5:
            time.sleep(0.01)
        done.set()
        found = sorted(result.result() for result in results)
    assert found.count("taken") == 1
    assert all("is writing to it" in each for each in found if each != "taken")


def test_nobody_takes_over_before_the_lease_is_over(url: str) -> None:
    abandoned(url, 0.4)
    begun = time.monotonic()
    with storage(url).sole_user():
        assert time.monotonic() - begun >= 0.4


def test_who_has_lost_the_lock_writes_no_more(url: str) -> None:
    first, second = storage(url), storage(url)
    second.replace("manifest.json", b"0")
    with first.sole_user():
        assert first.read("manifest.json") == b"0"
        abandoned(url, 0.0)
        with second.sole_user():
            lost = pytest.raises(
                ExportLockedError, match="has taken over its lock, which this process did not"
            )
            with lost:
                first.confirm()
            with lost:
                first.replace("manifest.json", b"1")
            with lost, first.hidden_file("a") as file:
                file.write(b"1")
            second.confirm()
    assert second.read("manifest.json") == b"0"
    assert second.glob("*") == [".lock", "manifest.json"]
    with storage(url, lease_s=3600).sole_user():  # the loser has not freed the lock of the other
        pass


def test_a_manifest_that_another_has_written_is_not_replaced(url: str) -> None:
    first = storage(url)
    with first.sole_user():
        with pytest.raises(FileNotFoundError):
            first.read("manifest.json")
        storage(url).replace("manifest.json", b"other")
        with pytest.raises(ExportLockedError, match=r"another process has written manifest\.json meanwhile"):
            first.replace("manifest.json", b"own")
        storage(url).replace("manifest.json", b"own")
        first.replace("manifest.json", b"own")  # as if the answer to its own put had been lost
        first.replace("manifest.json", b"next")
    assert first.read("manifest.json") == b"next"


class Odd(Bucket):
    """A bucket in memory whose puts can be made odd."""

    def __init__(self, put_if: Callable[..., Any]) -> None:
        import obstore.store

        super().__init__(obstore.store.MemoryStore(), "memory://odd", "")
        self._odd = put_if

    def put_if(self, path: str, content: bytes, known: Any) -> Any:
        return self._odd(super().put_if, path, content, known)


@pytest.mark.parametrize("header", ["If-None-Match", "If-Match"])
def test_a_store_without_conditions_is_refused(header: str) -> None:
    bucket: Odd

    def put_if(put: Any, path: str, content: bytes, known: Any) -> Any:
        try:
            return put(path, content, known)
        except ConditionError:
            if (known is None) != (header == "If-None-Match"):
                raise
            return put(path, content, bucket.head(path)[1])

    bucket = Odd(put_if)
    with pytest.raises(ExportError, match=f"does not heed `{header}` of a put"):
        Lease(bucket, ".lock", "memory://odd", SHORT_S).acquire()


def test_a_renewal_whose_answer_is_lost_keeps_the_lock() -> None:
    lost: list[int] = []

    def put_if(put: Any, path: str, content: bytes, known: Any) -> Any:
        version = put(path, content, known)
        if lost:
            lost.clear()
            raise ConditionError
        return version

    lease = Lease(Odd(put_if), ".lock", "memory://odd", 3600)
    lease.acquire()
    lost.append(1)
    lease.confirm()
    lease.confirm()
    assert not lost
    lease.release()


def test_a_lock_that_cannot_be_read_is_that_of_an_unknown_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"memory://{uuid.uuid4()}/x"
    storage(url).replace(".lock", b"{")
    monkeypatch.setattr(time, "sleep", lambda _: storage(url).replace(".lock", b"["))
    with (
        pytest.raises(ExportLockedError, match="another process is writing to it"),
        storage(url).sole_user(),
    ):
        pass
