"""Web pages: the main text with its headings, lists and tables, the title, and the day of publication where the page tells it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from itinerary.errors import InputError, UnreadableText
from itinerary.reading import limits
from itinerary.reading.decoding import decode_declared
from itinerary.reading.layout import Form, Piece, item, laid_out, row
from itinerary.reading.source import Source, SourceKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")  # lxml refuses a text that names an encoding of bytes
_BLANKS = re.compile(r"\s+")
_END = object()  # where a block ends
_HEAD = 4096  # bytes in which a page must name its encoding
_LEAST = 300  # characters; less is a stray paragraph, and the page no article: then all that it shows is read
_NO_TEXT = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "head",
    "nav",
    "footer",
    "aside",
    "form",
    "button",
    "select",
    "iframe",
}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_BLOCKS = {
    "p", "div", "section", "article", "main", "body", "header", "ul", "ol", "dl", "dt", "dd", "blockquote", "figure",
    "figcaption", "table", "tbody", "thead", "caption", "address", "hr", "html", "center", "details", "summary",
}  # fmt: skip


def extracted(data: bytes, *, media_type: str = "", name: str = "") -> Source:
    """The main text of a page; its address (`name`), if it has one, may hold the date. Raises InputError without a text."""
    if len(data) > limits.LARGEST_PAGE:
        most = f"{limits.LARGEST_PAGE / 1e6:.0f} MB"
        raise InputError(
            f"The web page has {len(data) / 1e6:,.0f} MB; at most {most} are read: save its text as .txt and give that."
        )
    tree = _tree(decode_declared(data, _declared(data, media_type)))
    whole = laid_out(list(_all_pieces(tree)))
    found = _article(tree, name if "://" in name else None)
    text = laid_out(list(_article_pieces(found.body))) if found is not None and found.body is not None else ""
    if len(text) < min(_LEAST, len(whole)):
        text = whole
    if not any(c.isalnum() for c in text):
        raise UnreadableText("The web page holds no text that can be read without running it; copy its text out of the browser.")
    title, day = (found.title or None, _day(found.date)) if found is not None else (None, None)
    title = title or _own_title(tree)
    return Source(
        laid_out([Piece(Form.PARAGRAPH, text)], title) if not text.casefold().startswith((title or "").casefold()) else text,
        SourceKind.PAGE,
        title=title,
        published=day,
        dated_by="the page's own date" if day else None,
    )


def all_text(markup: str) -> str:
    """All text of some HTML but for scripts, menus and the like; "" when there is none."""
    return laid_out(list(_all_pieces(_tree(markup)))) if markup.strip() else ""


def _declared(data: bytes, media_type: str) -> str | None:
    told = _CHARSET.search(media_type) or _CHARSET.search(data[:_HEAD].decode("latin-1"))
    return told[1] if told else None


def _tree(markup: str) -> HtmlElement:
    from lxml import html

    try:
        return html.document_fromstring(
            _DECLARATION.sub("", markup.replace("\0", "")), parser=html.HTMLParser(no_network=True, remove_comments=True)
        )
    except (html.etree.ParserError, ValueError) as error:
        raise UnreadableText("The web page holds no text; copy its text out of the browser and give that.") from error


def _article(tree: HtmlElement, address: str | None) -> Any:
    """What trafilatura takes for the article, None when it finds none. It gets a tree: a text it might take for an address."""
    from copy import deepcopy

    from trafilatura import bare_extraction

    return bare_extraction(
        deepcopy(tree),
        url=address,
        include_comments=False,
        favor_recall=True,  # a plan's tables and short lines are no boilerplate
        with_metadata=True,
        # Only what the page says of itself: the extensive search takes any year for a date.
        date_extraction_params={"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"},
    )


def _day(written: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written or "")
    except ValueError:
        return None


def _own_title(tree: HtmlElement) -> str | None:
    found = tree.find(".//title")
    return (" ".join(found.text_content().split()) or None) if found is not None else None


# --- trafilatura's tree -----------------------------------------------------------------------------------------------


def _article_pieces(element: Any) -> Iterator[Piece]:
    """The pieces of the article as trafilatura writes it down: head, p, list > item, table > row > cell, quote."""
    for child in element:
        if child.tag == "head":
            yield Piece(Form.HEADING, _words(child))
        elif child.tag == "list":
            yield from _items(child)
        elif child.tag == "table":
            yield from (row(map(_words, line.iter("cell"))) for line in child.iter("row"))
        elif child.tag in ("quote", "div", "main") and len(child):
            yield Piece(Form.PARAGRAPH, child.text or "")
            yield from _article_pieces(child)
        else:
            yield Piece(Form.PARAGRAPH, _words(child))
        if child.tail and child.tail.strip():
            yield Piece(Form.PARAGRAPH, child.tail)


def _items(element: Any) -> Iterator[Piece]:
    numbered = element.get("rend") == "ol"
    for number, child in enumerate(element.iterchildren("item"), start=1):
        yield item(_words(child), number if numbered else None)


def _words(element: Any) -> str:
    """The text of an element, a line end for each <lb/>."""
    seen = [element.text or ""]
    for child in element:
        seen += ["\n" if child.tag == "lb" else _words(child) if isinstance(child.tag, str) else "", child.tail or ""]
        if child.tag in ("p", "item"):
            seen.insert(-1, "\n")
    return "".join(seen)


# --- any page ---------------------------------------------------------------------------------------------------------


def _all_pieces(tree: HtmlElement) -> Iterator[Piece]:
    """All that a reader would see of a page, block by block."""
    stack: list[Any] = [tree.body if tree.find("body") is not None else tree]
    run: list[str] = []
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            run.append(node)
        elif node is not _END and not (isinstance(node.tag, str) and node.tag not in _NO_TEXT):
            continue  # what no reader sees
        elif node is _END or node.tag in _BLOCKS or _is_whole(node):
            yield Piece(Form.PARAGRAPH, "".join(run))
            run = []
            if node is not _END and _is_whole(node):
                yield _whole(node)
            elif node is not _END:
                stack += [_END, *reversed(list(_inside(node)))]
        else:
            stack += reversed(list(_inside(node)))
    yield Piece(Form.PARAGRAPH, "".join(run))


def _is_whole(node: HtmlElement) -> bool:
    """Whether an element is one piece; else what is inside it is looked at."""
    if node.tag == "tr":
        return len(node) > 1 and node.find(".//table") is None
    return node.tag in _HEADINGS or node.tag in ("li", "pre")


def _whole(node: HtmlElement) -> Piece:
    if node.tag == "tr":
        return row(cell.text_content() for cell in node if isinstance(cell.tag, str))
    if node.tag == "pre":
        return Piece(Form.PARAGRAPH, node.text_content())
    words = " ".join(node.text_content().split())
    return item(words) if node.tag == "li" else Piece(Form.HEADING, words)


def _inside(node: HtmlElement) -> Iterator[Any]:
    """Text and children of an element, in order."""
    yield "\n" if node.tag == "br" else _one_line(node.text)
    for child in node:
        yield child
        yield _one_line(child.tail)


def _one_line(text: str | None) -> str:
    return _BLANKS.sub(" ", text or "")
