"""Claims about hostile documents: whatever the bytes, a text or one sentence comes out, and soon."""

import random
import time
import zlib

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from itinerary.errors import InputError
from itinerary.reading import SourceKind, open_document, proposed_date, proposed_order, sniffing, worker
from itinerary.reading.source import Source
from tests import documents as made
from tests.test_documents import ARTICLE, KINDS, PRINTED, PROSE

FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
MARKDOWN = (
    b"---\ntitle: A\n---\n# North\n\n1. *Oslo*\n2. [Bergen](x)\n\n| a | b |\n|---|---|\n| 1 | <b>2</b> |\n\n```\ncode\n```\n> q\n"
)
VALID = {
    SourceKind.MARKDOWN: MARKDOWN,
    SourceKind.PAGE: ARTICLE,
    SourceKind.PDF: made.pdf([made.printed(PRINTED), made.printed(PROSE[:60])], title="North"),
    SourceKind.WORD: made.docx(
        made.paragraph("North", "Titel") + made.table([["1", "Bergen"]]) + made.paragraph(PROSE, listed=True)
    ),
    SourceKind.MAIL: made.mail("To Bergen", markup="<p>To <b>Bergen</b>", attached=b"%PDF"),
}
LONGEST = 5.0  # s of a processor for a few kilobytes


def outcome(data: bytes, kind: SourceKind) -> Source | None:
    """What the reader makes of the bytes; None when it refuses them in one sentence."""
    began = time.process_time()
    try:
        source = worker.extracted(data, kind)
    except InputError as error:
        assert "\n" not in str(error) and str(error).endswith(".")
        return None
    finally:
        assert time.process_time() - began < LONGEST
    assert isinstance(source.text, str) and "\0" not in source.text
    return source


@st.composite
def spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with pieces cut out, doubled or overwritten."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        end = min(len(data), at + draw(st.integers(0, 40)))
        data = data[:at] + draw(st.sampled_from([b"", data[at:end] * 3, b"\0", b"\xff\xfe", b"<", b"9" * 12])) + data[end:]
    return data


@pytest.mark.parametrize("kind", VALID)
@FUZZ
@given(data=st.data())
def test_no_damage_gets_past_a_reader(kind, data):
    outcome(data.draw(spoilt(VALID[kind])), kind)


@pytest.mark.parametrize("kind", VALID)
@FUZZ
@given(data=st.binary(max_size=400))
def test_no_bytes_get_past_a_reader(kind, data):
    outcome(data, kind)


@FUZZ
@given(text=st.text(st.sampled_from("#*_`[]()<>|-=!\\~&:;\"'1. \n\tAb"), max_size=300))
def test_no_markup_gets_past_the_readers_of_markup(text):
    for kind in (SourceKind.MARKDOWN, SourceKind.PAGE, SourceKind.MAIL):
        outcome(text.encode(), kind)


@FUZZ
@given(st.binary(max_size=300), st.sampled_from(["", "a.md", "a.docx", "a.html", "https://[", "\0", "a/../b.pdf", "x" * 999]))
@example(b"PK\x03\x04", "a.docx")
@example(b"From a\nFrom: b", "a.eml")
def test_every_file_has_a_kind_or_a_sentence(data, name):
    try:
        assert sniffing.kind_of(data, name) in SourceKind
    except InputError as error:
        assert str(error).endswith(".")


@FUZZ
@given(st.binary(min_size=1, max_size=300), st.sampled_from([b"", b"\xff\xfe", b"\xef\xbb\xbf", "Zürich ".encode("cp1252")]))
def test_plain_bytes_are_a_text_or_a_sentence(data, start):
    try:
        source = open_document(start + b"x" + data if data.startswith((b"PK", b"%PDF")) else start + data)
    except InputError:
        return
    assert isinstance(source.text, str)


@FUZZ
@given(st.text(max_size=200), st.text(st.sampled_from("0123456789/.-: ,\nMay2th Published"), max_size=200))
def test_no_text_gets_past_the_finder_of_its_date(text, figures):
    for each in (text, figures):
        proposed_date(each)
        proposed_order(each)


def test_damage_to_a_packed_text_is_met_after_unpacking_too():
    generator = random.Random(7)
    for _ in range(60):
        xml = bytearray(made.paragraph(PROSE).encode())
        for _ in range(3):
            xml[generator.randrange(len(xml))] = generator.randrange(256)
        outcome(made.docx(xml.decode("latin-1")), SourceKind.WORD)


BOMBS = {
    "a page a thousand elements deep": (SourceKind.PAGE, b"<html><body>" + b"<div>" * 50_000 + b"Bergen"),
    "a page of open tags": (SourceKind.PAGE, b"<html><body>" + b"<b><i>" * 20_000),
    "a page of angle brackets": (SourceKind.PAGE, b"<html>" + b"<" * 300_000),
    "a table in a table": (SourceKind.PAGE, b"<html><body>" + b"<table><tr><td>" * 3_000 + b"Bergen"),
    "a list in a list": (SourceKind.MARKDOWN, b"".join(b" " * n + b"- a\n" for n in range(600))),
    "brackets": (SourceKind.MARKDOWN, b"[" * 30_000 + b"a" + b"](" * 30_000),
    "stars": (SourceKind.MARKDOWN, b"*a_ " * 20_000),
    "quotes": (SourceKind.MARKDOWN, b"> " * 30_000),
    "headers": (SourceKind.MAIL, b"Subject: " + b"=?utf-8?q?" * 20_000 + b"\n\nBergen"),
    "parts in parts": (
        SourceKind.MAIL, b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(400)),
    ),
    "addresses": (SourceKind.MAIL, b"To: " + b"<" * 30_000 + b"\nMIME-Version: 1.0\n\nBergen"),
    "paragraphs in paragraphs": (SourceKind.WORD, made.docx("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000)),
    "a long name": (SourceKind.WORD, made.docx(f"<w:p {'a' * 300_000}='x'/>")),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "data"), BOMBS.values(), ids=BOMBS)
def test_no_bomb_goes_off(kind, data):
    began = time.monotonic()
    try:
        assert isinstance(open_document(data, "a.md" if kind is SourceKind.MARKDOWN else "a").text, str)
    except InputError as error:
        assert str(error).endswith(".")
    assert time.monotonic() - began < 20


def test_a_pdf_that_unpacks_without_end_is_cut_off():
    stream = zlib.compress(b"BT /F1 12 Tf 72 700 Td (To Bergen) Tj ET\n" + b"0 0 m " * 3_000_000)
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>"
    data = made._assembled(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            page,
            f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n{stream.decode('latin-1')}\nendstream",
        ],
        "",
    )
    assert len(data) < 100_000
    try:
        assert open_document(data).text == "To Bergen"
    except InputError as error:
        assert str(error).endswith(".")


def test_the_kinds_under_fuzz_are_all_that_a_worker_reads():
    assert set(VALID) == set(worker.READERS)
    assert set(KINDS) | {SourceKind.MARKDOWN} == set(SourceKind)
