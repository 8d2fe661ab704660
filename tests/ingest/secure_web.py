"""A server on the loopback that speaks TLS, and HTTP/2 or HTTP/1.1 as it is told to.

``loopback.pem`` is a certificate that nobody signed, and its key, for 127.0.0.1 only.
"""

import socket
import ssl
import threading
from pathlib import Path
from typing import Self

import h2.config
import h2.connection
import h2.events

CERTIFICATE = Path(__file__).parent / "loopback.pem"


class SecureServer:
    """Answers every request with ``body``, or sends it to ``location``; used in a ``with``.

    ``versions`` has the protocol that each connection agreed on (ALPN).
    """

    def __init__(self, body: bytes, *, http2: bool, location: str | None = None) -> None:
        self.versions: list[str | None] = []
        self.paths: list[str] = []
        self._body = body
        self._location = location
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(CERTIFICATE)
        self._context.set_alpn_protocols(["h2", "http/1.1"] if http2 else ["http/1.1"])
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def url(self, path: str) -> str:
        """The address of ``path``."""
        return f"https://127.0.0.1:{self._socket.getsockname()[1]}{path}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _accept(self) -> None:
        while True:
            try:
                plain, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(plain,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        try:
            plain.settimeout(30)
            with self._context.wrap_socket(plain, server_side=True) as secure:
                self.versions.append(secure.selected_alpn_protocol())
                if secure.selected_alpn_protocol() == "h2":
                    self._speak_h2(secure)
                else:
                    self._speak_h1(secure)
        except (OSError, ssl.SSLError):
            return  # a client that hangs up is part of the game

    def _speak_h1(self, secure: ssl.SSLSocket) -> None:
        request = secure.recv(65536)
        self.paths.append(request.split(b" ")[1].decode())
        where = f"Location: {self._location}\r\n" if self._location else ""
        status = "302 Found" if self._location else "200 OK"
        head = f"HTTP/1.1 {status}\r\n{where}Content-Length: {len(self._body)}\r\n"
        secure.sendall(f"{head}Connection: close\r\n\r\n".encode() + self._body)

    def _speak_h2(self, secure: ssl.SSLSocket) -> None:
        link = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        link.initiate_connection()
        secure.sendall(link.data_to_send())
        while data := secure.recv(65536):
            for event in link.receive_data(data):
                if isinstance(event, h2.events.RequestReceived) and event.headers:
                    self.paths += [bytes(v).decode() for n, v in event.headers if n == b":path"]
                    length = str(len(self._body))
                    headers = [(":status", "200"), ("content-length", length)]
                    assert event.stream_id is not None
                    link.send_headers(event.stream_id, headers)
                    link.send_data(event.stream_id, self._body, end_stream=True)
            secure.sendall(link.data_to_send())
