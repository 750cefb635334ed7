"""Compiles the rows of the grammar and finds where they match.

A row's pattern is a regular expression whose letters are words. Lower-case words and punctuation stand for themselves, capitals
for a class of the lexicon (MON, YEAR, UNIT) or a macro of `macros`, and `( ) | ?`, `(?! )`, `(?= )` work as usual. Braces mark
the expression; what stands outside is context. Several braces give several expressions, which lend each other what they
leave out ("{DAYN} - {DAYN CMON YR}"). There is no star, so a match is a bounded number of words long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from itinerary.dates.lexer import OTHER, Alphabet, Lexed, Token
from itinerary.dates.readings import Reading

Fields = dict[str, object]
_ATOM = re.compile(r"\(\?[!=:]|[(){}|?]|[A-Z]+|[a-z]+|'s|[^\sA-Za-z]")
# Words that no row can do with alone: runs of nothing else are passed over.
_WEAK = (
    *[",", ".", "-", "/", ":", "'", '"', "'s"],
    *[
        "the",
        "of",
        "in",
        "on",
        "to",
        "from",
        "and",
        "or",
        "by",
        "for",
        "a",
        "an",
        "at",
        "that",
        "this",
        "until",
        "before",
        "after",
        "as",
        "than",
        "its",
    ],
)
_OPERATORS = {"(": "(?:", ")": ")", "|": "|", "?": "?", "(?!": "(?!", "(?=": "(?=", "(?:": "(?:"}


@dataclass(frozen=True, slots=True)
class Macro:
    """A named piece of pattern. With `value` it is a field of that name, computed from its words; `field` renames it."""

    pattern: str
    value: Callable[[list[Token]], object] | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One expression of the grammar: its name, its pattern, and what its fields mean. `build` gives None to refuse."""

    name: str
    pattern: str
    build: Callable[[Fields], Reading | None]


@dataclass(frozen=True, slots=True)
class Part:
    """One expression found: characters start to end and its fields."""

    start: int
    end: int
    fields: Fields

    @property
    def figures(self) -> str:
        """The figures of an all-figure date."""
        return str(self.fields.get("numeric") or self.fields.get("slashed") or "")


@dataclass(frozen=True, slots=True)
class Match:
    """A row found in the text, with its expressions in order."""

    row: Row
    parts: tuple[Part, ...]
    readings: tuple[Reading | None, ...]  # what each part means, not all None
    first: int  # index of the first word of the first expression
    last: int  # index after the last word of the last one


@dataclass(frozen=True, slots=True)
class _Capture:
    group: str
    part: int
    field: str
    value: Callable[[list[Token]], object] | None


@dataclass(frozen=True, slots=True)
class _Compiled:
    row: Row
    regex: re.Pattern[str]
    captures: tuple[_Capture, ...]
    parts: int
    starts: frozenset[str]


