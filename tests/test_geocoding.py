"""Claims about namesakes: which place a name means in a given text, why, and how surely."""

import time
from itertools import permutations

import pytest

from itinerary import geocoding, reading, toponyms
from itinerary.gazetteer import Gazetteer
from itinerary.geocoding.choosing import chances
from itinerary.geocoding.hints import leftover
from itinerary.judging import Judge
from itinerary.model import Kind, Span, Toponym


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


@pytest.fixture(scope="module")
def resolved(gazetteer):
    """The resolutions of a text in text order."""

    def resolve(text):
        document = reading.read(text)
        return geocoding.resolve(document, toponyms.find(document, gazetteer), gazetteer)

    return resolve


def named(resolutions, name):
    return next(r for r in resolutions if r.name == name)


@pytest.mark.parametrize(
    ("text", "name", "country", "admin"),
    [
        ("She moved from London, Ontario, to Paris, Texas, in 1998.", "London", "CA", "Ontario"),
        ("She moved from London, Ontario, to Paris, Texas, in 1998.", "Paris", "US", "Texas"),
        ("They flew from London to Paris and on to Madrid.", "Paris", "FR", "Île-de-France"),
        ("The governor of Georgia drove from Atlanta to Savannah and Macon.", "Macon", "US", "Georgia"),
        ("Near Kingston we left Lake Ontario; Belleville, Peterborough and Toronto followed.", "Peterborough", "CA", "Ontario"),
        ("From Cambridge we rode to Ely, Peterborough and Stamford in England.", "Peterborough", "GB", "England"),
    ],
)
def test_the_text_decides_between_namesakes(resolved, text, name, country, admin):
    place = named(resolved(text), name).place
    assert (place.country, place.admin1) == (country, admin)


def test_the_same_name_may_be_a_country_or_a_state(resolved):
    country = named(resolved("The president of Georgia flew from Tbilisi to Batumi, then to Yerevan in Armenia."), "Georgia")
    state = named(resolved("The governor of Georgia drove from Atlanta to Savannah and Macon."), "Georgia")
    assert (country.place.kind, state.place.kind) == (Kind.COUNTRY, Kind.ADMIN1)


def test_a_container_behind_the_name_is_the_reason(resolved):
    assert named(resolved("She moved from London, Ontario, to Paris, Texas, in 1998."), "Paris").reason == "named with Texas"


def test_a_name_told_apart_twice_means_two_places(resolved):
    found = resolved("In Springfield, Illinois, it rained. In Springfield, Missouri, it snowed.")
    assert [r.place.admin1 for r in found if r.name == "Springfield"] == ["Illinois", "Missouri"]


def test_one_name_has_one_sense_in_a_text(resolved):
    found = resolved("He was born in London, Ontario. London lies between Toronto and Windsor. He never left London.")
    assert {r.place.id for r in found if r.name == "London"} == {named(found, "London").place.id}
    assert named(found, "London").place.country == "CA"


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("In 1820 he sailed from Amsterdam round the Cape to Batavia, and from Java on to Canton and Nagasaki.", "Batavia", "ID"),
        ("In 1820 he sailed from Amsterdam round the Cape to Batavia, and from Java on to Canton and Nagasaki.", "Canton", "CN"),
        ("From Vienna she went to Prague and took the waters at Carlsbad and Marienbad in Bohemia.", "Carlsbad", "CZ"),
        ("From Vladivostok the train went to Khasan, where it crossed into North Korea.", "Khasan", "RU"),
    ],
)
def test_former_and_lesser_names_are_known_by_their_company(resolved, text, name, country):
    assert named(resolved(text), name).place.country == country


def test_a_demonym_means_its_country(resolved):
    assert named(resolved("The Norwegian crew sailed from Bergen to Oslo."), "Norwegian").place.country == "NO"


def test_a_part_of_a_name_stands_for_the_whole_and_says_so(resolved):
    station = named(resolved("He arrived at Artyom-Primorsky-1 station near Vladivostok."), "Artyom-Primorsky-1 station")
    assert (station.place.country, station.matched) == ("RU", "Artyom")
    assert "only Artyom" in station.reason


