"""How the notifier delivers: in order, through failures of mail servers, receivers, processes and the database."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from shared.events import Contact
from tests.support.desk import SECRET, Desk, NewSpace, desk_of
from tests.support.statuses import Ticket
from tests.support.waiting import until
from upheld.receivers import HANG, WebhookReceiver


@pytest_asyncio.fixture(loop_scope="session")
async def desk(new_space: NewSpace) -> AsyncIterator[Desk]:
    async with desk_of(new_space) as one:
        yield one


async def test_a_ticket_s_notices_reach_a_destination_in_order_and_thread_on_the_first(desk: Desk) -> None:
    await desk.space.account("acme", contacts=[desk.webhook()])
    tickets = [Ticket(f"order-{n}", email=f"u{n}@x.example") for n in range(5)]

    for status in ("Initial", "Update", "Action Required", "Update", "Resolved"):
        for ticket in tickets:
            ticket.change(status)
    await desk.say(*tickets)
    sent = await desk.sent(50)

    for receiver in (desk.mail, desk.hook):
        for ticket in tickets:
            statuses = [r.status for r in receiver.receipts if r.number == ticket.number]
            assert statuses == ["Initial", "Update", "Action Required", "Update", "Resolved"]
    mails = [r for r in desk.mail.receipts if r.number == "T-order-0"]
    assert "in-reply-to" not in mails[0].headers
    assert {m.headers["in-reply-to"] for m in mails[1:]} == {mails[0].headers["message-id"]}
    for ticket in tickets:
        own = [m for m in sent if m.json["number"] == ticket.number]
        assert [int(m.headers["ce_sequence"]) for m in own] == list(range(1, 11))
        assert [m.json["status"] for m in own if m.json["channel"] == "email"] == [
            "Initial",
            "Update",
            "Action Required",
            "Update",
            "Resolved",
        ]


async def test_a_dead_mail_server_delays_mails_alone_and_loses_none(desk: Desk) -> None:
    await desk.space.account("acme", contacts=[desk.webhook()])
    await desk.mail.refuse()
    tickets = [Ticket(f"dead-{n}", email=f"u{n}@x.example") for n in range(20)]

    for ticket in tickets:
        ticket.change("Initial")
        ticket.change("Resolved")
    await desk.say(*tickets)
    await desk.hook.until(lambda receipts: len(receipts) == 40)
    hooks = await desk.sent(40)
    await desk.mail.listen()
    mails = await desk.mail.until(lambda receipts: len(receipts) == 40, within=40)

    assert {m.json["channel"] for m in hooks} == {"webhook"}
    assert len({receipt.id for receipt in mails}) == 40
    for ticket in tickets:
        assert [r.status for r in mails if r.number == ticket.number] == ["Initial", "Resolved"]
    assert len(await desk.sent(80)) == 80
    assert await desk.space.value("notifier", "SELECT max(attempts) FROM deliveries WHERE channel = 'webhook'") == 1


async def test_a_receiver_that_hangs_or_fails_holds_up_neither_others_nor_is_given_up(new_space: NewSpace) -> None:
    async with desk_of(new_space, delivery_timeout=1.0) as desk:
        async with WebhookReceiver(answers=lambda _: HANG) as slow:
            bad = Contact(name="Slow", channel="webhook", address=slow.url(), secret=SECRET)
            await desk.space.account("slow", contacts=[bad])
            await desk.space.account("acme", contacts=[desk.webhook()])
            failures = iter([503, 429, 500])
            desk.hook.answers = lambda receipt: next(failures, 200)
            hung = [Ticket(f"hung-{n}", account="slow") for n in range(100)]
            fine = [Ticket(f"fine-{n}") for n in range(20)]

            for ticket in hung + fine:
                ticket.change("Initial")
            await desk.say(*hung, *fine)
            await desk.hook.until(lambda _: len(desk.hook.accepted) == 20)
            slow.answers = lambda _: 204
            await slow.until(lambda _: len({r.id for r in slow.accepted}) == 100, within=60)
            sent = await desk.sent(120)

        assert {m.json["outcome"] for m in sent} == {"accepted"}
        assert sorted(m.json["attempts"] for m in sent if m.json["number"].startswith("T-fine"))[-3:] == [2, 2, 2]


async def test_what_is_refused_for_good_is_given_up_with_a_reason_and_the_next_goes_on(desk: Desk) -> None:
    desk.mail.unknown = frozenset({"gone@x.example"})
    desk.hook.answers = lambda receipt: {"/gone": 410, "/lost": 404, "/moved": 302}.get(receipt.destination, 200)
    await desk.space.account(
        "acme",
        contacts=[
            desk.webhook("/gone"),
            desk.webhook("/lost"),
            desk.webhook("/moved"),
            desk.webhook("/unsigned", secret=None),
            desk.webhook("/badly", secret="whsec_x"),
            Contact(name="File", channel="webhook", address="file:///etc/passwd", secret=SECRET),
            Contact(name="Broken", channel="email", address="no address"),
        ],
    )
    ticket = Ticket("refused", email="gone@x.example")

    ticket.change("Initial")
    ticket.change("Update")
    await desk.say(ticket)
    sent = await desk.sent(16)

    found = {(m.json["reason"], m.json["attempts"]) for m in sent}
    assert {m.json["outcome"] for m in sent} == {"failed"}
    assert found == {
        ("550 5.1.1 no such mailbox", 1),
        ("HTTP 410", 1),
        ("HTTP 404", 3),
        ("HTTP 302, and redirects are not followed", 3),
        ("the contact has no secret to sign the webhook with", 1),
        ("the contact's secret is not valid: whsec_ and base64", 1),
        ("a webhook's address must begin with https://", 1),
        ("not an e-mail address", 1),
    }
    assert [m.json["status"] for m in sent if m.json["reason"] == "HTTP 404"] == ["Initial", "Update"]


async def test_webhooks_do_not_reach_private_addresses(new_space: NewSpace) -> None:
    async with desk_of(new_space, webhook_allow_private=False) as desk:
        await desk.space.account(
            "acme",
            contacts=[
                Contact(name="Local", channel="webhook", address=f"https://{host}:{desk.hook.port}/h", secret=SECRET)
                for host in ("localhost", "127.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "0x7f.1")
            ],
        )
        ticket = Ticket("private")

        ticket.change("Initial")
        await desk.say(ticket)
        sent = await desk.sent(5)

        assert all(m.json["reason"].startswith("address not allowed: ") for m in sent)
        assert desk.hook.receipts == []


async def test_a_delivery_that_never_succeeds_is_given_up_with_its_last_reason(new_space: NewSpace) -> None:
    async with desk_of(new_space, delivery_give_up=2.0) as desk:
        desk.hook.answers = lambda _: 503
        await desk.space.account("acme", contacts=[desk.webhook()])
        ticket = Ticket("never", email="ann@x.example")

        ticket.change("Initial")
        await desk.say(ticket)
        sent = await desk.sent(2)

        (failed,) = [m.json for m in sent if m.json["outcome"] == "failed"]
        assert (failed["reason"], failed["channel"]) == ("HTTP 503", "webhook")
        assert failed["attempts"] >= 2
        assert {r.id for r in desk.hook.receipts} == {failed["notification_id"]}


async def test_two_replicas_share_the_work_and_repeat_nothing(desk: Desk) -> None:
    await desk.space.start("notifier")
    await desk.space.account("acme", contacts=[desk.webhook()])
    tickets = [Ticket(f"two-{n}", email=f"u{n}@x.example") for n in range(40)]

    for ticket in tickets:
        ticket.change("Initial")
        ticket.change("Resolved")
    await desk.say(*tickets)
    sent = await desk.sent(160)

    assert len({m.json["notification_id"] for m in sent}) == len(sent) == 160
    assert len({r.id for r in desk.mail.receipts}) == len(desk.mail.receipts) == 80
    assert len({r.id for r in desk.hook.receipts}) == len(desk.hook.receipts) == 80


async def test_a_lease_left_open_by_a_dead_process_is_taken_over_under_the_same_id(new_space: NewSpace) -> None:
    async with desk_of(new_space, delivery_lease=5.0, delivery_timeout=1.0) as desk:
        desk.mail.answers = lambda _: 451
        ticket = Ticket("lease", account=None, email="ann@x.example")
        ticket.change("Initial")
        await desk.say(ticket)
        await desk.mail.until(lambda receipts: len(receipts) == 1)
        async with desk.space.sql("notifier") as conn:
            left = await until(
                "a lease is left open",
                lambda: conn.fetchval(
                    "UPDATE deliveries SET lease = gen_random_uuid(), leased_at = clock_timestamp(), "
                    "due_at = clock_timestamp() + interval '2 seconds' "
                    "WHERE lease IS NULL AND state = 'due' RETURNING id"
                ),
            )

        desk.mail.answers = lambda _: 250
        (sent,) = await desk.sent(1)

        assert {r.id for r in desk.mail.receipts} == {str(left)} == {sent.json["notification_id"]}
        assert await desk.space.value("notifier", "SELECT cardinality(lapsed) FROM deliveries") == 1


async def test_a_notifier_that_is_stopped_in_the_middle_finishes_what_it_began_and_repeats_nothing(desk: Desk) -> None:
    await desk.space.account("acme", contacts=[desk.webhook()])
    tickets = [Ticket(f"stop-{n}", email=f"u{n}@x.example") for n in range(100)]
    for ticket in tickets:
        ticket.change("Initial")

    await desk.say(*tickets)
    await desk.mail.until(lambda receipts: len(receipts) >= 10)
    await desk.space.stop("notifier")
    await desk.space.start("notifier")
    sent = await desk.sent(200)

    assert len(sent) == 200
    assert len({r.id for r in desk.mail.receipts}) == len(desk.mail.receipts) == 100
    assert len({r.id for r in desk.hook.receipts}) == len(desk.hook.receipts) == 100


async def test_cut_database_connections_lose_nothing_and_repeat_nothing_that_was_accepted(new_space: NewSpace) -> None:
    async with desk_of(new_space, delivery_lease=5.0, delivery_timeout=1.0) as desk:
        await desk.space.account("acme", contacts=[desk.webhook()])
        tickets = [Ticket(f"cut-{n}", email=f"u{n}@x.example") for n in range(100)]
        for ticket in tickets:
            ticket.change("Initial")
            ticket.change("Resolved")

        await desk.say(*tickets)
        for enough in (10, 60, 110):
            await desk.mail.until(lambda receipts, enough=enough: len(receipts) >= enough)  # type: ignore[misc]
            await desk.space.value(
                "notifier",
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()",
            )
        sent = await desk.sent(400)

        assert len({m.json["notification_id"] for m in sent}) == len(sent) == 400
        assert len({r.id for r in desk.mail.receipts}) == len(desk.mail.receipts) == 200
        assert len({r.id for r in desk.hook.receipts}) == len(desk.hook.receipts) == 200