class Grammar:
    """Rows and macros made ready for matching."""

    def __init__(self, rows: tuple[Row, ...], macros: Mapping[str, Macro]) -> None:
        self._macros = macros
        patterns = [r.pattern for r in rows] + [m.pattern for m in macros.values()]
        words = {atom for p in patterns for atom in _ATOM.findall(p) if atom not in _OPERATORS and not atom.isupper()}
        self.alphabet = Alphabet(words - set("{}"))
        self._rows = tuple(self._compile(row) for row in rows)
        self._by_letter: dict[str, tuple[_Compiled, ...]] = {}
        weak = "".join(self.alphabet.letters_of(w) for w in _WEAK if w in words)
        self._runs = re.compile(f"[^{OTHER}]+")
        self._strong = re.compile(f"[^{OTHER}{weak}]")

    def _compile(self, row: Row) -> _Compiled:
        captures: list[_Capture] = []
        pattern = row.pattern if "{" in row.pattern else "{" + row.pattern + "}"
        part, out = -1, []
        for atom in _ATOM.findall(pattern):
            if atom == "{":
                part += 1
                out.append(f"(?P<part{part}>")
            elif atom == "}":
                out.append(")")
            else:
                out.append(self._atom(atom, part, captures))
        regex = "".join(out)
        return _Compiled(row, re.compile(regex), tuple(captures), part + 1, first_letters(regex))

    def _atom(self, atom: str, part: int, captures: list[_Capture] | None) -> str:
        if atom in _OPERATORS:
            return _OPERATORS[atom]
        macro = self._macros.get(atom)
        if macro is None:
            return self._captured(f"[{self.alphabet.letters_of(atom)}]", atom, None, part, captures if atom.isupper() else None)
        inner = None if macro.value else captures
        body = "(?:" + "".join(self._atom(a, part, inner) for a in _ATOM.findall(macro.pattern)) + ")"
        return self._captured(body, macro.field or atom, macro.value, part, captures) if macro.value else body

    @staticmethod
    def _captured(
        body: str, field: str, value: Callable[[list[Token]], object] | None, part: int, captures: list[_Capture] | None
    ) -> str:
        if captures is None or part < 0:
            return body
        group = f"g{len(captures)}"
        captures.append(_Capture(group, part, field.lower(), value))
        return f"(?P<{group}>{body})"

    def matches(self, lexed: Lexed) -> Iterator[Match]:
        """The matches from left to right, none overlapping: the longest at each place, among equals the first row's."""
        for run in self._runs.finditer(lexed.letters):
            at, stop = run.span()
            if not self._strong.search(lexed.letters, at, stop):
                continue
            while at < stop:
                match = self._longest(lexed, at, stop)
                if match and match.first > at:
                    # Words of context must not hide a longer expression that begins where this one does.
                    inner = self._longest(lexed, match.first, stop)
                    match = inner if inner and inner.last > match.last else match
                if match:
                    yield match
                    at = match.last
                else:
                    at += 1

    def _longest(self, lexed: Lexed, at: int, stop: int) -> Match | None:
        best, best_match = (-1, -1), None
        for compiled in self._starting(lexed.letters[at]):
            found = compiled.regex.match(lexed.letters, at, stop)
            if found:
                span = (found.end(f"part{compiled.parts - 1}"), found.start("part0") - at)
                if (span[0], -span[1]) > best:
                    match = self._read(lexed, compiled, found)
                    if match:
                        best, best_match = (span[0], -span[1]), match
        return best_match

    def _starting(self, letter: str) -> tuple[_Compiled, ...]:
        """The rows that may match at a word with this letter."""
        rows = self._by_letter.get(letter)
        if rows is None:
            rows = self._by_letter[letter] = tuple(c for c in self._rows if letter in c.starts)
        return rows

    def _read(self, lexed: Lexed, compiled: _Compiled, found: re.Match[str]) -> Match | None:
        parts = []
        for number in range(compiled.parts):
            first, last = found.span(f"part{number}")
            if first < 0 or first == last:
                continue
            fields = self._fields(lexed, compiled, found, number)
            parts.append(Part(lexed.words[first][0], lexed.words[last - 1][1], fields))
        readings = tuple(compiled.row.build(part.fields) for part in parts)
        if not any(readings):
            return None
        starts = [found.start(f"part{n}") for n in range(compiled.parts) if found.start(f"part{n}") >= 0]
        return Match(compiled.row, tuple(parts), readings, min(starts), found.end(f"part{compiled.parts - 1}"))

    @staticmethod
    def _fields(lexed: Lexed, compiled: _Compiled, found: re.Match[str], part: int) -> Fields:
        fields: Fields = {}
        for capture in compiled.captures:
            first, last = found.span(capture.group)
            if capture.part != part or first < 0:
                continue
            tokens = lexed.tokens(first, last)
            fields[capture.field] = capture.value(tokens) if capture.value else tokens[0].values.get(capture.field.upper())
        return fields


_PIECE = re.compile(r"\[(?P<letters>[^\]]*)\]|(?P<open>\(\?(?:P<\w+>|:))|(?P<look>\(\?[!=])|(?P<close>\))|(?P<mark>[|?])")


def first_letters(pattern: str) -> frozenset[str]:
    """The letters that a match of a compiled row can begin with."""
    pieces = list(_PIECE.finditer(pattern))
    letters, _, _ = _alternatives(pieces, 0)
    return frozenset(letters)


def _alternatives(pieces: list[re.Match[str]], at: int) -> tuple[set[str], bool, int]:
    """First letters, whether it may be empty, and where it ends, of what stands up to the next closing bracket."""
    letters: set[str] = set()
    empty = False
    branch_empty = True
    while at < len(pieces) and not pieces[at]["close"]:
        if pieces[at]["mark"] == "|":
            empty, branch_empty, at = empty or branch_empty, True, at + 1
            continue
        found, may_be_empty, at = _one(pieces, at)
        if at < len(pieces) and pieces[at]["mark"] == "?":
            may_be_empty, at = True, at + 1
        if branch_empty:
            letters |= found
        branch_empty = branch_empty and may_be_empty
    return letters, empty or branch_empty, at


def _one(pieces: list[re.Match[str]], at: int) -> tuple[set[str], bool, int]:
    piece = pieces[at]
    if piece["letters"] is not None:
        return set(piece["letters"]), False, at + 1
    letters, empty, closed = _alternatives(pieces, at + 1)
    return (set(), True, closed + 1) if piece["look"] else (letters, empty, closed + 1)
