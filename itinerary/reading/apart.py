"""Read a document in a process apart: a file that hangs, crashes or swells its reader takes nothing else along."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from itinerary.errors import InputError, UnknownFormat, UnreadableText
from itinerary.reading import limits
from itinerary.reading.source import Source, SourceKind

_ROOT = Path(__file__).resolve().parents[2]  # the folder that holds the package
# However many users of one server give files at the same moment, the machine's memory holds for them all.
_AT_ONCE = BoundedSemaphore(max(2, os.cpu_count() or 2))
_ERRORS = {kind.__name__: kind for kind in (InputError, UnreadableText, UnknownFormat)}


def read(data: bytes, kind: SourceKind, *, media_type: str | None = None, name: str = "") -> Source:
    """What the reader for `kind` makes of the bytes. Raises InputError where it fails, runs out of time or dies."""
    address = name if "://" in name else ""  # a file's own name tells a reader nothing
    try:
        with _AT_ONCE:
            done = _run([kind.name, media_type or "", address], data)
        if done.returncode == 0:
            return unpacked(done.stdout)
    except subprocess.TimeoutExpired:
        seconds = f"{limits.LONGEST_READING:.0f} s"
        raise UnreadableText(f"The {kind} was not read within {seconds}; save its text as .txt and give that.") from None
    except (OSError, ValueError) as error:
        raise InputError(f"The {kind} can't be read ({str(error)[:100]}); save its text as .txt and give that.") from error
    raise UnreadableText(f"The {kind} is damaged or far too large for its reader; save its text as .txt and give that.")


def _run(arguments: list[str], data: bytes) -> subprocess.CompletedProcess[bytes]:
    # -B: the worker may not write, not even a cache of its own code.
    command = [sys.executable, "-B", "-X", "utf8", "-m", "itinerary.reading.worker", *arguments]
    return subprocess.run(
        [argument.replace("\0", "") for argument in command],
        input=data,
        capture_output=True,
        cwd=_ROOT,
        timeout=limits.LONGEST_READING,
        check=False,
    )


def packed(answer: Source | InputError) -> bytes:
    """What a worker sends: a source, or the error in its place."""
    told = {"error": type(answer).__name__, "why": str(answer)} if isinstance(answer, InputError) else asdict(answer)
    return json.dumps(told, default=str).encode()


def unpacked(answer: bytes) -> Source:
    """What a worker sent. Raises the error that it met."""
    told: dict[str, Any] = json.loads(answer)
    if "error" in told:
        raise _ERRORS.get(told["error"], InputError)(told["why"])
    published = dt.date.fromisoformat(told["published"]) if told["published"] else None
    return Source(**{**told, "kind": SourceKind(told["kind"]), "notes": tuple(told["notes"]), "published": published})
