"""What is reported in the bench, and by whom: everyone is covered, every fact is known, one notification is owed.

Each issue so makes exactly one TicketOpened, PriorityAssigned, StatusChanged (Initial) and, where it is delivered,
NotificationSent; clocks run by the plan `business` of plivo.yaml, and none of them is due while the bench runs.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from shared.envelope import Envelope
from shared.events import AccessChanged, AccountChanged, Contact, Event, IssueReported, PolicyPublished, Reporter, Term
from shared.policy import parse_policy

ACCOUNTS = 100
SOURCE = "bench"
SECRET = "whsec_" + base64.b64encode(b"the bench's secret of an account").decode()
KEY = f"uph_bench_{hashlib.sha256(b'bench').hexdigest()[:32]}"
"""The API key of an agent, who may report for any account."""
_POLICY = Path(__file__).parents[1] / "deploy" / "policies" / "plivo.yaml"
_DESCRIPTION = (
    "Outbound calls from our main number fail with 503 since this morning; about one call in two gets through, and "
    "the others end before they ring. Nothing was changed on our side, and other numbers of ours work. ({place})"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A record to be put on a topic (its logical name)."""

    topic: str
    key: bytes
    value: bytes
    headers: tuple[tuple[str, bytes], ...]

    def header(self, name: str) -> str:
        return next((value.decode() for key, value in self.headers if key == name), "")


def reference(*, webhook: str | None = None, mail: bool = False) -> list[Event]:
    """Policy, key and accounts; each account is told by webhook (`webhook` is the receiver's address), by mail, or
    both."""
    text = _POLICY.read_text()
    policy = parse_policy(text)
    now = datetime.now(UTC)
    published = PolicyPublished(
        sha256=policy.sha256,
        id=policy.policy,
        version=policy.version,
        effective=policy.effective,
        published_at=now,
        text=text,
    )
    secret = KEY.rpartition("_")[2]
    agent = AccessChanged(
        key_id="bench", secret_sha256=hashlib.sha256(secret.encode()).hexdigest(), role="agent", name="the bench"
    )
    return [published, agent, *(_account(place, webhook, mail, now) for place in range(ACCOUNTS))]


def _account(place: int, webhook: str | None, mail: bool, now: datetime) -> AccountChanged:
    contacts = []
    if webhook is not None:
        contacts.append(Contact(name="Hook", channel="webhook", address=f"{webhook}/account-{place}", secret=SECRET))
    if mail:
        contacts.append(Contact(name="Desk", channel="email", address=f"desk@account-{place}.example"))
    return AccountChanged(
        id=f"account-{place}",
        name=f"Account {place}",
        plan="business",
        term=Term(start=now - timedelta(days=300)),
        services=("voice", "sms"),
        contacts=tuple(contacts),
    )


def issue(place: int) -> IssueReported:
    """One that nobody reported before."""
    return IssueReported(
        issue_id=f"bench/{uuid4().hex}",
        reporter=Reporter(name=f"Ann of account {place % ACCOUNTS}", account=f"account-{place % ACCOUNTS}"),
        services=("voice",),
        began_at=datetime.now(UTC) - timedelta(minutes=20),
        ongoing=True,
        description=_DESCRIPTION.format(place=place),
        examples=tuple(str(uuid4()) for _ in range(3)),
        environment="production",
        impact="degraded",
        workaround="none",
        category="incident",
    )


def reported(count: int) -> list[Item]:
    """So many issues as records of `issues`, as an upstream system writes them."""
    return [_item(issue(place)) for place in range(count)]


def _item(said: IssueReported) -> Item:
    envelope = Envelope(id=uuid4().hex, source=SOURCE, type=said.type_name(), subject=None, time=datetime.now(UTC))
    return Item("issues", said.key().encode(), said.encode(), tuple(envelope.headers()))


def sliced(items: Sequence[Item], sizes: Sequence[int]) -> list[list[Item]]:
    """Consecutive slices of these sizes."""
    found, at = [], 0
    for size in sizes:
        found.append(list(items[at : at + size]))
        at += size
    return found
