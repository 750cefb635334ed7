"""Open a document of any known kind: the text, and what the file tells about it."""

from __future__ import annotations

from dataclasses import replace

from itinerary.errors import InputError, UnreadableText
from itinerary.reading import apart, limits
from itinerary.reading.decoding import decode
from itinerary.reading.published import proposed_date
from itinerary.reading.sniffing import kind_of
from itinerary.reading.source import Source, SourceKind


def open_document(data: bytes, name: str = "", *, media_type: str | None = None) -> Source:
    """The text in a file's bytes. `name` is its name or address, `media_type` what a server said of it, if one did.

    The content decides what is read, then the media type, then the ending of the name. All but plain text is read in a process
    apart, bounded in time and memory and without a network. Raises InputError, in one sentence, for what can't be read.
    """
    if not isinstance(data, bytes):
        raise InputError(f"A file is given as bytes, not as {type(data).__name__}; a text goes to itinerary.build as it is.")
    if not data.strip():
        raise InputError("The file is empty; give a file with a text that tells a journey.")
    limits.check_size(data)
    kind = kind_of(data, name, media_type)
    source = Source(decode(data), kind) if kind is SourceKind.TEXT else apart.read(data, kind, media_type=media_type, name=name)
    if not any(c.isalnum() for c in source.text):
        raise UnreadableText(f"The {kind} holds no text; give a file with a text that tells a journey.")
    limits.check_length(source.text)
    return _dated(replace(source, name=name))


def _dated(source: Source) -> Source:
    """The source with the date that its text shows, where the file tells none."""
    found = None if source.published else proposed_date(source.text)
    return replace(source, published=found.day, dated_by=f"“{found.words}”") if found else source
