"""Word documents (.docx): paragraphs, headings, lists and tables, read straight from the XML in the package."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from itinerary.errors import InputError, UnreadableText
from itinerary.reading import limits
from itinerary.reading.layout import Form, Piece, item, laid_out, row
from itinerary.reading.source import Source, SourceKind

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"  # the same names in the standard's strict form
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DOCUMENT, _STYLES, _NOTES = "word/document.xml", "word/styles.xml", ("word/footnotes.xml", "word/endnotes.xml")
_MOST_PARTS = 20_000  # files in the package; pictures are files too
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
# Not the text as it stands: what was deleted, fields' commands, pictures, and second versions for old programs.
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}drawing", f"{_W}pict", f"{_MARKUP}AlternateContent", f"{_W}pPr"}


def extracted(data: bytes, **_: str) -> Source:
    """The text; the title is the paragraph that has the style "Title". Raises UnreadableText for a damaged package."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if len(package.namelist()) > _MOST_PARTS:
                raise _too_large()
            body = _xml(package, _DOCUMENT)
            styles = _style_names(package) if _STYLES in package.namelist() else {}
            notes = any(_has_notes(package, part) for part in _NOTES)
    except KeyError:
        raise UnreadableText("The file is no Word document; save it as .docx or .txt and give that.") from None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise UnreadableText("The Word document is damaged or locked; open it in Word and save it anew.") from error
    pieces = list(_pieces(body, styles))
    told = ("Footnotes and endnotes were left out.",) if notes else ()
    return Source(laid_out(pieces), SourceKind.WORD, title=_title(body, styles), notes=told)


def _xml(package: zipfile.ZipFile, part: str) -> Element:
    """A part of the package, in the transitional names. Raises InputError for one that unpacks to far too much."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    with package.open(part) as stream:
        content = stream.read(limits.LARGEST_PART + 1)  # whatever size the package claims
    if len(content) > limits.LARGEST_PART:
        raise _too_large()
    try:
        root: Element = fromstring(content.replace(_STRICT[1:-1].encode(), _W[1:-1].encode()), forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnreadableText(
            "The Word document holds declarations that no Word writes; save it anew as .docx or .txt."
        ) from error
    return root


def _too_large() -> InputError:
    most = limits.LARGEST_PART / 1e6
    return InputError(f"The Word document unpacks to more than {most:.0f} MB; save its text as .txt and give that.")


def _style_names(package: zipfile.ZipFile) -> dict[str, str]:
    """Style id -> built-in name in small letters ("heading 1", "title"), whatever the language of the program."""
    names = {}
    for style in _xml(package, _STYLES).iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        names[style.get(f"{_W}styleId", "")] = name.get(f"{_W}val", "").lower() if name is not None else ""
    return names


def _has_notes(package: zipfile.ZipFile, part: str) -> bool:
    """Whether there are notes besides the two that every document has for the lines above them."""
    return part in package.namelist() and sum(1 for child in _xml(package, part)) > 2


def _pieces(element: Element, styles: dict[str, str]) -> Iterator[Piece]:
    for child in element:
        if child.tag == f"{_W}p":
            yield _piece(child, styles)
        elif child.tag == f"{_W}tbl":
            yield from (row(map(_cell, line.findall(f"{_W}tc"))) for line in child.findall(f"{_W}tr"))
        elif child.tag not in _SKIPPED:  # body, sections, content controls
            yield from _pieces(child, styles)


def _piece(paragraph: Element, styles: dict[str, str]) -> Piece:
    style, words = _style(paragraph, styles), _words(paragraph)
    if style.startswith(("heading", "title", "subtitle")):
        return Piece(Form.HEADING, words)
    if paragraph.find(f"{_W}pPr/{_W}numPr") is not None or style.startswith(("list bullet", "list number")):
        return item(words)
    return Piece(Form.PARAGRAPH, words)


def _style(paragraph: Element, styles: dict[str, str]) -> str:
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    identity = found.get(f"{_W}val", "") if found is not None else ""
    return styles.get(identity, identity.lower())


def _cell(cell: Element) -> str:
    return " ".join(_words(paragraph) for paragraph in cell.iter(f"{_W}p"))


def _words(element: Element) -> str:
    seen: list[str] = []
    stack = [element]
    while stack:
        node = stack.pop()
        if node.tag == f"{_W}t":
            seen.append(node.text or "")
        elif node.tag not in _SKIPPED:
            seen.append(_SIGNS.get(node.tag.removeprefix(_W), ""))
            stack += reversed(node)
    return "".join(seen)


def _title(body: Element, styles: dict[str, str]) -> str | None:
    titles = (p for p in body.iter(f"{_W}p") if _style(p, styles) == "title")
    return next((words for p in titles if (words := " ".join(_words(p).split()))), None)
