"""The command line: what it writes, and one line for everything that can't be done."""

import datetime as dt
import io
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from itinerary import commands, export, online, pipeline, reading
from itinerary.__main__ import main
from itinerary.errors import InputError
from itinerary.model import Itinerary
from tests.conftest import ROOT, SAMPLES

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, journey: Itinerary) -> list[tuple[object, ...]]:
    """A library that answers with the journey made by hand; the list gets what it was asked."""
    questions: list[tuple[object, ...]] = []

    def build(text: str, published: object = None, traveller: object = None, **_: object) -> Itinerary:
        questions.append((text, published, traveller))
        return journey

    monkeypatch.setattr(pipeline, "build", build)
    return questions


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text("Ann went to Lerwick.", encoding="utf-8")
    return file


def refused(arguments: list[str], capsys: Captured) -> str:
    """The one line that a refusal writes."""
    try:
        status = main(arguments)
    except SystemExit as leaving:  # argparse leaves by itself
        status = int(str(leaving.code))
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert err.startswith("itinerary: ") and err.count("\n") == 1
    return err


def run(*arguments: str, stdin: bytes = b"", **more: object) -> subprocess.CompletedProcess[bytes]:
    """The real thing, in a process of its own."""
    command = [sys.executable, "-m", "itinerary", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, check=False, **more)  # type: ignore[call-overload,no-any-return]


# --- what it does -----------------------------------------------------------------------------------------------------


def test_the_options_reach_the_library(asked: list[tuple[object, ...]], article: Path) -> None:
    assert main([str(article), "--published", "2023-09-17", "--traveller", "Ann"]) == 0
    assert asked == [("Ann went to Lerwick.", dt.date(2023, 9, 17), "Ann")]


def test_without_an_output_a_table_is_printed(asked: list[tuple[object, ...]], article: Path, capsys: Captured) -> None:
    assert main([str(article)]) == 0
    out, err = capsys.readouterr()
    assert "1  Bergen" in out and out.endswith("3 stops, 3 countries, 719 km\n")
    assert err == ""


def test_several_outputs_each_in_the_format_of_its_ending(asked: list[tuple[object, ...]], article: Path, tmp_path: Path) -> None:
    outputs = [tmp_path / name for name in ("trip.geojson", "trip.csv", "TRIP.HTML")]
    assert main([str(article), *(part for output in outputs for part in ("-o", str(output)))]) == 0
    assert json.loads(outputs[0].read_text(encoding="utf-8"))["type"] == "FeatureCollection"
    assert "Lerwick" in outputs[1].read_text(encoding="utf-8-sig")
    assert outputs[2].read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html")


def test_a_dash_writes_geojson_and_nothing_else(asked: list[tuple[object, ...]], article: Path, capsys: Captured) -> None:
    assert main([str(article), "-o", "-"]) == 0
    assert len(json.loads(capsys.readouterr().out)["features"]) == 3 + 2 + 1


def test_a_dash_reads_standard_input(asked: list[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ann went from Malmö to Göteborg and stayed with Jörg, whose café is on the main street; then she sailed for Århus.\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode("cp1252"))))
    assert main(["-"]) == 0
    assert asked[0][0] == text


def test_an_empty_itinerary_is_written_with_a_note(
    monkeypatch: pytest.MonkeyPatch, article: Path, tmp_path: Path, capsys: Captured
) -> None:
    monkeypatch.setattr(pipeline, "build", lambda text, *_, **__: Itinerary(text))
    assert main([str(article), "-o", str(tmp_path / "trip.geojson")]) == 0
    assert "the itinerary is empty" in capsys.readouterr().err
    assert json.loads((tmp_path / "trip.geojson").read_text(encoding="utf-8"))["features"] == []


def test_the_sample_gives_its_three_stops(tmp_path: Path) -> None:
    done = run(str(SAMPLES / "kim-russia.txt"), "--published", "2023-09-17", "-o", "-")
    assert done.returncode == 0, done.stderr
    stops = [f["properties"] for f in json.loads(done.stdout)["features"] if f["properties"]["kind"] == "stop"]
    assert [stop["place"] for stop in stops] == ["Komsomolsk-on-Amur", "Vladivostok", "Artyom"]
    assert stops[-1]["depart"] == "2023-09-17"


def test_without_a_publication_date_sunday_stays_a_weekday() -> None:
    done = run(str(SAMPLES / "kim-russia.txt"), "-o", "-")
    stops = [f["properties"] for f in json.loads(done.stdout)["features"] if f["properties"]["kind"] == "stop"]
    assert [stop["place"] for stop in stops] == ["Komsomolsk-on-Amur", "Vladivostok", "Artyom"]
    assert [stop[end] for stop in stops for end in ("arrive", "depart")] == [None] * 6
    assert stops[-1]["when_told"] == "Sunday"


