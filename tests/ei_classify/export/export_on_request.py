"""Exports in a process of its own for each line of stdin, to be killed by a test.

Prints the id of the process, then how many samples it has read after each page, and at last its exit status.
The processes are forked from this one, which has imported everything already.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import httpcore  # noqa: F401  # httpx imports it for a first client
import httpx
import pandas  # noqa: F401  # pyarrow imports it for a first array

from ei_classify import ClassifyClient
from ei_classify.export import export, tabular  # noqa: F401  # the latter imports pyarrow

if TYPE_CHECKING:
    from ei_classify.dataset import Storage


def run(url: str, folder: str, project: str, lease_s: str = "") -> None:
    http = httpx.Client(verify=False)  # noqa: S501  # there is no TLS, and certificates take long to load
    with ClassifyClient(f"ei_studio_key_{project}", base_url=url, http_client=http) as client:
        export(
            client,
            in_short(folder, float(lease_s)) if lease_s else folder,
            int(project),
            variants=["int8"],
            page_size=100,
            rows_per_part=2_000,  # two pages
            on_progress=lambda progress: print(progress.samples, flush=True),
        )


def in_short(url: str, lease_s: float) -> Storage:
    """The storage of a URL whose lock is stale soon."""
    from ei_classify.dataset.storage.objects import open_storage

    return open_storage(url, lease_s=lease_s)


if __name__ == "__main__":
    for _ in sys.stdin:
        if child := os.fork():
            print("process", child, flush=True)
            _, status = os.waitpid(child, 0)
            print("status", os.waitstatus_to_exitcode(status), flush=True)
        else:
            try:
                run(*sys.argv[1:])
            except BaseException as error:
                print(repr(error), file=sys.stderr, flush=True)
                os._exit(1)
            os._exit(0)
