"""Claims about the sample texts: the index is complete, and each journey comes out much as a careful reader draws it."""

import datetime as dt
import json
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest

from itinerary import reading
from itinerary.model import Itinerary, Status
from itinerary.pipeline import build

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples"
INDEX = json.loads((SAMPLES / "index.json").read_text(encoding="utf-8"))
FILES = [sample["file"] for sample in INDEX]
GENRES = ["news", "plan", "diary", "biography", "expedition", "crossing"]

# The stops that a careful reader draws, passed ones too, in the order of the journey, by the names that the map shows.
JOURNEYS = {
    "kim-russia.txt": "Komsomolsk-on-Amur, Vladivostok, Artyom",
    "balkan-trains.txt": "Vienna, Budapest, Belgrade, Niš, Sofia, Thessaloniki, Athens, Piraeus, Naxos",
    "nordic-diary.txt": "Leith, Hamburg, Lübeck, Travemünde, Copenhagen, Malmö, Gothenburg, Trollhättan, Stockholm",
    "ida-pfeiffer.txt": (
        "Vienna, Lviv, Vienna, Istanbul, Beirut, Jerusalem, Cairo, Iceland, Hekla, Hamburg, Rio de Janeiro, Valparaíso, "
        "Tahiti, Macao, Guangzhou, Singapore, Kolkata, Varanasi, Delhi, Mumbai, Basrah, Baghdad, Mosul, Tabriz, Tbilisi, "
        "Odesa, Vienna, Madagascar, Vienna"
    ),
    "vega.txt": (
        "Karlskrona, Gothenburg, Tromsø, Khabarovo, Dikson Island, Cape Chelyuskin, Chukchi Peninsula, Bering Strait, "
        "Saint Lawrence Island, Bering Island, Yokohama, Kobe, Nagasaki, Hong Kong, Singapore, Galle, Suez Canal, Naples, "
        "Lisbon, Copenhagen, Stockholm"
    ),
    "pacific-clipper.txt": "San Francisco, Honolulu, Midway Atoll, Wake Island, Guam, Manila, Hong Kong, Shanghai",
}
# What each names and the traveller never sees.
ELSEWHERE = {
    "kim-russia.txt": {"Moscow", "Pyongyang", "Ukraine"},
    "balkan-trains.txt": {"Plovdiv"},
    "nordic-diary.txt": {"London", "Kolkata"},
    "ida-pfeiffer.txt": {"London"},
    "vega.txt": {"Europe", "United States"},
    "pacific-clipper.txt": {"Boston"},
}
# Days that the texts tell, each by another way of telling.
DAYS = {
    "balkan-trains.txt": {"Vienna": "2026-05-09", "Sofia": "2026-05-14", "Athens": "2026-05-16"},
    "nordic-diary.txt": {"Hamburg": "1843-06-15", "Copenhagen": "1843-06-21", "Gothenburg": "1843-07-04"},
    "ida-pfeiffer.txt": {"Tahiti": None, "Macao": "1847-07", "Kolkata": "1847-11"},
    "vega.txt": {"Dikson Island": "1878-08-06", "Yokohama": "1879-09-02", "Naples": "1880-02-14"},
    "pacific-clipper.txt": {"Honolulu": "1937-11-23", "Wake Island": "1937-11-26", "Manila": "1937-11-28"},
}


@cache
def journey(file: str) -> Itinerary:
    """The journey of a sample, with the publication date of the index."""
    published = next(sample["published"] for sample in INDEX if sample["file"] == file)
    return build(text(file), published)


def text(file: str) -> str:
    return (SAMPLES / file).read_text(encoding="utf-8")


def names(file: str) -> list[str]:
    return [visit.place.name for visit in journey(file).visits]


# --- the index --------------------------------------------------------------------------------------------------------


def test_the_index_lists_every_sample_and_the_article_first():
    assert sorted(FILES) == sorted(path.name for path in SAMPLES.glob("*.txt"))
    assert FILES[0] == "kim-russia.txt"
    assert [sample["genre"] for sample in INDEX] == GENRES


@pytest.mark.parametrize("sample", INDEX, ids=FILES)
def test_every_sample_says_what_it_is(sample):
    assert set(sample) == {"title", "file", "published", "genre", "description", "licence"}
    assert sample["title"] and sample["licence"] == "MIT"
    assert sample["description"].endswith(".") and len(sample["description"]) < 140
    assert sample["published"] is None or dt.date.fromisoformat(sample["published"])


@pytest.mark.parametrize("file", FILES)
def test_every_sample_is_a_short_text_and_named_in_the_guide(file):
    words = len(text(file).split())
    assert 250 <= words <= 600
    assert f"| `{file}` | {words} |" in (SAMPLES / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", INDEX[1:], ids=FILES[1:])
def test_the_date_of_the_index_is_the_one_that_the_text_tells(sample):
    proposed = reading.proposed_date(text(sample["file"]))
    assert (proposed and proposed.day.isoformat()) == sample["published"]


# --- the journeys -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES)
def test_a_sample_gives_the_stops_of_a_careful_reader(file):
    gold, found = JOURNEYS[file].split(", "), names(file)
    alike = sum(block.size for block in SequenceMatcher(None, gold, found, autojunk=False).get_matching_blocks())
    assert 2 * alike / (len(gold) + len(found)) >= 0.8, f"{alike} of {gold} in {found}"


@pytest.mark.parametrize("file", FILES)
def test_a_sample_has_no_stop_where_nobody_was(file):
    assert not ELSEWHERE[file] & set(names(file))
    assert len(set(names(file)) - set(JOURNEYS[file].split(", "))) <= 1


@pytest.mark.parametrize("file", DAYS)
def test_a_sample_gives_the_days_that_its_text_tells(file):
    stops = {visit.place.name: visit for visit in journey(file).visits}
    assert {name: stops[name].arrive and stops[name].arrive.isoformat() for name in DAYS[file]} == DAYS[file]


def test_the_plan_is_still_to_come_and_the_others_are_over():
    assert {visit.status for visit in journey("balkan-trains.txt").visits} == {Status.PLANNED}
    for file in set(FILES) - {"balkan-trains.txt", "pacific-clipper.txt"}:
        assert Status.PLANNED not in {visit.status for visit in journey(file).visits}


@pytest.mark.parametrize("file", ["vega.txt", "pacific-clipper.txt", "ida-pfeiffer.txt"])
def test_three_samples_cross_the_antimeridian(file):
    lines = [f["geometry"] for f in journey(file).to_geojson()["features"] if f["properties"]["kind"] == "leg"]
    assert any(line["type"] == "MultiLineString" for line in lines)
