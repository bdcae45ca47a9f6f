"""Who is told: reporter, contacts, accounts concerned; filters; and what is waited for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.notifier.domain.recipients import Decision, Need, decide, host_of, is_email, kind_of, masked
from shared.events import AccountChanged, Contact, Term
from shared.policy import parse_policy
from tests.support.statuses import Ticket

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
POLICY = parse_policy((Path(__file__).parents[2] / "deploy" / "policies" / "demo.yaml").read_text())


def account(
    id: str, *contacts: Contact, services: tuple[str, ...] = ("voice",), term: Term | None = None
) -> AccountChanged:
    return AccountChanged(
        id=id,
        name=id,
        plan="basic",
        services=services,
        contacts=contacts,
        term=term or Term(start=NOW - timedelta(days=1)),
    )


def mail(address: str, **filters: tuple[str, ...]) -> Contact:
    return Contact.model_validate({"name": "C", "channel": "email", "address": address, **filters})


def hook(url: str) -> Contact:
    return Contact(name="H", channel="webhook", address=url, secret="whsec_c2VjcmV0")


def told(decision: Decision) -> list[tuple[str, str | None]]:
    return [(recipient.address, recipient.account) for recipient in decision.recipients]


def test_the_reporter_and_the_account_s_contacts_are_told() -> None:
    event = Ticket("1", email="ann@x.example").change("Initial", at=NOW)
    known = {"acme": account("acme", mail("ops@acme.example"), hook("https://acme.example/h"))}

    decision = decide(event, known, (), None)

    assert told(decision) == [
        ("ann@x.example", "acme"),
        ("ops@acme.example", "acme"),
        ("https://acme.example/h", "acme"),
    ]
    assert [recipient.gate for recipient in decision.recipients] == ["smtp", "smtp", "acme.example"]
    assert decision.needs == ()


def test_a_destination_named_twice_is_told_once() -> None:
    event = Ticket("1", email="Ann@X.example").change("Initial", at=NOW)
    known = {"acme": account("acme", mail("ann@x.example"), hook("https://a/h"), hook("https://a/h"))}

    decision = decide(event, known, (), None)

    assert told(decision) == [("Ann@X.example", "acme"), ("https://a/h", "acme")]
    assert decision.recipients[0].destination == "ann@x.example"


@pytest.mark.parametrize(
    ("filters", "status", "priority", "is_told"),
    [
        ({}, "Update", "P3", True),
        ({"statuses": ("Resolved",)}, "Update", "P1", False),
        ({"statuses": ("Update", "Resolved")}, "Update", "P1", True),
        ({"priorities": ("P1", "P2")}, "Update", "P3", False),
        ({"priorities": ("P1", "P2")}, "Update", "P2", True),
        ({"priorities": ("P1",)}, "Update", None, True),
        ({"statuses": ("Update",), "priorities": ("P1",)}, "Update", "P2", False),
    ],
)
def test_a_contact_s_filters_hold_back_what_it_does_not_want(
    filters: dict[str, tuple[str, ...]], status: str, priority: str | None, is_told: bool
) -> None:
    event = Ticket("1", priority=priority).change(status, at=NOW)

    decision = decide(event, {"acme": account("acme", mail("ops@acme.example", **filters))}, (), None)

    assert bool(decision.recipients) is is_told
    assert decision.needs == ()


def test_no_filter_holds_back_resolved_from_whoever_was_sent_initial() -> None:
    event = Ticket("1", priority="P3").change("Resolved", at=NOW)
    known = {
        "acme": account(
            "acme",
            mail("was@acme.example", statuses=("Initial",), priorities=("P1",)),
            mail("not@acme.example", statuses=("Initial",)),
        )
    }

    decision = decide(event, known, {("email", "was@acme.example")}, None)

    assert told(decision) == [("was@acme.example", "acme")]


def test_resolved_goes_to_no_one_who_is_not_a_contact_any_more() -> None:
    event = Ticket("1", email="ann@x.example").change("Resolved", at=NOW)

    decision = decide(event, {"acme": account("acme", mail("new@acme.example"))}, {("email", "old@acme.example")}, None)

    assert told(decision) == [("ann@x.example", "acme"), ("new@acme.example", "acme")]


def test_a_provider_s_ticket_is_told_to_every_account_that_uses_its_services_in_its_term() -> None:
    event = Ticket("1", provider=True, services=("voice", "sms")).change("Initial", at=NOW)
    known = {
        "b": account("b", mail("b@b.example"), services=("sms", "mms")),
        "a": account("a", mail("a@a.example"), services=("voice",)),
        "other": account("other", mail("o@o.example"), services=("mms",)),
        "over": account("over", mail("v@v.example"), term=Term(start=NOW - timedelta(days=9), end=NOW)),
        "later": account("later", mail("l@l.example"), term=Term(start=NOW + timedelta(seconds=1))),
        "from now": account("from now", mail("n@n.example"), term=Term(start=NOW, end=NOW + timedelta(seconds=1))),
    }

    decision = decide(event, known, (), None)

    assert told(decision) == [("a@a.example", "a"), ("b@b.example", "b"), ("n@n.example", "from now")]
    assert decision.needs == ()


def test_resolved_of_a_provider_s_ticket_reaches_an_account_that_stopped_using_the_service() -> None:
    event = Ticket("1", provider=True).change("Resolved", at=NOW)

    decision = decide(event, {"a": account("a", mail("a@a.example"), services=())}, {("email", "a@a.example")}, None)

    assert told(decision) == [("a@a.example", "a")]


def test_contacts_of_an_account_that_is_not_known_yet_are_waited_for_by_name() -> None:
    with_mail = Ticket("1", email="ann@x.example").change("Initial", at=NOW)
    without = Ticket("2").change("Initial", at=NOW)

    first, second = decide(with_mail, {}, (), None), decide(without, {}, (), None)

    need = Need("account", "acme", "the contacts of account acme: it is not known")
    assert told(first) == [("ann@x.example", "acme")]
    assert first.needs == second.needs == (need,)
    assert second.recipients == ()


def test_an_account_without_contacts_is_waited_for_only_when_nobody_can_be_told() -> None:
    known = {"acme": account("acme")}

    with_mail = decide(Ticket("1", email="ann@x.example").change("Initial", at=NOW), known, (), None)
    without = decide(Ticket("2").change("Initial", at=NOW), known, (), None)

    assert with_mail.needs == ()
    assert without.needs == (
        Need("account", "acme", "a contact: account acme has none, and the reporter gave no e-mail"),
    )


def test_a_ticket_without_account_or_e_mail_waits_and_says_so() -> None:
    decision = decide(Ticket("1", account=None).change("Initial", at=NOW), {}, (), None)

    assert decision.needs == (
        Need("reporter", "", "a contact: the ticket has no account, and the reporter gave no e-mail"),
    )


@pytest.mark.parametrize(
    ("status", "audience", "cause", "kind"),
    [
        ("Update", "public", "agent", "public"),
        (None, "public", "closed", None),
        (None, "internal", "at-risk", "internal"),
        (None, "internal", "breached", "internal"),
        (None, "internal", "unknown account", "internal"),
        (None, "internal", "link proposed", "internal"),
        (None, "internal", "corrected", "internal"),
        (None, "internal", "agent", None),
    ],
)
def test_which_changes_are_told_and_to_which_side(
    status: str | None, audience: str, cause: str, kind: str | None
) -> None:
    event = Ticket("1").change(status, at=NOW, audience=audience, cause=cause)

    assert kind_of(event) == kind


def test_an_alarm_goes_to_the_policy_s_support_contact_alone() -> None:
    event = Ticket("1", email="ann@x.example").change(None, at=NOW, cause="breached")
    known = {"acme": account("acme", mail("ops@acme.example"))}

    decision = decide(event, known, (), POLICY)

    assert told(decision) == [("support@upheld.example", None)]
    assert decision.recipients[0].internal
    assert decide(event, known, (), None).needs == (
        Need("policy", "", "the support contact: policy in effect is not known"),
    )


@pytest.mark.parametrize(
    ("channel", "address", "shown"),
    [
        ("email", "jane@example.com", "j***@example.com"),
        ("email", "no address", "***"),
        ("email", "@example.com", "***"),
        ("webhook", "https://hooks.example.com:8443/T0/secret?token=1", "https://hooks.example.com:8443/..."),
        ("webhook", "https://user:pw@hooks.example.com/x", "https://hooks.example.com/..."),
        ("webhook", "http://[::1", "..."),
    ],
)
def test_a_masked_destination_can_be_recognised_and_not_used(channel: str, address: str, shown: str) -> None:
    assert masked(channel, address) == shown


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\r\nRCPT TO:<x@y.example>",
        "a b@c.example",
        "a@b@c.example",
        "a@",
        "@b",
        "<a@b.example>",
        "ä@b.example",
        "a@b..example",
        '"a"@b.example',
        "a@b.example>",
        "",
        "a\x00@b.example",
    ],
)
def test_what_cannot_stand_in_an_smtp_command_is_no_address(address: str) -> None:
    assert not is_email(address)


@pytest.mark.parametrize("address", ["a@b", "jane.doe+tag@mail.example.com", "o'neil@example.com", "a_b@x-y.example"])
def test_ordinary_addresses_are_taken(address: str) -> None:
    assert is_email(address)


def test_a_host_is_what_fails_together() -> None:
    assert host_of("https://Hooks.Example.com/a") == host_of("https://hooks.example.com/b") == "hooks.example.com"
    assert host_of("https://hooks.example.com:8443/a") == "hooks.example.com:8443"
    assert host_of("https://x:99999/") == ""
