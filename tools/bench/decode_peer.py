"""One peer in a process of its own: `decode_peer.py PEER time|memory|import [PAGE]`; prints one JSON object.

Runs with the generated package to be measured on PYTHONPATH.
"""

from __future__ import annotations

import json
import sys
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ATTEMPTS = 20


def untyped(page: bytes) -> Callable[[], Any]:
    """`msgspec.json.decode`: dicts and lists."""
    import msgspec

    return lambda: msgspec.json.decode(page)


def ours(page: bytes) -> Callable[[], Any]:
    """The whole of what an operation does with a response."""
    import httpx
    from ei_classify_api.api.classify.get_classify_job_result_page import decode

    response = httpx.Response(200, content=page)
    return lambda: decode(response)


def familiar(page: bytes) -> Callable[[], Any]:
    """The same, for a page that is not the first of its kind."""
    from ei_classify_api.api.classify.get_classify_job_result_page import OPERATION
    from ei_classify_api.familiar import Familiar

    known = Familiar()
    return lambda: OPERATION.read(page, known)


def generator_default(page: bytes) -> Callable[[], Any]:
    """The same for the generator's own templates."""
    import httpx
    from ei_classify_api import Client
    from ei_classify_api.api.classify import get_classify_job_result_page

    parse: Callable[..., Any] = get_classify_job_result_page._parse_response  # type: ignore[attr-defined]
    client, response = Client(base_url="http://127.0.0.1"), httpx.Response(200, content=page)
    return lambda: parse(client=client, response=response)


def edgeimpulse_api(page: bytes) -> Callable[[], Any]:
    """The vendor's bindings: its own way from JSON text to its objects."""
    from edgeimpulse_api.models.classify_job_response_page import (
        ClassifyJobResponsePage,
    )

    return lambda: ClassifyJobResponsePage.from_json(page)


def read(page: bytes) -> Callable[[], Any]:
    """What tables are made of."""
    from ei_classify.decoding import PageReader

    reader = PageReader()
    return lambda: reader.read(page)


def tables(page: bytes) -> Callable[[], Any]:
    """All tables of the page."""
    import datetime

    from ei_classify.decoding import PageReader
    from ei_classify.tables import Run, of_page

    run = Run(project_id=1, variant="int8", read_at=datetime.datetime.now(datetime.UTC))
    reader = PageReader()
    return lambda: of_page(page, run, reader)


PEERS = {
    "untyped": untyped,
    "ours": ours,
    "familiar": familiar,
    "read": read,
    "tables": tables,
    "default": generator_default,
    "edgeimpulse-api": edgeimpulse_api,
}


def measure_time(decode: Callable[[], Any]) -> dict[str, float]:
    """The shortest of several decodes; what came before is freed outside the clock."""
    shortest = float("inf")
    for _ in range(ATTEMPTS):
        start = time.perf_counter()
        page = decode()
        shortest = min(shortest, time.perf_counter() - start)
        del page
    return {"seconds": shortest}


def measure_memory(decode: Callable[[], Any]) -> dict[str, float]:
    """What one decode allocates at its peak, and what its result keeps."""
    decode()  # first calls fill caches
    tracemalloc.start()
    page = decode()
    kept, peak = tracemalloc.get_traced_memory()
    del page
    return {"kept": kept, "peak": peak}


def measure_import(peer: str) -> dict[str, float]:
    """What the first import costs, in a process that has imported nothing of it."""
    start = time.perf_counter()
    if peer == "edgeimpulse-api":
        import edgeimpulse_api  # noqa: F401
    elif peer == "untyped":
        import msgspec.json  # noqa: F401
    else:
        import ei_classify_api.api.classify.get_classify_job_result_page
        import ei_classify_api.client
        import ei_classify_api.models  # noqa: F401
    return {"seconds": time.perf_counter() - start}


def main() -> int:
    """Run the script; its exit code."""
    peer, kind, *page = sys.argv[1:]
    if kind == "import":
        print(json.dumps(measure_import(peer)))
    else:
        decode = PEERS[peer](Path(page[0]).read_bytes())
        print(json.dumps(measure_time(decode) if kind == "time" else measure_memory(decode)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
