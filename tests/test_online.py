"""Claims about online help: a server on this machine misbehaves in every known way, and the offline result stands.

Nothing waits: the clock stands still unless told, and sleeping only writes down for how long. Nothing leaves this machine.
"""

import datetime as dt
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from itinerary import __main__ as command_line
from itinerary import online, pipeline
from itinerary.errors import InputError
from itinerary.model import Candidate, Form, Itinerary, Kind
from itinerary.online.memory import PACE, Memory
from itinerary.online.transport import may_follow, server_of
from tests.conftest import BERGEN, LERWICK, resolution
from tests.nearby import HIT, KNOWN, LACKING, NOW, ONE, TEXT, hangs_up, says

# --- what it gives ----------------------------------------------------------------------------------------------------


def test_a_name_that_the_gazetteer_lacks_is_filled_in_with_its_source_and_date(geocoder, service):
    (*known, found), warnings = online.helped(ONE, geocoder)
    assert (tuple(known), warnings) == (KNOWN, ())
    assert (found.place.id, found.place.kind, found.country, found.place.admin1) == (
        "nominatim:node42", Kind.CITY, "GB", "Scotland",
    )  # fmt: skip
    assert (found.latitude, found.longitude, found.matched) == (60.2, -1.3, "Upper Nowhere")
    assert 11 < found.place.radius_km < 14
    assert 0 < found.score < 1
    for words in ("not in the gazetteer", geocoder.source, "2024-05-01", "OpenStreetMap contributors"):
        assert words in found.reason


def test_only_names_leave_and_the_program_says_who_it_is(geocoder, service):
    online.helped(ONE, geocoder)
    ((name, agent),) = service.requests
    assert name == "Upper Nowhere"
    assert agent.startswith("itinerary/")


def test_what_the_gazetteer_has_is_asked_for_only_on_demand(geocoder, service):
    doubted = replace(LACKING[1], runners_up=(Candidate(BERGEN, 0.2),))
    assert online.helped((*KNOWN, doubted), geocoder) == ((*KNOWN, doubted), ())
    assert service.requests == []
    (bergen, *_), _ = online.helped((*KNOWN, doubted), replace(geocoder, everything=True))
    assert service.asked == ["Bergen", "Lerwick", "Foo Sound"]
    assert bergen.place.id == "nominatim:node42"
    assert bergen.runners_up[0].place == BERGEN


def test_adjectives_and_what_is_no_name_are_not_asked_for(geocoder, service):
    odd = [
        replace(LACKING[0], toponym=replace(LACKING[0].toponym, lookups=(name,))) for name in ("...", "x" * 10_000, "'; DROP", "")
    ]
    adjective = replace(LACKING[0], toponym=replace(LACKING[0].toponym, form=Form.DEMONYM))
    online.helped((*odd, adjective), geocoder)
    assert service.asked == ["'; DROP"]


def test_the_next_name_of_a_mention_is_tried_when_the_first_is_unknown(geocoder, service):
    service.replies = [says([]), says([HIT])]
    both = replace(LACKING[0], toponym=replace(LACKING[0].toponym, lookups=("Upper Nowhere station", "Upper Nowhere")))
    (found,), _ = online.helped((both,), geocoder)
    assert service.asked == ["Upper Nowhere station", "Upper Nowhere"]
    assert found.matched == "Upper Nowhere"


def test_a_name_the_service_lacks_too_stays_open_without_a_warning(geocoder, service):
    service.replies = [says([])]
    assert online.helped(ONE, geocoder) == (ONE, ())


def test_namesakes_are_told_apart_by_the_countries_of_the_text(geocoder, service):
    far = {**HIT, "osm_id": 7, "lat": "-33", "lon": "150", "address": {"country_code": "au"}, "importance": 0.4}
    service.replies = [says([far, HIT])]
    (*_, found), _ = online.helped((resolution("Lerwick", LERWICK, TEXT), LACKING[0]), geocoder)
    assert found.country == "GB"
    assert [c.place.country for c in found.runners_up] == ["AU"]


