"""From a StatusChanged to what is owed: load, decide, save; the delivery takes it from there.

- A ticket's notices are decided in the order of their sequence, those that wait before those that are new.
- Deciding again is harmless: a delivery's id comes from the notice and the destination.
- What a linked ticket repeats of the provider's is decided after the provider's own; until that has come it waits, and
  so does all that follows on that ticket.
- Reference data and notices may be handled by two processes at once: whoever finds something missing reads it again
  under a shared lock of its name, and who brings it holds that lock alone; so neither can miss the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.notifier.domain.recipients import (
    Decision,
    Destination,
    Repeated,
    decide,
    destinations_of,
    kind_of,
    repeated,
    waits_for_repeated,
    without,
)
from services.notifier.store import owed as store
from services.notifier.store import repeats
from services.notifier.store.owed import Notice, Owed
from shared.consumer import Waiting
from shared.db import Tx
from shared.envelope import Received
from shared.events import AccountChanged, PolicyPublished, StatusChanged
from shared.ids import notification_id
from shared.policy import Policies, Policy
from shared.refdata import accounts_of, policies_of
from shared.service import App

CHANNELS = ("email", "webhook")


def signal_of(channel: str) -> str:
    """The signal that wakes a channel's claims after a commit."""
    return f"deliver {channel}"


async def on_status_changed(tx: Tx, batch: Sequence[Received[StatusChanged]]) -> None:
    """Decide who is told, and owe it to them."""
    waits = await store.lock_tickets(tx.conn, {item.event.ticket_id: _ticket_row(item.event) for item in batch})
    notices = [
        Notice(item.event, item.envelope, item.envelope.sequence or 0)
        for item in batch
        if kind_of(item.event) is not None
    ]
    waiting = [ticket for ticket, has in waits.items() if has]
    if waiting:
        notices = await store.load_waiting(tx.conn, waiting) + notices
    await _owe(tx, notices, waited=bool(waiting))


async def on_account_changed(tx: Tx, batch: Sequence[Received[AccountChanged]]) -> None:
    """Let go what waited for these accounts; tell them of the provider's open tickets that concern them."""
    accounts = {item.event.id: item.event for item in batch}
    await store.take_locks(tx.conn, [*map(store.account_key, accounts), store.PROVIDERS])
    if await store.count_provider_tickets(tx.conn):
        late: dict[str, list[UUID]] = {}
        for id, account in sorted(accounts.items()):
            if found := await store.list_provider_tickets(tx.conn, account):
                late[id] = found
        if late:
            ids = {ticket for found in late.values() for ticket in found}
            await store.lock_known(tx.conn, ids)
            notices = await store.load_notices(tx.conn, ids)
            elsewhere = await repeats.load_told_elsewhere(tx.conn, [notice.key for notice in notices], late)
            await _owe(tx, notices, only=frozenset(late), elsewhere=elsewhere)
            await tx.flush()
    # After the provider's tickets: whoever is told there is not told again.
    await _decide_again(tx, await store.list_tickets_waiting(tx.conn, "account", list(accounts)))


async def on_policy_published(tx: Tx, batch: Sequence[Received[PolicyPublished]]) -> None:
    """Let go what waited for a policy: alarms without a support contact, messages that could not be written."""
    await store.take_locks(tx.conn, [store.POLICIES])
    await _decide_again(tx, await store.list_tickets_waiting(tx.conn, "policy", None))
    await store.release_lacking(tx.conn)
    _wake(tx, CHANNELS)


async def sweep_repeats(app: App) -> None:
    """What waited for the provider's own notice, once that has come: they lie on different partitions."""
    if tickets := await repeats.list_tickets_repeating(app.db.pool):
        async with app.db.transaction() as tx:
            await _decide_again(tx, tickets)


async def _decide_again(tx: Tx, tickets: Sequence[UUID]) -> None:
    if tickets:
        await store.lock_known(tx.conn, tickets)
        await _owe(tx, await store.load_waiting(tx.conn, tickets), waited=True)


def _ticket_row(event: StatusChanged) -> tuple[str, Sequence[str] | None]:
    is_open = event.state_to not in ("resolved", "closed")
    return event.number, event.recipients_rule.services if event.recipients_rule and is_open else None


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the decisions rest on."""

    accounts: Mapping[str, AccountChanged]
    told: dict[UUID, dict[Destination, str | None]]
    repeated: Mapping[Repeated, Collection[Destination]]
    """Of what is repeated and decided already: who is told on the provider's ticket."""
    policies: Policies | None


