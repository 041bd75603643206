from __future__ import annotations

from typing import TYPE_CHECKING

import dask
import pytest
from distributed import Client, LocalCluster

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY_OF_NO_PROJECT = "ei_studio_key_of_no_project"
SETTINGS = {
    "distributed.scheduler.locks.lease-timeout": "1s",
    "distributed.scheduler.locks.lease-validation-interval": "200ms",
    "distributed.scheduler.allowed-failures": 20,
    "distributed.comm.timeouts.connect": "5s",
}
"""Settings of Dask under which a test need not wait long for what a killed worker has held."""


@pytest.fixture(scope="session")
def cluster() -> Iterator[LocalCluster]:
    """A scheduler and two processes of workers, which all tests of clusters share."""
    with pytest.MonkeyPatch.context() as patch, dask.config.set(SETTINGS):
        # Workers inherit the variables of this process, and find the keys of projects there.
        for project in (*range(1, 10), *range(100, 110)):
            patch.setenv(f"EI_API_KEY_{project}", f"ei_studio_key_{project}")
        patch.setenv("EI_API_KEY", KEY_OF_NO_PROJECT)
        with LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            worker_dashboard_address=None,
        ) as started:
            for project in (*range(1, 10), *range(100, 110)):
                patch.delenv(f"EI_API_KEY_{project}")
            patch.delenv("EI_API_KEY")
            yield started


@pytest.fixture(scope="session")
def dask_client(cluster: LocalCluster) -> Iterator[Client]:
    """A client of the cluster."""
    with Client(cluster, set_as_default=False) as client:
        yield client
