"""From bytes to text, whatever the encoding."""

from __future__ import annotations

import unicodedata

from itinerary.errors import UnreadableText


def decode(data: bytes) -> str:
    """The text in `data`, whatever its encoding (UTF-8 and UTF-16 first, then the likeliest).

    Raises UnreadableText when the bytes are no text.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decoded(data, encoding) or _refuse()
    text = _decoded(data, "utf-8") or _guessed(data)
    return text if text is not None and _is_text(text) else _refuse()


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes) -> str | None:
    if not data or b"\0" in data:
        return "" if not data else None
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return str(best) if best else None


def _is_text(text: str) -> bool:
    """Whether control characters are rarer than one in fifty, as they are in any real text."""
    sample = text[:20_000]
    odd = sum(1 for c in sample if unicodedata.category(c) in ("Cc", "Cn", "Co") and c not in "\n\r\t\f\v")
    return odd * 50 <= len(sample)


def _refuse() -> str:
    raise UnreadableText("The file holds no readable text; give a plain text file (UTF-8 is best).")
