"""Documents made in code, byte by byte where that is simplest, so that every test can see what is inside."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from io import BytesIO
from xml.sax.saxutils import escape

from itinerary import reading
from itinerary.reading import worker
from itinerary.reading.source import Source

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# Style ids of a German Word with the built-in names behind them.
STYLES = (("Titel", "Title"), ("berschrift1", "heading 1"), ("Listenabsatz", "List Paragraph"))

PROSE = (
    "Ann left the harbour of Bergen early in the morning, and the ship was full of people who had never been at sea before, so "
    "that nobody slept and everybody talked until the lights of the islands came up from the dark water in front of them."
)
MORE = (
    "The next day they walked to Scalloway, an old town on the other side of the island, and came back by cart in the rain, "
    "singing all the way because the driver had a bottle and a wish to share it with strangers from the other shore."
)
PRINTED = """Ann left the harbour of Bergen early in the morning, and the ship was
full of people who had never been at sea before, so that nobody slept
and everybody talked until the lights of the islands came up from the
dark water in front of them."""


def opened(data: bytes, name: str = "") -> Source:
    """What is read, in this process: quicker, and by the same readers."""
    kind = reading.sniffing.kind_of(data, name)
    return worker.extracted(data, kind, name=name)


# --- PDF --------------------------------------------------------------------------------------------------------------


def line(text: str, y: float, x: float = 72, size: float = 12) -> str:
    """One printed line, for `pdf`."""
    written = text.encode("cp1252").decode("latin-1").translate({ord(c): f"\\{c}" for c in "()\\"})
    return f"BT /F1 {size} Tf {x} {y} Td ({written}) Tj ET"


def printed(text: str, top: float = 720, size: float = 12) -> list[str]:
    """The lines of a text, one under the other from `top`; an empty one leaves a gap."""
    return [line(words, top - n * size * 1.2, size=size) for n, words in enumerate(text.split("\n")) if words]


def pdf(pages: Sequence[Sequence[str]], *, title: str = "", trailer: str = "", catalog: str = "") -> bytes:
    """A PDF in Helvetica, each page made of what `line` gives."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, page in enumerate(pages):
        content = "\n".join(page)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * n} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects.append(f"<< /Title ({title}) >>")
    return _assembled(objects, f"/Info {len(objects)} 0 R {trailer}")


def _assembled(objects: Sequence[str], trailer: str) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode("latin-1")


def locked_pdf() -> bytes:
    """A PDF whose password is not the empty one."""
    nobody = "<" + "5a" * 32 + ">"
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {nobody} /U {nobody} /P -4 >> /ID [<00> <00>]"
    return pdf([printed("Ann sailed to Bergen.")], trailer=lock)


# --- Word -------------------------------------------------------------------------------------------------------------


def paragraph(text: str, style: str = "", *, listed: bool = False, extra: str = "") -> str:
    """A paragraph, for `docx`."""
    kind = f'<w:pStyle w:val="{style}"/>' if style else ""
    mark = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if listed else ""
    return f"<w:p><w:pPr>{kind}{mark}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r>{extra}</w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table, for `docx`."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx(body: str, *, declaration: str = "", others: dict[str, bytes] | None = None) -> bytes:
    """A Word document with that body."""
    styles = "".join(f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in STYLES)
    return packed(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": f"{declaration}<w:document {W}><w:body>{body}</w:body></w:document>".encode(),
            "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>".encode(),
            **(others or {}),
        }
    )


def packed(parts: dict[str, bytes]) -> bytes:
    """A ZIP archive of the parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


# --- mail, page -------------------------------------------------------------------------------------------------------


def mail(text: str = "", *, markup: str = "", subject: str = "North", attached: bytes = b"") -> bytes:
    """An e-mail with a text, an HTML version and an attachment, as far as given."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Ann <ann@example.org>", "Bo <bo@example.org>", subject
    message["Date"] = "Sun, 17 Sep 2023 23:30:00 +0200"
    if text or not markup:
        message.set_content(text)
    if markup:
        message.add_alternative(markup, subtype="html")
    if attached:
        message.add_attachment(attached, maintype="application", subtype="pdf", filename="ticket.pdf")
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=={number}==")  # else by chance
    return message.as_bytes()


def page(body: str, head: str = "", *, encoding: str = "utf-8") -> bytes:
    """A web page."""
    return f"<!DOCTYPE html>\n<html><head><meta charset={encoding}>{head}</head><body>{body}</body></html>".encode(encoding)