def test_shops_and_streets_are_no_places(geocoder, service):
    service.replies = [says([{**HIT, "class": "shop", "type": "bakery"}, {**HIT, "class": "highway", "type": "residential"}])]
    assert online.helped(ONE, geocoder) == (ONE, ())


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"class": "natural", "type": "peak"}, Kind.MOUNTAIN),
        ({"class": "boundary", "type": "administrative", "addresstype": "state"}, Kind.ADMIN1),
        ({"class": "boundary", "type": "administrative", "addresstype": "city"}, Kind.CITY),
        ({"class": "aeroway", "type": "aerodrome"}, Kind.AIRPORT),
        ({"class": "place", "type": "hamlet"}, Kind.CITY),
    ],
)
def test_kinds_are_translated(geocoder, service, told, kind):
    service.replies = [says([{**HIT, **told}])]
    assert geocoder.find("X").hits[0].place.kind is kind


def test_any_geopy_geocoder_will_do(time, tmp_path):
    location = SimpleNamespace(address="Lake of the Clouds, Michigan", latitude=46.8, longitude=-89.7, raw={"odd": True})
    service = SimpleNamespace(geocode=lambda name, exactly_one: location)
    geocoder = online.OnlineGeocoder(service, "elsewhere", Memory.at(tmp_path), clock=time.clock, sleep=time.sleep)
    (found,), warnings = online.helped((LACKING[0],), geocoder)
    assert (found.place.id, found.place.name, warnings) == ("online:lake-of-the-clouds", "Lake of the Clouds", ())
    assert "elsewhere" in found.reason and "OpenStreetMap" not in found.reason


def test_words_from_outside_are_one_clean_line(geocoder, service):
    service.replies = [says([{**HIT, "name": "Upper\x00\u202e\nNow\ud800here " + "x" * 500}])]
    name = geocoder.find("X").hits[0].place.name
    assert name.startswith("Upper Nowhere xxx") and len(name) <= 100


# --- manners ----------------------------------------------------------------------------------------------------------


def test_one_request_in_a_second_whoever_asks(geocoder, service, time, tmp_path):
    other = replace(geocoder, memory=Memory.at(tmp_path))
    for n in range(6):
        (geocoder, other)[n % 2].find(f"Name {n}")
    assert time.slept == [0, *[PACE] * 5]
    assert PACE >= 1


def test_sessions_at_the_same_time_stand_in_one_line(tmp_path):
    turns: list[float] = []
    sessions = [threading.Thread(target=lambda: turns.append(Memory.at(tmp_path).reserve(NOW))) for _ in range(8)]
    for session in sessions:
        session.start()
    for session in sessions:
        session.join()
    assert sorted(turns) == pytest.approx([n * PACE for n in range(8)], abs=1e-3)


def test_a_clock_set_back_blocks_nobody(tmp_path):
    Memory.at(tmp_path).reserve(NOW + 1e7)
    assert Memory.at(tmp_path).reserve(NOW) == 0


def test_answers_are_remembered_those_without_a_place_too(geocoder, service, time):
    service.replies = [says([HIT]), says([])]
    first = [geocoder.find(name) for name in ("Upper Nowhere", "Foo Sound")]
    time.now += 80 * 86_400
    assert [geocoder.find(name) for name in ("Upper Nowhere", "Foo Sound")] == first
    assert len(service.requests) == 2
    assert [len(answer.hits) for answer in first] == [1, 0]


def test_old_answers_are_asked_for_again(geocoder, service, time):
    geocoder.find("Upper Nowhere")
    time.now += 100 * 86_400
    assert geocoder.find("Upper Nowhere").asked == dt.date(2024, 8, 9)
    assert len(service.requests) == 2


def test_servers_don_t_answer_for_each_other(geocoder, service):
    geocoder.find("Upper Nowhere")
    replace(geocoder, source="another").find("Upper Nowhere")
    assert len(service.requests) == 2


def test_a_damaged_memory_is_made_anew_and_a_row_gone_bad_is_asked_for(geocoder, service, tmp_path):
    (tmp_path / "online.sqlite").write_bytes(b"no database" * 100)
    geocoder.find("Upper Nowhere")
    with closing(sqlite3.connect(tmp_path / "online.sqlite")) as connection, connection:
        connection.execute("UPDATE answer SET hits = '[{}]'")
    assert len(geocoder.find("Upper Nowhere").hits) == 1
    assert len(service.requests) == 2


