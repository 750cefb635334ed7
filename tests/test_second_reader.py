"""Claims about the second reader: what the text proves is taken, nothing else, and whatever comes ends in a journey."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import itinerary
from itinerary.account import NoAccount
from itinerary.model import Itinerary, Status
from itinerary.second_reader import Pasted, questions
from itinerary.second_reader.answer import Told, read_answer
from itinerary.second_reader.parts import parts
from itinerary.second_reader.proving import proved
from itinerary.second_reader.question import Part, instructions, question, schema, tokens
from itinerary.second_reader.searching import Searchable
from itinerary.wording import when
from tests.answers import (
    ABERDEEN,
    BERGEN,
    LERWICK,
    PUBLISHED,
    STOPS,
    TEXT,
    answer,
    gives,
    hangs,
    says,
    serving,
    stop,
    trickles,
)


def read(*written: str, text: str = TEXT, **more) -> Itinerary:
    return itinerary.build(text, PUBLISHED, reader=Pasted(written), **more)


def names(trip: Itinerary) -> list[str]:
    return [visit.name for visit in trip.visits]


@pytest.fixture(scope="module")
def built_in() -> Itinerary:
    return itinerary.build(TEXT, PUBLISHED)


@pytest.fixture(scope="module")
def trip() -> Itinerary:
    return read(answer(*STOPS))


# --- a good answer ----------------------------------------------------------------------------------------------------


def test_an_answer_becomes_a_journey_with_our_places_and_our_dates(trip):
    assert names(trip) == ["Bergen", "Lerwick", "Aberdeen", "London"]
    assert [visit.place.country for visit in trip.visits] == ["NO", "GB", "GB", "GB"]
    assert [when(v.arrive or v.depart) for v in trip.visits] == ["1843-05-03", "1843-05-05", "1843-05-12", "1843-06"]
    assert [visit.status for visit in trip.visits] == [Status.VISITED] * 3 + [Status.PLANNED]
    assert trip.visits[0].depart and not trip.visits[0].arrive
    assert (trip.traveller, trip.notes) == ("Anna Holm", ())


def test_each_stop_has_the_sentence_that_proves_it_and_what_is_no_stop_is_a_mention(trip):
    assert trip.visits[1].evidence[0].of(TEXT).startswith("Two days later she came to Lerwick")
    assert "Copenhagen" in [m.resolution.name for m in trip.mentions]
    assert [r.name for r in trip.visits[1].mentions] == ["Lerwick", "Lerwick"]
    assert [visit.rank for visit in trip.visits] == [1, 2, 3, 4]


def test_the_same_answer_gives_the_same_journey(trip):
    assert read(answer(*STOPS)) == trip


def test_spaces_and_typographic_signs_of_a_quote_make_no_difference():
    text = "He had – at  last –\nreached “Saint‑Malo”, and the king’s men\nwith him. Then Paris."
    told = read(
        answer(stop("Saint-Malo", 'at last - reached "Saint-Malo", and the king\'s men with him'), traveller=None), text=text
    )
    assert names(told) == ["Saint‑Malo"]


def test_a_stop_named_before_its_quote_is_found_where_the_name_stands():
    text = "Rome was in sight. We entered the old town at noon and slept well."
    told = read(answer(stop("Rome", "We entered the old town at noon")), text=text)
    assert (names(told), len(told.visits[0].evidence)) == (["Rome"], 2)


@pytest.mark.parametrize(
    ("country", "region", "expected"), [("US", None, "US"), ("FR", None, "FR"), ("United States", "Texas", "US")]
)
def test_a_hint_chooses_between_namesakes(country, region, expected):
    told = read(
        answer(stop("Paris", "We came to Paris at night", country=country, region=region)), text="We came to Paris at night."
    )
    assert told.visits[0].place.country == expected
    assert region is None or told.visits[0].place.admin1 == "Texas"


def test_a_hint_never_makes_a_place_and_a_wrong_one_is_told():
    told = read(answer(stop("Reykjavik", "We came to Reykjavik", country="PY")), text="We came to Reykjavik at night.")
    assert told.visits[0].place.country == "IS"
    assert "Reykjavik in PY" in told.notes[0]
    assert told.visits[0].score < 0.5


def test_coordinates_in_an_answer_are_ignored(trip):
    odd = [{**s, "lat": 0, "lon": 0, "coordinates": [1, 2]} for s in STOPS]
    assert read(answer(*odd)) == trip


def test_other_peoples_stops_are_left_out_and_listed():
    other = stop("Copenhagen", "Her brother wrote from Copenhagen that he had seen the king", traveller="Her brother")
    told = read(answer(BERGEN, other, LERWICK))
    assert names(told) == ["Bergen", "Lerwick"]
    assert told.notes == ("A stop of the answer was left out, Copenhagen: it is Her brother’s.",)


def test_words_of_time_that_the_text_lacks_date_nothing():
    told = read(answer({**BERGEN, "depart": "4 July 1776"}, LERWICK))
    assert told.visits[0].depart is None
    assert "4 July 1776" in told.notes[0]


def test_an_order_against_the_dates_is_shown_as_open_and_told():
    told = read(answer(ABERDEEN, BERGEN))
    assert names(told) == ["Aberdeen", "Bergen"]
    assert [visit.order_told for visit in told.visits] == [False, False]
    assert told.legs[0].warnings
    assert "the other way round" in told.notes[0]


def test_neighbouring_stops_at_one_place_are_one():
    again = stop("Lerwick", "From Lerwick she went on to Aberdeen")
    told = read(answer(BERGEN, LERWICK, again, ABERDEEN))
    assert names(told) == ["Bergen", "Lerwick", "Aberdeen"]
    assert len(told.visits[1].evidence) == 2


# --- answers that lie, ramble or break off ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (stop("Lerwick", "In Lerwick she met the queen of Norway"), "its quote is not in the text"),
        (stop("Atlantis", "Two days later she came to Lerwick"), "the text does not name it"),
        (stop("Bergen", "it rained"), "the text does not name it"),
        (BERGEN, "it is told twice"),
    ],
)
def test_a_stop_without_a_proof_is_left_out_and_listed(bad, why):
    told = read(answer(BERGEN, ABERDEEN, bad))
    assert names(told) == ["Bergen", "Aberdeen"]
    assert told.notes == (f"A stop of the answer was left out, {bad['name']}: {why}.",)


def test_a_name_that_no_gazetteer_has_is_listed_and_never_put_on_the_map():
    text = "We left Bergen and came to Xyzzqua Plovvik the next day."
    told = read(
        answer(stop("Bergen", "We left Bergen"), stop("Xyzzqua Plovvik", "came to Xyzzqua Plovvik the next day")), text=text
    )
    assert names(told) == ["Bergen"]
    assert "no place of that name is known" in told.notes[0]
    assert "Xyzzqua Plovvik" in [m.resolution.name for m in told.mentions if m.resolution.place is None]


@pytest.mark.parametrize(
    "written",
    [
        "Certainly! Here is the journey:\n```json\n" + answer(*STOPS) + "\n```\nIs there more {that} I can do?",
        "<think>Perhaps {\"stops\": []}? Or [1, 2]?</think>" + answer(*STOPS),
        answer(BERGEN) + "\nNo, better:\n" + answer(*STOPS),
        "\ufeff" + json.dumps(list(STOPS)),
        answer(*STOPS).replace('"stops"', '"note": "a\nb", "stops"'),
    ],
)  # fmt: skip
def test_prose_drafts_and_fences_around_the_answer_make_no_difference(written):
    assert names(read(written)) == ["Bergen", "Lerwick", "Aberdeen", "London"]


def test_of_an_answer_that_was_cut_off_the_whole_stops_are_read():
    told = read(answer(*STOPS)[:-60])
    assert names(told) == ["Bergen", "Lerwick", "Aberdeen"]
    assert told.notes == ("The answer was cut off or could not all be read; stops may be missing.",)


@pytest.mark.parametrize(
    "written",
    ["", "I can't help.", "{}", '{"stops": 5}', "[" * 100_000, '{"a":' * 3_000, '{"stops": [' + '{"name": 1},' * 9, "null"],
)
def test_what_holds_no_stops_leaves_the_built_in_journey_and_one_sentence(written, built_in):
    told = read(written)
    assert (told.visits, told.mentions) == (built_in.visits, built_in.mentions)
    assert len(told.notes) == 1
    assert "built-in reader" in told.notes[0]


def test_an_answer_without_one_proof_leaves_the_built_in_journey(built_in):
    told = read(answer(stop("Atlantis", "She dived down to Atlantis")))
    assert told.visits == built_in.visits
    assert told.notes == ("Not one stop of the answer stands in the text; the built-in reader's journey is shown instead.",)


def test_an_answer_that_sees_no_journey_is_an_answer():
    assert names(read(answer())) == []


def test_answers_to_several_questions_are_read_together_and_one_may_fail():
    told = read(answer(BERGEN, LERWICK), "sorry", answer(ABERDEEN))
    assert names(told) == ["Bergen", "Lerwick", "Aberdeen"]
    assert len(told.notes) == 1


def test_notes_carry_no_letters_that_could_command_a_terminal():
    told = read(answer(BERGEN, stop("\x1b[2JOslo", "nowhere to be\x07 found" * 50)))
    assert all(note.isprintable() and len(note) < 300 for note in told.notes)


FIELDS = sorted(schema()["properties"]["stops"]["items"]["properties"])
WORDS = st.text(max_size=20) | st.sampled_from([s["quote"] for s in STOPS] + [s["name"] for s in STOPS])
SOME = st.recursive(
    st.none() | st.booleans() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS), inner),
    max_leaves=12,
)
LIKELY = st.fixed_dictionaries({"name": WORDS, "quote": WORDS}, optional=dict.fromkeys(FIELDS[:3], SOME))


@given(st.lists(SOME | LIKELY, max_size=6), SOME)
@settings(max_examples=80, deadline=None)
def test_whatever_an_answer_holds_every_stop_kept_has_its_words_in_the_text(stops, traveller):
    written = json.dumps({"traveller": traveller, "stops": stops})
    try:
        told = read_answer(written)
    except NoAccount:
        return
    kept, dropped = proved(Searchable.of(TEXT), told.stops)
    assert len(kept) + len(dropped) == len(told.stops)
    for one in kept:
        assert one.quote.of(TEXT)
        assert one.name.of(TEXT).casefold() in TEXT.casefold()


# --- searching --------------------------------------------------------------------------------------------------------


@given(st.text(alphabet="aÅéßİ ’“”\u00ad\u0301—…\n\tx", max_size=60), st.data())
def test_every_word_of_a_text_is_found_in_it(text, data):
    searchable = Searchable.of(text)
    words = [word for word in text.split() if any(c.isalnum() for c in word)]
    if words:
        spans = list(searchable.all(data.draw(st.sampled_from(words))))
        assert spans
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_part_of_a_word_is_no_proof():
    assert list(Searchable.of("In Romeville").all("Rome")) == []


# --- the question -----------------------------------------------------------------------------------------------------


def test_the_question_is_short_and_its_schema_asks_for_what_is_read():
    assert tokens(instructions()) < 1_500
    fields = schema()["properties"]["stops"]["items"]["properties"]
    assert set(fields) == set(Told.__dataclass_fields__)


def test_the_examples_of_the_question_prove_themselves():
    examples = re.findall(r"Example \d\.(.*?)\n\n(\{.*?\]\})", instructions(), re.DOTALL)
    assert len(examples) == 2
    for text, written in examples:
        kept, dropped = proved(Searchable.of(text), read_answer(written).stops)
        assert kept and not dropped
        words = [w for one in kept for w in (one.told.arrive, one.told.depart) if w]
        assert words and all(next(Searchable.of(text).all(w), None) for w in words)


def test_the_question_holds_the_text_the_day_and_the_traveller():
    whole = question(Part(TEXT), itinerary.pipeline.publication_day(PUBLISHED), "Anna Holm").whole
    assert TEXT in whole and "Published: 1843-05-20." in whole and "Anna Holm" in whole


def test_a_text_can_not_pretend_to_end():
    mark = re.search(r"two lines (TEXT-\w+)", question(Part(TEXT)).about)
    assert mark and mark[1] not in TEXT
    assert question(Part(TEXT + mark[1])).about.count(mark[1]) == 1


def test_a_long_text_is_asked_about_in_parts():
    asked = questions("We walked on and on. " * 12_000)
    assert len(asked) == 3
    assert "part 2 of 3" in asked[1]


@given(st.text(alphabet="ab. \n", max_size=9_000), st.integers(1, 4_000))
@settings(deadline=None, max_examples=40)
def test_parts_are_the_whole_text_each_overlapping_the_last(text, longest):
    found = parts(text, longest)
    assert not text or (found[0].start, found[-1].end) == (0, len(text))
    assert all(a.start < b.start < a.end < b.end for a, b in pairwise(found))
    assert all(span.end - span.start <= max(longest, 2_000) for span in found)


# --- the command line ---------------------------------------------------------------------------------------------------


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "summer.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def run(*arguments: object) -> int:
    from itinerary.__main__ import main

    return main([str(a) for a in arguments])


def test_ask_and_answer_need_no_address(article, tmp_path, capsys):
    assert run(article, "--published", PUBLISHED, "--ask", tmp_path / "question.md") == 0
    assert TEXT in (tmp_path / "question.md").read_text(encoding="utf-8")
    (tmp_path / "answer.json").write_text(answer(BERGEN, ABERDEEN, stop("Oslo", "then to Oslo")), encoding="utf-8")
    assert run(article, "--published", PUBLISHED, "--answer", tmp_path / "answer.json") == 0
    said = capsys.readouterr()
    assert "2 stops" in said.out
    assert "left out, Oslo: its quote is not in the text" in said.err


ASKED = ("--reader", "openai", "--reader-model", "m", "--reader-url")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--reader", "openai"), "needs --reader-url and --reader-model"),
        (("--reader-model", "m"), "add --reader openai"),
        (("--ask", "q.md", "--answer", "a.json"), "three ways"),
        (("--answer", "missing.json"), "no answer to read at 'missing.json'"),
        ((*ASKED, "https://models.example.com/v1"), "would leave this machine"),
        ((*ASKED, "not an address"), "no server address"),
        ((*ASKED, "localhost:1/v1", "--reader-context", "0"), "no number of tokens"),
        ((*ASKED, "localhost:1/v1", "--reader-timeout", "nan"), "no time to wait"),
    ],
)
def test_options_that_can_not_be_used_are_refused_in_one_line(article, capsys, options, sentence):
    assert run(article, *options) == 2
    said = capsys.readouterr().err
    assert sentence in said and len(said.strip().splitlines()) == 1


SERVERS = {
    "right": (says(answer(*STOPS)), None),
    "prose": (says("Here you are:\n" + answer(*STOPS) + "\nAnything else?"), None),
    "cut off": (says(answer(*STOPS)[:-60]), "cut off"),
    "invalid": (says('{"stops": [{"name": Bergen'), "gave no list of stops"),
    "made-up quotes": (says(answer(stop("Oslo", "then on to Oslo"))), "Not one stop of the answer stands in the text"),
    "no key": (gives(401), "wants another key"),
    "no model": (gives(404), "knows no model"),
    "elsewhere": (gives(307, Location="http://169.254.169.254/latest"), "sends on to another address"),
    "hanging": (hangs, "did not answer"),
    "no end": (trickles, "did not answer"),
}


@pytest.mark.parametrize("server", SERVERS)
def test_whatever_a_server_does_the_command_shows_a_journey_and_says_one_sentence(article, capsys, server, tmp_path, monkeypatch):
    monkeypatch.setattr("itinerary.second_reader.memory.cache_folder", lambda: tmp_path)
    act, sentence = SERVERS[server]
    with serving(act) as served:
        assert run(article, "--published", PUBLISHED, *ASKED, served.url, "--reader-timeout", "0.6") == 0
    said = capsys.readouterr()
    assert "Bergen" in said.out and "Aberdeen" in said.out
    assert "about 1," in said.err, "what it takes is said before anything is asked"
    assert (sentence or "tokens") in said.err
    assert "Traceback" not in said.err
