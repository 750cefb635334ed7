"""Standard output and the notes beside it."""

from __future__ import annotations

import os
import sys

from itinerary import environment
from itinerary.errors import OutputError


def show(text: str) -> None:
    """Write a text and a line end to standard output at once, so that a full disk behind it is noticed here."""
    try:
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
        print(text, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _full(error) from error


def pour(data: bytes) -> None:
    """Write the bytes of a file to standard output, as they are."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _full(error) from error


def _full(error: OSError) -> OutputError:
    silence()
    return OutputError(f"Standard output can't be written ({error.strerror}); send it elsewhere.")


def silence() -> None:
    """Let what is still buffered go nowhere: written at the end, it would fail once more and change the exit status."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def remark(sentence: str) -> None:
    """Say something beside the result, on standard error."""
    print(f"itinerary: {sentence}", file=sys.stderr)


def progress(stage: str, share: float | None = None) -> None:
    """Show the stage of the work where somebody watches."""
    environment.note(stage if share is None else f"{stage} {share:.0%}")
