"""Claims about documents: whatever a text comes in, the same text comes out, with what the file tells about it."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from itinerary import reading
from itinerary.errors import InputError, UnknownFormat, UnreadableText
from itinerary.reading import SourceKind, apart, limits
from itinerary.reading.source import Source
from tests import documents as made
from tests.documents import MORE, PRINTED, PROSE, opened

# --- which kind -------------------------------------------------------------------------------------------------------

KINDS = {
    SourceKind.PDF: made.pdf([made.printed(PRINTED)]),
    SourceKind.WORD: made.docx(made.paragraph(PROSE)),
    SourceKind.MAIL: made.mail(PROSE),
    SourceKind.PAGE: made.page(f"<p>{PROSE}</p>"),
    SourceKind.TEXT: PROSE.encode(),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["", "walk.bin", "walk.txt"])
def test_the_content_tells_what_a_file_is(kind, name):
    source = reading.open_document(KINDS[kind], name)
    assert (source.kind, source.name) == (kind, name)
    assert " ".join(source.text.split()).endswith(PROSE)


@pytest.mark.parametrize("name", ["walk.md", "WALK.MD", "https://example.org/a/walk.markdown?x=.txt#y.html"])
def test_the_name_tells_markdown_from_plain_text(name):
    assert reading.open_document(b"# Walk\n\nTo *Bergen*.", name).text == "Walk\n\nTo Bergen."


def test_a_plain_text_stays_as_it_is_whatever_it_looks_like():
    text = "# Walk\n\n> To *Bergen* <b>by</b> sea.\n"
    source = reading.open_document(text.encode(), "walk.txt")
    assert (source.text, source.title, source.published, source.notes) == (text, None, None, ())


def test_a_plan_from_one_town_to_another_is_no_e_mail():
    assert reading.open_document(b"From: Oslo\nTo: Bergen\nDate: 3 May 2024\n\nBy train.", "plan").kind is SourceKind.TEXT


def test_what_a_server_says_counts_before_the_ending():
    source = reading.open_document("<p>To Łódź</p>".encode("iso-8859-2"), "walk.txt", media_type="text/html; charset=iso-8859-2")
    assert (source.kind, source.text) == (SourceKind.PAGE, "To Łódź")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
        (b"{\\rtf1 Bergen}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old office program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (made.packed({"a.txt": b"Bergen"}), "unpack"),
        (made.packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), "no Word document|unpack"),
        (made.packed({"xl/workbook.xml": b"<x/>"}), "no Word document"),
        (b"\x1f\x8b\x08\0", "unpack"),
    ],
)
def test_what_is_not_read_is_refused_with_what_to_do(data, words):
    with pytest.raises(UnknownFormat, match=words) as refused:
        reading.open_document(data, "walk.txt")
    assert any(word in str(refused.value) for word in ("give", "save"))


@pytest.mark.parametrize("data", [b"", b" \r\n\t"])
def test_an_empty_file_is_said_to_be_empty(data):
    with pytest.raises(InputError, match="empty"):
        reading.open_document(data, "walk.docx")


@pytest.mark.parametrize("data", ["To Bergen.", bytearray(b"To Bergen."), None])
def test_what_is_not_bytes_is_refused(data):
    with pytest.raises(InputError, match="given as bytes"):
        reading.open_document(data)


def test_a_file_too_large_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_FILE", 1_000_000)
    with pytest.raises(InputError, match="2 MB; at most 1 MB"):
        reading.open_document(b"\x89PNG" + bytes(2_000_000), "walk.txt")


# --- Markdown ---------------------------------------------------------------------------------------------------------


def test_markdown_loses_its_marks_and_keeps_its_shape():
    text = """# North

