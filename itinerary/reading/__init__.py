"""From bytes or text to a Document: decoded, divided into blocks, parsed once.

The parser sees a copy of the text in which every character keeps its place, so every offset of the parse is an offset into
the text as the user gave it.
"""

from itinerary.reading.decoding import decode
from itinerary.reading.limits import LARGEST_FILE, LONGEST_TEXT
from itinerary.reading.parsing import language, read

__all__ = ["LARGEST_FILE", "LONGEST_TEXT", "decode", "language", "read"]