async def _owe(
    tx: Tx,
    notices: Sequence[Notice],
    *,
    waited: bool = False,
    only: frozenset[str] | None = None,
    elsewhere: Mapping[Repeated, Collection[Destination]] | None = None,
) -> None:
    """Decide these notices and save what is owed. `waited`: some did so far.

    `only` tells nobody but these accounts, and of those nobody who was told `elsewhere`; Resolved is never held back.
    """
    if not notices:
        return
    decisions = _decide(notices, await _load(tx, notices))
    if keys := _missing(notices, decisions):
        if not await store.share_locks(tx.conn, sorted(keys)):
            raise Waiting("an account or policy that is concerned is arriving in this moment")
        tx.versions = None  # as it is by now, not as it was at the claim
        decisions = _decide(notices, await _load(tx, notices))
    owed = [
        Owed(notification_id(notice.cause.identity, *recipient.key), notice, recipient)
        for notice in notices
        for recipient in decisions[notice.key].recipients
        if (only is None or recipient.account in only)
        and (notice.event.status == "Resolved" or recipient.key not in (elsewhere or {}).get(notice.key, ()))
    ]
    await store.save_owed(tx, notices, owed)
    _wake(tx, {item.recipient.channel for item in owed})
    if only is None and (waited or any(decision.needs for decision in decisions.values())):
        await store.save_waits(tx.conn, {n.key: decisions[n.key].needs for n in notices})


def _wake(tx: Tx, channels: Iterable[str]) -> None:
    for channel in channels:
        tx.signal(signal_of(channel))


def _missing(notices: Sequence[Notice], decisions: Mapping[tuple[UUID, int], Decision]) -> set[str]:
    """The locks under which what was decided has to be decided again, since something may be arriving."""
    keys: set[str] = set()
    for notice in notices:
        if notice.event.recipients_rule is not None:
            keys.add(store.PROVIDERS)
        for need in decisions[notice.key].needs:
            if need.kind == "account":
                keys.add(store.account_key(need.key))
            elif need.kind == "policy":
                keys.add(store.POLICIES)
    return keys


async def _load(tx: Tx, notices: Sequence[Notice]) -> _Facts:
    events = [notice.event for notice in notices]
    resolved = {event.ticket_id for event in events if event.status == "Resolved"}
    told = await store.load_told(tx.conn, resolved) if resolved else {}
    ids = {event.ticket.account for event in events if event.ticket.account is not None}
    rules = {service for event in events if event.recipients_rule for service in event.recipients_rule.services}
    if rules:
        ids |= {account for of in told.values() for account in of.values() if account is not None}
    accounts = {id: known.account for id, known in (await accounts_of(tx, ids)).items()} if ids else {}
    if rules:
        accounts = {**await store.load_users(tx.conn, sorted(rules)), **accounts}
    alarms = any(kind_of(event) == "internal" for event in events)
    told_there = await _load_repeated(tx, events, accounts)
    return _Facts(accounts, told, told_there, await policies_of(tx) if alarms else None)


async def _load_repeated(
    tx: Tx, events: Sequence[StatusChanged], accounts: Mapping[str, AccountChanged]
) -> dict[Repeated, set[Destination]]:
    asked = {
        (of, to)
        for event in events
        if (of := repeated(event)) is not None
        for to in destinations_of(event, accounts.get(event.ticket.account or ""))
    }
    pairs = {of for event in events if (of := repeated(event)) is not None}
    return await repeats.load_repeated(tx.conn, pairs, asked) if pairs else {}


def _decide(notices: Sequence[Notice], facts: _Facts) -> dict[tuple[UUID, int], Decision]:
    told = {ticket: set(of) for ticket, of in facts.told.items()}
    decisions: dict[tuple[UUID, int], Decision] = {}
    there: dict[Repeated, Collection[Destination]] = dict(facts.repeated)
    held: dict[UUID, Decision] = {}
    # The provider's first, since others repeat what is decided there.
    for notice in sorted(notices, key=lambda notice: notice.event.recipients_rule is None):
        event = notice.event
        here = told.setdefault(event.ticket_id, set())
        decision = decide(event, _concerned(event, facts), here, _policy_of(event, facts.policies))
        if event.status == "Initial":
            here |= {recipient.key for recipient in decision.recipients}
        of = repeated(event)
        if event.recipients_rule is not None:
            there[notice.key] = {recipient.key for recipient in decision.recipients}
        elif event.ticket_id in held:
            decision = held[event.ticket_id]
        elif of is not None and of not in there:
            decision = held[event.ticket_id] = waits_for_repeated(event, of)
        elif of is not None:
            decision = without(decision, there[of])
        decisions[notice.key] = decision
    return decisions


def _concerned(event: StatusChanged, facts: _Facts) -> Mapping[str, AccountChanged]:
    """The accounts that this event may be told to: its own, and on a provider's ticket all that were loaded."""
    if event.recipients_rule is not None:
        return facts.accounts
    own = event.ticket.account
    return {own: facts.accounts[own]} if own is not None and own in facts.accounts else {}


def _policy_of(event: StatusChanged, policies: Policies | None) -> Policy | None:
    if policies is None:
        return None
    if event.ticket.policy is not None:
        return policies.by_sha(event.ticket.policy.sha256)
    return policies.in_effect(event.changed_at) or policies.newest
