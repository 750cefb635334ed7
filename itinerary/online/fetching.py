"""Fetch a large file, such as GeoNames' dump, into a folder: streamed, and whole or absent."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import Request

from geopy.exc import GeopyError

from itinerary.cache import cache_folder
from itinerary.errors import InputError
from itinerary.online.asking import USER_AGENT
from itinerary.online.transport import opener, server_of

_PIECE = 1 << 20
_TIMEOUT = 30.0  # s without a byte
# The names that GeoNames gives its files; no other may be written into the user's folder.
_FILE = re.compile(r"[\w-]+\.(zip|txt)", re.ASCII)

Progress = Callable[[int, int, str], None]  # bytes fetched, bytes in all, name of the file


def fetched(url: str, folder: Path | None = None, *, progress: Progress | None = None) -> Path:
    """The .zip or .txt at `url`, now in `folder` (by default the user's cache folder) under its own name.

    Raises InputError when it can't be fetched whole; a file of that name from an earlier time then stays as it was.
    """
    server, name = server_of(url), PurePosixPath(unquote(urlsplit(url).path)).name
    if not _FILE.fullmatch(name):
        raise InputError(
            f"{url!r} is no address of a .zip or .txt file, as https://download.geonames.org/export/dump/cities500.zip."
        )
    path = (folder or cache_folder() / "geonames") / name
    part = path.with_name(f"{name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(opener(server).open(Request(url, headers={"User-Agent": USER_AGENT}), timeout=_TIMEOUT)) as reply:
            _copy(reply, part, progress or (lambda done, total, name: None))
        part.replace(path)
    except (GeopyError, HTTPException, OSError) as error:
        raise InputError(f"{url} can't be fetched ({str(error)[:100]}); fetch it yourself and give its path.") from error
    finally:
        part.unlink(missing_ok=True)
    return path


def _copy(reply: Any, part: Path, tell: Progress) -> None:
    """Write down all bytes that the server announced; OSError when there are fewer."""
    total, done = int(reply.headers.get("Content-Length") or 0), 0
    with part.open("wb") as file:
        while piece := reply.read1(_PIECE):
            done += file.write(piece)
            tell(done, max(total, done), f"fetching {part.name.split('.')[0]}")
    if done < total:
        raise OSError(f"{done} of {total} bytes came")