def test_a_table_of_formats_says_what_each_ending_is_for(capsys: Captured) -> None:
    assert main(["formats"]) == 0
    out = capsys.readouterr().out
    assert all(re.search(rf"^{re.escape(ending)} +\w", out, re.MULTILINE) for ending in export.FORMATS)


@pytest.mark.parametrize("ending", [".html", ".csv"])
def test_what_is_written_can_do_without_the_sentences_of_the_text(ending: str, journey: Itinerary, tmp_path: Path) -> None:
    source, told, discreet = (tmp_path / name for name in ("trip.itinerary.json", f"told{ending}", f"discreet{ending}"))
    export.write(journey, source)
    sentence = "Ann sailed from Bergen"
    assert main([str(source), "-o", str(told)]) == main([str(source), "-o", str(discreet), "--no-sentences"]) == 0
    assert sentence in told.read_text(encoding="utf-8") and sentence not in discreet.read_text(encoding="utf-8")
    assert "Lerwick" in discreet.read_text(encoding="utf-8")


# --- trips that are converted -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".itinerary.json", ".geojson", ".gpx", ".csv"])
def test_a_trip_is_converted_without_reading_any_text(
    ending: str, asked: list[tuple[object, ...]], journey: Itinerary, tmp_path: Path, capsys: Captured
) -> None:
    source = tmp_path / f"trip{ending}"
    export.write(journey, source)
    targets = [tmp_path / name for name in ("out.gpx", "out.xlsx", "out.legs.csv")]
    assert main([str(source), *(part for target in targets for part in ("-o", str(target)))]) == 0
    assert b"Lerwick" in targets[0].read_bytes() and targets[1].read_bytes().startswith(b"PK")
    assert targets[2].read_text(encoding="utf-8-sig").startswith("from,to")
    assert asked == [] and capsys.readouterr().out.count("3 stops, 3 countries" if ending != ".gpx" else "3 stops") == 3


def test_a_format_can_be_chosen_for_standard_output(asked: list[tuple[object, ...]], article: Path, capsys: Captured) -> None:
    assert main([str(article), "--format", "tei.xml"]) == 0
    assert capsys.readouterr().out.startswith("<?xml")
    assert main([str(article), "-o", "-", "--format", ".csv"]) == 0
    assert capsys.readouterr().out.startswith("\ufefforder,name")


def test_bytes_go_to_standard_output_as_they_are(tmp_path: Path, journey: Itinerary) -> None:
    export.write(journey, tmp_path / "trip.geojson")
    done = run(str(tmp_path / "trip.geojson"), "-o", "-", "--format", "kmz")
    assert (done.returncode, done.stdout[:2]) == (0, b"PK")


def test_what_a_format_has_no_room_for_is_told(asked: list[tuple[object, ...]], article: Path, capsys: Captured) -> None:
    assert main([str(article), "--format", "ics"]) == 0
    assert capsys.readouterr().err == "itinerary: 2 stops left out: the text does not tell the day.\n"


def test_bad_rows_of_a_table_are_told_and_the_rest_converted(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "stops.csv").write_text("name,lat,lon\nOslo,59.9,10.7\nNowhere,x,y\n")
    assert main([str(tmp_path / "stops.csv"), "--format", "txt"]) == 0
    out, err = capsys.readouterr()
    assert "1. Oslo" in out
    assert err == "itinerary: Line 3 was left out: latitude “x” is no number of degrees.\n"


# --- documents and pages ----------------------------------------------------------------------------------------------

PAGE = b"""<html><head><title>North</title><meta property="article:published_time" content="2023-09-17T08:00:00Z"></head>
<body><article><h1>North</h1><p>Ann went to Lerwick, which lies far in the north, and stayed there for a long time.</p></article>
</body></html>"""


def test_the_date_that_a_document_tells_is_used_and_said(
    asked: list[tuple[object, ...]], tmp_path: Path, capsys: Captured
) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)
    assert main([str(tmp_path / "page.html")]) == 0
    assert asked[0][1] == dt.date(2023, 9, 17) and "<p>" not in str(asked[0][0])
    assert "itinerary: published 2023-09-17, as the page's own date says" in capsys.readouterr().err
    assert main([str(tmp_path / "page.html"), "--published", "2020-01-01"]) == 0
    assert asked[1][1] == dt.date(2020, 1, 1)


