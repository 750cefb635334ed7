"""A text in from anywhere: from a file's bytes to its text, and from a text to a Document.

`open_document` takes the text out of what people have (plain text, Markdown, web pages, PDF, Word, e-mail) with its title and the
day it was published; `read` divides a text into blocks and parses it once, every offset an offset into the text as given;
`proposed_date` and `proposed_order` tell what a text shows of itself. ::

    bytes ── sniffing ─► kind ─┬─ text: decoding ──────────────────────────────────┬─► Source ─ .text ─► read ─► Document
                               └─ apart ─► worker: markdown, web, pdf, word, mail ─┘
"""

from itinerary.reading.decoding import decode
from itinerary.reading.limits import LARGEST_FILE, LONGEST_TEXT
from itinerary.reading.opening import open_document
from itinerary.reading.parsing import language, read
from itinerary.reading.published import Proposed, ProposedOrder, proposed_date, proposed_order
from itinerary.reading.sniffing import ENDINGS
from itinerary.reading.source import Source, SourceKind

__all__ = [
    "ENDINGS",
    "LARGEST_FILE",
    "LONGEST_TEXT",
    "Proposed",
    "ProposedOrder",
    "Source",
    "SourceKind",
    "decode",
    "language",
    "open_document",
    "proposed_date",
    "proposed_order",
    "read",
]
