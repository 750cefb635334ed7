"""What kind of document some bytes are: by their content first, by the ending of the name second."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from itinerary.errors import UnknownFormat
from itinerary.reading.source import SourceKind

ENDINGS = (".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx", ".eml")
_BY_ENDING = {
    ".md": SourceKind.MARKDOWN, ".markdown": SourceKind.MARKDOWN, ".html": SourceKind.PAGE, ".htm": SourceKind.PAGE,
    ".xhtml": SourceKind.PAGE, ".eml": SourceKind.MAIL,
}  # fmt: skip
_BY_MEDIA_TYPE = {
    "text/markdown": SourceKind.MARKDOWN, "text/html": SourceKind.PAGE, "application/xhtml+xml": SourceKind.PAGE,
    "message/rfc822": SourceKind.MAIL,
}  # fmt: skip
_ADVICE = "save it as .docx, .pdf or .txt and give that"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also the shell around an encrypted .docx
_ZIP = b"PK\x03\x04"
_PICTURE = "This is a picture; run text recognition (OCR) over it and give the text."
_ARCHIVE = "This is an archive; unpack it and give the text that is inside."
# First bytes -> why nothing is read.
_REFUSED = {
    b"{\\rtf": f"This is an RTF file; {_ADVICE}.",
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"\x1f\x8b": "This is a compressed file; unpack it and give what is inside.",
    b"7z\xbc\xaf": _ARCHIVE,
    b"Rar!": _ARCHIVE,
}
_HEAD = 4096  # bytes that tell a page or an e-mail
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*){0,5}<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HEADER = re.compile(r"^(from|to|subject|date|received|message-id|mime-version|return-path|delivered-to|content-type):(.*)",
                     re.IGNORECASE | re.MULTILINE)  # fmt: skip
_MAILBOX_LINE = re.compile(r"\AFrom [^\n]*\n")  # what a mailbox file puts before each mail
_HEADER_LINES = re.compile(r"(?:[!-9;-~]+:.*\r?\n(?:[ \t].*\r?\n)*)+")
# Headers that nobody writes by hand; "From: Oslo, To: Bergen" heads many a travel plan.
_MACHINE_MADE = {"received", "message-id", "mime-version", "return-path", "delivered-to"}


def kind_of(data: bytes, name: str, media_type: str | None = None) -> SourceKind:
    """The kind of document. `name` is a file name or an address. Raises UnknownFormat for what is known and not read."""
    if b"%PDF-" in data[:1024]:
        return SourceKind.PDF
    if data.startswith(_ZIP):
        return _packed(data)
    if data.startswith(_OLD_OFFICE):
        raise UnknownFormat(_office(data))
    for start, why in _REFUSED.items():
        if data.startswith(start):
            raise UnknownFormat(why)
    head = _head(data)
    if _PAGE.match(head):
        return SourceKind.PAGE
    if _is_mail(head):
        return SourceKind.MAIL
    named = (media_type or "").partition(";")[0].strip().lower()
    return _BY_MEDIA_TYPE.get(named) or _BY_ENDING.get(ending_of(name), SourceKind.TEXT)


def ending_of(name: str) -> str:
    """The ending of a file name or of an address's path, in small letters: ".pdf"."""
    try:
        path = urlsplit(name).path if "://" in name else name.replace("\\", "/")
    except ValueError:
        path = name
    return PurePosixPath(path).suffix.lower()


def _packed(data: bytes) -> SourceKind:
    if b"word/document" in data:
        return SourceKind.WORD
    if b"opendocument" in data[:200] or b"epub" in data[:200] or b"xl/workbook" in data or b"ppt/presentation" in data:
        raise UnknownFormat(f"This is no Word document but another packed format; {_ADVICE}.")
    raise UnknownFormat(_ARCHIVE)


def _office(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "The Word document is protected by a password; save a copy without one and give that."
    return f"This is a file of an old office program; {_ADVICE}."


def _head(data: bytes) -> str:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data[:_HEAD].decode("utf-16" if marked else "latin-1", errors="ignore").removeprefix("\u00ef\u00bb\u00bf")


def _is_mail(head: str) -> bool:
    """Whether the text begins with the headers of an e-mail."""
    lines = _HEADER_LINES.match(_MAILBOX_LINE.sub("", head.lstrip()))
    if not lines:
        return False
    headers = {name.lower(): value for name, value in _HEADER.findall(lines.group())}
    return len(headers) >= 2 and (bool(_MACHINE_MADE & set(headers)) or "@" in headers.get("from", ""))