def test_an_address_is_asked_for_only_when_that_is_allowed(
    asked: list[tuple[object, ...]], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []

    def fetch_page(address: str) -> reading.Source:
        fetched.append(address)
        return reading.open_document(PAGE, address)

    monkeypatch.setattr(online, "fetch_page", fetch_page)
    assert "add --fetch" in refused(["https://example.org/a.html"], capsys)
    assert fetched == []
    assert main(["https://example.org/a.html", "--fetch"]) == 0
    assert fetched == ["https://example.org/a.html"] and len(asked) == 1


@pytest.mark.parametrize("name", commands.COMMANDS)
def test_every_command_tells_its_options(name: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([name, "--help"])
    assert f"usage: python3 -m itinerary {name}" in capsys.readouterr().out


def test_help_comes_at_once() -> None:
    before = os.times()
    done = run("--help")
    after = os.times()
    assert done.returncode == 0 and b"--published" in done.stdout
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < 1.0, "0.1 s of a processor; whatever takes a second loads something heavy"


# --- what it refuses --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20, "text"),
        ("nul.txt", b"\0" * 4000, "text"),
    ],
)
def test_what_is_no_text_is_refused(name: str, content: bytes, said: str, tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert said in refused([str(file)], capsys)


def test_a_missing_file_is_refused(tmp_path: Path, capsys: Captured) -> None:
    assert "There is no file" in refused([str(tmp_path / "no.txt")], capsys)


def test_a_folder_is_refused(tmp_path: Path, capsys: Captured) -> None:
    assert "is a folder" in refused([str(tmp_path)], capsys)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file here")
def test_an_endless_file_is_refused(capsys: Captured) -> None:
    assert "more than 80 MB" in refused(["/dev/zero"], capsys)


@pytest.mark.parametrize("date", ["yesterday", "2023-13-01", "17.9.2023", ""])
def test_a_publication_date_that_is_none_is_refused(date: str, article: Path, capsys: Captured) -> None:
    assert "write it as 2023-09-17" in refused([str(article), "--published", date], capsys)


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("trip.legs.xyz", ".geojson"),
        ("no/such/folder/trip.html", "folder"),
        ("trip", "ending"),
        ("trip.docx", ".geojson"),
        (".", "folder"),
        ("article.txt", "the text itself"),
    ],
)
def test_an_output_that_cannot_be_written_is_refused_before_the_work(
    output: str,
    said: str,
    asked: list[tuple[object, ...]],
    article: Path,
    tmp_path: Path,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in refused([str(article), "-o", output], capsys)
    assert asked == []


@pytest.mark.parametrize("option", [["--published", "2023-09-17"], ["--traveller", "Ann"], ["--online"]])
def test_options_for_reading_a_text_are_refused_with_a_trip(
    option: list[str], tmp_path: Path, journey: Itinerary, capsys: Captured
) -> None:
    export.write(journey, tmp_path / "trip.gpx")
    assert f"leave out {option[0]}" in refused([str(tmp_path / "trip.gpx"), *option], capsys)


def test_bytes_are_not_sent_to_a_terminal(
    asked: list[tuple[object, ...]], article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert main([str(article), "--format", "xlsx"]) == 2


def test_a_full_disk_is_told_and_leaves_nothing(
    asked: list[tuple[object, ...]], article: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    assert "disk is full" in refused([str(article), "-o", str(tmp_path / "trip.csv")], capsys)
    assert [file.name for file in tmp_path.iterdir()] == ["article.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_standard_output_is_told_in_one_line(article: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "itinerary", str(article), "-o", "-"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1].startswith("itinerary: Standard output can't be written")


def test_an_error_of_the_library_becomes_one_line(monkeypatch: pytest.MonkeyPatch, article: Path, capsys: Captured) -> None:
    def build(*_: object, **__: object) -> Itinerary:
        raise InputError("The text\nis too long; cut it.")

    monkeypatch.setattr(pipeline, "build", build)
    assert refused([str(article)], capsys) == "itinerary: The text is too long; cut it.\n"


@pytest.mark.parametrize("arguments", [[], ["--wrong"], ["a", "b"], ["dashboard", "--port", "many"], ["gazetteer", "--bad"]])
def test_options_that_make_no_sense_are_refused_with_the_way_to_help(arguments: list[str], capsys: Captured) -> None:
    assert "--help" in refused(arguments, capsys)


def test_a_port_that_is_none_is_refused(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("itinerary.commands.place_index.ready", lambda: None)
    assert "from 1 to 65535" in refused(["dashboard", "--port", "70000"], capsys)


def test_a_port_in_use_is_told_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("dashboard", "--no-browser", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert re.fullmatch(r"itinerary: Port \d+ is in use; choose another .*", done.stderr.decode().splitlines()[-1])


def test_importing_the_library_loads_nothing_heavy() -> None:
    code = "import sys, itinerary; print(sorted({'spacy', 'pandas', 'folium', 'streamlit', 'geopy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True).stdout == b"[]\n"


def test_the_public_names_are_there_and_no_others() -> None:
    import itinerary

    assert callable(itinerary.build) and issubclass(itinerary.InputError, itinerary.ItineraryError)
    missing: Callable[[], object] = lambda: itinerary.no_such_name  # noqa: E731
    with pytest.raises(AttributeError, match="no_such_name"):
        missing()
