"""Who is told of a StatusChanged.

- The reporter and the account's contacts; on a provider's ticket the contacts of every account concerned.
- A destination is told once, however often it is named.
- A contact's filters hold back what it does not want, but never Resolved from whoever was sent Initial.
- What the provider's ticket said is repeated on the tickets linked to it, but not to whoever is told of it there.
- Who is owed a message but cannot be reached yet is named as a need; nobody is silently left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit
from uuid import UUID

from shared.events import AccountChanged, Contact, StatusChanged
from shared.policy import Policy

Channel = Literal["email", "webhook"]
Destination = tuple[str, str]
"""(channel, destination): the same one twice is one delivery."""

SMTP_GATE = "smtp"
ALARMING = frozenset(
    {
        "at-risk",
        "breached",
        "corrected",
        "escalated",
        "unknown-account",
        "out-of-term",
        "term-renewed",
        "link-proposed",
        "resolution-proposed",
        "exclusion-proposed",
    }
)
"""Causes of which the support contact is told. Other internal changes (agents' notes, closing) tell nobody."""
_EMAIL = re.compile(r"[!#-'*+/-9=?A-Z^-~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,253}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class Recipient:
    """One destination of a message. `account` is whose it is; `gate` is what fails together with it."""

    channel: Channel
    destination: str
    address: str
    gate: str
    account: str | None
    internal: bool = False

    @property
    def key(self) -> Destination:
        return self.channel, self.destination


@dataclass(frozen=True, slots=True)
class Need:
    """What has to come before someone who is owed a message can be told: an account, a policy, or what is repeated.

    `ticket`: the notice on the provider's ticket, by `repeated_key`, since whoever is told there is not told again.
    `reporter`: nothing that could come is known; it is shown, and waits.
    """

    kind: Literal["account", "policy", "ticket", "reporter"]
    key: str
    missing: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Whom a notice goes to, and what it waits for."""

    recipients: tuple[Recipient, ...]
    needs: tuple[Need, ...] = ()


Repeated = tuple[UUID, int]
"""A change of the provider's ticket that is repeated on a ticket linked to it: ticket and sequence."""


def repeated(event: StatusChanged) -> Repeated | None:
    """What this change repeats."""
    link = event.link
    return (link.ticket_id, link.sequence) if link is not None and link.sequence is not None else None


def repeated_key(of: Repeated) -> str:
    return f"{of[0]}/{of[1]}"


def waits_for_repeated(event: StatusChanged, of: Repeated) -> Decision:
    """Nobody is told before it is decided who is told of the same on the provider's ticket."""
    number = event.link.number if event.link is not None else ""
    return Decision((), (Need("ticket", repeated_key(of), f"what {number} said (sequence {of[1]}), which it repeats"),))


def without(decision: Decision, told: Collection[Destination]) -> Decision:
    """The same but for the destinations that were told of it elsewhere."""
    return Decision(tuple(item for item in decision.recipients if item.key not in told), decision.needs)


def kind_of(event: StatusChanged) -> Literal["public", "internal"] | None:
    """Whether anyone is to be told, and which side."""
    if event.audience == "public":
        return "public" if event.status is not None else None
    cause = event.cause.strip().lower().replace(" ", "-").replace("_", "-")
    return "internal" if cause in ALARMING else None


def decide(
    event: StatusChanged,
    accounts: Mapping[str, AccountChanged],
    told: Collection[Destination],
    policy: Policy | None,
) -> Decision:
    """Whom this event is to be told. `told` are the destinations that were sent the ticket's Initial."""
    kind = kind_of(event)
    if kind is None:
        return Decision(())
    if kind == "internal":
        return _internal(event, policy)
    found: dict[Destination, Recipient] = {}
    for recipient in _public(event, accounts, told):
        found.setdefault(recipient.key, recipient)
    return Decision(tuple(found.values()), tuple(_needs(event, accounts)))


def _internal(event: StatusChanged, policy: Policy | None) -> Decision:
    if event.escalation is not None:
        return Decision((by_mail(event.escalation.to, None, internal=True),))
    if policy is None:
        ref = event.ticket.policy
        key = ref.sha256 if ref else ""
        name = key[:12] or "in effect"
        return Decision((), (Need("policy", key, f"the support contact: policy {name} is not known"),))
    return Decision((by_mail(policy.support.contact, None, internal=True),))


def _public(
    event: StatusChanged, accounts: Mapping[str, AccountChanged], told: Collection[Destination]
) -> Iterator[Recipient]:
    ticket = event.ticket
    if ticket.reporter is not None and ticket.reporter.email:
        yield by_mail(ticket.reporter.email, ticket.account)
    for account in sorted(accounts.values(), key=lambda account: account.id):
        concerned = account.id == ticket.account or is_concerned(event, account)
        for contact in account.contacts:
            recipient = _of_contact(contact, account.id)
            held_to = event.status == "Resolved" and recipient.key in told
            if held_to or (concerned and wants(contact, event)):
                yield recipient


def destinations_of(event: StatusChanged, account: AccountChanged | None) -> set[Destination]:
    """Everywhere that a customer's ticket may be told of, whatever the filters say."""
    email = event.ticket.reporter.email if event.ticket.reporter is not None else None
    found = {by_mail(email, None).key} if email else set()
    return found | {_of_contact(contact, account.id).key for contact in account.contacts} if account else found


def _needs(event: StatusChanged, accounts: Mapping[str, AccountChanged]) -> Iterator[Need]:
    ticket = event.ticket
    mailed = ticket.reporter is not None and bool(ticket.reporter.email)
    if ticket.account is not None:
        account = accounts.get(ticket.account)
        if account is None:
            yield Need("account", ticket.account, f"the contacts of account {ticket.account}: it is not known")
        elif not account.contacts and not mailed:
            yield Need(
                "account",
                ticket.account,
                f"a contact: account {ticket.account} has none, and the reporter gave no e-mail",
            )
    elif event.recipients_rule is None and not mailed:
        yield Need("reporter", "", "a contact: the ticket has no account, and the reporter gave no e-mail")


def is_concerned(event: StatusChanged, account: AccountChanged) -> bool:
    """Whether a provider's ticket concerns this account: it uses a service, in its term, at that time."""
    rule = event.recipients_rule
    if rule is None or not set(rule.services) & set(account.services):
        return False
    term = account.term
    return term.start <= event.changed_at and (term.end is None or event.changed_at < term.end)


def wants(contact: Contact, event: StatusChanged) -> bool:
    """A contact's filters; a priority that nobody knows yet is held back from nobody."""
    if contact.statuses and event.status not in contact.statuses:
        return False
    priority = event.ticket.priority
    return not contact.priorities or priority is None or priority in contact.priorities


def _of_contact(contact: Contact, account: str) -> Recipient:
    if contact.channel == "email":
        return by_mail(contact.address, account)
    return Recipient("webhook", contact.address, contact.address, host_of(contact.address), account)


def by_mail(address: str, account: str | None, *, internal: bool = False) -> Recipient:
    """Addresses that differ in case only are one destination: no server tells them apart."""
    return Recipient("email", address.strip().casefold(), address.strip(), SMTP_GATE, account, internal)


def host_of(url: str) -> str:
    """Where a webhook goes, as `host` or `host:port`; empty for what is no URL."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return f"{(parts.hostname or '').lower()}{port}"


def is_email(address: str) -> bool:
    """Whether it can be put in an SMTP command as it is: no quotes, spaces or controls, one @, a host behind it."""
    return _EMAIL.fullmatch(address) is not None and ".." not in address


def masked(channel: str, address: str) -> str:
    """Enough to recognise a destination, not enough to use it."""
    if channel == "email":
        local, _, host = address.rpartition("@")
        return f"{local[:1]}***@{host}" if local else "***"
    return f"{urlsplit(address).scheme}://{host}/..." if (host := host_of(address)) else "..."
