"""Markdown: the marks go, the headings, lists and tables stay."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from itinerary.reading.decoding import decode
from itinerary.reading.layout import Form, Piece, item, laid_out, row
from itinerary.reading.source import Source, SourceKind

if TYPE_CHECKING:
    from markdown_it.token import Token

_MATTER = re.compile(r"\A---[ \t]*\r?\n(?P<fields>[\w-]+[ \t]*:(?:(?!---).*\r?\n){0,60})---[ \t]*(?:\r?\n|\Z)")
_FIELD = re.compile(r"^(title|date|published)[ \t]*:[ \t]*[\"']?(.*?)[\"']?[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<br\s{0,5}/?>", re.IGNORECASE)


def extracted(data: bytes, **_: str) -> Source:
    """The text; title and date from the fields at its head (title:, date:), where there are any."""
    text = decode(data)
    matter = _MATTER.match(text)
    fields = {name.lower(): value for name, value in _FIELD.findall(matter["fields"])} if matter else {}
    body = text[matter.end() :] if matter else text
    title, day = fields.get("title") or None, _day(fields.get("published") or fields.get("date") or "")
    told = "the date at the head of the file" if day else None
    return Source(laid_out(list(_pieces(body)), title), SourceKind.MARKDOWN, title=title, published=day, dated_by=told)


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written[:10])
    except ValueError:
        return None


def _pieces(text: str) -> Iterator[Piece]:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    lists: list[int | None] = []  # for each list that is open the number of its next item, None without numbers
    fresh = False  # whether an item has begun and not yet said anything
    for at, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(int(token.attrGet("start") or 1) if token.type == "ordered_list_open" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            fresh = True
        elif token.type == "tr_open":
            yield row(_cells(tokens, at))
        elif token.type == "inline" and tokens[at - 1].type in ("paragraph_open", "heading_open"):
            yield _piece(token, tokens[at - 1].type, lists if fresh else [])
            lists, fresh = _counted(lists) if fresh else lists, False
        elif token.type in ("fence", "code_block", "html_block"):
            yield Piece(Form.PARAGRAPH, _TAG.sub("", token.content) if token.type == "html_block" else token.content)


def _piece(token: Token, opened_by: str, lists: Sequence[int | None]) -> Piece:
    words = _words(token.children or ())
    if lists:
        return item(words, lists[-1])
    return Piece(Form.HEADING if opened_by == "heading_open" else Form.PARAGRAPH, words)


def _counted(lists: Sequence[int | None]) -> list[int | None]:
    """The open lists after one more item of the innermost."""
    if not lists:
        return []
    number = lists[-1]
    return [*lists[:-1], None if number is None else number + 1]


def _cells(tokens: Sequence[Token], row_at: int) -> Iterator[str]:
    following = takewhile(lambda token: token.type != "tr_close", tokens[row_at + 1 :])
    return (_words(token.children or ()) for token in following if token.type == "inline")


def _words(children: Sequence[Token]) -> str:
    """What a reader sees of a line: no marks, no pictures, no tags."""
    seen = []
    for child in children:
        if child.type in ("text", "code_inline"):
            seen.append(child.content)
        elif child.type in ("softbreak", "hardbreak") or (child.type == "html_inline" and _BREAK.match(child.content)):
            seen.append("\n")
    return "".join(seen)
