"""A server on this machine that misbehaves in every known way, and a clock that only sleeping moves."""

import datetime as dt
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from itinerary import online
from itinerary.model import Resolution
from tests.builders import BERGEN, LERWICK, resolution

TEXT = "From Bergen to Lerwick, then Upper Nowhere, Foo Sound, Bar Head and Baz Ness."
NOW = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC).timestamp()
HIT = {
    "osm_type": "node", "osm_id": 42, "lat": "60.2", "lon": "-1.3", "class": "place", "type": "village", "importance": 0.3,
    "name": "Upper Nowhere", "display_name": "Upper Nowhere, Shetland, Scotland, United Kingdom",
    "address": {"country_code": "gb", "state": "Scotland"}, "boundingbox": ["60.1", "60.3", "-1.4", "-1.2"],
}  # fmt: skip


class Service:
    """A server on this machine that gives the replies it is told to, the last one for ever, and keeps the requests."""

    def __init__(self) -> None:
        self.replies: list[Callable[[BaseHTTPRequestHandler], None]] = [says([HIT])]
        self.requests: list[tuple[str, str]] = []  # name asked for (or path), user agent
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                query = parse_qs(urlsplit(self.path).query)
                service.requests.append((query.get("q", [self.path])[0], self.headers["User-Agent"]))
                service.replies[min(len(service.requests), len(service.replies)) - 1](self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}"

    @property
    def asked(self) -> list[str]:
        return [name for name, _ in self.requests]


def says(body: object, status: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """A reply: JSON of the body, or the bytes as they are."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(content)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return reply


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


@contextmanager
def answering(http: ThreadingHTTPServer) -> Iterator[None]:
    """A server that answers as long as it is looked at."""
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service()
    with answering(service.http):
        yield service


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now, self.slept = NOW, list[float]()

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def geocoder(service: Service, time: Time, tmp_path: Path) -> online.OnlineGeocoder:
    return online.geocoder(service.address, folder=tmp_path, clock=time.clock, sleep=time.sleep)


def unknown(name: str) -> Resolution:
    found = resolution(name, None, TEXT)
    return replace(found, reason=f"{name} is not in the gazetteer", score=0.0)


KNOWN = (resolution("Bergen", BERGEN, TEXT), resolution("Lerwick", LERWICK, TEXT))
LACKING = tuple(map(unknown, ("Upper Nowhere", "Foo Sound", "Bar Head", "Baz Ness")))
ONE = (*KNOWN, LACKING[0])
