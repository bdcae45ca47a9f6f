"""A message as an e-mail (HTML and text) and as a webhook's JSON.

Templates are sandboxed, undefined names are errors, and HTML is escaped; headers cannot be broken by what a
customer wrote, since a header value is always one line.
"""

from __future__ import annotations

import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import Header
from email.headerregistry import Address
from email.utils import format_datetime, parseaddr
from uuid import UUID

from jinja2 import PackageLoader, StrictUndefined, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

from services.notifier.domain.content import Content, one_line
from services.notifier.domain.messages import Message


def _quoted(text: str) -> str:
    """Each line marked, so that nobody's words can pass for ours in the text part."""
    return "\n".join(f"> {line}" for line in text.split("\n"))


_templates = ImmutableSandboxedEnvironment(
    loader=PackageLoader("services.notifier", "templates"),
    undefined=StrictUndefined,
    autoescape=select_autoescape(("html",)),
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_templates.filters["quoted"] = _quoted
_text, _html = _templates.get_template("message.txt"), _templates.get_template("message.html")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who the mails come from."""

    header: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2] or "localhost"


def sender_of(mail_from: str) -> Sender:
    """Raises ValueError when `mail_from` holds no address."""
    name, address = parseaddr(mail_from)
    if "@" not in address:
        raise ValueError(f"mail_from holds no e-mail address: {mail_from!r}")
    return Sender(str(Address(display_name=name, addr_spec=address)), address)


def text_of(content: Content) -> str:
    return _text.render(_names(content))


def html_of(content: Content) -> str:
    return _html.render(_names(content))


def _names(content: Content) -> dict[str, object]:
    names = {name: getattr(content, name) for name in Content.__slots__}
    return {**names, "headline": content.headline, "subject": content.subject}


class Mails:
    """Writes mails from one sender. The parts of a notice are the same for all its recipients, so they are kept.

    Written by hand: `email.message` takes three times as long as everything else a mail needs.
    """

    def __init__(self, sender: Sender) -> None:
        self.sender = sender
        self._bodies: dict[tuple[UUID, int], bytes] = {}

    def write(self, message: Message, at: datetime) -> bytes:
        """The mail as it is sent, CRLF line ends. Its Message-ID comes from the notification's id."""
        claimed, content = message.claimed, message.content
        headers = [
            ("From", self.sender.header),
            ("To", claimed.address),
            ("Subject", content.subject),
            ("Date", format_datetime(at.astimezone(UTC))),
            ("Message-ID", f"<{claimed.id}@{self.sender.domain}>"),
            ("Auto-Submitted", "auto-generated"),
            ("X-Auto-Response-Suppress", "All"),
            ("X-Upheld-Notification", str(claimed.id)),
            ("X-Upheld-Ticket", one_line(content.number, 200)),
            ("X-Upheld-Status", one_line(content.headline, 60)),
            ("MIME-Version", "1.0"),
        ]
        if claimed.thread != claimed.id:
            first = f"<{claimed.thread}@{self.sender.domain}>"
            headers += [("In-Reply-To", first), ("References", first)]
        return b"".join(header(name, value) for name, value in headers) + self._body(message)

    def _body(self, message: Message) -> bytes:
        """The rest of the headers and both parts."""
        key = message.claimed.notice
        if (found := self._bodies.get(key)) is not None:
            return found
        boundary = f"=_{message.claimed.ticket_id.hex}.{message.claimed.sequence}"
        body = b"".join(
            [
                header("Content-Type", f'multipart/alternative; boundary="{boundary}"'),
                b"\r\n",
                _part(boundary, "plain", text_of(message.content)),
                _part(boundary, "html", html_of(message.content)),
                f"--{boundary}--\r\n".encode(),
            ]
        )
        if len(self._bodies) >= 512:
            self._bodies.clear()
        return self._bodies.setdefault(key, body)


def header(name: str, value: str) -> bytes:
    """One header line; what is not plain ASCII, or looks like an encoded word, is encoded.

    Raises ValueError for a value of more than one line.
    """
    if any(letter < " " or letter == "\x7f" for letter in value):
        raise ValueError(f"{name} holds a control character")
    if not value.isascii() or "=?" in value:
        value = Header(value, "utf-8", header_name=name).encode(linesep="\r\n")
    return f"{name}: {value}\r\n".encode("ascii")


def _part(boundary: str, subtype: str, text: str) -> bytes:
    """One MIME part, quoted-printable; a boundary cannot stand in it, since `=` is always encoded."""
    coded = binascii.b2a_qp(text.encode("utf-8", "replace")).replace(b"\n", b"\r\n")
    head = (
        f"--{boundary}\r\nContent-Type: text/{subtype}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    return head.encode() + coded + b"\r\n"


def webhook_of(message: Message) -> bytes:
    """The body of a webhook: type, timestamp and data, as Standard Webhooks has it."""
    claimed, it = message.claimed, message.content
    return json.dumps(
        {
            "type": "upheld.notification",
            "timestamp": it.changed_at.isoformat(),
            "data": {
                "notification_id": str(claimed.id),
                "ticket_id": str(it.ticket_id),
                "number": it.number,
                "status": it.status,
                "phone": it.phone,
                "description": it.description,
                "priority": it.priority,
                "clause": it.clause,
                "clause_words": it.clause_words,
                "account": claimed.account,
                "state": it.state,
                "message": it.message,
                "next_step": it.next_step,
                "next_update": it.next_update,
                "next_update_due": it.next_update_due.isoformat() if it.next_update_due else None,
                "documentation": it.documentation,
                "changed_at": it.changed_at.isoformat(),
            },
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode("utf-8", "replace")
