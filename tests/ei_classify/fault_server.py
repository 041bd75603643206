"""A server on loopback that answers as it is told, also in ways that no sound server would."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import struct
import threading
import time
import zlib
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs, urlsplit

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

JSON = {"Content-Type": "application/json"}


@frozen
class Asked:
    """A request as it came."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]

    @property
    def offset(self) -> int:
        return int(self.query["offset"])

    @property
    def limit(self) -> int:
        return int(self.query["limit"])


Fault = Literal[
    "reset",  # reset the connection in place of an answer
    "cut",  # reset it in the middle of the body
    "end",  # send half of the body without saying how long it is, and close as if that were all
    "short",  # say how long the body is, send half of it, and close
    "unchunked",  # send half of the body as a chunk, and close before the chunk that ends it
    "stall",  # send half of the body, and then nothing
    "drip",  # send a byte at a time, for ever
    "drip interim",  # send one interim answer after another, and no other
    "drip head",  # send a header that does not end
    "drip extension",  # send the body as a chunk whose extension does not end
    "drip trailer",  # send the body, and then a trailer that does not end
    "drip compressed",  # send a compressed body that holds nothing, for ever
]

CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
DRIPS: dict[Fault, tuple[bytes, bytes]] = {
    "drip interim": (b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
    "drip head": (b"HTTP/1.1 200 OK\r\nX-Long: ", b"a"),
    "drip extension": (b"HTTP/1.1 200 OK\r\n" + CHUNKED + b"10;extension=", b"a"),
    "drip trailer": (b"HTTP/1.1 200 OK\r\n" + CHUNKED + b"2\r\n{}\r\n0\r\nX-Long: ", b"a"),
    "drip compressed": (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n" + zlib.compress(b"{")[:2],
        b"\0\0\0\xff\xff",  # a block without content
    ),
}
"""What such a fault sends at first, and what it repeats."""
DRIP_S = 0.02
LONGEST_DRIP_S = 8
"""After this time, a server that drips resets the connection: a call that has no limit fails as lost."""


@frozen
class Answer:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(factory=lambda: JSON)
    fault: Fault | None = None
    cut_at: int | None = None
    """How many bytes of the body are sent where a fault says half."""

    @property
    def half(self) -> bytes:
        return self.body[: len(self.body) // 2 if self.cut_at is None else self.cut_at]


class FaultServer:
    """Serves until it is closed; knows every request that came."""

    def __init__(self, answer: Callable[[Asked, int], Answer]) -> None:
        """A server whose answers are `answer(asked, n)` for the n-th request, from 0."""
        self.asked: list[Asked] = []
        self.closed = threading.Event()
        self._answer = answer
        self._lock = threading.Lock()
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            disable_nagle_algorithm = True  # else the second piece of an answer waits for 40 ms

            def handle(self) -> None:
                with contextlib.suppress(ConnectionError, TimeoutError):
                    self.request.settimeout(10)
                    while outer._serve(self.request):
                        pass
                with outer._lock:
                    outer._connections.discard(self.request)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = False
            block_on_close = True
            request_queue_size = 50

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        self._connections: set[socket.socket] = set()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def open_connections(self, within_s: float) -> int:
        """How many connections are open once this time is over, or none are."""
        until = time.monotonic() + within_s
        while self._connections and time.monotonic() < until:
            time.sleep(0.01)
        return len(self._connections)

    def close(self) -> None:
        self.closed.set()
        self._server.shutdown()
        self._thread.join()
        with self._lock:
            for connection in self._connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self._server.server_close()

    def _serve(self, connection: socket.socket) -> bool:
        with self._lock:
            self._connections.add(connection)
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            if not (part := connection.recv(65536)):
                return False
            head += part
        first, *lines = head.decode().split("\r\n")[:-2]
        method, target, _ = first.split(" ")
        parts = urlsplit(target)
        asked = Asked(
            method,
            parts.path,
            {name: values[0] for name, values in parse_qs(parts.query).items()},
            {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)},
        )
        with self._lock:
            number = len(self.asked)
            self.asked.append(asked)
        return self._send(connection, self._answer(asked, number))

    def _send(self, connection: socket.socket, answer: Answer) -> bool:
        if answer.fault == "reset":
            return _reset(connection)
        if answer.fault in DRIPS:
            return self._drip(connection, *DRIPS[answer.fault])
        head = f"HTTP/1.1 {answer.status} Scripted\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
        half = answer.half if answer.fault else b""
        if answer.fault in ("end", "unchunked"):
            head += "Connection: close\r\n"
            if answer.fault == "unchunked":
                head += "Transfer-Encoding: chunked\r\n"
                half = b"%x\r\n%b\r\n" % (len(half), half) if half else b""
            connection.sendall(f"{head}\r\n".encode() + half)
            connection.shutdown(socket.SHUT_WR)
            return False
        connection.sendall(f"{head}Content-Length: {len(answer.body)}\r\n\r\n".encode())
        match answer.fault:
            case None:
                connection.sendall(answer.body)
                return True
            case "cut":
                connection.sendall(half)
                return _reset(connection)
            case "short":
                connection.sendall(half)
                connection.shutdown(socket.SHUT_WR)
            case "stall":
                connection.sendall(half)
                self.closed.wait(10)
            case "drip":
                for byte in answer.body:
                    if self.closed.wait(0.02):
                        break
                    connection.sendall(bytes([byte]))
        return False

    def _drip(self, connection: socket.socket, first: bytes, repeated: bytes) -> bool:
        connection.sendall(first)
        until = time.monotonic() + LONGEST_DRIP_S
        while time.monotonic() < until and not self.closed.wait(DRIP_S):
            connection.sendall(repeated)
        return _reset(connection)


def _reset(connection: socket.socket) -> bool:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
    return False


@contextlib.contextmanager
def serving(answer: Callable[[Asked, int], Answer]) -> Iterator[FaultServer]:
    server = FaultServer(answer)
    try:
        yield server
    finally:
        server.close()


@contextlib.contextmanager
def answering_unasked(first: bytes = b"", repeated: bytes = b"", *, read_at_a_time: int = 0) -> Iterator[str]:
    """A server that sends this when it is connected to, and reads next to nothing; its `host:port`."""
    over = threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):
                self.request.sendall(first)
                until = time.monotonic() + LONGEST_DRIP_S
                while time.monotonic() < until and not over.wait(DRIP_S):
                    self.request.sendall(repeated)
                    if read_at_a_time:
                        self.request.recv(read_at_a_time)
                _reset(self.request)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = False
        block_on_close = True

        def server_bind(self) -> None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            super().server_bind()

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            over.set()
            server.shutdown()
            thread.join()


@contextlib.contextmanager
def never_connecting() -> Iterator[str]:
    """A server to which no connection comes about, as with a firewall that is silent; its `host:port`."""
    with contextlib.ExitStack() as sockets:
        server = sockets.enter_context(socket.socket())
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for _ in range(8):  # the queue of connections is full
            waiting = sockets.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(server.getsockname())
        yield f"127.0.0.1:{server.getsockname()[1]}"
