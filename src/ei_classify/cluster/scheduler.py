"""Connects to the scheduler of a Dask cluster, or starts a cluster of processes on this machine."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Final

from ei_classify.errors import ClusterError, ConfigurationError, MissingExtraError

try:
    import distributed
except ImportError as error:
    raise MissingExtraError("distributed", "cluster") from error

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCAL: Final = "local"


@contextlib.contextmanager
def connected(cluster: str | distributed.Client) -> Iterator[distributed.Client]:
    """Connect to a cluster for the length of a `with` block.

    Args:
        cluster: The address of a scheduler, such as `tcp://scheduler:8786`. `local` starts a process per CPU
            on this machine, and `local:2` two, which end with the block. A `distributed.Client` is used as it
            is, and stays open.

    Raises:
        ClusterError: There is no scheduler at this address.
        ConfigurationError: This is not an address.
    """
    if isinstance(cluster, distributed.Client):
        yield cluster
        return
    kind, _, count = cluster.partition(":")
    with contextlib.ExitStack() as resources:
        address: str | distributed.LocalCluster = cluster
        if kind == LOCAL:
            address = resources.enter_context(_local_cluster(count))
        try:
            client = distributed.Client(address, set_as_default=False)
        except ValueError as error:
            raise ConfigurationError(
                f"must be the address of a scheduler, such as tcp://scheduler:8786, or {LOCAL} or {LOCAL}:2, "
                f"not {cluster!r}",
                name="cluster",
            ) from error
        except OSError as error:
            raise ClusterError(
                f"no scheduler answers at {cluster}", "Check that `dask scheduler` runs there."
            ) from error
        yield resources.enter_context(client)


def _local_cluster(count: str) -> distributed.LocalCluster:
    """Return a cluster of processes on this machine, which only this machine can reach."""
    if count and not (count.isascii() and count.isdecimal() and int(count)):
        raise ConfigurationError(f"must name at least one process, as in {LOCAL}:2", name="cluster")
    return distributed.LocalCluster(
        n_workers=int(count) if count else os.cpu_count(),
        threads_per_worker=1,  # decoding holds Python's lock
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        worker_dashboard_address="127.0.0.1:0",
    )
