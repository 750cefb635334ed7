"""E-mails: the text, the subject as its headline, the day it was sent. Attachments are left alone."""

from __future__ import annotations

import datetime as dt
import email
import re
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime

from itinerary.errors import UnreadableText
from itinerary.reading import web
from itinerary.reading.decoding import decode_declared
from itinerary.reading.source import Source, SourceKind

_REPLIED = re.compile(r"(?:\s*(?:re|fwd?|aw|wg|tr)\s*:){1,9}\s*", re.IGNORECASE)
_QUOTED = re.compile(r"^(?:> ?){1,20}", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- \r?\n", re.MULTILINE)
_MAILBOX_LINE = re.compile(rb"\AFrom [^\r\n]*\r?\n")


def extracted(data: bytes, **_: str) -> Source:
    """The text part or else the HTML part. Raises UnreadableText for a mail that has neither."""
    mail = email.message_from_bytes(_MAILBOX_LINE.sub(b"", data.lstrip()), _class=EmailMessage, policy=default)
    body, left_out = _body(mail), sum(1 for part in mail.walk() if part.get_content_disposition() == "attachment")
    if not body.strip():
        raise UnreadableText("The e-mail holds no text; save its attachment and give that.")
    title = _REPLIED.sub("", _header(mail, "Subject"), count=1).strip() or None
    sent = _sent(mail)
    return Source(
        f"{title}\n\n{body}" if title else body,
        SourceKind.MAIL,
        title=title,
        published=sent,
        dated_by="the e-mail's Date header" if sent else None,
        notes=(_note(left_out),) if left_out else (),
    )


def _body(mail: EmailMessage) -> str:
    texts = {"text/plain": "", "text/html": ""}
    for part in mail.walk():
        kind = part.get_content_type()
        if part.get_content_disposition() != "attachment" and kind in texts:
            texts[kind] += f"\n\n{_content(part)}"
    if texts["text/plain"].strip():
        return _SIGNATURE.split(_QUOTED.sub("", texts["text/plain"]), maxsplit=1)[0].replace("\r\n", "\n").strip()
    return web.all_text(texts["text/html"]) if texts["text/html"].strip() else ""


def _content(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    return decode_declared(payload, part.get_content_charset()).replace("\0", " ")


def _header(mail: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(mail.get(name, "")).replace("\0", " ").split())
    except Exception:  # the standard library's reader of headers fails in many ways on malformed ones
        return ""


def _sent(mail: EmailMessage) -> dt.date | None:
    """The day on the sender's calendar."""
    try:
        return parsedate_to_datetime(_header(mail, "Date")).date()
    except (ValueError, TypeError, OverflowError):
        return None


def _note(attachments: int) -> str:
    return f"{attachments} attachment{'s were' if attachments > 1 else ' was'} left out."
