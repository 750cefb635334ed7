"""Pieces of pattern that several rows share, and what their words are worth."""

from __future__ import annotations

from itinerary.dates.grammar import Macro
from itinerary.dates.lexer import Token
from itinerary.dates.readings import SHORT


def count(tokens: list[Token]) -> int | float | None:
    """What a number phrase counts: "two hundred" 200, "twenty-one" 21, "a" 1; None when it does not say ("several")."""
    total: int | float = 0
    for token in tokens:
        values = token.values
        if "FEW" in values or "HUNDREDS" in values:
            return None
        if "HUNDRED" in values:
            total = (total or 1) * _number(values["HUNDRED"])
        elif token.text == "half":
            total = total + 0.5 if total else 0.5
        else:
            total += _worth(values, token.text)
    return total


def _worth(values: dict[str, object], text: str) -> int | float:
    for name in ("NUM", "ONES", "TENS", "PAIR"):
        if name in values:
            return _number(values[name])
    return 1 if text == "single" else 0


def one_or(tokens: list[Token]) -> int | float | None:
    """Like `count`, with "a" and "an" worth 1."""
    number = count(tokens)
    return 1 if number == 0 and tokens[0].text in ("a", "an", "another", "one") else number


def ordinal(tokens: list[Token]) -> int:
    """The place in a row: "3rd" 3, "twenty-first" 21."""
    return int(sum(_number(t.values[n]) for t in tokens for n in ("ORD", "ORDW", "TENS", "DAY") if n in t.values))


def year(tokens: list[Token]) -> int:
    """An astronomical year: "44 BC" is -43; a short "'17" gives 17 - 10,000, to be completed from the context."""
    for token in tokens:
        if "SHORTYEAR" in token.values:
            return int(token.text[1:]) + SHORT
    number = next(_number(t.values[n]) for t in tokens for n in ("YEAR", "ANYYEAR", "YEARTHREE", "YY") if n in t.values)
    return 1 - int(number) if any("BC" in t.values for t in tokens) else int(number)


def modifier(tokens: list[Token]) -> str | None:
    """early, mid or late."""
    for token in tokens:
        for name in ("EARLY", "MID", "LATE"):
            if name in token.values:
                return name.lower()
    first = tokens[0].text if tokens[0].text != "the" else tokens[1].text
    return {"first": "early", "last": "late"}.get(first)


def clock(tokens: list[Token]) -> str:
    """A TIMEX3 time of day: "T22:30"; "" for figures that are no time."""
    figures = tokens[0].text.replace(":", "").replace(".", "")
    if not figures.isdigit():
        return ""
    hour, minute = (int(figures), 0) if len(figures) <= 2 else (int(figures[:-2][:2]), int(figures[-2:]))
    if tokens[0].text.count(":") == 2:
        hour, minute = (int(x) for x in tokens[0].text.split(":")[:2])
    half = next((t.values["AMPM"] for t in tokens if "AMPM" in t.values), None)
    if half is None:
        half = next(("p" for t in tokens if t.values.get("PART") in ("TAF", "TEV", "TNI") and hour > 3), None)
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return f"T{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else ""


def _number(value: object) -> int | float:
    return value if isinstance(value, (int, float)) else 0


_HEDGE = (
    "(about|around|approximately|roughly|nearly|almost|over|under|just over|just under|just|only|some|barely|exactly|"
    "a little (more|less|over|under) than?|(more|less|fewer|longer|no more|no less) than|at least|at most|up to|as many as|"
    "close to|a mere|the|another|nearly)"
)
_NUMBER = (
    "(NUM|(a few)|(a couple of?)|TENS (-? ONES)?|ONES (and a half)?|(a|an) HUNDRED|FEW|PAIR of?|half (a|an)?|"
    "(ONES|FEW|NUM) HUNDRED)"
)

MACROS = {
    "MONTHX": Macro("(SHORTMON .|CMON)"),
    "ANYMON": Macro("(SHORTMON .|MON)"),
    "DAYN": Macro("(DAY|ORD|ORDW|TENS -? ORDW)", ordinal, "day"),
    "ORDDAY": Macro("(ORD)", ordinal, "day"),
    "DAYF": Macro("(DAY|ORD)", ordinal, "day"),
    "ORDINAL": Macro("(ORD|ORDW|TENS -? ORDW)", ordinal, "ordinal"),
    "YR": Macro("(YEAR|ANYYEAR ,? BC|AD ANYYEAR|ANYYEAR AD|SHORTYEAR)", year, "year"),
    "PLAINYEAR": Macro("(ANYYEAR)", year, "year"),
    "EARLYYEAR": Macro("(YEARTHREE)", year, "year"),
    "BCYEAR": Macro("(ANYYEAR ,? BC)", year, "year"),
    "TAIL": Macro("(YY)", year, "tail"),
    "COUNT": Macro(_NUMBER, count, "count"),
    "ONEORMORE": Macro(f"({_NUMBER}|a|an|another)", one_or, "count"),
    "HEDGE": Macro(f"({_HEDGE})"),
    "SOMUCH": Macro("(HEDGE? ONEORMORE (UNIT|UNITS))"),
    "LATER": Macro("(later|afterward|afterwards|thereafter|after that|after this)"),
    "EARLIER": Macro("(earlier|previously|beforehand|before that|before this)"),
    "BEFOREIT": Macro("(prior to|ahead of|before (?= (the|a|an|his|her|its|their|this)))"),
    "WD": Macro("(WDAY .? ,? (the|,)?)"),
    "NEXT": Macro("(next|following|ensuing|succeeding|subsequent|coming)"),
    "PREV": Macro("(previous|preceding|prior)"),
    "SAME": Macro("(that|this|the) (very|same)"),
    "UPTO": Macro("(-|to|until|till|through|thru|(and)|/)"),
    "ROUGHLY": Macro("(c .?|ca .?|circa|about|around|approximately|roughly)", lambda _: True, "rough"),
    "EARLYLATE": Macro(
        "(((very|as)? (early|mid|middle|late|later|earlier) (on|in|-)? (in)? (the)?)|(the? (very)? (EARLY|MID|LATE|first|last) "
        "(part|days|months|weeks|years|stages)? of (the)?))",
        modifier,
        "modifier",
    ),
    "CLK": Macro(
        "((CLOCK (AMPM|hours|hrs|hr|h)?)|(HOUR AMPM)|(DOTCLOCK AMPM)|(HHMM (hours|hrs|hr|h|gmt|utc|z))|"
        "(HOUR o ' clock)) (in the PART)? "
        "(local time|gmt|utc|est|edt|et|pst|pdt|pt|cet|bst|z)?",
        clock,
        "clock",
    ),
    "DMY": Macro("((WD)? (the)? (DAYF|DAYN (day)? of|DAYF .? (day)? of) (the)? ANYMON ,? (of|in)? (the)? (year)? YR)"),
    "MDY": Macro("((WD)? MONTHX (the)? DAYF ,? (in|of)? YR)"),
    "DM": Macro("((WD)? (the)? (DAYF|DAYN (day)? of|DAYF .? (day)? of) MONTHX)"),
    "MD": Macro("((WD)? MONTHX (the)? (DAYF|ORDW|TENS -? ORDW))"),
    "CAL": Macro("(DMY|MDY|DM|MD)"),
}
