from __future__ import annotations

from typing import TYPE_CHECKING

import dask
import pytest

from ei_classify.cluster import connected
from ei_classify.errors import ClusterError, ConfigurationError

if TYPE_CHECKING:
    from distributed import Client, LocalCluster


def test_an_address_is_connected_to_for_the_length_of_the_block(cluster: LocalCluster) -> None:
    with connected(cluster.scheduler_address) as client:
        assert len(client.scheduler_info()["workers"]) == 2
    assert client.status == "closed"


def test_a_client_is_taken_as_it_is_and_stays_open(dask_client: Client) -> None:
    with connected(dask_client) as client:
        assert client is dask_client
    assert client.status == "running"


def test_no_scheduler_is_an_error_of_the_family() -> None:
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "300ms"}),
        pytest.raises(ClusterError, match=r"no scheduler answers at tcp://127\.0\.0\.1:1"),
        connected("tcp://127.0.0.1:1"),
    ):
        pass


@pytest.mark.parametrize("address", ["local:0", "local:two", "nonsense://x:1"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ConfigurationError, match="cluster"), connected(address):
        pass
