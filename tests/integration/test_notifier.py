"""Who the notifier tells what, on real Kafka and Postgres, with a real mail server and webhook receiver."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from standardwebhooks import Webhook

from tests.support.desk import SECRET, Desk, NewSpace, desk_of
from tests.support.space import POLICIES
from tests.support.statuses import Ticket
from tests.support.waiting import until


@pytest_asyncio.fixture(loop_scope="session")
async def desk(new_space: NewSpace) -> AsyncIterator[Desk]:
    async with desk_of(new_space) as one:
        yield one


async def test_reporter_and_contacts_are_told_once_each_with_the_four_contents(desk: Desk) -> None:
    await desk.space.account("acme", email="Ops@acme.example", contacts=[desk.webhook()])
    ticket = Ticket("one", email="ops@acme.example")

    ticket.change("Initial")
    await desk.say(ticket)
    sent = await desk.sent(2)

    (mail,), (hook,) = desk.mail.receipts, desk.hook.receipts
    assert mail.headers["subject"] == "[T-one] Initial: Calls fail with 503"
    assert mail.headers["auto-submitted"] == "auto-generated"
    assert mail.headers["message-id"] == f"<{mail.id}@upheld.example>"
    for content in (
        "Status: Initial",
        "Ticket: T-one",
        "Support phone: +1 555 0100",
        "> Calls fail with 503",
        "Priority: P1 (clause B.3.P1)",
        "no workaround exists",
        "Documentation: https://",
    ):
        assert content in mail.text
    data = Webhook(SECRET).verify(hook.text, hook.headers)["data"]
    assert hook.headers["webhook-id"] == data["notification_id"] == hook.id
    assert (data["status"], data["number"], data["phone"], data["description"]) == (
        "Initial",
        "T-one",
        "+1 555 0100",
        "Calls fail with 503",
    )
    assert sorted((m.json["channel"], m.json["destination"], m.json["outcome"], m.json["attempts"]) for m in sent) == [
        ("email", "o***@acme.example", "accepted", 1),
        ("webhook", f"http://127.0.0.1:{desk.hook.port}/...", "accepted", 1),
    ]
    assert {m.headers["ce_sequence"] for m in sent} == {"1", "2"}
    assert {m.headers["ce_source"] for m in sent} == {"notifier"}


async def test_what_waits_for_an_account_is_named_and_goes_out_in_order_when_it_comes(desk: Desk) -> None:
    late, bare = Ticket("late", account="late"), Ticket("bare", account="bare", email="ann@x.example")
    await desk.space.account("bare")
    for status in ("Initial", "Update"):
        late.change(status)
        bare.change(status)

    await desk.say(late, bare)
    await desk.sent(2)
    waiting = await desk.space.fetch("notifier", "SELECT number, sequence, missing FROM waiting ORDER BY sequence")
    late.change("Resolved")
    await desk.say(late)
    await until("three wait", lambda: desk.space.value("notifier", "SELECT count(*) = 3 FROM waiting"))
    await desk.space.account("late", email="ops@late.example")
    sent = await desk.sent(5)

    assert [tuple(row) for row in waiting] == [
        ("T-late", 1, "the contacts of account late: it is not known"),
        ("T-late", 2, "the contacts of account late: it is not known"),
    ]
    assert [m.json["status"] for m in sent if m.json["account"] == "late"] == ["Initial", "Update", "Resolved"]
    assert await desk.space.value("notifier", "SELECT count(*) FROM waiting") == 0
    assert not await desk.space.value("notifier", "SELECT bool_or(waits) FROM tickets")


async def test_an_account_without_contact_is_waited_for_until_it_has_one(desk: Desk) -> None:
    await desk.space.account("acme")
    ticket = Ticket("contactless")
    ticket.change("Initial")

    await desk.say(ticket)
    (row,) = await until("it waits", lambda: desk.space.fetch("notifier", "SELECT number, missing FROM waiting"))
    await desk.space.account("acme", email="ops@acme.example")
    (sent,) = await desk.sent(1)

    assert tuple(row) == ("T-contactless", "a contact: account acme has none, and the reporter gave no e-mail")
    assert (sent.json["destination"], sent.json["status"]) == ("o***@acme.example", "Initial")


async def test_a_provider_s_ticket_tells_every_account_concerned_and_one_that_comes_late(desk: Desk) -> None:
    await desk.space.account("a", email="a@a.example", services=["voice", "sms"])
    await desk.space.account("b", email="b@b.example", services=["sms"])
    await desk.space.account("other", email="o@o.example", services=["mms"])
    ticket = Ticket("page", provider=True, services=("voice", "sms"))

    ticket.change("Initial")
    await desk.say(ticket)
    await desk.sent(2)
    await desk.space.account("c", email="c@c.example", services=["voice"])
    await desk.space.account("a", email="a2@a.example", services=["voice"])
    await desk.sent(3)
    ticket.change("Resolved")
    await desk.say(ticket)
    sent = await desk.sent(6)
    await desk.space.account("d", email="d@d.example", services=["voice"])
    await desk.settled()

    told = sorted((r.destination, r.status) for r in desk.mail.receipts)
    assert told == [
        ("a2@a.example", "Resolved"),
        ("a@a.example", "Initial"),
        ("b@b.example", "Initial"),
        ("b@b.example", "Resolved"),
        ("c@c.example", "Initial"),
        ("c@c.example", "Resolved"),
    ]
    assert {m.json["account"] for m in sent} == {"a", "b", "c"}


async def test_alarms_go_to_the_support_contact_and_leave_no_event(desk: Desk) -> None:
    await desk.space.account("acme", email="ops@acme.example")
    ticket = Ticket("alarm")

    ticket.change("Initial")
    ticket.change(None, cause="at-risk", message="first_response is due in 5 minutes")
    ticket.change(None, cause="agent", message="a note among agents")
    ticket.change(None, cause="breached", message="first_response was due")
    ticket.change(None, audience="public", cause="closed")
    ticket.change("Update")
    await desk.say(ticket)
    await desk.sent(2)
    await desk.settled()

    inside = [(r.status, r.destination) for r in desk.mail.receipts if r.destination != "ops@acme.example"]
    contact = await desk.space.value("notifier", "SELECT DISTINCT destination FROM deliveries WHERE internal")
    assert inside == [("at-risk", contact), ("breached", contact)]
    assert [r.status for r in desk.mail.receipts if r.destination == "ops@acme.example"] == ["Initial", "Update"]
    assert [m.json["status"] for m in await desk.space.read("notifications")] == ["Initial", "Update"]


async def test_without_a_support_phone_number_nothing_goes_out_and_readyz_says_so(new_space: NewSpace) -> None:
    async with desk_of(new_space, support_phone=None) as desk:
        ticket = Ticket("phone", account=None, email="ann@x.example")

        ticket.change("Initial")
        await desk.say(ticket)
        (row,) = await until("it waits", lambda: desk.space.fetch("notifier", "SELECT missing FROM waiting"))
        async with desk.space.http("notifier") as client:
            ready = await client.get("/readyz")
        demo = (POLICIES / "demo.yaml").read_text()
        await desk.space.policy(demo.replace("effective: 2024-01-01", "effective: 2025-01-01"))
        async with desk.space.http("notifier") as client:
            then = await client.get("/readyz")

        assert row["missing"].startswith("the support phone number")
        assert ready.status_code == 503
        assert any("support phone number" in missing for missing in ready.json()["missing"])
        assert then.status_code == 200
        (sent,) = await desk.sent(1)
        assert sent.json["phone"] == "+1 555 0100"


async def test_the_same_event_again_is_not_told_again(desk: Desk) -> None:
    ticket = Ticket("twice", account=None, email="ann@x.example")
    ticket.change("Initial")
    said = list(ticket.said)

    await desk.say(ticket)
    ticket.said = said
    await desk.say(ticket)
    ticket.change("Update")
    await desk.say(ticket)
    await desk.sent(2)

    assert [r.status for r in desk.mail.receipts] == ["Initial", "Update"]


async def test_metrics_show_what_was_delivered_and_what_waits(desk: Desk) -> None:
    ticket, waiting = Ticket("metric", account=None, email="ann@x.example"), Ticket("wait", account="unknown")

    ticket.change("Initial")
    waiting.change("Initial")
    await desk.say(ticket, waiting)
    await desk.sent(1)

    async def shown() -> str | None:
        async with desk.space.http("notifier") as client:
            text = (await client.get("/metrics")).text
        return text if 'upheld_notifications_waiting{service="notifier"} 1.0' in text else None

    text = await until("the metrics show it", shown)
    assert 'upheld_deliveries_total{channel="email",outcome="accepted",service="notifier"} 1.0' in text
    assert 'upheld_deliveries_open{channel="email",service="notifier"} 0.0' in text
