"""Cuts a text into words and gives each a letter that stands for what it may mean, so that grammar rows match whole words.

The letters are private-use characters: equal sets of meanings share one. Words without meaning get `OTHER`, and the grammar
only looks at the runs between them; that keeps the work small and linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from itinerary.dates.lexicon import MEANINGS
from itinerary.dates.meanings import SAMPLES, meanings

OTHER = "x"
_FIRST_LETTER = 0xE000  # start of Unicode's private use area: no text holds these as words
_SHORT_LINE = 45  # characters; a line break after a shorter line is a real one, not the wrapping of a paragraph
_WORD = re.compile(
    r"[^\W\d_]+|\n"
    r"|(?<![\d/.-])(?:[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:]+)?(?![\w/-])"
    r"|[0-9]{1,4}([/.-])[0-9]{1,2}\1[0-9]{1,4}(?![\w/-])"
    r"|[0-9]{1,2}/[0-9]{1,2}(?![\w/-]))"
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9])"
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
    r"|[0-9]{1,3}0['’]?s(?![^\W_])"
    r"|[0-9]+(?:\.[0-9]+|(?:st|nd|rd|th|ST|ND|RD|TH)(?![^\W_]))?"
    r"|['’‘][0-9]{2}(?:['’]?s)?(?![^\W_])"
    r"|['’]s(?![^\W_])"
    r"|[^\s\w]|_"
)
_DOTTED = re.compile(r"(?<![\w.])(?:[aApP]\. ?[mM]\b\.?|[Bb]\. ?[Cc]\b\.?(?: ?[Ee]\b\.?)?|[Aa]\. ?[Dd]\b\.?|C\. ?E\b\.?)")
_SAME = {"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "’s": "'s"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text with the classes it may belong to."""

    start: int
    end: int
    text: str
    values: dict[str, object]


class Alphabet:
    """The letter of every word that the grammar knows, and the letters of every class and literal.

    `known` are the literal words of the grammar's rows.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._letters: dict[tuple[frozenset[str], str | None], str] = {}
        self._by_atom: dict[str, str] = {}
        for word in (*MEANINGS, *(w.capitalize() for w in MEANINGS), *(w.upper() for w in MEANINGS), *SAMPLES, *self._known):
            self._register(word)

    def _signature(self, word: str) -> tuple[frozenset[str], str | None]:
        low = _SAME.get(word) or word.lower()
        return frozenset(meanings(word)), low if low in self._known else None

    def _register(self, word: str) -> None:
        signature = self._signature(word)
        if signature in self._letters or signature == (frozenset(), None):
            return
        letter = chr(_FIRST_LETTER + len(self._letters))
        self._letters[signature] = letter
        for atom in (*signature[0], *([signature[1]] if signature[1] else [])):
            self._by_atom[atom] = self._by_atom.get(atom, "") + letter

    def letters_of(self, atom: str) -> str:
        """All letters that a class or literal may stand for; KeyError for an atom that no word has."""
        return self._by_atom[atom]

    def letter(self, word: str) -> str:
        """The letter of a word of a text."""
        return self._letters.get(self._signature(word), OTHER)


@dataclass(frozen=True, slots=True)
class Lexed:
    """A text as words and as the string of their letters, one letter a word."""

    text: str
    letters: str
    words: tuple[tuple[int, int], ...]

    def token(self, index: int) -> Token:
        """The word at `index`."""
        start, end = self.words[index]
        word = self.text[start:end]
        return Token(start, end, _SAME.get(word) or word.lower(), meanings(word))

    def tokens(self, first: int, last: int) -> list[Token]:
        """The words from `first` to before `last`."""
        return [self.token(i) for i in range(first, last)]


def lex(text: str, alphabet: Alphabet, cache: dict[str, str]) -> Lexed:
    """Words and letters of a text, in one pass. `cache` remembers the letters of the words of this text."""
    letters: list[str] = []
    words: list[tuple[int, int]] = []
    line_start, length, position = 0, len(text), 0
    dotted = {m.start(): m.end() for m in _DOTTED.finditer(text)}
    for found in _WORD.finditer(text):
        start, end = found.span()
        if start < position:
            continue
        word = found[0]
        if word == "\n":
            short = start - line_start < _SHORT_LINE or text[line_start:start].isspace()
            line_start = end
            if not short and end < length and text[end] not in "\r\n \t":
                continue
        elif start in dotted:
            end = position = dotted[start]
            word = text[start:end]
        letter = cache.get(word)
        if letter is None:
            letter = cache[word] = alphabet.letter(word)
        letters.append(letter)
        words.append((start, end))
    return Lexed(text, "".join(letters), tuple(words))
