"""The wire: the one place that opens a connection to another machine.

Bounded in time and size, and suspicious of redirects: a server may not send us on to addresses inside a private network, where
our request would come from a trusted neighbour.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request, build_opener

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut, GeocoderUnavailable

from itinerary.errors import InputError

# The longest honest reply is a few KB; more is not read (bytes).
_LONGEST_REPLY = 1_000_000
_PIECE = 65_536
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

Resolver = Callable[[str], list[str]]  # host name -> its addresses


class RedirectRefused(GeocoderServiceError):  # type: ignore[misc]  # geopy has no types
    """The server sends on to where we don't go."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server as the user names it: scheme, and host with port and path."""

    scheme: str
    domain: str
    host: str

    @property
    def is_here(self) -> bool:
        """Whether it is this very machine."""
        return is_loopback(self.host)


def server_of(address: str) -> Server:
    """The server at an address such as "https://maps.example.org/nominatim"; https unless it says http. Raises InputError."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        sound = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1) and "@" not in parts.netloc
    except ValueError:
        sound = None
    if not sound or parts.query or parts.fragment or any(c.isspace() for c in address):
        raise InputError(f"{address!r} is no server address; write it as https://nominatim.example.org.")
    return Server(parts.scheme, (parts.netloc + parts.path).strip("/"), parts.hostname or "")


def addresses(host: str) -> list[str]:
    """The addresses that a host name stands for; [] when it stands for none."""
    try:
        return [str(info[4][0]) for info in socket.getaddrinfo(host, None)]
    except (OSError, UnicodeError):
        return []


def may_follow(url: str, server: Server, resolve: Resolver = addresses) -> bool:
    """Whether a redirect of `server` to `url` may be followed: to public web addresses only, and never from https to http.

    A server on this machine may send on to this machine.
    """
    target = urlsplit(url)
    if target.scheme not in ("http", "https") or not target.hostname or (server.scheme, target.scheme) == ("https", "http"):
        return False
    if server.is_here and is_loopback(target.hostname):
        return True
    found = resolve(target.hostname)
    return bool(found) and all(is_public(address) for address in found)


def is_public(address: str) -> bool:
    """Whether an address belongs to the public net; one that carries an IPv4 address inside is judged by that."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local:
        return False
    return all(each.is_global and not each.is_multicast and not each.is_reserved for each in _carried(ip) or (ip,))


def _carried(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> tuple[ipaddress.IPv4Address, ...]:
    """The IPv4 addresses inside an IPv6 address (mapped, 6to4, Teredo, NAT64): where a request to it ends."""
    if not isinstance(ip, ipaddress.IPv6Address):
        return ()
    if ip in _NAT64:
        return (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF),)
    return ip.teredo or tuple(filter(None, (ip.ipv4_mapped, ip.sixtofour)))


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine, by name or address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Redirects(HTTPRedirectHandler):
    """Follows a redirect only where `may_follow` allows it."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        if not may_follow(newurl, self.server):
            fp.close()
            raise RedirectRefused(f"a redirect to {newurl[:200]!r} was not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def opener(server: Server, proxies: dict[str, str] | None = None, ssl_context: Any = None) -> OpenerDirector:
    """What opens addresses of a server: the system's proxies unless it is this machine, redirects watched."""
    known = ProxyHandler({} if server.is_here else proxies)
    return build_opener(known, HTTPSHandler(context=ssl_context), _Redirects(server))


class Transport(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """How geopy reaches a server. `clock` gives seconds; only differences count."""

    def __init__(self, *, proxies: Any, ssl_context: Any, server: Server, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._opener, self._clock = opener(server, proxies, ssl_context), clock

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        """The reply as JSON. Raises what geopy's adapters raise."""
        try:
            return json.loads(self.get_text(url, timeout=timeout, headers=headers))
        except (ValueError, RecursionError) as error:
            raise GeocoderParseError("the reply is no JSON") from error

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        """The reply as text, at most 1 MB, after at most twice `timeout` seconds."""
        try:
            with closing(self._opener.open(Request(url, headers=headers), timeout=timeout)) as reply:
                return self._body(reply, timeout).decode()
        except HTTPError as error:
            with closing(error):
                if 300 <= error.code < 400:  # in circles, or to no web address
                    raise RedirectRefused("a redirect was not followed") from error
                known = {name.lower(): value for name, value in error.headers.items()}
            raise AdapterHTTPError(f"HTTP {error.code}", status_code=error.code, headers=known, text=None) from error
        except UnicodeDecodeError as error:
            raise GeocoderParseError("the reply is no UTF-8") from error
        except TimeoutError as error:
            raise GeocoderTimedOut("no reply in time") from error
        except URLError as error:
            kind = GeocoderTimedOut if isinstance(error.reason, TimeoutError) else GeocoderUnavailable
            raise kind(str(error.reason)) from error
        except (HTTPException, OSError) as error:
            raise GeocoderUnavailable(f"the connection broke ({type(error).__name__})") from error

    def _body(self, reply: Any, timeout: float) -> bytes:
        """All of the reply, unless it is too long or trickles in too slowly."""
        body, latest = bytearray(), self._clock() + timeout
        while piece := reply.read1(_PIECE):
            body += piece
            if len(body) > _LONGEST_REPLY:
                raise GeocoderParseError("the reply is far too long")
            if self._clock() > latest:
                raise GeocoderTimedOut("the reply trickles in")
        return bytes(body)
