"""An amended policy: each cell of an assessment comes from the version that holds for the account, and says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.triage.domain import (
    Account,
    Concerned,
    Customer,
    Decision,
    Inputs,
    Ticket,
    add_reply,
    advance,
    assess,
    open_ticket,
)
from services.triage.domain.held import Line
from shared.events import (
    Agreement,
    IssueReported,
    PriorityAssigned,
    Reporter,
    Target,
    Term,
    TicketReplied,
)
from shared.policy import CLOCKS, Policies
from tests.support.amended import GOLD, MARCH, RULES, published, target, version
from tests.support.opening import opening

DAY = timedelta(days=1)
APRIL, MAY = MARCH + 31 * DAY, MARCH + 61 * DAY
HOUR = timedelta(hours=1)


def gold(**p1: Any) -> dict[str, Any]:
    return {"gold": GOLD | {"targets": GOLD["targets"] | {"P1": GOLD["targets"]["P1"] | p1}}}


OFFICE = {"office": {"zone": "Europe/Berlin", "week": {"mon-fri": ["10:00-12:00"]}}, "always": {"always": True}}
V1 = version("1")
V2 = version(
    "2",
    effective=APRIL,
    plans=gold(first_response=target("PT4H"), update=target("PT1H", key="every")),
    calendars=OFFICE,
    rules=[RULES[0], RULES[1] | {"when": {"impact": ["outage"], "workaround": ["none"]}}, *RULES[2:]],
    exclusions={"f": "carriers", "g": "third parties"},
)
BOTH = published(V1, V2)
TERM = Term(start=MARCH)
CUSTOMER = Customer(plan="gold", term=TERM)


def ticket(at: Any = APRIL, **facts: Any) -> Ticket:
    stated: dict[str, Any] = {"impact": "outage", "workaround": "none", "environment": "production", **facts}
    words = stated.pop("description", "It fails")
    stated.setdefault("reporter", Reporter(name="Bo", account="acme"))
    issue = IssueReported(issue_id="i", description=words, services=("voice",), **stated)
    return open_ticket(opening(issue, at), "c")


def said(
    opened: Ticket, *agreed: Agreement, policies: Policies = BOTH, customer: Customer = CUSTOMER
) -> tuple[Ticket, PriorityAssigned]:
    policy = policies.in_effect(opened.opened_at)
    assert policy is not None
    after, event = advance(opened, policy, Account(customer, MARCH, agreed), (), opened.opened_at, policies)
    assert event is not None
    return after, event


def lengths(event: PriorityAssigned) -> dict[str, tuple[timedelta, str]]:
    """Each promised target with the version that it comes from."""
    names = {None: event.policy.version, V1.sha256: "1", V2.sha256: "2"}
    return {clock: (item.duration, names[item.policy]) for clock, item in event.targets.items() if item}


def kept(event: PriorityAssigned) -> list[str]:
    return [f"{reason.clause} {reason.fact}" for reason in event.reasons if reason.rule == "kept"]


def test_a_target_that_got_longer_is_kept_and_one_that_got_shorter_holds_at_once() -> None:
    after, event = said(ticket())

    assert event.policy.sha256 == V2.sha256
    assert lengths(event) == {
        "first_response": (HOUR, "1"),
        "update": (HOUR, "2"),
        "total_resolution": (8 * HOUR, "2"),
    }
    assert kept(event) == ["A first response: PT1H on always, as in sample 1"]
    assert event.reasons[-1].text == (
        "A material degradation of what was agreed does not hold until it is accepted or the term is renewed "
        "(sample 2: longer target: PT4H instead of PT1H)."
    )
    assert after.inputs is not None
    assert after.inputs.customer == Customer(
        plan="gold", term=TERM, line=Line(versions=(V1.sha256, V2.sha256), plan_from=0)
    )


def test_the_new_version_decides_from_its_effective_date_on_and_not_before() -> None:
    _, before = said(ticket(APRIL - timedelta(microseconds=1)))

    assert before.policy.sha256 == V1.sha256
    assert lengths(before)["update"] == (2 * HOUR, "1")
    assert kept(before) == []


def test_a_calendar_that_lost_hours_is_kept_with_its_version() -> None:
    _, event = said(ticket(impact="degraded"))

    assert event.priority == "P2"
    assert event.targets["first_response"] == Target(duration=4 * HOUR, calendar="office", policy=V1.sha256)
    assert b'"calendar":"office","policy":"' in event.encode()
    assert b'"calendar":"always","policy"' not in said(ticket())[1].encode().replace(
        f'"policy":"{V1.sha256}"'.encode(), b"", 1
    )


def test_the_rules_of_the_version_that_holds_decide_and_the_reasons_say_which() -> None:
    _, event = said(ticket(workaround="unknown"))

    assert event.priority == "P1"
    assert event.reasons[0].rule == "outage"
    assert kept(event)[0] == "B.3.P1 priority: P1, as in sample 1"
    assert "sample 2: less urgent: P3 instead of P1" in event.reasons[1].text


def test_an_exclusion_that_does_not_hold_yet_is_not_proposed_and_it_is_said_why() -> None:
    words = (
        "WhatsApp itself is down: Meta's status page confirms an outage at Meta, their Cloud API rejects everything."
    )
    agreed = Agreement(at=APRIL, cause="accepted", version=V2.sha256, by="Ann")
    opened = ticket(description=words)
    assert [item.clause for item in opened.facts.read.exclusions] == ["g"]

    _, spared = said(opened)
    _, holds = said(opened, agreed)

    assert spared.exclusions == ()
    assert "B.5.g exclusion B.5.g: none, as in sample 1" in kept(spared)
    assert [item.clause for item in holds.exclusions] == ["B.5.g"]
    assert kept(holds) == []


def test_whoever_accepted_renewed_or_came_later_holds_the_new_version_whole() -> None:
    accepted = Agreement(at=APRIL - DAY, cause="accepted", version=V2.sha256, by="Ann")
    renewed = Agreement(at=APRIL, cause="renewed")

    for agreed, customer in (
        ((accepted,), CUSTOMER),
        ((renewed,), CUSTOMER),
        ((), Customer(plan="gold", term=Term(start=APRIL))),
    ):
        after, event = said(ticket(), *agreed, customer=customer)
        assert lengths(event)["first_response"] == (4 * HOUR, "2")
        assert kept(event) == []
        assert after.inputs is not None
        assert after.inputs.customer is not None
        assert after.inputs.customer.line is None


def test_a_ticket_stays_with_the_cells_it_was_opened_under() -> None:
    opened, first = said(ticket())
    v3 = version("3", effective=MAY, plans=gold(first_response=target("PT30M")))
    later = published(V1, V2, v3)
    agreed = Agreement(at=MAY, cause="accepted", version=v3.sha256, by="Ann")
    reply = TicketReplied(
        ticket_id=UUID(int=1), number="UP-1", reply_id="r", origin="customer", replied_at=MAY, workaround="available"
    )

    policy = later.by_sha(first.policy.sha256)
    assert policy is not None
    _, event = advance(add_reply(opened, reply), policy, Account(CUSTOMER, MAY, (agreed,)), (), MAY, later)

    assert event is not None
    assert event.policy.sha256 == V2.sha256
    assert lengths(event)["first_response"] == (HOUR, "1")


def test_what_was_recorded_gives_the_same_assessment_again_to_the_byte() -> None:
    for opened in (ticket(), ticket(workaround="unknown"), ticket(impact="degraded")):
        after, event = said(opened)
        assert after.inputs is not None

        again = assess(Inputs.model_validate_json(after.inputs.model_dump_json(exclude_none=True)), V2, BOTH.by_sha)

        assert again.model_dump() == event.model_dump(include=set(type(again).model_fields))


def test_a_version_that_was_deleted_counts_no_more() -> None:
    after, _ = said(ticket())
    assert after.inputs is not None

    again = assess(after.inputs, V2, published(V2).by_sha)

    assert again.targets["first_response"] == Target(duration=4 * HOUR, calendar="always")


def test_whether_an_agent_may_lift_a_priority_is_said_by_the_version_that_holds() -> None:
    final = [*RULES[:3], RULES[3] | {"final": True}]
    v1, v2 = version("1", material={"targets": "any"}), version("2", effective=APRIL, rules=final)
    decision = Decision(priority="P1", reason="They are loud", by="Gil")
    decided = replace(ticket(impact="none"), decision=decision)

    _, lifted = said(decided, policies=published(v1, v2))
    _, stays = said(decided, policies=published(v2))

    assert (lifted.priority, lifted.decided_by) == ("P1", "Gil")
    assert (stays.priority, stays.decided_by) == ("P3", "rules")


def test_a_plan_that_only_an_earlier_version_has_is_still_covered() -> None:
    v2 = version("2", effective=APRIL, plans={"silver": GOLD})

    _, event = said(ticket(), policies=published(V1, v2))

    assert (event.coverage, event.plan) == ("covered", "gold")
    assert event.targets["first_response"] == Target(duration=HOUR, calendar="always", policy=V1.sha256)


def test_a_providers_ticket_takes_the_shortest_target_of_what_each_account_holds() -> None:
    opened = ticket(initiator="provider", reporter=None)
    concerned = [Concerned("gold", TERM, ()), Concerned("gold", Term(start=APRIL), ()), Concerned("tin", TERM, ())]

    after, event = advance(opened, V2, Account(), concerned, APRIL, BOTH)

    assert event is not None
    assert lengths(event)["first_response"] == (HOUR, "1")
    assert lengths(event)["update"] == (HOUR, "2")
    assert event.reasons[-1].fact == "plans: gold"
    assert after.inputs is not None
    assert after.inputs.plans == ("gold",)
    assert [item.plan for item in after.inputs.lines] == ["gold", "tin"]
    assert assess(after.inputs, V2, BOTH.by_sha).targets == event.targets


def test_with_one_version_nothing_is_recorded_but_the_plan_and_the_term() -> None:
    after, event = said(ticket(), policies=published(V1))

    assert after.inputs is not None
    assert after.inputs.customer == CUSTOMER
    assert all(item is None or item.policy is None for item in event.targets.values())
    assert tuple(event.targets) == CLOCKS
