"""The journey as a spaCy component."""

from collections.abc import Iterator

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import itinerary.for_spacy  # noqa: F401  # registers the component
from itinerary import pipeline
from itinerary.errors import InputError
from itinerary.model import Itinerary
from tests.builders import BERGEN, LERWICK, LONDON, TEXT


@pytest.fixture
def nlp(monkeypatch: pytest.MonkeyPatch, journey: Itinerary) -> Iterator[spacy.Language]:
    """An English pipeline with the component in it, which is always told the journey made by hand."""
    monkeypatch.setattr(pipeline, "build", lambda text, published, traveller: journey)
    language = spacy.blank("en")
    language.add_pipe("itinerary")
    yield language


def test_a_doc_has_its_itinerary(nlp: spacy.Language, journey: Itinerary) -> None:
    assert nlp(TEXT)._.itinerary == journey


def test_the_names_of_places_are_spans_that_know_their_place(nlp: spacy.Language) -> None:
    doc = nlp(TEXT)
    assert [span.text for span in doc.spans["itinerary"]] == ["Bergen", "Lerwick", "Reykjavik", "London"]
    assert [span._.place for span in doc.spans["itinerary"]][::3] == [BERGEN, LONDON]


def test_any_span_knows_the_place_that_it_names_most_of(nlp: spacy.Language) -> None:
    doc = nlp(TEXT)
    start = TEXT.index("Bergen")
    assert doc.char_span(start, start + len("Bergen to Lerwick"))._.place == LERWICK
    assert doc[0:1]._.place is None


def test_a_doc_that_the_component_has_not_seen_has_none() -> None:
    doc = spacy.blank("en")("Ann sailed to Bergen.")
    assert (doc._.itinerary, doc[3:4]._.place) == (None, None)


def test_a_blank_doc_is_left_as_it_is(nlp: spacy.Language) -> None:
    assert nlp(" \n")._.itinerary is None


def test_the_itinerary_is_stored_with_the_doc(nlp: spacy.Language, journey: Itinerary) -> None:
    doc = nlp(TEXT)
    (back,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    assert back._.itinerary == journey
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes())._.itinerary == journey


def test_the_options_reach_the_library_and_the_pipeline_can_be_saved(monkeypatch: pytest.MonkeyPatch, journey: Itinerary) -> None:
    asked = []
    monkeypatch.setattr(pipeline, "build", lambda *given: asked.append(given) or journey)
    nlp = spacy.blank("en")
    nlp.add_pipe("itinerary", config={"published": "2023-09-17", "traveller": "Ann"})
    spacy.blank("en").from_bytes(nlp.to_bytes())
    nlp("Ann went.")
    assert asked == [("Ann went.", "2023-09-17", "Ann")]


def test_a_date_that_is_none_is_refused() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("itinerary", config={"published": "soon"})
    with pytest.raises(InputError, match="publication date"):
        nlp("Ann went.")