def test_a_misspelt_name_finds_the_place_that_is_spelt_almost_so(gazetteer):
    text = "In Nicaragua we took the boat from Managua to Blue Fields."
    spans = [Span(text.index(n), text.index(n) + len(n)) for n in ("Nicaragua", "Managua", "Blue Fields")]
    given = [Toponym(span, span.of(text), (span.of(text),)) for span in spans]
    found = geocoding.resolve(reading.read(text), given, gazetteer)[-1]
    assert (found.place.name, found.place.country) == ("Bluefields", "NI")
    assert "spelt almost the same" in found.reason


def test_an_unknown_name_stays_unresolved_with_a_reason(gazetteer):
    text = "We slept at Xyzzyqwert."
    toponym = Toponym(Span(12, 22), text[12:22], (text[12:22],))
    (found,) = geocoding.resolve(reading.read(text), [toponym], gazetteer)
    assert (found.place, found.score, found.latitude) == (None, 0.0, None)
    assert "not in the gazetteer" in found.reason


def test_runners_up_are_other_places_best_first_and_all_is_a_probability(resolved):
    found = named(resolved("They flew from London to Paris and on to Madrid."), "Paris")
    scores = [c.score for c in found.runners_up]
    assert scores == sorted(scores, reverse=True) and 0 < len(scores) <= 5
    assert found.place not in [c.place for c in found.runners_up]
    assert found.score + sum(scores) <= 1.0001


def test_one_resolution_for_each_toponym_in_the_same_order(gazetteer):
    document = reading.read("Oslo, Bergen, Oslo again, then Trondheim and the Lofoten Islands; Oslo at last.")
    found = toponyms.find(document, gazetteer)
    assert [r.toponym for r in geocoding.resolve(document, found, gazetteer)] == list(found)


def test_no_toponyms_no_resolutions(gazetteer):
    assert geocoding.resolve(reading.read("Nothing here."), [], gazetteer) == ()


@pytest.mark.parametrize("name", ["x" * 10_000, "%", "' OR 1=1 --", "\0", "ᚠᚢᚦ", "…", "_____", "\ud800"])
def test_hostile_names_match_nothing(gazetteer, name):
    (found,) = geocoding.resolve(reading.read("At home."), [Toponym(Span(3, 3 + len(name)), name, (name,))], gazetteer)
    assert found.place is None


def test_chances_leave_room_for_none_of_the_options():
    judge = Judge({"good": 2.0, "bad": -9.0}, 0.0, "")
    good, bad = chances(judge, [{"good": 1.0}, {"bad": 1.0}])
    assert good > 0.8 > 0.01 > bad
    assert good + bad < 1
    assert chances(judge, []) == ()


@pytest.mark.parametrize(
    ("surface", "matched", "left"),
    [
        ("northern Iraq", "Iraq", "direction"),
        ("East London", "London", "Direction"),
        ("Lake Ullswater", "Ullswater", "head water"),
        ("Artyom-2", "Artyom", "number"),
        ("Buena Esperanza", "Esperanza", "name"),
    ],
)
def test_what_is_left_of_a_partly_known_name(surface, matched, left):
    assert leftover(surface, matched) == left


def test_a_book_takes_time_in_proportion_to_its_length(gazetteer):
    names = "Oslo,Bergen,Paris,Lyon,Rome,Milan,Kyiv,Lviv,Cairo,Tunis,Lagos,Accra,Quito,Lima,Osaka,Kyoto,Delhi,Pune,Perth"
    text = " ".join(f"They left {a} for {b} by way of Springfield." for a, b in permutations(names.split(","), 2))

    def seconds(toponyms_of):
        start = time.process_time()
        geocoding.resolve(document, toponyms_of, gazetteer)
        return time.process_time() - start

    document = reading.read(text)
    found = toponyms.find(document, gazetteer)
    assert len(found) > 1000
    seconds(found[:100])
    assert seconds(found) < 20 * max(0.05, seconds(found[:200]))
