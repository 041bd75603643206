"""A server of 10,000 samples that takes 50 ms for each answer: `fetch_server.py PAGE`; prints its port.

PAGE is a file with a page of 100 samples, ids 1000 to 1099. The pages served are that one with other ids,
made before the first answer. The server ends when its standard input does.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

SAMPLES = 10_000
PAGE_SIZE = 100
DELAY_S = 0.05


def shifted(page: bytes, offset: int) -> bytes:
    """The page with the ids of the samples from `offset` on."""
    text = re.sub(
        rb'("sampleId":|"sample":\{"id":)(\d+)',
        lambda found: found[1] + str(int(found[2]) + offset).encode(),
        page,
    )
    return text[: text.rindex(b'"totalCount":')] + b'"totalCount":%d}' % SAMPLES


async def serve(page: bytes) -> None:
    """Serve until standard input ends."""
    answers = {}
    for offset in range(0, SAMPLES, PAGE_SIZE):
        body = shifted(page, offset)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        answers[offset] = head.encode() + body

    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                offset = re.search(rb"[?&]offset=(\d+)", head)
                await asyncio.sleep(DELAY_S)
                writer.write(answers[int(offset[1]) if offset else 0])
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(respond, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]).read_bytes()))
