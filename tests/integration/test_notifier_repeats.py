"""What is said on the provider's ticket and repeated on linked ones reaches each person once, on Kafka and Postgres."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from shared.events import ProviderLink
from tests.support.desk import Desk, NewSpace, desk_of
from tests.support.statuses import Ticket
from tests.support.waiting import until


@pytest_asyncio.fixture(loop_scope="session")
async def desk(new_space: NewSpace) -> AsyncIterator[Desk]:
    async with desk_of(new_space) as one:
        yield one


def repeat(ticket: Ticket, provider: Ticket, sequence: int) -> None:
    """What the provider's ticket said with this sequence, on a ticket that is linked to it."""
    link = ProviderLink(ticket_id=provider.id, number=provider.number, sequence=sequence)
    ticket.change("Update", cause="provider", message="We know the cause.", link=link)


def told(desk: Desk) -> dict[str, list[tuple[str | None, str | None]]]:
    found: dict[str, list[tuple[str | None, str | None]]] = {}
    for receipt in desk.mail.receipts:
        found.setdefault(receipt.destination.lower(), []).append((receipt.number, receipt.status))
    return found


async def test_whoever_is_told_on_the_providers_ticket_is_not_told_again_and_nobody_is_left_out(desk: Desk) -> None:
    await desk.space.account("acme", email="ops@acme.example", services=["voice"])
    own, incident = Ticket("own", email="ann@acme.example"), Ticket("incident", provider=True)
    own.change("Initial")
    repeat(own, incident, 2)
    own.change("Resolved")
    incident.change("Initial")
    incident.change("Update", message="We know the cause.")
    incident.change("Resolved")

    # The linked ticket's partition is read first: what it repeats, and all after it, waits for the provider's own.
    await desk.say(own)
    await desk.sent(2)
    await until("two wait", lambda: desk.space.value("notifier", "SELECT count(*) = 2 FROM waiting"))
    waiting = await desk.space.fetch("notifier", "SELECT DISTINCT missing FROM waiting")
    await desk.say(incident)
    await desk.sent(8)
    await desk.settled()

    assert [row["missing"] for row in waiting] == ["what T-incident said (sequence 2), which it repeats"]
    found = told(desk)
    assert found["ann@acme.example"] == [("T-own", "Initial"), ("T-own", "Update"), ("T-own", "Resolved")]
    assert [item for item in found["ops@acme.example"] if item[0] == "T-own"] == [
        ("T-own", "Initial"),
        ("T-own", "Resolved"),
    ]
    assert [item for item in found["ops@acme.example"] if item[0] == "T-incident"] == [
        ("T-incident", "Initial"),
        ("T-incident", "Update"),
        ("T-incident", "Resolved"),
    ]


async def test_an_account_that_comes_to_use_the_service_hears_no_word_again(desk: Desk) -> None:
    await desk.space.account("acme", email="ops@acme.example", services=["sms"])
    own, incident = Ticket("own"), Ticket("incident", provider=True)
    incident.change("Initial")
    incident.change("Update", message="We know the cause.")
    own.change("Initial")
    repeat(own, incident, 2)
    await desk.say(incident, own)
    await desk.sent(2)

    await desk.space.account("acme", email="ops@acme.example", services=["voice"])
    await desk.sent(3)
    incident.change("Resolved")
    await desk.say(incident)
    await desk.sent(4)

    assert told(desk)["ops@acme.example"] == [
        ("T-own", "Initial"),
        ("T-own", "Update"),
        ("T-incident", "Initial"),
        ("T-incident", "Resolved"),
    ]
