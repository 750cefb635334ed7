"""Fetch one page that the user names, and nothing from where only this machine could look.

A page's address is a stranger's word: it may name a machine of the user's own network, or a server that sends on to one, or a
name that stands for a public address when it is checked and for a private one when it is used. So redirects are followed by
hand, every address that a name stands for is checked, and the connection goes to an address that was checked.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import quote, urljoin, urlsplit

from itinerary import reading
from itinerary.errors import InputError
from itinerary.online.transport import Resolver, addresses, is_loopback, is_public
from itinerary.reading import Source

_MOST_REDIRECTS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
_LONGEST_ADDRESS = 2_000  # characters, as browsers have it
_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[\w.:-]{1,253}", re.ASCII)
_INSTEAD = "save the page in the browser and give the file"


@dataclass(frozen=True, slots=True)
class Hop:
    """One request: where to, and the addresses (checked) that the host stands for."""

    scheme: str
    host: str
    port: int
    target: str  # path and query
    ips: tuple[str, ...]

    @property
    def header(self) -> str:
        """The Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; the headers' names are in small letters."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Send = Callable[
    [Hop, float], Reply
]  # the request and how long it may take (s); raises OSError, or InputError for a reply too large


def fetch_page(
    address: str,
    *,
    timeout: float = 20.0,
    resolve: Resolver = addresses,
    send: Send | None = None,
    allow_loopback: bool = False,
) -> Source:
    """The text of the page at `address` with its title and date, read as `reading.open_document` reads a file.

    One page, asked for once, within `timeout` seconds; http and https only, without proxies, at most 5 redirects, never to
    private addresses and never from https to http. `allow_loopback` is for tests with a server of their own. Raises InputError,
    in one sentence, for whatever keeps the text from being read.
    """
    url, reply = _followed(_Visit(time.monotonic() + timeout, resolve, send or _wire(), allow_loopback), _cleaned(address))
    if not reply.body.strip():
        raise InputError(f"The page at {_short(url)} is empty; {_INSTEAD}.")
    source = reading.open_document(reply.body, url, media_type=reply.headers.get("content-type"))
    return replace(source, address=url)


def _wire() -> Send:
    from itinerary.online.wire import sent

    return sent


@dataclass(frozen=True, slots=True)
class _Visit:
    """The means of one visit: until when (s on the monotonic clock), how names are resolved and requests sent."""

    deadline: float
    resolve: Resolver
    send: Send
    allow_loopback: bool

    @property
    def left(self) -> float:
        """Seconds left, never quite 0."""
        return max(self.deadline - time.monotonic(), 0.001)


def _followed(visit: _Visit, url: str) -> tuple[str, Reply]:
    """The page at the end of the redirects, and where that is."""
    seen = {url}
    for _ in range(_MOST_REDIRECTS + 1):
        reply = _asked(visit, url)
        if reply.status not in _REDIRECTS:
            _check_status(reply.status, url)
            return url, reply
        following = _next(url, reply.headers.get("location", ""))
        if following in seen:
            raise InputError(f"The page at {_short(url)} sends round in circles; {_INSTEAD}.")
        seen.add(following)
        url = following
    raise InputError(f"The page sends on more than {_MOST_REDIRECTS} times; give the address where it ends, or {_INSTEAD}.")


def _next(url: str, location: str) -> str:
    """Where a redirect leads. Raises InputError where we don't go."""
    following = _cleaned(urljoin(url, _mended(location))) if location.strip() else ""
    if not following or (url.startswith("https:") and not following.startswith("https:")):
        raise InputError(f"The page at {_short(url)} sends on to where nothing is fetched from; {_INSTEAD}.")
    return following


def _mended(location: str) -> str:
    """A Location header as it was meant: servers write spaces, and UTF-8 where HTTP knows Latin-1 alone."""
    try:
        return location.strip().replace(" ", "%20").encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location.strip().replace(" ", "%20")


def _asked(visit: _Visit, url: str) -> Reply:
    hop = _hop(visit, url)
    try:
        return visit.send(hop, visit.left)
    except TimeoutError as error:
        raise InputError(f"{hop.host} did not answer in time; try again later, or {_INSTEAD}.") from error
    except OSError as error:
        raise InputError(f"{hop.host} can't be reached ({str(error)[:80]}); check the address, or {_INSTEAD}.") from error


def _hop(visit: _Visit, url: str) -> Hop:
    """The request for an address; every address that its host stands for is public."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    ips = _in_time(visit, host)
    if not ips:
        raise InputError(f"There is no server {host[:100]!r}; check the address.")
    if not all(is_public(ip) or (visit.allow_loopback and is_loopback(ip)) for ip in ips):
        raise InputError(f"{host[:100]!r} lies in a private network; nothing is fetched from there: {_INSTEAD}.")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Hop(parts.scheme, host, parts.port or _PORTS[parts.scheme], target, tuple(dict.fromkeys(ips)))


def _in_time(visit: _Visit, host: str) -> list[str]:
    """The addresses of a host; the system's own look-up knows no time limit."""
    found: SimpleQueue[list[str]] = SimpleQueue()
    Thread(target=lambda: found.put(visit.resolve(host)), daemon=True).start()
    try:
        return found.get(timeout=visit.left)
    except Empty:
        raise InputError(f"{host[:100]!r} could not be looked up in time; try again later, or {_INSTEAD}.") from None


def _cleaned(address: str) -> str:
    """The address as it is sent: with a scheme, in ASCII, without what only a browser needs. Raises InputError if it is none."""
    written = address.strip()
    wanted = written if "://" in written else f"https://{written}"
    try:
        parts = urlsplit(wanted)
        host = (parts.hostname or "").encode("idna").decode() if ":" not in (parts.hostname or ":") else parts.hostname or ""
        sound = parts.scheme in _PORTS and _HOST.fullmatch(host) and (parts.port or 1) and "@" not in parts.netloc
    except ValueError:
        sound = False
    if not sound or len(written) > _LONGEST_ADDRESS or any(c.isspace() or not c.isprintable() for c in written):
        raise InputError(f"{_short(written)!r} is no address of a web page; write it as https://example.org/journey.html.")
    netloc = (f"[{host}]" if ":" in host else host) + (f":{parts.port}" if parts.port else "")
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return f"{parts.scheme}://{netloc}{quote(parts.path or '/', safe=_SAFE)}{query}"


# What may stand in a path and a query as it is; the per cent sign, too: the address may be quoted already.
_SAFE = "/%:@!$&'()*+,;=~?-._"


def _check_status(status: int, url: str) -> None:
    where = _short(url)
    if status in (404, 410):
        raise InputError(f"There is no page at {where} (status {status}); check the address.")
    if status in (401, 402, 403, 451):
        raise InputError(f"The page at {where} is not shown to programs (status {status}); {_INSTEAD}.")
    if status == 429 or status >= 500:
        raise InputError(f"The server of {where} is in trouble (status {status}); try again later, or {_INSTEAD}.")
    if not 200 <= status < 300:
        raise InputError(f"The page at {where} can't be fetched (status {status}); {_INSTEAD}.")


def _short(url: str) -> str:
    return url if len(url) <= 120 else f"{url[:119]}…"
