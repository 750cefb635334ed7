"""What is lost behind a perfect reader: `python -m tests.perfect_answers [FOLDER] [--write FOLDER]`.

Turns annotated texts (ID.txt with ID.json, as in `stories`, the default) into the answers that a reader without fault would
give, has them read as any pasted answer is, and scores the journeys: what is missing then is lost by places, dates and order,
and not by reading. `--write` also writes the answers, for `python -m itinerary ID.txt --answer ID.answer.json`.

The words that tell a date are those nearest to the evidence that our dates place on the day annotated; where there are none
the answer tells no date, and the date counts as lost.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from itinerary.model import DateMention, Itinerary, Span
from itinerary.pipeline import build, find_dates
from itinerary.second_reader import Pasted
from itinerary.second_reader.searching import Searchable
from tests.stories_score import STORIES, Score, Story, _measured, _table, stories

_STATUS = {"en_route": "passed"}


def perfect(story: Story) -> dict[str, Any]:
    """The answer that a reader without fault gives."""
    text, dates = Searchable.of(story.text), find_dates(story.text, story.published)
    stops = [dict(_stop(story, text, dates, gold)) for gold in story.annotation["stops"]]
    return {"traveller": story.annotation["traveller"], "stops": stops}


def _stop(story: Story, text: Searchable, dates: Sequence[DateMention], gold: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "name", gold["name"]
    yield "quote", gold["evidence"]
    yield "status", _STATUS.get(gold["status"], gold["status"])
    if gold["country"]:
        yield "country", gold["country"]
    start = max(0, story.text.find(gold["evidence"]))
    quote = Span(start, start + len(gold["evidence"]))
    for end in ("arrive", "depart"):
        if gold.get(end) and (words := _words(story.text, text, dates, quote, gold[end])):
            yield end, words


def _words(text: str, searchable: Searchable, dates: Sequence[DateMention], quote: Span, day: str) -> str | None:
    """The words nearest to the quote that tell a day, with as many of their neighbours as it takes to find them there."""
    telling = [d for d in dates if d.type in ("DATE", "TIME") and d.when and (d.when.isoformat() or "").startswith(day)]
    if not telling:
        return None
    best = min(telling, key=lambda d: (d.when and d.when.isoformat() != day, max(quote.start - d.start, d.end - quote.end, 0)))
    for more in range(0, 60, 6):
        around = _whole_words(text, Span(max(0, best.start - more), best.end))
        if searchable.nearest(around.of(text), quote) == around:
            return around.of(text)
    return best.text


def _whole_words(text: str, span: Span) -> Span:
    start = span.start
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while text[start].isspace():
        start += 1
    return Span(start, span.end)


# --- the measure ------------------------------------------------------------------------------------------------------


def measure(story: Story) -> tuple[Score, tuple[str, ...]]:
    """The score of the perfect answer as we read it, and what was said about it."""
    notes: list[str] = []

    def read(text: str, published: str | None) -> Itinerary:
        trip = build(text, published, reader=Pasted((json.dumps(perfect(story)),)))
        notes.extend(trip.notes)
        return trip

    return _measured(read, story), tuple(notes)


def losses(score: Score, notes: Sequence[str]) -> Iterator[str]:
    """A line for each stop that was lost or misplaced, and for each date."""
    golds, found = score.story.stops, {j: i for i, j in score.pairs}
    for j, gold in enumerate(golds):
        told = score.story.annotation["stops"][j]
        if j not in found:
            near = [stop for stop in score.stops if stop.name == gold.name]
            where = "; ".join(f"{s.where.latitude:.2f},{s.where.longitude:.2f}" for s in near) or "no place"
            right = f"{told['country']}, {told['modern']}, {gold.where.latitude:.2f},{gold.where.longitude:.2f}"
            yield f"place  {gold.name} ({right}, {gold.tolerance_km:.0f} km): {where}"
        elif gold.arrive and not (score.stops[found[j]].arrive or "").startswith(gold.arrive):
            yield f"date   {gold.name} {gold.arrive}: {score.stops[found[j]].arrive} “{told['evidence'][:110]}”"
    yield from (f"note   {note}" for note in notes)


def main(arguments: Sequence[str]) -> int:
    """Print the table and the losses."""
    folders = [a for a in arguments if not a.startswith("--")]
    of = stories(Path(folders[0]) if folders else STORIES)
    measured = [measure(story) for story in of]
    for score, notes in measured:
        lines = list(losses(score, notes))
        print(
            "\n".join([score.story.id, *(f"    {line}" for line in lines)]) if lines or score.error else "",
            end="\n" if lines else "",
        )
    print(_table([score for score, _ in measured]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
