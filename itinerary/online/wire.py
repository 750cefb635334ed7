"""One request over one connection to an address that was checked before: bounded in time and size from first byte to last."""

from __future__ import annotations

import socket
import ssl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Timer

from itinerary.errors import InputError
from itinerary.online.asking import USER_AGENT
from itinerary.online.visiting import Hop, Reply
from itinerary.reading import limits

LARGEST_PAGE = limits.LARGEST_PAGE  # bytes; a PDF of a long book has fewer
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,text/plain,application/pdf;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "identity",
    "Accept-Language": "en",
    "Connection": "close",
}
_PACKED = {"gzip", "x-gzip", "deflate"}


def sent(hop: Hop, timeout: float) -> Reply:
    """What the server answers. Raises OSError (TimeoutError when time runs out), InputError for a reply too large."""
    with _connected(hop, timeout) as connection:
        try:
            connection.request("GET", hop.target, headers={"Host": hop.header, **_HEADERS})
            with connection.getresponse() as response:
                headers = {name.lower(): value for name, value in response.getheaders()}
                return Reply(response.status, _unpacked(_body(response), headers.get("content-encoding", "")), headers)
        except (HTTPException, ValueError) as error:
            raise OSError(f"the answer is no HTTP: {type(error).__name__}") from error


@contextmanager
def _connected(hop: Hop, timeout: float) -> Iterator[HTTPConnection]:
    """A connection that is cut when the time is over, however slowly the server goes on talking."""
    over = False
    wire = _opened(hop, timeout)

    def cut() -> None:
        nonlocal over
        over = True
        with suppress(OSError):
            wire.shutdown(socket.SHUT_RDWR)

    timer = Timer(timeout, cut)
    timer.daemon = True
    timer.start()
    try:
        if hop.scheme == "https":
            wire = ssl.create_default_context().wrap_socket(wire, server_hostname=hop.host)
        connection = HTTPConnection(hop.host, hop.port)
        connection.sock = wire
        yield connection
        if over:
            raise TimeoutError("time is over")
    except OSError as error:
        raise TimeoutError("time is over") if over else error from error
    finally:
        timer.cancel()
        wire.close()


def _opened(hop: Hop, timeout: float) -> socket.socket:
    """A connection to the first of the host's addresses that takes one."""
    trouble: OSError = OSError("no address")
    for ip in hop.ips[:4]:
        try:
            return socket.create_connection((ip, hop.port), timeout=timeout)
        except OSError as error:
            trouble = error
    raise trouble


def _body(response: HTTPResponse) -> bytes:
    content = response.read(LARGEST_PAGE + 1)
    if len(content) > LARGEST_PAGE:
        raise _too_large()
    if response.length:  # bytes that were announced and did not come
        raise OSError("the answer was cut off")
    return content


def _unpacked(content: bytes, encoding: str) -> bytes:
    """The content without the packing that a server added unasked."""
    if encoding.strip().lower() not in _PACKED:
        return content
    try:
        unpacked = zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(content, LARGEST_PAGE + 1)
    except zlib.error as error:
        raise OSError("the answer is packed and damaged") from error
    if len(unpacked) > LARGEST_PAGE:
        raise _too_large()
    return unpacked


def _too_large() -> InputError:
    return InputError(f"The page has more than {LARGEST_PAGE / 1e6:.0f} MB; save it in the browser and give a part of it.")
