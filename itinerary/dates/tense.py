"""Whether a sentence looks back or ahead, by cheap cues around a time expression."""

from __future__ import annotations

import re

_REACH = 200  # characters looked at on each side: a sentence of news is about that long
_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[A-Z\"'“‘(])|\n\s*\n|\n(?=[A-Z0-9•*-])")
_AHEAD = re.compile(
    r"\b(?:will|won['’]t|shall|would|may|might|must|should|can|(?:is|are|was|were|am)\s+(?:scheduled|expected|due|set|slated|planned|planning|going|to)|"
    r"plans?\s+to|hopes?\s+to|intends?\s+to|expects?\s+to|aims?\s+to|next|upcoming|ahead\s+of|\w+['’]ll|until|later\s+this|"
    r"(?:is|are)\s+\w+ing|to\s+be\s+held|by\s+the\s+end)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:was|were|had|did|has|have|been|came|went|took|made|got|gave|left|began|became|saw|won|lost|met|told|ran|rose|fell|sent|"
    r"brought|held|kept|flew|drove|drew|wrote|spoke|shot|struck|found|felt|led|put|cut|hit|paid|sold|bought|built|caught|"
    r"fought|taught|thought|heard|stood|sat|slept|woke|ate|sang|sank|swam|threw|grew|knew|broke|chose|died|died|since|"
    r"(?!need|indeed|speed|feed|seed|hundred|sacred|naked|red\b)(?<!be )[a-z]{2,}ed)\b"
)


def tense_at(text: str, start: int, end: int) -> int:
    """-1 when the words around look back, 1 when they look ahead, 0 when they don't tell."""
    before = text[max(0, start - _REACH) : start]
    ends = list(_END.finditer(before))
    if ends:
        before = before[ends[-1].end() :]
    after = text[end : end + _REACH]
    stop = _END.search(after)
    if stop:
        after = after[: stop.start()]
    return _nearest(before, after)


def _nearest(before: str, after: str) -> int:
    """The cue nearest to the expression, cues before it counting as nearer."""
    ahead, back = _distance(_AHEAD, before, after), _distance(_BACK, before, after)
    if ahead == back:
        return 0
    return 1 if ahead < back else -1


def _distance(cue: re.Pattern[str], before: str, after: str) -> int:
    ends = [found.end() for found in cue.finditer(before)]
    left = len(before) - ends[-1] if ends else 10_000
    first = cue.search(after)
    right = first.start() + 30 if first else 10_000
    return min(left, right)
