"""A text taken out of a file or a page, with what the file tells about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """What a text was taken out of; the value is the word for it in a sentence."""

    TEXT = "text"
    MARKDOWN = "Markdown text"
    PAGE = "web page"
    PDF = "PDF"
    WORD = "Word document"
    MAIL = "e-mail"


@dataclass(frozen=True, slots=True)
class Source:
    """A text to build a journey from; a headline that the format keeps apart stands as its first line.

    `published` is None unless the file or the text tells it; `dated_by` then says where, fit to be shown. `notes` are sentences
    on what was left out. `address` is where a fetched page was found in the end.
    """

    text: str
    kind: SourceKind
    name: str = ""
    title: str | None = None
    published: dt.date | None = None
    dated_by: str | None = None
    notes: tuple[str, ...] = ()
    address: str | None = None