def test_without_a_memory_nothing_is_asked(service, time, tmp_path):
    (tmp_path / "file").touch()
    geocoder = online.geocoder(service.address, folder=tmp_path / "file", clock=time.clock, sleep=time.sleep)
    result, warnings = online.helped((*KNOWN, *LACKING), geocoder)
    assert result == (*KNOWN, *LACKING)
    assert len(warnings) == 1 and "ITINERARY_CACHE" in warnings[0]
    assert service.requests == []


def test_a_text_of_endless_names_is_cut_short_and_said(geocoder, service, monkeypatch):
    monkeypatch.setattr(online, "_MOST_NAMES", 4)
    many = [replace(LACKING[0], toponym=replace(LACKING[0].toponym, lookups=(f"Name {n}",))) for n in range(9)]
    _, warnings = online.helped(many, geocoder)
    assert len(service.requests) == 4
    assert len(warnings) == 1 and "4 names" in warnings[0]


# --- where it goes ----------------------------------------------------------------------------------------------------


def test_a_redirect_on_this_machine_is_followed(geocoder, service):
    service.replies = [says(b"", 302, Location=service.address + "/moved"), says([HIT])]
    assert len(geocoder.find("Upper Nowhere").hits) == 1
    assert service.asked == ["Upper Nowhere", "/moved"]


@pytest.mark.parametrize("target", ["http://10.0.0.1/", "http://169.254.169.254/meta", "http://[fd00::1]/", "file:///etc/passwd"])
def test_a_redirect_into_a_private_network_is_refused(geocoder, service, target):
    service.replies = [says(b"", 302, Location=target)]
    result, warnings = online.helped((*KNOWN, *LACKING), geocoder)
    assert (result, len(warnings), len(service.requests)) == ((*KNOWN, *LACKING), 1, 1)


def test_an_endless_redirect_ends(geocoder, service):
    service.replies = [says(b"", 302, Location=service.address + "/again")]
    result, warnings = online.helped((*KNOWN, *LACKING), geocoder)
    assert (result, len(warnings)) == ((*KNOWN, *LACKING), 1)


@pytest.mark.parametrize(
    ("url", "found", "allowed"),
    [
        ("https://b.example/", ["93.184.215.14"], True),
        ("http://b.example/", ["93.184.215.14"], False),  # from https to http
        ("https://b.example/", ["93.184.215.14", "192.168.0.1"], False),
        ("https://b.example/", ["127.0.0.1"], False),
        ("https://b.example/", ["::1"], False),
        ("https://b.example/", ["::ffff:10.0.0.1"], False),
        ("https://b.example/", ["fe80::1%eth0"], False),
        ("https://b.example/", ["224.0.0.1"], False),
        ("https://b.example/", [], False),
        ("ftp://b.example/", ["93.184.215.14"], False),
        ("https:///x", ["93.184.215.14"], False),
    ],
)
def test_a_public_server_may_send_on_to_public_web_addresses_alone(url, found, allowed):
    assert may_follow(url, server_of("https://a.example"), lambda host: found) is allowed


def test_only_a_server_on_this_machine_may_send_on_to_this_machine():
    assert may_follow("http://127.0.0.1:9/", server_of("http://localhost:8"), lambda host: [host])
    assert not may_follow("http://127.0.0.1:9/", server_of("http://a.example"), lambda host: [host])


@pytest.mark.parametrize(
    "address", ["ftp://a.example", "https://", "https://u:p@a.example", "a b", "https://a:x", "https://a/?q=1"]
)
def test_an_address_that_is_none_is_refused(address, tmp_path):
    with pytest.raises(InputError, match="server address"):
        online.geocoder(address, folder=tmp_path)


def test_the_public_server_is_the_default_and_nothing_is_asked_or_written_at_once(tmp_path):
    geocoder = online.geocoder(folder=tmp_path)
    assert (geocoder.source, geocoder.service.scheme) == ("nominatim.openstreetmap.org", "https")
    assert list(tmp_path.iterdir()) == []


