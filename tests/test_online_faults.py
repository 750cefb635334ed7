"""Claims about online help when the server misbehaves: the offline result stands, and the notes say why."""

import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from itinerary import online
from itinerary.online.transport import Transport, server_of
from tests.nearby import HIT, KNOWN, LACKING, ONE, hangs_up, says

# --- a server that misbehaves -----------------------------------------------------------------------------------------

GARBAGE = {
    "HTML": says(b"<html><body>Sign in to the hotel network</body></html>"),
    "cut JSON": says(b'[{"lat": "60'),
    "no UTF-8": says(b'["\xff\xfe"]'),
    "deep": says(b"[" * 200_000),
    "a list of numbers": says([1, 2]),
    "a string": says("nothing"),
    "a number": says(7),
    "an error": says({"error": "out of order"}),
    "NaN": says([{**HIT, "lat": float("nan")}]),
    "NaN as text": says([{**HIT, "lon": "nan"}]),
    "infinity": says([{**HIT, "lon": "1e999"}]),
    "an endless number": says([{**HIT, "lat": 10**400}]),
    "null island": says([{**HIT, "lat": "0", "lon": "0.0"}]),
    "no coordinates": says([{k: v for k, v in HIT.items() if k not in ("lat", "lon")}]),
    "half a coordinate": says([{k: v for k, v in HIT.items() if k != "lon"}]),
    "latitude 95": says([{**HIT, "lat": "95"}]),
    "longitude 200": says([{**HIT, "lon": "200"}]),
    "words": says([{**HIT, "lat": "north"}]),
    "too much": says(b" " * 1_500_000 + b"[]"),
}


@pytest.mark.parametrize("reply", GARBAGE.values(), ids=GARBAGE)
def test_garbage_gives_one_warning_and_the_offline_result_stands(geocoder, service, reply):
    service.replies = [reply]
    result, warnings = online.helped((*KNOWN, *LACKING), geocoder)
    assert result == (*KNOWN, *LACKING)
    assert len(warnings) == 1
    assert geocoder.source in warnings[0] and "offline stands" in warnings[0]
    assert 1 <= len(service.requests) <= 3


def test_one_bad_answer_spoils_only_its_own_name(geocoder, service):
    service.replies = [says([{**HIT, "lat": "95"}]), says([HIT])]
    result, warnings = online.helped((*KNOWN, *LACKING), geocoder)
    assert [r.place is not None for r in result[2:]] == [False, True, True, True]
    assert len(warnings) == 1


def test_odd_details_of_a_sound_place_do_no_harm(geocoder, service):
    odd = {**HIT, "address": 5, "boundingbox": ["a"], "importance": float("nan"), "osm_type": "../x", "name": None}
    service.replies = [says([odd])]
    (*_, found), warnings = online.helped(ONE, geocoder)
    assert (found.place.id, found.place.radius_km, found.country, warnings) == ("online:upper-nowhere", 0, None, ())


def test_a_refusal_ends_it_at_once(geocoder, service):
    service.replies = [says(b"blocked", 403)]
    result, warnings = online.helped((*KNOWN, *LACKING), geocoder)
    assert (result, len(service.requests)) == ((*KNOWN, *LACKING), 1)
    assert len(warnings) == 1 and "403" in warnings[0]


def test_too_many_requests_are_answered_with_the_pause_asked_for(geocoder, service, time):
    service.replies = [says(b"", 429, Retry_After="9"), says([HIT])]
    (*_, found), warnings = online.helped(ONE, geocoder)
    assert (found.place.id, warnings) == ("nominatim:node42", ())
    assert 9 in time.slept


@pytest.mark.parametrize(("pause", "tries"), [("0", 3), ("rubbish", 3), ("3600", 1)])
def test_a_server_that_keeps_asking_for_a_pause_gets_it(geocoder, service, time, pause, tries):
    service.replies = [says(b"", 429, Retry_After=pause)]
    result, warnings = online.helped((*KNOWN, *LACKING), geocoder)
    assert (result, len(service.requests)) == ((*KNOWN, *LACKING), tries)
    assert len(warnings) == 1 and "429" in warnings[0]
    assert sum(time.slept) < 60


@pytest.mark.parametrize("reply", [says(b"", 500), says(b"", 502), says(b"", 503), hangs_up])
def test_passing_troubles_are_tried_again_with_growing_pauses(geocoder, service, time, reply):
    service.replies = [reply, reply, says([HIT])]
    (*_, found), warnings = online.helped(ONE, geocoder)
    assert (found.place.id, warnings) == ("nominatim:node42", ())
    assert [s for s in time.slept if s] == [2, 6]


@pytest.mark.parametrize("reply", [says(b"", 500), says(b"", 503), hangs_up])
def test_lasting_troubles_end_it_after_three_tries(geocoder, service, reply):
    service.replies = [reply]
    result, warnings = online.helped((*KNOWN, *LACKING), geocoder)
    assert (result, len(service.requests), len(warnings)) == ((*KNOWN, *LACKING), 3, 1)


def test_a_server_that_is_not_there_gives_one_warning(time, tmp_path):
    with closing(ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler).socket) as gone:
        address = f"http://127.0.0.1:{gone.getsockname()[1]}"
    geocoder = online.geocoder(address, folder=tmp_path, clock=time.clock, sleep=time.sleep)
    result, warnings = online.helped((*KNOWN, *LACKING), geocoder)
    assert (result, len(warnings)) == ((*KNOWN, *LACKING), 1)
    assert "can't be reached" in warnings[0]


def test_a_server_that_says_nothing_runs_out_of_time(geocoder, service):
    over = threading.Event()
    service.replies = [lambda handler: over.wait(10) and None]
    geocoder.service.timeout = 0.05
    result, warnings = online.helped((*KNOWN, *LACKING), geocoder)
    over.set()
    assert (result, len(warnings)) == ((*KNOWN, *LACKING), 1)
    assert "in time" in warnings[0]


def test_a_reply_that_trickles_runs_out_of_time(service):
    def trickles(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b" ")

    service.replies = [trickles]
    ticks = iter(range(0, 1000, 20))  # twenty seconds go by whenever somebody looks
    wire = Transport(proxies={}, ssl_context=None, server=server_of(service.address), clock=lambda: next(ticks))
    with pytest.raises(TimeoutError):
        wire.get_json(service.address + "/search", timeout=10.0, headers={})
