"""The process apart: reads one document from standard input and writes what it found as JSON.

Before a byte of the document is looked at, the process gives up what no reader needs: memory without end, other programs, the
network and writing to the disk. So even a flaw in a reader could not do more than spoil its own answer.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

from itinerary.errors import InputError, UnreadableText
from itinerary.reading import limits
from itinerary.reading.apart import packed
from itinerary.reading.source import Source, SourceKind

# Kind -> the module whose `extracted(data, hint)` reads it, and what the hint is: the media type or the name.
READERS = {
    SourceKind.MARKDOWN: "markdown",
    SourceKind.PAGE: "web",
    SourceKind.PDF: "pdf",
    SourceKind.WORD: "word",
    SourceKind.MAIL: "mail",
}
# Events of Python's audit hooks that no reader has a reason for.
_FORBIDDEN = (
    "socket.", "urllib.", "ftplib.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork",
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.chown", "os.truncate", "shutil.",
)  # fmt: skip
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def extracted(data: bytes, kind: SourceKind, *, media_type: str = "", name: str = "") -> Source:
    """What the reader for `kind` makes of the bytes. Raises InputError for whatever keeps it from it."""
    reader = import_module(f"itinerary.reading.{READERS[kind]}")
    try:
        source: Source = reader.extracted(data, media_type=media_type, name=name)
    except InputError:
        raise
    except MemoryError:
        raise UnreadableText(f"The {kind} is far too large for its reader; give a part of it.") from None
    except Exception as error:  # libraries meet hostile bytes with errors of every kind
        raise UnreadableText(f"The {kind} is damaged and can't be read; save its text as .txt and give that.") from error
    return source


def main(arguments: list[str]) -> None:
    """Read standard input as the kind named first; media type and name follow."""
    kind, media_type, name = arguments
    data, out = sys.stdin.buffer.read(), sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints, it is no part of the answer
    _bound()
    try:
        answer: Source | InputError = extracted(data, SourceKind[kind], media_type=media_type, name=name)
    except InputError as error:
        answer = error
    out.write(packed(answer))
    out.flush()


def _bound() -> None:
    """Give up what no reader needs, for good."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit has to do
        pass
    else:
        for limit, most in ((resource.RLIMIT_AS, limits.MEMORY), (resource.RLIMIT_CORE, 0)):
            with suppress(ValueError, OSError):  # a system that has a lower limit already, or none to set
                resource.setrlimit(limit, (most, most))
    sys.addaudithook(_watch)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what a reader has no business with."""
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES
    if writes or event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader may not do this: {event}")


if __name__ == "__main__":
    main(sys.argv[1:])
