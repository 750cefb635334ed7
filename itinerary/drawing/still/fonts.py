"""Fonts: which file has which letter, how wide a text is, and what becomes of letters that no font has.

The first choice is Source Sans; DejaVu Sans, which matplotlib brings, has more alphabets; for the rest the fonts of the system
are searched. A text is drawn by one font if one has all of its letters.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any

from itinerary.drawing.still.marks import Run, Words

FAMILIES = "'Source Sans 3', 'Source Sans Pro', 'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
NO_LETTER = "…"  # in place of letters that no font has

_SOURCE_SANS = {
    "regular": "SourceSansPro-Regular.ttf",
    "semibold": "SourceSansPro-Semibold.ttf",
    "italic": "SourceSansPro-It.ttf",
}
_DEJAVU = {"regular": "DejaVuSans.ttf", "semibold": "DejaVuSans-Bold.ttf", "italic": "DejaVuSans-Oblique.ttf"}
_NO_TEXT_FONTS = re.compile(r"last ?resort|math|symbol|emoji|stix|^cm[a-z]+\d+$|mono|display|condensed|serif", re.IGNORECASE)
_MOST_FONTS = 600  # of the system that are looked into for a letter
_MOST_LETTERS = 20_000  # that are remembered
_UNITS = 1000  # size at which letters are measured

# Controls, marks that turn the direction of what follows, invisible letters, halves of surrogate pairs, and what XML can't hold.
_UNFIT = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
_MOST_MARKS = 3  # accents over one letter


class Typesetter:
    """Sets words in the fonts there are; with `any_letter` also in fonts that only the reader of the picture may have."""

    def __init__(self, *, any_letter: bool = False) -> None:
        """Take letters that no font here has as they are, or else replace them."""
        self.any_letter = any_letter

    def width(self, text: str, size: float, face: str = "regular") -> float:
        """Points from the start of a text to its end."""
        return sum(_advance(font, letter) for letter, font in self._letters(text, face)) * size / _UNITS

    def set(self, text: str, at: tuple[float, float], size: float, colour: str, **more: Any) -> Words:
        """A line of text from a point on its base line; `more` is any other field of Words."""
        runs, x = [], 0.0
        for font, group in groupby(self._letters(text, more.get("face", "regular")), key=lambda pair: pair[1]):
            letters = "".join(letter for letter, _ in group)
            runs.append(Run(letters, font, x))
            x += sum(_advance(font, letter) for letter in letters) * size / _UNITS
        return Words("".join(run.text for run in runs), at[0], at[1], size, colour, tuple(runs), x, **more)

    def shortened(self, text: str, room: float, size: float, face: str = "regular") -> str:
        """The text, or as much of it as fits with an ellipsis; "" when not even three letters do."""
        if self.width(text, size, face) <= room:
            return text
        length = len(text) - 1
        while length > 2 and self.width(text[:length].rstrip() + "…", size, face) > room:
            length -= 1
        return text[:length].rstrip() + "…" if length > 2 else ""

    def has(self, text: str) -> bool:
        """Whether every letter can be drawn."""
        return self.any_letter or all(_font_of(letter, "regular") for letter in text)

    def _letters(self, text: str, face: str) -> Iterator[tuple[str, str]]:
        """Each letter with the font that draws it."""
        chain = _chain(face)
        whole = next((font for font in chain if all(_covers(font, letter) for letter in text)), None)
        if whole:
            yield from ((letter, whole) for letter in text)
            return
        before = ""
        for letter in text:
            font = _font_of(letter, face)
            shown = letter if font or self.any_letter else NO_LETTER
            if shown != NO_LETTER or before != NO_LETTER:
                yield shown, font or chain[-1]
            before = shown


def clean(text: str, longest: int = 300) -> str:
    """One line of text that can do no harm in a drawing: no controls, no turned direction, no towers of accents."""
    text = " ".join(_UNFIT.sub(" ", unicodedata.normalize("NFC", text[: 4 * longest])).split())
    text = re.sub(r"(\S)\1{20,}", lambda found: found[1] * 20, "".join(_with_few_marks(text)))
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _with_few_marks(text: Iterable[str]) -> Iterator[str]:
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= _MOST_MARKS:
            yield letter


@cache
def _chain(face: str) -> tuple[str, ...]:
    """The font files of a face that are always there, best first."""
    import matplotlib

    dejavu = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / _DEJAVU[face]
    spec = find_spec("font_source_sans_pro")
    if not spec or not spec.origin:
        return (str(dejavu),)
    return str(Path(spec.origin).parent / "files" / _SOURCE_SANS[face]), str(dejavu)


@cache
def _system_fonts() -> tuple[str, ...]:
    """Other fonts of the system, those that hold many alphabets first."""
    from matplotlib.font_manager import fontManager

    upright = (f for f in fontManager.ttflist if f.style == "normal" and f.weight in (400, "normal", "regular", "book"))
    fit = (f for f in upright if not _NO_TEXT_FONTS.search(f.name))
    found = sorted({(not re.search("noto|cjk|unicode", f.name, re.IGNORECASE), f.name, f.fname) for f in fit})
    return tuple(entry[-1] for entry in found[:_MOST_FONTS])


@lru_cache(_MOST_LETTERS)
def _font_of(letter: str, face: str) -> str | None:
    """The first font that has a letter; None when there is none."""
    return next((font for font in (*_chain(face), *_system_fonts()) if _covers(font, letter)), None)


def _covers(font: str, letter: str) -> bool:
    if letter.isspace():
        return True
    known = _letters_of(font)
    at = bisect_left(known, ord(letter))
    return at < len(known) and known[at] == ord(letter)


@cache
def _letters_of(font: str) -> array[int]:
    """The letters of a font in order; an array, as a large font has tens of thousands and a system hundreds of fonts."""
    from matplotlib.ft2font import FT2Font

    try:
        return array("I", sorted(FT2Font(font).get_charmap()))
    except (OSError, RuntimeError):  # a broken font of the system
        return array("I")


@lru_cache(_MOST_LETTERS)
def _advance(font: str, letter: str) -> float:
    """How far a letter goes, in thousandths of its size; a letter that the font lacks counts as a wide one."""
    from matplotlib.ft2font import FT2Font, LoadFlags

    if not _covers(font, letter):
        return float(_UNITS)
    face = FT2Font(font)
    face.set_size(_UNITS, 72)
    return float(face.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536
