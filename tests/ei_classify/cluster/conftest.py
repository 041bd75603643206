from __future__ import annotations

from typing import TYPE_CHECKING

import dask
import pytest
from distributed import Client, LocalCluster

if TYPE_CHECKING:
    from collections.abc import Iterator

BAD_KEY_PROJECT = 109
"""A project whose key the workers have wrong."""
SETTINGS = {
    "distributed.scheduler.locks.lease-timeout": "1s",
    "distributed.scheduler.locks.lease-validation-interval": "200ms",
    "distributed.scheduler.allowed-failures": 20,
    "distributed.worker.multiprocessing-method": "forkserver",
    "distributed.worker.preload": ["ei_classify.cluster.working", "ei_classify.export.tabular"],
}
"""Settings of Dask under which a test need not wait long for what a killed worker has held."""


@pytest.fixture(scope="session")
def cluster() -> Iterator[LocalCluster]:
    """A scheduler and two processes of workers, which all tests of clusters share."""
    with pytest.MonkeyPatch.context() as patch, dask.config.set(SETTINGS):
        # Workers inherit the variables of this process, also those that take the place of killed ones.
        patch.delenv("EI_API_KEY", raising=False)
        for project in (*range(1, 10), *range(100, 110)):
            right = f"ei_studio_key_{project}"
            patch.setenv(f"EI_API_KEY_{project}", right if project != BAD_KEY_PROJECT else "ei_wrong")
        with LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            worker_dashboard_address="127.0.0.1:0",
        ) as started:
            yield started


@pytest.fixture(scope="session")
def dask_client(cluster: LocalCluster) -> Iterator[Client]:
    """A client of the cluster."""
    with Client(cluster, set_as_default=False) as client:
        yield client