def test_a_server_may_live_under_a_path(service, time, tmp_path):
    geocoder = online.geocoder(service.address + "/maps/", folder=tmp_path, clock=time.clock, sleep=time.sleep)
    assert geocoder.service.api == service.address + "/maps/search"


# --- fetching a dump file ---------------------------------------------------------------------------------------------


def test_a_dump_file_is_fetched_whole(service, tmp_path):
    told: list[tuple[int, int, str]] = []
    service.replies = [says(b"x" * 3_000_000)]
    path = online.fetched(service.address + "/dump/cities500.txt", tmp_path, progress=lambda *step: told.append(step))
    assert path.read_bytes() == b"x" * 3_000_000
    assert told[-1][:2] == (3_000_000, 3_000_000)
    assert [file.name for file in tmp_path.iterdir()] == ["cities500.txt"]


@pytest.mark.parametrize("reply", [says(b"gone", 404), says(b"half", Content_Length="100"), hangs_up])
def test_half_a_dump_file_leaves_nothing_behind_and_the_old_one_alone(service, tmp_path, reply):
    (tmp_path / "cities500.zip").write_bytes(b"old")
    service.replies = [reply]
    with pytest.raises(InputError, match="can't be fetched"):
        online.fetched(service.address + "/cities500.zip", tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"cities500.zip": b"old"}


@pytest.mark.parametrize("path", ["/", "/..", "/gazetteer.sqlite", "/%2e%2e%2fx.exe", "/.zip", "/a%5Cb.zip"])
def test_no_other_file_can_be_written(service, tmp_path, path):
    with pytest.raises(InputError, match=r"\.zip or \.txt"):
        online.fetched(service.address + path, tmp_path)
    assert service.requests == []


# --- from the command line --------------------------------------------------------------------------------------------

JOURNEY = "On 3 May 1843 Ann sailed from Bergen to Quorlin. She stayed in Quorlin for two days and went on to Lerwick."


def test_a_journey_is_built_with_a_place_from_the_net(geocoder, service):
    service.replies = [says([{**HIT, "name": "Quorlin"}])]
    trip = pipeline.build(JOURNEY, online=geocoder)
    assert "nominatim:node42" in {r.place.id for r in trip.resolutions if r.place}
    assert (set(service.asked), trip.notes) == ({"Quorlin"}, ())


def test_a_journey_is_built_without_the_net_and_says_so(geocoder, service):
    service.replies = [says(b"blocked", 403)]
    trip = pipeline.build(JOURNEY, online=geocoder)
    assert replace(trip, notes=()) == pipeline.build(JOURNEY)
    assert len(trip.notes) == 1 and "403" in trip.notes[0]


@pytest.fixture
def helpers(monkeypatch: pytest.MonkeyPatch, journey: Itinerary, tmp_path: Path) -> list[online.OnlineGeocoder | None]:
    """The online help that each journey was built with."""
    given: list[online.OnlineGeocoder | None] = []

    def build(*_: object, online: online.OnlineGeocoder | None = None, **__: object) -> Itinerary:
        given.append(online)
        return journey

    monkeypatch.setattr(pipeline, "build", build)
    (tmp_path / "article.txt").write_text(JOURNEY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return given


def test_without_the_option_there_is_no_online_help(helpers, capsys):
    assert command_line.main(["article.txt"]) == 0
    assert helpers == [None]
    assert "leave" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "source"),
    [
        (["article.txt", "--online"], "nominatim.openstreetmap.org"),
        (["--online", "article.txt"], "nominatim.openstreetmap.org"),
        (["--online", "--traveller", "Ann", "article.txt"], "nominatim.openstreetmap.org"),
        (["--online", "https://maps.example.org/n", "article.txt"], "maps.example.org/n"),
        (["article.txt", "--online=http://127.0.0.1:9"], "127.0.0.1:9"),
    ],
)
def test_the_option_names_the_server_and_says_what_leaves_the_machine(helpers, capsys, arguments, source):
    assert command_line.main(arguments) == 0
    assert [helper.source for helper in helpers] == [source]
    told = capsys.readouterr().err
    assert source in told and "not the text" in told


def test_an_address_that_is_none_is_refused_in_one_line(helpers, capsys):
    assert command_line.main(["article.txt", "--online=ftp://a.example"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert helpers == []
