"""A server on loopback that speaks HTTP/2 without TLS, for clients that know it does."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from typing import TYPE_CHECKING

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .fault_server import Answer


@contextlib.contextmanager
def serving_http2(answer: Answer) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Serve this answer to each request. Yields the base URL and the headers of the requests.

    The fault `reset` ends the stream, and `stall` sends nothing.
    """
    asked: list[dict[str, str]] = []
    closed = threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            connection = H2Connection(H2Configuration(client_side=False, header_encoding=None))
            connection.initiate_connection()
            self.request.settimeout(10)
            with contextlib.suppress(OSError):
                self.request.sendall(connection.data_to_send())
                while data := self.request.recv(65536):
                    for event in connection.receive_data(data):
                        if isinstance(event, RequestReceived):
                            respond(connection, event)
                    self.request.sendall(connection.data_to_send())

    def respond(connection: H2Connection, event: RequestReceived) -> None:
        asked.append({name.decode(): value.decode() for name, value in event.headers})
        if answer.fault == "reset":
            connection.reset_stream(event.stream_id)
        elif answer.fault == "stall":
            closed.wait(0.5)
        else:
            headers = [(name.lower(), value) for name, value in answer.headers.items()]
            connection.send_headers(event.stream_id, [(":status", str(answer.status)), *headers])
            connection.send_data(event.stream_id, answer.body, end_stream=True)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

        def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
            assert isinstance(request, socket.socket)
            request.close()

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", asked
    finally:
        closed.set()
        server.shutdown()
        thread.join()
        server.server_close()
