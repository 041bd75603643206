"""The lock of an export on an object store: an object that its holder renews.

Only the store decides who holds it: the object is created if there is none, and replaced only in the version
that was seen. Whether a holder still lives, another one decides by its own clock, which need not be right: if
the object does not change for as long as its lease, its holder has ended.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
from typing import TYPE_CHECKING, Final

import msgspec

from ei_classify.errors import ExportError, ExportLockedError

from .bucket import ConditionError

if TYPE_CHECKING:
    from .bucket import Bucket, Version

LEASE_S: Final = 30.0
"""The time after which a lock that nobody has renewed may be taken over, in seconds."""
_LONGEST_LEASE_S: Final = 600.0
_RENEWALS: Final = 3
"""How often a lock is renewed in the length of its lease."""
_LOOKS: Final = 15
"""How often a waiting writer looks at the lock in the length of its lease, at least."""
_LOOK_EVERY_S: Final = 0.5


class _Lock(msgspec.Struct):
    """What the object says. Each renewal changes it, and so its version."""

    holder: str = "another process"
    token: str = ""
    """Who has written it; empty if the lock is free."""
    lease_s: float = LEASE_S
    renewal: int = 0


class Lease:
    """Holds the lock from `acquire` to `release`, and renews it in a thread."""

    def __init__(self, bucket: Bucket, path: str, url: str, lease_s: float) -> None:
        self._bucket = bucket
        self._path = path
        self._url = url
        self._own = _Lock(f"process {os.getpid()} of {socket.gethostname()}", secrets.token_hex(16), lease_s)
        self._version: Version | None = None
        self._lost_to: str | None = None
        self._renewing = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=f"lock of {url}", daemon=True)

    def acquire(self) -> None:
        """Take the lock if it is free, or if its holder has ended.

        Raises:
            ExportLockedError: Another writer holds it.
            ExportError: The store fails, or does not heed the conditions of a put.
        """
        while not self._take():
            pass
        self._require_conditions()
        self._thread.start()

    def release(self) -> None:
        """Give the lock up. The object stays: no store removes an object only if it is one's own."""
        self._ended.set()
        self._thread.join()
        with self._renewing:
            if self._lost_to is None and self._version is not None:
                self._own.token = ""
                try:
                    self._put(self._version)
                except (ConditionError, ExportError):
                    return  # another writer has it, or waits for its lease

    def confirm(self) -> None:
        """Renew the lock now.

        Raises:
            ExportLockedError: Another writer has taken it over.
            ExportError: The store fails.
        """
        self._renew()
        if self._lost_to is not None:
            raise ExportLockedError(
                f"{self._lost_to} has taken over its lock, which this process did not renew for "
                f"{self._own.lease_s:g} s. Nothing more was written. Wait until that has ended, then repeat "
                "the same call",
                self._url,
            )

    # --- Taking --------------------------------------------------------------------------------------------

    def _take(self) -> bool:
        """Take the lock; return False if it is gone and has to be looked at again."""
        known = None
        if (seen := self._seen()) is not None:
            lock, known = seen
            if lock.token:
                ended = self._watch(lock, known)
                if not ended:
                    return False
        try:
            self._version = self._put(known)
        except ConditionError:  # another was faster
            if (faster := self._seen()) is not None and faster[0].token:
                raise self._locked(faster[0]) from None
            return False
        return True

    def _watch(self, lock: _Lock, known: Version) -> bool:
        """Wait until the lease is over; return False if the lock is released meanwhile.

        Raises:
            ExportLockedError: The lock is renewed, so its holder lives.
        """
        lease_s = min(max(lock.lease_s, 0.0), _LONGEST_LEASE_S)
        begun = time.monotonic()
        while time.monotonic() - begun <= lease_s:
            time.sleep(min(lease_s / _LOOKS, _LOOK_EVERY_S))
            seen = self._seen()
            if seen is None or not seen[0].token:
                return False
            if seen[1] != known:
                raise self._locked(seen[0])
        return True

    def _locked(self, lock: _Lock) -> ExportLockedError:
        return ExportLockedError(f"{lock.holder} is writing to it. Wait until that has ended", self._url)

    def _seen(self) -> tuple[_Lock, Version] | None:
        try:
            content, version = self._bucket.get(self._path)
        except FileNotFoundError:
            return None
        try:
            return msgspec.json.decode(content, type=_Lock), version
        except msgspec.DecodeError:
            return _Lock(token="?"), version  # noqa: S106  # of an unknown holder

    def _require_conditions(self) -> None:
        """Check that the store refuses what it must refuse. One that does not would let two writers in."""
        outdated, self._version = self._version, self._put(self._version)
        for known, header in ((None, "If-None-Match"), (outdated, "If-Match")):
            try:
                self._put(known)
            except ConditionError:
                continue
            raise ExportError(
                f"the store does not heed `{header}` of a put, so that it cannot keep a second writer out. "
                "Use a store that does, such as a newer version of it",
                self._url,
            )

    # --- Keeping -------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        while not self._ended.wait(self._own.lease_s / _RENEWALS):
            try:
                self._renew()
            except ExportError:
                continue  # `confirm` says so, unless the store works again by then

    def _renew(self) -> None:
        with self._renewing:
            if self._lost_to is not None:
                return
            try:
                self._version = self._put(self._version)
            except ConditionError:  # or an earlier renewal was written, and its answer lost
                seen = self._seen()
                if seen is not None and seen[0].token == self._own.token:
                    self._version = seen[1]
                else:
                    self._lost_to = (
                        seen[0].holder if seen is not None and seen[0].token else "another process"
                    )

    def _put(self, known: Version | None) -> Version:
        self._own.renewal += 1
        return self._bucket.put_if(self._path, msgspec.json.encode(self._own), known)
