"""The texts that ship with the program, to try it on."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache

from itinerary.dashboard.desk import Task
from itinerary.environment import ROOT

_FOLDER = ROOT / "data" / "samples"


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with what a reader is told about it."""

    title: str
    file: str
    published: dt.date | None


@cache
def all_samples() -> tuple[Sample, ...]:
    """The samples, the one that the dashboard opens on first."""
    rows = json.loads((_FOLDER / "index.json").read_text(encoding="utf-8"))
    return tuple(Sample(row["title"], row["file"], _day(row.get("published"))) for row in rows)


def task(sample: Sample) -> Task:
    """The sample as work to be done."""
    return Task((_FOLDER / sample.file).read_text(encoding="utf-8"), sample.published, asked_at="sample")


def is_sample(text: str) -> bool:
    """Whether a text ships with the program, hence is nobody's secret."""
    return text in _texts()


@cache
def _texts() -> frozenset[str]:
    return frozenset(task(sample).text for sample in all_samples())


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None
