"""Read facts beside stated ones: which count, what a reply adds, what is proposed, and that all of it is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.triage.domain import Account, Customer, Facts, Inputs, Ticket, add_reply, advance, assess, open_ticket
from services.triage.domain.reading import Proposal, Read, read
from services.triage.domain.reading.interval import interval_of
from services.triage.domain.reading.services import services_of
from shared.events import (
    Exclusion,
    Fact,
    IssueReported,
    Missing,
    PriorityAssigned,
    Reporter,
    Term,
    TicketReplied,
)
from shared.policy import parse_policy
from tests.support.opening import opening

PLIVO = parse_policy((Path(__file__).parents[2] / "deploy" / "policies" / "plivo.yaml").read_text())
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
KNOWN = Account(Customer(plan="business", term=Term(start=NOON - timedelta(days=1))), NOON)
DAY = date(2026, 3, 2)


def opened(description: str, unknown: tuple[str, ...] = (), **stated: Any) -> Ticket:
    issue = IssueReported(issue_id="i", reporter=Reporter(name="Bo", account="acme"), description=description, **stated)
    return open_ticket(opening(issue, NOON, unknown), "c")


def reply(ticket: Ticket, body: str, **said: Any) -> Ticket:
    event = TicketReplied(
        ticket_id=UUID(int=1), number="UP-1", reply_id="r", origin="customer", replied_at=NOON, body=body, **said
    )
    return add_reply(ticket, event)


def said(ticket: Ticket) -> PriorityAssigned:
    _, event = advance(ticket, PLIVO, KNOWN, (), NOON)
    assert event is not None
    return event


def test_what_was_not_stated_is_read_and_the_reason_shows_the_words() -> None:
    event = said(opened("No call goes out in production, there is no workaround."))

    assert (event.priority, event.missing) == ("P1", ())
    assert event.reasons[0].fact == "environment: production, impact: outage, workaround: none"
    assert event.reasons[0].words == ("production", "No call goes out", "no workaround")
    assert event.facts[:2] == (
        Fact(fact="environment", value="production", origin="read", words="production"),
        Fact(fact="impact", value="outage", origin="read", words="No call goes out"),
    )


def test_the_service_is_recorded_with_its_words_where_the_customer_stated_none() -> None:
    told = said(opened("Our codes are late, and no SMS goes out in production."))

    assert told.facts[-1] == Fact(fact="service", value="sms", origin="read", words="SMS")
    assert all(fact.fact != "service" for fact in said(opened("No SMS goes out.", services=("sms",))).facts)
    assert all(fact.fact != "service" for fact in said(opened("How do I send an SMS?")).facts)


def test_a_reply_names_the_service_only_where_nothing_did_before() -> None:
    silent, named = opened("Nothing goes out any more."), opened("No SMS goes out any more.")

    assert reply(silent, "It is the SMS that fail.").facts.read.value("service") == "sms"
    assert reply(named, "Calls fail too.").facts.read.value("service") == "sms"


def test_what_was_stated_beats_what_is_read() -> None:
    event = said(opened("No call goes out in production.", environment="staging", ongoing=True))

    assert event.priority == "P3"
    assert event.reasons[0].fact == "environment: staging"
    assert event.reasons[0].words == ()
    assert event.facts[0] == Fact(fact="environment", value="staging", origin="stated")
    assert Fact(fact="ongoing", value="yes", origin="stated") in event.facts


def test_whoever_states_a_failure_is_not_taken_to_ask_a_question() -> None:
    question = "How can we record calls?"

    assert said(opened(question, environment="production")).priority == "P3"
    assert said(opened(question, environment="production", impact="outage")).priority == "P1"


def test_without_an_environment_the_priority_is_careful_and_the_customer_is_asked() -> None:
    event = said(opened("No call goes out."))

    assert event.priority == "P3"
    assert event.missing == (Missing(fact="environment", could_be="P1", asked=True),)


def test_a_page_and_a_monitor_are_not_read_for_facts() -> None:
    ticket = opened("No call goes out in production.", initiator="provider")

    assert ticket.facts.read == Read()


@pytest.mark.parametrize(
    ("body", "priority"),
    [
        ("It is our production system.", "P1"),
        ("This is in production. We found a workaround.", "P2"),
        ("This is in production, but only a few calls fail.", "P1"),
        ("It works again.", "P3"),
        ("Any news?", "P3"),
    ],
)
def test_what_a_reply_tells_is_read_too_and_its_words_make_no_impact_less(body: str, priority: str) -> None:
    assert said(reply(opened("No call goes out."), body)).priority == priority


def test_a_reply_that_tells_nothing_leaves_the_ticket_as_it_is() -> None:
    ticket = opened("No call goes out.")

    assert reply(ticket, "Any news?") is ticket
    assert reply(ticket, "Thank you!") is ticket


def test_a_worse_impact_in_a_reply_counts_and_another_exclusion_is_added() -> None:
    ticket = opened("Some calls to Vodafone fail in production, Vodafone confirmed a fault.")

    after = reply(ticket, "Now no call at all goes out. Our firewall blocks the packets.")

    assert (ticket.facts.read.value("impact"), after.facts.read.value("impact")) == ("degraded", "outage")
    assert [item.clause for item in after.facts.read.exclusions] == ["f", "a"]


def test_an_exclusion_is_a_proposal_with_its_words_and_the_time_that_the_text_or_the_report_names() -> None:
    text = "Between 08:00 and 09:30 UTC some SMS to Vodafone were lost, Vodafone confirmed a fault."

    named = said(opened(text))
    reported = said(opened("Some SMS to Vodafone are lost, Vodafone confirmed a fault.", began_at=NOON))

    assert named.exclusions == (
        Exclusion(
            clause="B.5.f",
            evidence="Between 08:00 and 09:30 UTC some SMS to Vodafone were lost / Vodafone confirmed a fault",
            from_=datetime(2026, 3, 2, 8, tzinfo=UTC),
            to=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        ),
    )
    assert (reported.exclusions[0].from_, reported.exclusions[0].to) == (NOON, None)


def test_what_an_agent_has_ruled_on_stays_as_ruled() -> None:
    facts = Facts(
        initiator="customer",
        clock_start=NOON,
        read=Read(exclusions=(Proposal(clause="f", words=("x",)), Proposal(clause="a", words=("y", "z")))),
    )
    rejected = Exclusion(clause="B.5.f", evidence="no", state="rejected", by="Ann")

    found = assess(Inputs(facts=facts, ruled=(rejected,)), PLIVO).exclusions

    assert found == (rejected, Exclusion(clause="B.5.a", evidence="y / z"))


def test_a_policy_without_the_clause_gets_no_proposal() -> None:
    facts = Facts(initiator="customer", clock_start=NOON, read=Read(exclusions=(Proposal(clause="q", words=("x",)),)))

    assert assess(Inputs(facts=facts), PLIVO).exclusions == ()


def test_a_new_proposal_is_news() -> None:
    ticket, _ = advance(opened("Some calls fail.", environment="production"), PLIVO, KNOWN, (), NOON)

    _, event = advance(reply(ticket, "The carrier has admitted a fault."), PLIVO, KNOWN, (), NOON)

    assert event is not None
    assert [item.clause for item in event.exclusions] == ["B.5.f"]


def test_what_was_read_is_recorded_and_gives_the_same_again() -> None:
    ticket = opened("Einige SMS an Vodafone gehen verloren, Vodafone bestätigt eine Störung.")
    after, event = advance(ticket, PLIVO, KNOWN, (), NOON)
    assert event is not None
    assert after.inputs is not None

    inputs = Inputs.model_validate_json(after.inputs.model_dump_json(exclude_none=True))
    again = assess(inputs, PLIVO)

    assert inputs == after.inputs
    assert (again.facts, again.reasons, again.exclusions) == (event.facts, event.reasons, event.exclusions)
    assert replace(ticket, facts=ticket.facts) == ticket


def test_facts_recorded_before_texts_were_read_can_still_be_loaded() -> None:
    old = '{"initiator": "customer", "environment": "production", "clock_start": "2026-03-02T12:00:00Z"}'

    assert Facts.model_validate_json(old).read == Read()


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("from 2026-02-28T23:30:00Z to 2026-03-01T00:15:00Z", (2, 28, 23, 30), (3, 1, 0, 15)),
        ("seit 2026-03-01 08:15:30 UTC", (3, 1, 8, 15), None),
        ("at 2026-03-01T10:00:00+02:00", (3, 1, 8, 0), None),
        ("between 8:05 and 9:10 UTC", (3, 2, 8, 5), (3, 2, 9, 10)),
        ("zwischen 22:30 und 1:00 UTC", (3, 2, 22, 30), (3, 3, 1, 0)),
        ("since 07:40 UTC", (3, 2, 7, 40), None),
        ("depuis 7h40 GMT", (3, 2, 7, 40), None),
        ("since 07:40", None, None),
        ("since 27:40 UTC", None, None),
        ("at 2026-13-01T10:00:00Z", None, None),
        ("no time at all", None, None),
    ],
)
def test_a_time_counts_where_its_zone_is_said(
    text: str, begins: tuple[int, ...] | None, ends: tuple[int, ...] | None
) -> None:
    found = interval_of(text, DAY)

    expected = [None if at is None else at for at in (begins, ends)]
    assert [at and (at.month, at.day, at.hour, at.minute) for at in found] == expected


def test_a_time_of_day_needs_the_day_on_which_it_was_written() -> None:
    assert interval_of("between 8:05 and 9:10 UTC", None) == (None, None)
    assert interval_of("2026-03-01T10:00:00Z", None)[0] == datetime(2026, 3, 1, 10, tzinfo=UTC)


def test_a_service_is_known_by_its_key_or_its_words() -> None:
    assert services_of("sip-trunking") == ("sip-trunking",)
    assert services_of("Voice + SMS") == ("voice", "sms")
    assert services_of("Numbers (porting)") == ("phone-numbers",)
    assert services_of("Fax machine") == ()
    assert services_of("") == ()


def test_places_are_those_of_the_text_whatever_letters_it_has() -> None:
    text = "ÄÖÜ İ ß: Kein Anruf kommt durch. ¡Ningún mensaje llega! 日本"

    for found in read(text).facts:
        assert text[found.start : found.end] == found.words


IMPLIED = "Since nine no customer gets a login code. There is no other way in."


def test_who_says_nothing_of_the_environment_is_taken_to_mean_what_his_words_imply() -> None:
    event = said(opened(IMPLIED))

    assert event.priority == "P1"
    assert next(fact for fact in event.facts if fact.fact == "environment").value == "production"


def test_who_says_that_the_environment_is_unknown_is_asked_for_it_whatever_his_words_imply() -> None:
    event = said(opened(IMPLIED, unknown=("environment",)))

    assert event.priority == "P3"
    assert event.missing == (Missing(fact="environment", could_be="P1", asked=True),)


def test_words_that_name_the_environment_count_though_it_was_said_to_be_unknown() -> None:
    event = said(opened("No call goes out in production, there is no workaround.", unknown=("environment",)))

    assert event.priority == "P1"


def test_what_a_reply_implies_does_not_replace_an_environment_that_was_named() -> None:
    ticket = reply(opened("Codes do not come on our staging system."), IMPLIED)

    assert ticket.facts.read.value("environment") == "staging"
