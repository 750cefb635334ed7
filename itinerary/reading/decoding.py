"""From bytes to text, whatever the encoding."""

from __future__ import annotations

import unicodedata

from itinerary.errors import UnreadableText

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HEAD = 4_000  # bytes that tell UTF-16 without a mark
# What Windows-1252 says in an English text: Western letters, a typesetter's signs. Others speak for another encoding.
_WESTERN = set("áàâäãåæçéèêëíìîïñóòôöõøœúùûüýÿßÁÀÂÄÅÆÇÉÈÊËÍÎÑÓÖØŒÚÜ‘’“”„‚–—…•€£§°·«»¡¿©®™´¨¼½¾×\u00a0\u00ad")


def decode(data: bytes) -> str:
    """The text in `data`, whatever its encoding (UTF-8 and UTF-16 first, then Windows-1252, then the likeliest).

    Raises UnreadableText when the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding) or _refuse()
    wide = _wide(data)
    text = _decoded(data, wide) if wide else _decoded(data, "utf-8") or _western(data) or _guessed(data)
    return text if text is not None and _is_text(text) else _refuse()


def decode_declared(data: bytes, declared: str | None) -> str:
    """The text of a page or a mail that names its encoding; characters that break it become "\ufffd".

    Without a name, or with one that is none, as `decode`. Raises UnreadableText when the bytes are no text.
    """
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return decode(data)
    # The web's custom: who says Latin-1 means Windows-1252.
    known = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252"}.get((declared or "").lower(), declared)
    try:
        return data.decode(known, errors="replace") if known else decode(data)
    except (LookupError, ValueError):  # no encoding of text
        return decode(data)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in Western text every other byte is 0."""
    head = data[:_HEAD]
    if len(head) < 8 or len(data) % 2:
        return None
    for encoding, high, low in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if high.count(0) * 10 >= len(high) * 9 and low.count(0) == 0:
            return encoding
    return None


def _western(data: bytes) -> str | None:
    """Windows-1252, when all that it makes of the bytes beyond ASCII is at home in Western text."""
    text = None if b"\0" in data else _decoded(data, "cp1252")
    return text if text and all(c.isascii() or c in _WESTERN for c in set(text)) else None


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
