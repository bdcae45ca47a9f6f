"""What the provider's tickets said in public reaches every ticket linked to them: at most once, in order, all of it.

Which tickets are linked, and since when, is taken from status-monitor's table; what they were told, from the topic.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.crash.checker.evidence import Evidence, Said, Violation

SPOKEN = ("Update", "Action Required", "Resolved")


def followed(evidence: Evidence) -> Iterator[Violation]:
    """5, for what is repeated: each word once, in the order of the provider's sequence, in the provider's words."""
    for ticket, names in evidence.tickets.items():
        last: dict[str, int] = {}
        yield from _linked_once(ticket, names["statuschanged"])
        for change in names["statuschanged"]:
            if change.data["cause"] != "provider":
                continue
            provider, sequence = change.data["link"]["ticket_id"], change.data["link"]["sequence"]
            if sequence <= last.get(provider, 0):
                yield Violation(5, f"ticket {ticket}: change {sequence} of {provider} after {last[provider]}")
            last[provider] = sequence
            said = [word for word in _words(evidence, provider) if word.sequence == sequence]
            if not said or said[0].data.get("message") not in (None, change.data["message"]):
                yield Violation(5, f"ticket {ticket} repeats change {sequence} of {provider}, which says otherwise")
    for row in evidence.table("status-monitor", "links"):
        if row["state"] == "linked":
            yield from _complete(evidence, str(row["ticket_id"]), str(row["provider_id"]), row["since"])
    yield from _ledger(evidence)


def _linked_once(ticket: str, changes: list[Said]) -> Iterator[Violation]:
    """A link is told once, and again only after it was undone."""
    linked: set[str] = set()
    for change in changes:
        link = (change.data.get("link") or {}).get("ticket_id", "")
        if change.data["cause"] == "linked":
            if link in linked:
                yield Violation(5, f"ticket {ticket} is linked to {link} twice")
            linked.add(link)
        elif change.data["cause"] == "unlinked":
            linked.discard(link)


def _words(evidence: Evidence, provider: str) -> list[Said]:
    return [
        change
        for change in evidence.tickets[provider]["statuschanged"]
        if change.data["audience"] == "public" and change.data.get("status") in SPOKEN
    ]


def _complete(evidence: Evidence, ticket: str, provider: str, since: object) -> Iterator[Violation]:
    """A ticket that was never resolved heard all that was said while it was linked."""
    changes = evidence.tickets[ticket]["statuschanged"]
    if any(change.data["state_to"] in ("resolved", "closed") for change in changes):
        return
    heard = {
        change.data["link"]["sequence"]
        for change in changes
        if change.data["cause"] == "provider" and change.data["link"]["ticket_id"] == provider
    }
    owed = {word.sequence for word in _words(evidence, provider) if word.time >= since}  # type: ignore[operator]
    if heard != owed:
        yield Violation(5, f"ticket {ticket}, linked to {provider}, heard {heard}, said was {owed}")


def _ledger(evidence: Evidence) -> Iterator[Violation]:
    """The ledger of what was propagated to whom says what the topic says."""
    rows = {
        (str(row["ticket_id"]), str(row["provider_id"]), row["sequence"])
        for row in evidence.table("status-monitor", "propagations")
        if row["told"]
    }
    said = {
        (ticket, change.data["link"]["ticket_id"], change.data["link"]["sequence"])
        for ticket, names in evidence.tickets.items()
        for change in names["statuschanged"]
        if change.data["cause"] == "provider"
    }
    for ticket, provider, sequence in sorted(rows ^ said):
        where = "the ledger" if (ticket, provider, sequence) in rows else "the topic"
        yield Violation(5, f"only {where} says that change {sequence} of {provider} reached {ticket}")