We went to **Bergen** and [Lerwick](https://x.example "t"), ![a boat](b.png)
and `home`.

## Plan

1. Oslo
2. Bergen
   - by *boat*

| Day | Where |
|:---:|-------|
| 1 | Oslo |
| 2 | Bergen \\| Os |

> said Ann<br>twice
"""
    assert opened(text.encode(), "a.md").text.split("\n\n") == [
        "North",
        "We went to Bergen and Lerwick,\nand home.",
        "Plan",
        "1. Oslo\n2. Bergen\n- by boat",
        "Day | Where\n1 | Oslo\n2 | Bergen | Os",
        "said Ann\ntwice",
    ]


def test_the_fields_at_the_head_of_a_markdown_file_give_title_and_date():
    source = opened(b'---\ntitle: "North"\ndate: 2023-05-03T10:00\ntags: [a]\n---\nTo Bergen.\n', "a.md")
    assert (source.text, source.title, source.published) == ("North\n\nTo Bergen.", "North", dt.date(2023, 5, 3))


def test_a_rule_at_the_head_of_a_markdown_file_is_no_field():
    assert opened(b"---\n\nTo Bergen.\n\n---\n\nHome.\n", "a.md").text == "To Bergen.\n\nHome."


# --- pages ------------------------------------------------------------------------------------------------------------

ARTICLE = made.page(
    f"<nav><a href=/>Home</a> <a href=/x>Sport</a></nav><article><h1>Ann’s voyage</h1><p>{PROSE}</p><h2>Plan</h2>"
    f"<p>{MORE}</p><ul><li>Bergen</li><li>Lerwick</li></ul><table><tr><th>Day</th><th>Where</th></tr>"
    "<tr><td>1</td><td>Bergen</td></tr></table></article><footer>© 2020 The Paper</footer><script>var x='Madrid'</script>",
    '<title>Ann’s voyage | The Paper</title><meta property="article:published_time" content="2023-09-17T22:00:00Z">',
)


def test_a_page_gives_its_article_with_title_and_date():
    source = opened(ARTICLE)
    assert (source.title, source.published, source.dated_by) == ("Ann’s voyage", dt.date(2023, 9, 17), "the page's own date")
    assert source.text.split("\n\n") == [
        "Ann’s voyage", PROSE, "Plan", MORE, "- Bergen\n- Lerwick", "Day | Where\n1 | Bergen",
    ]  # fmt: skip


def test_a_year_in_the_small_print_is_no_date():
    assert opened(made.page(f"<p>{PROSE}</p><p>{MORE}</p><footer>© 2020 The Paper</footer>")).published is None


def test_a_page_that_is_no_article_gives_all_it_shows():
    page = made.page("<h1>Plan</h1><div>Day 1: Bergen</div><div>Day 2: <b>Lerwick</b><br>by boat</div><ul><li>Oslo</li></ul>")
    text = opened(page).text
    assert [line for line in text.splitlines() if line] == ["Plan", "Day 1: Bergen", "Day 2: Lerwick", "by boat", "- Oslo"]


def test_places_where_a_browser_may_cut_a_word_are_not_in_the_text():
    assert "Copenhagen" in opened(made.page(f"<p>To Copen&shy;ha\u200bgen. {PROSE}</p>")).text


PLAN = [
    (f"Day {n}", place, f"Walk, boat, bus number {n}") for n, place in enumerate(("Oslo", "Bergen", "Lerwick", "Tórshavn"), 1)
]


@pytest.mark.parametrize(
    "body",
    [
        "<table>" + "".join(f"<tr><td>{day}</td><td>{place}</td><td>{what}</td></tr>" for day, place, what in PLAN) + "</table>",
        "<dl>" + "".join(f"<dt>{day}</dt><dd>{place}: {what}</dd>" for day, place, what in PLAN) + "</dl>",
        "<ul>" + "".join(f"<li><b>{day}</b> {place} {what}</li>" for day, place, what in PLAN) + "</ul>",
        "".join(f"<section><h3>{day}: {place}</h3><p>{what}</p></section>" for day, place, what in PLAN),
        "".join(f"<div class=day><span>{day}</span><div>{place}</div><div>{what}</div></div>" for day, place, what in PLAN),
    ],
    ids=["table", "definitions", "list", "sections", "boxes"],
)
@pytest.mark.parametrize("intro", ["", f"<p>{PROSE}</p><p>{MORE}</p>"], ids=["bare", "with prose"])
def test_a_plan_survives_whatever_its_page_is_built_of(body, intro):
    text = opened(
        made.page(f"<nav><a href=/>Home</a></nav><main><h1>North</h1>{intro}{body}</main><footer>Imprint</footer>")
    ).text
    plan = text[text.index("Day 1") :]
    at = [plan.index(words) for day, place, what in PLAN for words in (day, place, what)]
    assert at == sorted(at)
    assert "Imprint" not in text and "Home" not in text


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-2", "windows-1250", "utf-16"])
def test_a_page_is_read_in_the_encoding_that_it_names(encoding):
    assert "Łódź" in opened(made.page(f"<p>Łódź {PROSE}</p>", encoding=encoding)).text


@pytest.mark.parametrize("declared", ["nonsense", "rot13", "zlib", "", "utf-8\0"])
def test_a_page_that_names_no_encoding_is_still_read(declared):
    page = f"<html><head><meta charset='{declared}'></head><body><p>Zürich {PROSE}</p></body></html>".encode()
    assert "Zürich" in opened(page).text


@pytest.mark.parametrize("body", ["", "<script>document.write('Bergen')</script>", "<img src=x>", "<p> </p>"])
def test_a_page_without_text_is_refused_in_one_sentence(body):
    with pytest.raises(UnreadableText, match="web page holds no text"):
        opened(made.page(body, "<script>var a = 'Bergen to Lerwick'</script>"))


def test_a_page_too_large_is_refused_before_it_is_taken_apart(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_PAGE", 1_000_000)
    with pytest.raises(InputError, match="2 MB; at most 1 MB"):
        opened(made.page("a" * 2_000_000))


@pytest.mark.parametrize("markup", ["http://127.0.0.1:1/", "<p>http://127.0.0.1:1/</p>", "<html>http://127.0.0.1:1/"])
def test_a_page_that_is_an_address_is_not_fetched(markup):
    assert "127.0.0.1" in reading.open_document(markup.encode(), "a.html").text


def test_no_entity_of_a_page_reads_a_file(tmp_path):
    (tmp_path / "secret").write_text("Madrid", encoding="utf-8")
    page = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><html><body><p>To Bergen &x; {PROSE}</p></body></html>'
    )
    assert "Madrid" not in opened(page.encode(), "a.html").text


# --- the process apart ------------------------------------------------------------------------------------------------


def test_a_reader_that_hangs_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "LONGEST_READING", 0.01)
    with pytest.raises(UnreadableText, match=r"not read within.*\.txt"):
        reading.open_document(made.mail(PROSE), "a.eml")


def test_a_reader_that_crashes_takes_nothing_along(monkeypatch):
    monkeypatch.setattr(apart.sys, "executable", "/bin/false")
    with pytest.raises(UnreadableText, match=r"damaged or far too large.*\.txt"):
        reading.open_document(made.mail(PROSE), "a.eml")


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.create_connection(('127.0.0.1', 1))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('spoiled', 'w')",
        "import os; os.open('spoiled', os.O_CREAT | os.O_WRONLY)",
        "import os; os.remove('kept')",
        "import pathlib; pathlib.Path('spoiled').mkdir()",
        "x = bytearray(4_000_000_000)",
    ],
)
def test_a_reader_that_was_taken_over_could_do_nothing(deed, tmp_path):
    (tmp_path / "kept").touch()
    root = Path(reading.__file__).parents[2]
    script = f"import sys; sys.path.insert(0, {str(root)!r})\nfrom itinerary.reading import worker\nworker._bound()\n{deed}"
    done = subprocess.run([sys.executable, "-B", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "PermissionError" in done.stderr or "MemoryError" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize("name", ["-h", "--version", "a\0b", "\ud800", "x" * 300_000, "a\nb.eml"])
def test_no_name_of_a_file_confuses_its_reader(name):
    source = reading.open_document(made.mail(PROSE), name)
    assert (source.name, source.text) == (name, f"North\n\n{PROSE}")


def test_a_source_survives_the_way_between_two_processes():
    source = Source("To Łódź\ud800\n", SourceKind.MAIL, "a", "T", dt.date(2023, 5, 3), "words", ("one", "two"), "https://x")
    assert apart.unpacked(apart.packed(source)) == source
    with pytest.raises(UnknownFormat, match="why"):
        apart.unpacked(apart.packed(UnknownFormat("why")))


def test_plain_text_needs_no_library_of_a_format():
    script = (
        "import sys; from itinerary import reading\nreading.open_document('To Zürich.'.encode(), 'a.txt')\n"
        "print(sorted({'lxml', 'trafilatura', 'pypdfium2', 'markdown_it', 'spacy', 'email'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
