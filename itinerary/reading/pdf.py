"""PDF: the text with its paragraphs put together again, without what every page repeats at its head and foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from itinerary.errors import InputError, UnreadableText
from itinerary.reading import limits
from itinerary.reading.pages import Line, flowing, without_furniture
from itinerary.reading.source import Source, SourceKind

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_HYPHENS = "\x02\ufffe\u00ad"  # how PDFium tells a hyphen that the end of the line made
_JOINED = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}  # one sign in print
_LEAST = 3  # letters; a page with fewer is a picture


def extracted(data: bytes, **_: str) -> Source:
    """The text of all pages. Raises InputError for a locked, damaged or endless file and for one that holds pictures only."""
    document = _opened(data)
    if len(document) > limits.MOST_PAGES:
        raise InputError(f"The PDF has {len(document):,} pages; at most {limits.MOST_PAGES:,} are read: give a part of it.")
    pages = [_lines(document[number]) for number in range(len(document))]
    empty = [number for number, page in enumerate(pages, 1) if sum(c.isalpha() for line in page for c in line.text) < _LEAST]
    if len(empty) == len(pages):
        raise UnreadableText("The PDF holds pictures of its pages and no text; run text recognition (OCR) over it and give that.")
    text = flowing(without_furniture(pages))
    return Source(text, SourceKind.PDF, title=_title(document, text), notes=(_note(empty),) if empty else ())


def _opened(data: bytes) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError, raw

    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise UnreadableText("The PDF is protected by a password; save a copy without one and give that.") from error
        raise UnreadableText("The PDF is damaged and can't be read; save it anew or give its text.") from error


def _lines(page: PdfPage) -> list[Line]:
    """The lines of a page, in the order in which they are read."""
    from pypdfium2 import raw

    text_page = page.get_textpage()
    codes = [_known(raw.FPDFText_GetUnicode(text_page, at)) for at in range(text_page.count_chars())]
    lines = []
    for start, end in _line_ends(codes):
        words = "".join(map(_character, codes[start:end]))
        shown = [at for at in range(start, end) if codes[at] > ord(" ")]
        if words.strip() and shown:
            boxes = [text_page.get_charbox(at, loose=True) for at in (shown[0], shown[len(shown) // 2], shown[-1])]
            lines.append(_line(words, boxes))
    text_page.close()
    page.close()
    return lines


def _line_ends(codes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where lines begin and end. PDFium writes a hyphen at the end of a line in place of the line end."""
    start = 0
    for at, code in enumerate(codes):
        if chr(code) in _HYPHENS:
            yield start, at + 1
            start = at + 1
        elif code in (10, 13):
            yield start, at
            start = at + 1
    yield start, len(codes)


def _known(code: int) -> int:
    return code if code < 0x110000 and not 0xD800 <= code < 0xE000 else ord(" ")


def _character(code: int) -> str:
    character = chr(code)
    if character in _HYPHENS:
        return "\u00ad"
    return _JOINED.get(character, character) if character >= " " else " "


def _line(words: str, boxes: list[tuple[float, float, float, float]]) -> Line:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return Line(" ".join(words.split()), min(lefts), max(rights), max(tops), min(bottoms))


def _title(document: PdfDocument, text: str) -> str | None:
    """The title in the file's properties, if the text begins with it: many a program writes rubbish there."""
    title = " ".join(document.get_metadata_value("Title").split())
    return title if title and title.casefold() in " ".join(text[:600].split()).casefold() else None


def _note(empty: list[int]) -> str:
    pages = ", ".join(map(str, empty[:5])) + (" …" if len(empty) > 5 else "")
    return (
        f"Page{'s' if len(empty) > 1 else ''} {pages} of the PDF held no text and {'were' if len(empty) > 1 else 'was'} left out."
    )
