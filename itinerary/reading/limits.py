"""How much is read of anything: bounds that no honest text meets, so that a hostile one can't fill the memory or the day."""

from __future__ import annotations

from itinerary.errors import InputError

LONGEST_TEXT = 20_000_000  # characters; a 150,000-word book has 900,000
LARGEST_FILE = 80_000_000  # bytes; no text of the longest length has more, and few scanned books
LONGEST_READING = 60.0  # s for one file; a PDF of 400 pages takes about 3
MEMORY = 3_000_000_000  # bytes of address space for a reader
LARGEST_PART = 60_000_000  # bytes of one unpacked part of a packed document; a long book's has 15 million
LARGEST_PAGE = 20_000_000  # bytes of a web page, whose tree is fifty times larger; 8 MB take 12 s
MOST_PAGES = 5_000  # of a PDF


def check_length(text: str) -> None:
    """Raises InputError for a text that is too long."""
    if len(text) > LONGEST_TEXT:
        raise InputError(f"The text has {len(text):,} characters; at most {LONGEST_TEXT:,} can be read: give a part of it.")


def check_size(data: bytes) -> None:
    """Raises InputError for a file that is too large."""
    if len(data) > LARGEST_FILE:
        most = f"{LARGEST_FILE / 1e6:.0f} MB"
        raise InputError(f"The file has {len(data) / 1e6:,.0f} MB; at most {most} are read: give a part of it, or its text.")
