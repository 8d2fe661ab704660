"""A server of chat completions on loopback that answers as a script says, well or badly."""

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

Script = Callable[["Exchange"], None]


class Exchange:
    """One request, and the means to answer it."""

    def __init__(self, handler: BaseHTTPRequestHandler, released: threading.Event) -> None:
        self._handler = handler
        self.released = released
        self.path = handler.path
        self.headers = dict(handler.headers)
        length = int(handler.headers.get("Content-Length", "0"))
        self.request: dict[str, Any] = json.loads(handler.rfile.read(length))

    @property
    def schema(self) -> dict[str, Any] | None:
        """The schema that the answer should have."""
        form = self.request["response_format"]
        return form["json_schema"]["schema"] if form["type"] == "json_schema" else None

    def send(self, body: bytes, status: int = 200, **headers: str) -> None:
        """Answer with these bytes."""
        self.begin(status, len(body), **headers)
        self.write(body)

    def begin(self, status: int, length: int | None, **headers: str) -> None:
        """The head of an answer."""
        self._handler.send_response(status)
        if length is not None:
            self._handler.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.end_headers()

    def write(self, body: bytes) -> None:
        """A piece of an answer."""
        self._handler.wfile.write(body)
        self._handler.wfile.flush()

    def say(self, content: str, tokens: object = 40) -> None:
        """Answer as a server does whose model writes ``content``."""
        message = {"role": "assistant", "content": content}
        value = {"choices": [{"message": message}], "usage": {"total_tokens": tokens}}
        self.send(json.dumps(value).encode(), Content_Type="application/json")

    def pick(self, *picks: tuple[object, object]) -> None:
        """Answer with these picks."""
        self.say(json.dumps({"picks": picks}))


class ModelServer:
    """``with ModelServer(script) as server``: its ``url``, and the ``requests`` that came in."""

    def __init__(self, script: Script) -> None:
        self.requests: list[Exchange] = []
        self._released = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                exchange = Exchange(self, outer._released)
                outer.requests.append(exchange)
                # The other side may have had enough.
                with suppress(BrokenPipeError, ConnectionResetError):
                    script(exchange)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    @property
    def url(self) -> str:
        """The base address, as it is configured."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
