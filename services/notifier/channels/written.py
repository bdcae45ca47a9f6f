"""A message as an e-mail (HTML and text) and as a webhook's JSON.

Templates are sandboxed, undefined names are errors, and HTML is escaped; headers cannot be broken by what a
customer wrote, since a header value is always one line.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

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
    return _text.render(it=content)


def html_of(content: Content) -> str:
    return _html.render(it=content)


class Mails:
    """Writes mails from one sender. The parts of a notice are the same for all its recipients, so they are kept."""

    def __init__(self, sender: Sender) -> None:
        self.sender = sender
        self._bodies: dict[tuple[object, ...], bytes] = {}

    def write(self, message: Message, at: datetime) -> bytes:
        """The mail as it is sent, CRLF line ends. Its Message-ID comes from the notification's id."""
        claimed, content = message.claimed, message.content
        head = EmailMessage(policy=SMTP)
        head["From"] = self.sender.header
        head["To"] = claimed.address
        head["Subject"] = content.subject
        head["Date"] = format_datetime(at.astimezone(UTC))
        head["Message-ID"] = f"<{claimed.id}@{self.sender.domain}>"
        if claimed.thread != claimed.id:
            first = f"<{claimed.thread}@{self.sender.domain}>"
            head["In-Reply-To"] = first
            head["References"] = first
        head["Auto-Submitted"] = "auto-generated"
        head["X-Auto-Response-Suppress"] = "All"
        head["X-Upheld-Notification"] = str(claimed.id)
        head["X-Upheld-Ticket"] = one_line(content.number, 200)
        head["X-Upheld-Status"] = one_line(content.headline, 60)
        lines = "".join(SMTP.fold(name, value) for name, value in head.items())
        return lines.encode("ascii") + self._body(message)

    def _body(self, message: Message) -> bytes:
        """The MIME headers and both parts."""
        key = (*message.claimed.notice, message.content.phone)
        if (found := self._bodies.get(key)) is not None:
            return found
        parts = EmailMessage(policy=SMTP)
        parts.set_content(text_of(message.content), cte="quoted-printable")
        parts.add_alternative(html_of(message.content), subtype="html", cte="quoted-printable")
        parts.set_boundary(f"=_{message.claimed.ticket_id.hex}-{message.claimed.sequence}")
        if len(self._bodies) >= 512:
            self._bodies.clear()
        return self._bodies.setdefault(key, parts.as_bytes())


def webhook_of(message: Message) -> bytes:
    """The body of a webhook: type, timestamp and data, as Standard Webhooks has it."""
    claimed, it = message.claimed, message.content
    return json.dumps({
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
    }, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
