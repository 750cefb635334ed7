"""A journey with the answer of a careful reader, and a server of a language model that follows a script."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TEXT = """Anna Holm’s summer

On 3 May 1843 Anna Holm left Bergen by ship. Two days later she came to Lerwick, where it rained.
Her brother wrote from Copenhagen that he had seen the king.

From Lerwick she went on to Aberdeen on 12 May 1843, and she will travel to London in June.
"""
PUBLISHED = "1843-05-20"


def stop(name: str, quote: str, **more: Any) -> dict[str, Any]:
    """A stop as an answer tells it."""
    return {"name": name, "quote": quote, "status": "visited", **more}


BERGEN = stop("Bergen", "On 3 May 1843 Anna Holm left Bergen by ship.", depart="3 May 1843", country="NO")
LERWICK = stop("Lerwick", "Two days later she came to Lerwick, where it rained.", arrive="Two days later", country="GB")
ABERDEEN = stop("Aberdeen", "she went on to Aberdeen on 12 May 1843", arrive="12 May 1843", country="GB")
LONDON = stop("London", "she will travel to London in June", status="planned", arrive="in June", country="GB")
STOPS = (BERGEN, LERWICK, ABERDEEN, LONDON)


def answer(*stops: dict[str, Any], traveller: str | None = "Anna Holm") -> str:
    """The JSON of an answer."""
    return json.dumps({"traveller": traveller, "stops": list(stops)}, ensure_ascii=False)


# --- a server ---------------------------------------------------------------------------------------------------------

Act = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


def says(content: Any, **more: Any) -> Act:
    """Answers with a chat completion."""

    def act(handler: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
        _reply(handler, 200, json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}], **more}))

    return act


def gives(status: int, body: str = "{}", **headers: str) -> Act:
    """Answers with a status, headers (Retry_After) and a body."""
    return lambda handler, asked: _reply(handler, status, body, headers)


def hangs(handler: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
    """Takes the question and says nothing for a while."""
    time.sleep(1.5)


def never_ends(handler: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
    """Goes on answering as fast as it can."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b'{"choices": ' + b" " * 1_000_000)
    except OSError:
        pass


def trickles(handler: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
    """Sends a byte now and then, so that no wait for the next one is long."""
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(40):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass


def hangs_up(handler: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
    """Closes the connection without a word."""
    handler.connection.close()


def _reply(handler: BaseHTTPRequestHandler, status: int, body: str, headers: dict[str, str] | None = None) -> None:
    data = body.encode()
    handler.send_response(status)
    for name, value in (headers or {}).items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


class Server:
    """What was asked of a scripted server: `url` is its address, `asked` the requests, `keys` how they were authorised."""

    def __init__(self, script: Sequence[Act]) -> None:
        self.script, self.asked, self.keys, self.url = list(script), list[dict[str, Any]](), list[str | None](), ""

    def act(self, handler: BaseHTTPRequestHandler) -> None:
        """Follow the script; its last line is repeated."""
        asked = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        self.asked.append(asked)
        self.keys.append(handler.headers.get("Authorization"))
        (self.script.pop(0) if len(self.script) > 1 else self.script[0])(handler, asked)


@contextmanager
def serving(*script: Act) -> Iterator[Server]:
    """A server on this machine that follows a script, an act for each request."""
    server = Server(script)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            try:
                server.act(self)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads, listening.block_on_close = True, False
    threading.Thread(target=lambda: listening.serve_forever(poll_interval=0.02), daemon=True).start()
    server.url = f"http://127.0.0.1:{listening.server_address[1]}/v1"
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
