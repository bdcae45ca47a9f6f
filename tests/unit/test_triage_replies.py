"""A reply's words beside what was stated: a plain correction counts, what is said aside does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.triage.domain import Account, Customer, Inputs, Ticket, add_reply, advance, assess, open_ticket
from services.triage.domain.acts import decide
from services.triage.domain.wanted import PriorityIn, Refusal
from shared.events import Fact, IssueReported, PriorityAssigned, Reporter, Term, TicketReplied
from shared.policy import Policies, parse_policy
from tests.support.opening import opening

PLIVO = parse_policy((Path(__file__).parents[2] / "deploy" / "policies" / "plivo.yaml").read_text())
ONLY = Policies((PLIVO,))
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
KNOWN = Account(Customer(plan="business", term=Term(start=NOON - timedelta(days=1))), NOON)


def ticket(description: str = "Calls do not connect.", **stated: Any) -> Ticket:
    """As it is after its first assessment."""
    issue = IssueReported(issue_id="i", reporter=Reporter(name="Bo", account="acme"), description=description, **stated)
    return advance(open_ticket(opening(issue, NOON), "c"), PLIVO, KNOWN, (), NOON)[0]


def reply(ticket: Ticket, body: str | None, **said: Any) -> tuple[Ticket, PriorityAssigned | None]:
    event = TicketReplied(
        ticket_id=UUID(int=1), number="UP-1", reply_id="r", origin="customer", replied_at=NOON, body=body, **said
    )
    return advance(add_reply(ticket, event), PLIVO, KNOWN, (), NOON)


def priority(ticket: Ticket) -> str:
    assert ticket.said is not None
    return ticket.said.priority


@pytest.mark.parametrize(
    "body",
    [
        "Sorry, I was wrong: this happens in production, not in staging.",
        "This is our live system.",
        "Entschuldigung, das betrifft die Produktion, nicht die Testumgebung.",
        "Perdón, ocurre en producción, no en pruebas.",
        "It happens in production too.",
    ],
)
def test_a_reply_that_plainly_says_production_replaces_the_environment_that_was_stated(body: str) -> None:
    after, said = reply(ticket(environment="staging", impact="outage"), body)

    assert said is not None
    assert said.priority == "P1"
    assert next(fact for fact in said.facts if fact.fact == "environment").origin == "read"
    assert said.reasons[0].words
    assert reply(after, "Any news?")[1] is None


@pytest.mark.parametrize(
    "body",
    [
        "Will this also happen in production?",
        "If this were production we would lose money.",
        "In production it works.",
        "Is it the same in production?",
        "We will go to production next week.",
        "All our customers suffer.",
    ],
)
def test_what_is_asked_supposed_planned_or_implied_of_production_leaves_staging_as_it_was_stated(body: str) -> None:
    assert priority(reply(ticket(environment="staging", impact="outage"), body)[0]) == "P3"


@pytest.mark.parametrize(
    "body",
    [
        "Sorry, this is staging, not production.",
        "Sorry, I picked the wrong environment: it is our staging system.",
        "It is only on our staging system.",
        "Nein, das ist nur unser Testsystem, nicht die Produktion.",
    ],
)
@pytest.mark.parametrize("stated", ["production", None])
def test_a_reply_that_takes_production_back_leads_to_p3(body: str, stated: str | None) -> None:
    opened = (
        ticket(environment=stated, impact="outage")
        if stated
        else ticket("Calls do not connect in production.", impact="outage")
    )

    assert (priority(opened), priority(reply(opened, body)[0])) == ("P1", "P3")


@pytest.mark.parametrize(
    "body",
    [
        "We reproduced it in staging.",
        "It also fails in staging.",
        "It works in staging, but not in production.",
        "Sorry for the delay, our staging system shows the same error.",
        "Is there anything we should test in staging?",
        "It also happens in staging, and only in one region.",
        "We only use staging for tests. Sorry, it is down.",
        "Same error in staging as well. Only on Tuesday it was fine.",
        "Sorry for the late answer, only in the evening I could look. We see the same in staging.",
        "Wir sehen es auch im Testsystem, und nur in einer Region.",
    ],
)
@pytest.mark.parametrize("stated", ["production", None])
def test_staging_that_is_only_mentioned_takes_no_priority_away(body: str, stated: str | None) -> None:
    opened = (
        ticket(environment=stated, impact="outage")
        if stated
        else ticket("Calls do not connect in production.", impact="outage")
    )

    assert priority(reply(opened, body)[0]) == "P1"


def test_a_field_of_a_reply_counts_over_its_words_and_over_those_of_earlier_ones() -> None:
    worded, _ = reply(ticket(environment="staging", impact="outage"), "This happens in production.")

    assert priority(reply(worded, "Sorry, this is in production.", environment="staging")[0]) == "P3"
    assert priority(reply(worded, None, environment="staging")[0]) == "P3"
    assert priority(reply(ticket(environment="production", impact="outage"), None, environment="staging")[0]) == "P3"


@pytest.mark.parametrize(
    ("stated", "body", "wanted"),
    [
        ({"workaround": "none"}, "We found a workaround.", "P2"),
        ({"workaround": "available"}, "The workaround does not work any more.", "P1"),
        ({"impact": "degraded"}, "Now no call at all goes out.", "P1"),
        ({"impact": "degraded", "workaround": "available"}, "The workaround does not work any more.", "P2"),
        ({}, "Only a few calls fail.", "P1"),
        ({"ongoing": True}, "It works again.", "P3"),
        ({"ongoing": False}, "It still fails.", "P1"),
        ({"ongoing": True}, "I was wrong about the time.", "P1"),
        ({}, "I was wrong about the time.", "P1"),
    ],
)
def test_workaround_course_and_a_worse_impact_are_replaced_by_words_too(
    stated: dict[str, Any], body: str, wanted: str
) -> None:
    opened = ticket(**{"environment": "production", "impact": "outage", **stated})

    assert priority(reply(opened, body)[0]) == wanted


def test_once_production_is_stated_anew_an_agent_may_decide_and_until_then_hears_what_would_change_it() -> None:
    opened = ticket(environment="staging", impact="degraded")
    wanted = PriorityIn(priority="P1", reason="All of Spain is silent")

    with pytest.raises(Refusal, match="unless a reply states otherwise") as refusal:
        decide(opened, wanted, "Ann", PLIVO, ONLY)
    corrected, _ = reply(opened, "Sorry, this is production, not staging.")
    decided, said = advance(decide(corrected, wanted, "Ann", PLIVO, ONLY), PLIVO, KNOWN, (), NOON)

    assert refusal.value.status == 409
    assert priority(corrected) == "P2"
    assert said is not None
    assert (priority(decided), said.decided_by) == ("P1", "Ann")


def test_a_fact_that_leaves_the_priority_as_it_is_is_assessed_and_recorded() -> None:
    _, said = reply(ticket(environment="production", impact="degraded"), None, workaround="available")

    assert said is not None
    assert (said.priority, said.assessment) == ("P2", 2)
    assert Fact(fact="workaround", value="available", origin="stated") in said.facts


def test_a_service_that_is_stated_leaves_none_that_was_read() -> None:
    _, said = reply(ticket(environment="production", impact="degraded"), None, services=("sms",))

    assert said is not None
    assert all(fact.fact != "service" for fact in said.facts)


def test_what_words_replaced_is_recorded_and_gives_the_same_again() -> None:
    after, said = reply(ticket(environment="staging", impact="outage"), "This happens in production.")
    assert after.inputs is not None
    assert said is not None

    again = Inputs.model_validate_json(after.inputs.model_dump_json(exclude_none=True))

    assert assess(again, PLIVO).reasons == said.reasons
    assert replace(after, inputs=again) == after


@pytest.mark.parametrize(
    "body",
    [
        "We made a backup of the logs for you.",
        "Our nightly backup finished before that.",
        "The failover of our database is unrelated.",
        "We restored our own backup. Calls still fail.",
        "Other customers report that it works again.",
    ],
)
def test_a_copy_of_data_is_no_way_around_and_what_others_see_is_not_how_it_is_here(body: str) -> None:
    opened = ticket(environment="production", impact="outage", workaround="none", ongoing=True)

    assert (priority(opened), priority(reply(opened, body)[0])) == ("P1", "P1")


@pytest.mark.parametrize(
    ("body", "then"),
    [
        ("If everything goes down we lose customers.", "P2"),
        ("Last week everything was down.", "P2"),
        ("At our competitor everything is down.", "P2"),
        ("It fails again.", "P2"),
        ("Now everything is down.", "P1"),
    ],
)
def test_a_worse_impact_is_one_that_is_here_and_now(body: str, then: str) -> None:
    opened = ticket("Calls are slow.", environment="production", impact="degraded", ongoing=True)

    assert (priority(opened), priority(reply(opened, body)[0])) == ("P2", then)
