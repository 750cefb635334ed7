"""Which of the grammar's finds are no times after all: "May said", "1500 troops", "Sunday School", "room 1984"."""

from __future__ import annotations

import re

from itinerary.dates.grammar import Match
from itinerary.dates.lexicon import words_of

_AFTER = 40  # characters looked at behind an expression
_NEXT_WORD = re.compile(r"[ \n]{1,2}([^\W\d_][\w'’-]*)")
_LAST_WORD = re.compile(r"([\w$£€#.'’-]+)[\s\"“‘'(]*$")
_NAME_TAILS = {
    "sunday": words_of("school schools times telegraph mirror express post mail best people herald world"),
    "easter": words_of("island islands egg eggs bunny rising"),
    "christmas": words_of("island tree trees card cards market markets carol carols present presents"),
    "independence": ["hall"],
    "friday": ["harbor", "harbour", "agreement"],
}
_SAYING = words_of("said says told asked replied added and's walked smiled wrote laughed")
_YEAR_BEFORE = words_of(
    "in since by until till from to of during before after throughout around about between and or early late mid the for through "
    "for circa c. ca. ca summer spring autumn fall winter year years on late- that this pre post than season into"
)
_COUNTED = words_of(
    "men people women children troops soldiers km kilometers kilometres miles mile m metres meters feet ft acres hectares kg tons "
    "tonnes pounds dollars euros percent per horse horses cavalry infantry sailors civilians prisoners hp mm yards hours days "
    "years inhabitants residents guests nautical degrees casualties members students vehicles aircraft tanks guns"
)
_PLURAL_BUT_NOT = words_of(
    "was is has its as this his us across always thus perhaps towards besides previous various afterwards sees "
                      "does goes makes takes comes begins sets gets gives shows finds leaves runs tells says wars series"
)  # fmt: skip
_NUMBER_BEFORE = re.compile(r"(?:[$£€#№]|\b(?:no|nos|number|room|flight|page|pp?|route|highway|box|model|version|bus|train|hull|lot|"
                            r"grid|unit|section|chapter|verse|line|km|psalm|usc|apollo|resolution|article|act|order)\b\.?)\s*$", re.IGNORECASE)  # fmt: skip
_HEDGED_YEAR = re.compile(r"([^\W\d]+ )?[0-9]{4}")
_ORDINAL_LIST = re.compile(r",? (?:and |or )?[0-9]{1,3}(?:st|nd|rd|th)\b")
_FUNCTION = words_of(
    "we i he she they it you the a an and at in to from of with was were had as that this by for on our my his her their after "
    "before when all there about inst instant ult ultimo but or which who while until is are will day since early late only"
)


def is_time(match: Match, text: str) -> bool:
    """Whether the find stands."""
    check = _CHECKS.get(match.row.name)
    start, end = match.parts[0].start, match.parts[-1].end
    if check and not check(text, start, end):
        return False
    return not _is_name(text, start, end)


def next_word(text: str, end: int) -> str:
    """The word right behind, "" when something else stands there."""
    found = _NEXT_WORD.match(text, end, end + _AFTER)
    return found[1] if found else ""


def last_word(text: str, start: int) -> str:
    """The word right before, lower case, "" at the beginning."""
    found = _LAST_WORD.search(text[max(0, start - _AFTER) : start])
    return found[1].lower() if found else ""


def _is_name(text: str, start: int, end: int) -> bool:
    words = text[start:end].lower().split()
    follower = next_word(text, end)
    return (follower.lower() in _NAME_TAILS.get(words[-1], ()) and follower[:1].isupper()) or text[end : end + 1] == "@"


def _year_stands(text: str, start: int, end: int) -> bool:
    figures = _HEDGED_YEAR.fullmatch(text, start, end)
    if not figures:
        return True
    if figures[1]:
        return next_word(text, end) not in _COUNTED
    before, after = text[max(0, start - _AFTER) : start], next_word(text, end)
    if _NUMBER_BEFORE.search(before) or re.match(r"\s?(?:%|°|[A-Za-z]\d|km\b|m\b)", text[end : end + 4]):
        return False
    if (re.search(r"[\d.,/:]$", before) and not re.search(r"[a-z]\.$|, $|,$", before)) or re.match(
        r"[.,/:]\d", text[end : end + 2]
    ):
        return False
    last = last_word(text, start)
    plural = after.islower() and (after in _COUNTED or (after.endswith("s") and after not in _PLURAL_BUT_NOT))
    if after in _COUNTED:
        return last in ("in", "since", "until", "during")
    return not plural or last in ("in", "since", "until", "during", "the", "by", "from", "of", "its")


def _month_stands(text: str, start: int, end: int) -> bool:
    after = next_word(text, end)
    if last_word(text, start) in _YEAR_BEFORE:
        return True
    return after.lower() not in _SAYING and not (
        after[:1].isupper() and text[end : end + 1] == " " and text[end : end + 1] != "\n"
    )


def _ordinal_stands(text: str, start: int, end: int) -> bool:
    after = next_word(text, end)
    if _ORDINAL_LIST.match(text, end):
        return False
    return (after == "" and not text[end : end + 2].strip(" \n").startswith(("-", "–"))) or (
        after.islower() and after in _FUNCTION
    )


def _doubtful_stands(text: str, start: int, end: int) -> bool:
    after = next_word(text, end)
    return not (
        after in _SAYING or (after in ("on", "through", "past", "towards", "against") and last_word(text, start) in ("the", "a"))
    )


def _season_stands(text: str, start: int, end: int) -> bool:
    words = text[start:end].lower()
    if words in ("spring", "summer", "winter", "autumn", "the spring"):
        after = next_word(text, end).lower()
        return last_word(text, start) not in ("to", "a", "hot", "would", "natural", "mineral", "will") and after not in (
            "up",
            "from",
            "palace",
            "water",
        )
    return True


def _present_stands(text: str, start: int, end: int) -> bool:
    """ "the current" alone is a stream."""
    return text[start:end].lower() != "current" or next_word(text, end) not in (
        "",
        "of",
        "and",
        "was",
        "is",
        "in",
        "to",
        "that",
        "which",
    )


_CHECKS = {
    "nowadays": _present_stands,
    "year": _year_stands,
    "month": _month_stands,
    "doubtful month": _doubtful_stands,
    "ordinal day": _ordinal_stands,
    "ordinal day heading": _ordinal_stands,
    "season": _season_stands,
}
