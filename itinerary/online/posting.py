"""JSON posted to a server, and its reply: bounded in time and size, broken off when the user says so, never sent elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from itinerary.errors import SetupError
from itinerary.online.asking import USER_AGENT
from itinerary.online.transport import Server

if TYPE_CHECKING:
    import httpx

_CONNECT_IN = 10.0  # s
_LONGEST_REPLY = 4_000_000  # bytes; the longest honest answer has some 100 KB
_MOST_REDIRECTS = 2
_KEPT_METHOD = frozenset({307, 308})  # redirects that ask for the same request again
_LOOK = 0.05  # s between two looks whether the user has cancelled


class Refused(Exception):
    """No reply, or none that may be taken; what happened, behind the name of the server."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status, headers in small letters, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request to a server, and its reply within `within` seconds. `transport` stands in for the wire."""

    server: Server
    key: str | None
    within: float
    transport: httpx.BaseTransport | None = None

    def post(self, url: str, payload: dict[str, Any], cancelled: Callable[[], bool], clock: Callable[[], float]) -> Reply:
        """The reply. Raises Refused; SetupError where httpx is not installed."""
        client, latest, done = self._client(), clock() + self.within, SimpleQueue[Reply | Exception]()
        Thread(target=lambda: done.put(_outcome(lambda: self._followed(client, url, payload))), daemon=True).start()
        try:
            while True:
                with suppress(Empty):
                    outcome = done.get(timeout=_LOOK)
                    break
                if cancelled():
                    raise Refused("was not waited for, as you wished")
                if clock() > latest:
                    raise Refused(f"did not answer within {self.within:,.0f} s")
        finally:
            client.close()  # what is still under way in the thread breaks off
        if isinstance(outcome, Exception):
            raise _refused(outcome) from outcome
        return outcome

    def _client(self) -> httpx.Client:
        try:
            import httpx
        except ImportError as error:
            raise SetupError("Asking a language model needs the package httpx; run: pip install httpx==0.28.1") from error
        times = httpx.Timeout(self.within, connect=min(_CONNECT_IN, self.within))
        own = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **own}
        # A server on this machine is asked without the proxies of the environment.
        return httpx.Client(
            headers=headers, timeout=times, transport=self.transport, trust_env=not self.server.is_here, follow_redirects=False
        )

    def _followed(self, client: httpx.Client, url: str, payload: dict[str, Any]) -> Reply:
        """The reply, after redirects within the same server."""
        for _ in range(_MOST_REDIRECTS + 1):
            reply = _read(client, url, payload)
            if not 300 <= reply.status < 400:
                return reply
            target = urljoin(url, reply.headers.get("location", ""))
            if reply.status not in _KEPT_METHOD or urlsplit(target)[:2] != urlsplit(url)[:2]:
                raise Refused("sends on to another address, where nothing was sent; give the right one")
            url = target
        raise Refused("sends on in circles")


def _read(client: httpx.Client, url: str, payload: dict[str, Any]) -> Reply:
    with client.stream("POST", url, json=payload) as response:
        body = bytearray()
        for piece in response.iter_raw():
            body += piece
            if len(body) > _LONGEST_REPLY:
                raise Refused("answers without an end")
        return Reply(response.status_code, {name.lower(): value for name, value in response.headers.items()}, bytes(body))


def _outcome(work: Callable[[], Reply]) -> Reply | Exception:
    try:
        return work()
    except Exception as error:  # it is raised again where it is waited for
        return error


def _refused(error: Exception) -> Refused:
    import httpx

    if isinstance(error, Refused):
        return error
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return Refused("can't be reached; start the server there or check the address")
    if isinstance(error, httpx.TimeoutException):
        return Refused("did not answer in time")
    return Refused(f"broke the connection off ({type(error).__name__})")
