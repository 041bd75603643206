"""One peer in a process of its own: `fetch_peer.py PEER URL SAMPLES`; prints one JSON object.

Reads all results from the server at URL and throws them away, page by page. The clock starts with the first
call: importing and making a client are not measured. Runs with our packages on PYTHONPATH.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE_SIZE = 100
CONCURRENCY = 8


def ours_sync(url: str, samples: int) -> Callable[[], int]:
    """`ClassifyClient.results` with eight calls under way."""
    from ei_classify import ClassifyClient

    client = ClassifyClient("key", base_url=url)

    def read() -> int:
        with client:
            results = client.results(1, page_size=PAGE_SIZE, concurrency=CONCURRENCY, offset=10_000 - samples)
            return sum(1 for _ in results)

    return read


def ours_async(url: str, samples: int) -> Callable[[], int]:
    """`AsyncClassifyClient.results` with eight calls under way."""
    from ei_classify import AsyncClassifyClient

    client = AsyncClassifyClient("key", base_url=url)

    async def read() -> int:
        count = 0
        async with client:
            offset = 10_000 - samples
            async for _ in client.results(1, page_size=PAGE_SIZE, concurrency=CONCURRENCY, offset=offset):
                count += 1
        return count

    return lambda: asyncio.run(read())


def edgeimpulse_api(url: str, samples: int) -> Callable[[], int]:
    """The vendor's bindings, one page after another: they have no paging of their own."""
    from edgeimpulse_api import ApiClient, ClassifyApi, Configuration

    api = ClassifyApi(ApiClient(Configuration(host=url, api_key={"ApiKeyAuthentication": "key"})))

    def read() -> int:
        count = 0
        while page := api.get_classify_job_result_page(
            1, limit=PAGE_SIZE, offset=10_000 - samples + count
        ).result:
            count += len(page)
            if count >= samples:
                break
        return count

    return read


def decoding(url: str, samples: int) -> Callable[[], int]:
    """What the answers cost us to decode and join, without the fetching: the first one, again and again."""
    import httpx
    from ei_classify_api.api.classify.get_classify_job_result_page import decode

    from ei_classify import ResultPage

    response = httpx.get(f"{url}/?offset=0")

    def read() -> int:
        return sum(
            len(ResultPage(0, decode(response), response.content).outcomes)
            for _ in range(samples // PAGE_SIZE)
        )

    return read


PEERS = {
    "ours, sync": ours_sync,
    "ours, async": ours_async,
    "edgeimpulse-api": edgeimpulse_api,
    "decoding": decoding,
}


def main() -> int:
    """Run the script; its exit code."""
    peer, url, samples = sys.argv[1], sys.argv[2], int(sys.argv[3])
    read = PEERS[peer](url, samples)
    start, used = time.perf_counter(), time.process_time()
    count = read()
    seconds, cpu = time.perf_counter() - start, time.process_time() - used
    if count != samples:
        print(f"{peer} read {count} samples of {samples}", file=sys.stderr)
        return 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # Linux counts in KiB
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak": peak}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
