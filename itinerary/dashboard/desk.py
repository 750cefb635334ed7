"""The desk of one reader: the trips at hand, which of them is looked at, and the work that waits. Nothing of it is shared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from itinerary.dashboard.background import Work
from itinerary.model import Itinerary
from itinerary.second_reader import CONTEXT, Answer, Asking
from itinerary.workspace import SideBySide, Workspace

MOST_SHEETS = 20  # trips on one desk: what a reader can keep apart, and a bound on memory


@dataclass(frozen=True, slots=True)
class Task:
    """A text to be worked on. `place` is the sheet whose settings changed, None for a new text.

    `asked_at` says which part of the page asked for it, so that trouble is told there.
    """

    text: str
    published: dt.date | None = None
    day_first: bool | None = None
    traveller: str | None = None
    online: bool = False
    title: str | None = None
    notes: tuple[str, ...] = ()
    place: str | None = None
    asked_at: str = "paste"
    given: bool = False  # a trip made elsewhere, not read out of the text
    answer: Answer | None = None  # a language model's, which then is the reader
    read_by: str | None = None  # which model

    def by_itself(self) -> Task:
        """The same for the built-in reader."""
        return replace(self, answer=None, read_by=None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A trip on the desk: what was asked, the corrected journey with its history, and what there is to say about its source."""

    key: str
    task: Task
    workspace: Workspace

    @property
    def title(self) -> str:
        """What the switcher calls it."""
        words = " ".join((self.task.title or self.workspace.trip.title or self.task.text[:80]).split())
        return words if len(words) <= 80 else words[:79].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked: its address and name, what it takes at once (tokens), and how long it may take to answer (min)."""

    url: str = ""
    model: str = ""
    context: int = CONTEXT
    minutes: int = 10


@dataclass(frozen=True, slots=True)
class Job:
    """A model being asked about a sheet, as that was when it began."""

    key: str
    task: Task
    model: str
    asking: Asking


@dataclass(frozen=True, slots=True)
class Reading:
    """A task being read."""

    task: Task
    work: Work[tuple[Itinerary, SideBySide | None]]


@dataclass(slots=True)
class Desk:
    """Sheets in the order they came, the current one, the tasks that wait, and the text that was typed but not yet shown.

    `way` is who is to read ("own", "model", "chat"), `pasted` what chats answered, by sheet and part of its text.
    """

    sheets: dict[str, Sheet] = field(default_factory=dict)
    current: str | None = None
    tasks: list[Task] = field(default_factory=list)
    serial: int = 0
    draft: str = ""
    way: str = "own"
    endpoint: Endpoint = Endpoint()
    pasted: dict[tuple[str, int], str] = field(default_factory=dict)
    job: Job | None = None
    reading: Reading | None = None

    @property
    def sheet(self) -> Sheet | None:
        """The sheet that is looked at."""
        return self.sheets.get(self.current) if self.current else None

    @property
    def letters(self) -> int:
        """Characters of all texts: what the desk weighs."""
        typed = len(self.draft) + sum(map(len, self.pasted.values()))
        return typed + sum(len(sheet.task.text) for sheet in self.sheets.values())

    def ask(self, task: Task) -> None:
        """Put a task in the queue; a text that lies on the desk already, asked the same way, is only turned to."""
        for sheet in self.sheets.values():
            if replace(sheet.task, asked_at=task.asked_at, place=None, notes=task.notes, title=task.title) == task:
                self.current = sheet.key
                return
        self.tasks.append(task)

    def put(self, task: Task, workspace: Workspace) -> Sheet | None:
        """Lay the outcome of a task on the desk and turn to it; gives the sheet that had to leave for it, if any."""
        self.serial += 1
        key = task.place if task.place in self.sheets else f"trip {self.serial}"
        self.sheets[key] = Sheet(key, replace(task, place=None), workspace)
        if task.asked_at != "reader":  # that one took its time: the reader of this desk may look at another sheet by now
            self.current = key
        return self.remove(next(iter(self.sheets))) if len(self.sheets) > MOST_SHEETS else None

    def change(self, workspace: Workspace) -> None:
        """Put the corrected journey in the place of the current one."""
        if self.sheet:
            self.sheets[self.sheet.key] = replace(self.sheet, workspace=workspace)

    def remove(self, key: str) -> Sheet | None:
        """Take a sheet off the desk; its neighbour is looked at next."""
        keys = list(self.sheets)
        gone = self.sheets.pop(key, None)
        self.pasted = {at: words for at, words in self.pasted.items() if at[0] != key}
        if key == self.current:
            at = keys.index(key)
            left = [*keys[at + 1 :], *reversed(keys[:at])]
            self.current = left[0] if left else None
        return gone
