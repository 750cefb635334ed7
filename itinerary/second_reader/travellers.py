"""Whose journey an answer tells, and which of its stops are another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from itinerary.account import Account, Case
from itinerary.errors import InputError
from itinerary.names import fold
from itinerary.second_reader.answer import Answer
from itinerary.second_reader.searching import Searchable

_LONGEST_NAME = 60  # characters
# Whoever these words mean, it may be the main traveller.
_ANYBODY = frozenset(
    {"i", "we", "me", "us", "he", "she", "they", "you", "narrator", "author", "writer", "traveller", "traveler", "travellers",
     "travelers", "myself", "ourselves", "the", "and", "of"}
)  # fmt: skip
_STEM = 4  # letters that two names must share: "the Polos" are Marco Polo's


@dataclass(frozen=True, slots=True)
class Company:
    """The main traveller, and the built-in reader's account of the journey."""

    main: str | None
    own: Account
    text: Searchable

    def is_another(self, name: str | None) -> bool:
        """Whether a name is one of the text, and not the main traveller's."""
        parts, main = _parts(name), _parts(self.main)
        if not parts or not main or any(_akin(a, b) for a in parts for b in main):
            return False
        return _stands(self.text, name)


def company(case: Case, answer: Answer, text: Searchable) -> Company:
    """The traveller asked for, else the one that the answer names, if the text names him too, else the built-in reader's."""
    named = answer.traveller if case.traveller is None and _parts(answer.traveller) and _stands(text, answer.traveller) else None
    try:
        own = case.built_in.read(replace(case, traveller=case.traveller or named))
    except InputError:
        if case.traveller is not None:
            raise
        own = case.built_in.read(case)
    known = own.traveller is not None and any(_akin(a, b) for a in _parts(named) for b in _parts(own.traveller))
    return Company(own.traveller if named is None or known else named, own, text)


def _parts(name: str | None) -> Sequence[str]:
    return [part for part in fold(name or "").split() if part not in _ANYBODY]


def _akin(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= _STEM and (a.startswith(b) or b.startswith(a)))


def _stands(text: Searchable, name: str | None) -> bool:
    return name is not None and len(name) <= _LONGEST_NAME and next(text.all(name), None) is not None
