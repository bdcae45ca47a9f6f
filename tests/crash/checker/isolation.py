"""Invariant 9: nothing of one account is in another's rows, events, pages or messages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.crash.checker.evidence import Evidence, Violation
from tests.crash.checker.notifications import Owed, destination_of, owed

_MARK = re.compile(r"\[account=([^\]]+)\]")


def apart(evidence: Evidence) -> Iterator[Violation]:
    """9. No row, event, page or notification crosses from one account to another."""
    own = {ticket: event.data.get("account") for ticket, event in evidence.opened.items()}
    numbers = {event.data["number"]: event.ticket for event in evidence.opened.values()}
    yield from _events(evidence, own)
    yield from _rows(evidence, own)
    yield from _messages(evidence, own, numbers)
    for note in evidence.load:
        if note["what"] == "page":
            for number in note["numbers"]:
                if own.get(numbers.get(number, "")) != note["account"]:
                    yield Violation(9, f"{note['account']} was shown {number}")
        elif note["what"] == "peek" and note["status"] != 404:
            yield Violation(9, f"{note['account']} asked for {note['number']} of another and got {note['status']}")


def _events(evidence: Evidence, own: dict[str, str | None]) -> Iterator[Violation]:
    messages = owed(evidence)
    for ticket, names in evidence.tickets.items():
        for events in names.values():
            for event in events:
                account = own.get(ticket)
                if event.name == "statuschanged" and event.data["ticket"].get("account") != account:
                    yield Violation(9, f"ticket {ticket} of {account}: a change says {event.data['ticket']['account']}")
                reporter = event.data.get("issue", {}).get("reporter") or {}
                if event.name == "ticketopened" and reporter.get("account") != account:
                    yield Violation(9, f"ticket {ticket} of {account} holds an issue of another account")
                item = messages.get(event.data.get("notification_id", ""))
                if item is not None and event.data.get("account") not in {account} | _owners(evidence, item):
                    yield Violation(9, f"a notification of ticket {ticket} names {event.data.get('account')}")


def _owners(evidence: Evidence, item: Owed) -> set[str]:
    return {
        account["id"]
        for account in evidence.accounts.values()
        if any(destination_of(contact) == (item.channel, item.destination) for contact in account["contacts"])
    }


def _rows(evidence: Evidence, own: dict[str, str | None]) -> Iterator[Violation]:
    for table in ("tickets", "ticket_view"):
        for row in evidence.table("intake", table):
            # Without an account nothing has crossed: what it lacks is another invariant's.
            if row["account"] is not None and row["account"] != own.get(str(row["ticket_id"])):
                yield Violation(9, f"intake.{table}: {row['ticket_id']} says {row['account']}")
    owners = {
        destination_of(contact): account["id"]
        for account in evidence.accounts.values()
        for contact in account.get("contacts", [])
    }
    for row in evidence.table("notifier", "deliveries"):
        owner = owners.get((row["channel"], row["destination"]))
        if owner is not None and row["account"] != owner:
            yield Violation(9, f"notifier.deliveries: {row['id']} to {row['destination']} says {row['account']}")


def _messages(evidence: Evidence, own: dict[str, str | None], numbers: dict[str, str]) -> Iterator[Violation]:
    """A message about an account's ticket reaches only what that account, or its reporter, named."""
    owners: dict[tuple[str, str], set[str]] = {}
    for account in evidence.accounts.values():
        for contact in account.get("contacts", []):
            owners.setdefault(destination_of(contact), set()).add(account["id"])
    for receipt in evidence.receipts:
        account_of = own.get(numbers.get(receipt.number, ""))
        whose = owners.get((receipt.channel, receipt.destination))
        if account_of is not None and whose is not None and account_of not in whose:
            yield Violation(
                9, f"{receipt.destination} got {receipt.number} of {account_of}, meant for {', '.join(sorted(whose))}"
            )
        for marked in set(_MARK.findall(receipt.text)):
            if marked != account_of:
                yield Violation(9, f"{receipt.destination} got words of {marked} in {receipt.number} of {account_of}")
