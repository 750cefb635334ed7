"""Each target of `tests.fuzz` for a moment, and what was found there before."""

from contextlib import suppress
from typing import Any

import pytest

from itinerary.errors import ItineraryError
from itinerary.reading import SourceKind
from tests import fuzz

# What was found, and the target that found it.
FOUND: dict[str, tuple[str, Any]] = {
    "a sentence without end and with a name in every clause": ("build a text without end", "she left Oslo, " * 2_000),
    "a zero in the subject of a mail": ("read a document", (SourceKind.MAIL, b"Subject: To\0 Bergen\n\nWe left Oslo.\n")),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", fuzz.TARGETS)
def test_nonsense_ends_in_an_answer_or_in_one_sentence(name: str) -> None:
    fuzz.run(name, fuzz.TARGETS[name].examples, lasting=False)


@pytest.mark.slow
@pytest.mark.parametrize(("target", "value"), FOUND.values(), ids=FOUND)
def test_what_was_found_before_holds_now(target: str, value: Any) -> None:
    with suppress(ItineraryError):
        fuzz.TARGETS[target].check(value)


def test_what_is_written_is_held_to_its_form_in_every_format() -> None:
    assert {*fuzz.VALID, *fuzz.PICTURES} == set(fuzz.export.FORMATS)


def test_an_error_that_is_none_of_ours_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(value: object) -> None:
        raise KeyError(value)

    monkeypatch.setitem(fuzz.TARGETS, "broken", fuzz.Target(fuzz.texts, breaks, 1))
    with pytest.raises(KeyError):
        fuzz.run("broken", 3, lasting=False)
