"""Claims about the mentions of places: what is found in a text, where it begins and ends, and what is left alone."""

import json
from itertools import pairwise

import pytest

from itinerary import judging, reading, toponyms
from itinerary.errors import InputError
from itinerary.gazetteer import Gazetteer
from itinerary.model import Form
from itinerary.toponyms.runs import pieces, runs
from itinerary.toponyms.words import group, heads


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


@pytest.fixture(scope="module")
def found(gazetteer):
    """The toponyms of a text by what is written there."""

    def find(text):
        return {t.surface: t for t in toponyms.find(reading.read(text), gazetteer)}

    return find


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The train went on from Blagoveshchensk to Komsomolsk-on-Amur overnight.", "Komsomolsk-on-Amur"),
        ("They cycled from Stoke-on-Trent to Leek.", "Stoke-on-Trent"),
        ("In May she sailed from Rio de Janeiro to Lisbon.", "Rio de Janeiro"),
        ("After a week in St. Louis he took the boat to New Orleans.", "St. Louis"),
        ("We drove from Zürich to Saint-Étienne in a day.", "Saint-Étienne"),
        ("Snow fell on Lake Baikal while they camped there.", "Lake Baikal"),
        ("The caravan crossed the Gobi desert in three weeks.", "Gobi desert"),
        ("His plane landed at Sheremetyevo airport at noon.", "Sheremetyevo airport"),
        ("He arrived at Artyom-Primorsky-1 station near Vladivostok.", "Artyom-Primorsky-1 station"),
        ("OSLO, March 3 — The king left for Denmark on Friday.", "OSLO"),
    ],
)
def test_a_place_is_found_with_its_whole_name(found, text, name):
    assert name in found(text)


def test_a_part_that_is_known_is_looked_up_after_the_whole_name(found):
    lookups = found("He arrived at Artyom-Primorsky-1 station near Vladivostok.")["Artyom-Primorsky-1 station"].lookups
    assert lookups[0] == "Artyom-Primorsky-1 station"
    assert lookups[-1] == "Artyom"


def test_a_street_is_not_the_town_that_it_is_named_after(found):
    street = found("The shop at 12 Memphis Street in Alexandria was closed.")["Memphis Street"]
    assert street.lookups == ("Memphis Street",)


def test_a_persons_name_is_no_place(found):
    names = found("Jack London wrote about dogs. London was born in San Francisco, said Mr. London's daughter.")
    assert "San Francisco" in names
    assert "Jack London" not in names


def test_an_adjective_names_its_country_as_a_demonym(found):
    names = found("The Georgian president flew from Tbilisi to Batumi.")
    assert names["Georgian"].form is Form.DEMONYM
    assert names["Tbilisi"].form is Form.NAME


def test_two_countries_with_a_hyphen_stay_two(found):
    names = found("Relations between Russia and Turkey were bad; the Russia-Turkey talks in Ankara failed.")
    assert "Russia-Turkey" not in names


def test_mentions_ascend_do_not_overlap_and_say_what_is_written(gazetteer):
    text = "From Paris, Texas, they drove to New York City, the Bronx, Long Island and East Hampton."
    spans = toponyms.find(reading.read(text), gazetteer)
    assert len(spans) >= 5
    assert all(a.span.end <= b.span.start for a, b in pairwise(spans))
    assert all(t.surface == text[t.span.start : t.span.end] for t in spans)


def test_offsets_hold_behind_signs_outside_the_basic_plane(gazetteer):
    text = "🚲🚲 We left Bergen on Monday — 🏔 — and reached Oslo."
    assert [t.surface for t in toponyms.find(reading.read(text), gazetteer)] == ["Bergen", "Oslo"]


@pytest.mark.parametrize(
    "text",
    [
        "A" * 10_000,
        "A-" * 3_000 + "B",
        "%_'\";--",
        "?!… — 12",
        "Ʃʘʘ ꙮꙮ ᚠᚢᚦ in ᚠᚢᚦ.",
        "Robert'); DROP TABLE place;-- went to 'O''%'.",
        "\ud800 in \udfff",
    ],
)
def test_hostile_text_names_no_place_and_raises_nothing(gazetteer, text):
    try:
        document = reading.read(text)
    except InputError:
        return
    assert not [t for t in toponyms.find(document, gazetteer) if len(t.surface) > 200]


def test_a_long_run_of_capitals_is_cut_into_pieces_of_bounded_length(gazetteer):
    parse = reading.read("NEW YORK " * 400 + "is loud.").parse
    longest = max(piece.end - piece.start for run in runs(parse) for piece in pieces(parse, run))
    assert longest <= 9


def test_the_weights_say_what_they_were_learnt_from_and_use_features_not_names():
    stored = json.loads((judging.WEIGHTS / "toponyms.json").read_text(encoding="utf-8"))
    assert "texts" in stored["trained_on"]
    assert all(name.split("=")[0].replace(",", "").replace("_", "").isalpha() for name in stored["weights"])
    assert not {"london", "paris", "texas"} & {part.lower() for name in stored["weights"] for part in name.split("=")}


def test_the_lists_of_words_are_there_and_small():
    assert {"on", "de", "la"} <= group("connector")
    assert heads()["lake"] == ("lake",)
    assert all(word == word.lower() for word in heads())
