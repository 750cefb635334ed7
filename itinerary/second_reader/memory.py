"""Answers kept on disk, by question and model: what was asked once is not asked again, and a run that broke off goes on."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from itinerary.cache import cache_folder
from itinerary.errors import OutputError
from itinerary.files import write_whole
from itinerary.second_reader.answer import LONGEST_ANSWER
from itinerary.second_reader.question import Question


@dataclass(frozen=True, slots=True)
class Memory:
    """A folder with a file for each answer. What can't be read or written there is as good as never kept."""

    folder: Path

    @classmethod
    def at(cls, folder: Path | None = None) -> Memory:
        """The memory in a folder, by default in the user's cache folder; nothing is written yet."""
        return cls(folder or cache_folder() / "answers")

    def recall(self, model: str, question: Question) -> str | None:
        """The answer that the model gave to this very question, None when there is none."""
        with suppress(OSError, ValueError, RecursionError):
            stored = json.loads(self._file(model, question).read_text(encoding="utf-8"))
            if isinstance(stored, dict) and isinstance(stored.get("answer"), str):
                return str(stored["answer"])
        return None

    def keep(self, model: str, question: Question, answer: str) -> None:
        """Write an answer down."""
        stored = json.dumps({"model": model, "answer": answer[:LONGEST_ANSWER]})
        with suppress(OSError, OutputError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(self._file(model, question), stored.encode())

    def _file(self, model: str, question: Question) -> Path:
        key = f"{model}\0{question.whole}".encode("utf-8", "replace")
        return self.folder / f"{hashlib.sha256(key).hexdigest()}.json"
