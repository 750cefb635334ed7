"""Which day a weekday means, as a number of days from the one it is counted from."""

from __future__ import annotations

from itinerary.dates.readings import Told

# A programme that has come so many days past a weekday means the one of the week after.
_PASSED = 4


def story_step(told: Told, weekday: int, *, days_left: int | None, tense: int) -> int:
    """In a story: the next such day from one that is a `weekday`; what is told as past lies at most `days_left` days on."""
    step = ((told.weekday or weekday) - weekday) % 7
    if told.step is not None and told.step < 0:
        return step - 7
    if told.step and step == 0:
        return 7
    return step - 7 if tense < 0 and days_left is not None and step > days_left else step


def news_step(told: Told, weekday: int, *, reached: int, tense: int) -> int:
    """In news of a `weekday`: the last such day, today included; the next when the sentence looks ahead.

    `reached` is how many days after publication the last day told lies: a programme goes on from there.
    """
    ahead = ((told.weekday or weekday) - weekday) % 7
    behind = ahead - 7 if ahead else 0
    if told.step in (2, -2):  # "Monday of next week", "of last week"
        return (told.weekday or weekday) - weekday + 7 * (told.step // 2)
    if told.step == -1:
        return ahead - 7
    if told.step == 1:
        return ahead or 7
    if told.step == 0:
        return ahead if tense >= 0 else behind
    if tense > 0:
        return ahead + 7 if reached - ahead >= _PASSED else ahead
    return behind
