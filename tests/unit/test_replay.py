"""Another policy tried on what is recorded: priority, targets and verdicts, then and now."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from services.status_monitor.domain.attainment import verdicts_of
from services.status_monitor.domain.counting import Counts
from services.status_monitor.domain.course import Course
from services.status_monitor.domain.facts import Facts, excluded_of
from services.status_monitor.domain.terms import terms_over
from services.triage.domain import Account, Concerned, Customer, Decision, Ticket, add_reply, advance, open_ticket
from shared.events import Exclusion, IssueReported, Reporter, Term, TicketOpened, TicketReplied
from shared.policy import Policies, Policy, Published, parse_policy
from upheld.sla.replay import Replayed, Summary, replay

POLICIES = Path(__file__).parents[2] / "deploy" / "policies"
TEXT = (POLICIES / "demo.yaml").read_text()
DEMO = parse_policy(TEXT)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1)
TERM = Term(start=NOON - timedelta(days=30), end=None)
NONE, UNTOUCHED = Policies(()), Facts(start=NOON)
TICKET = UUID("00000000-0000-0000-0000-000000000001")


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def amended(*changes: tuple[str, str]) -> Policy:
    text = TEXT
    for before, now in changes:
        assert before in text
        text = text.replace(before, now)
    return parse_policy(text)


SLOWER = amended(("first_response: {target: PT6S", "first_response: {target: PT10M"))
DEGRADED_IS_P1 = amended(("intermittent]}, priority: P2,", "intermittent]}, priority: P1,"))


@dataclass
class Record:
    """A ticket as triage and status-monitor recorded it under the policy `demo`."""

    plan: str = "business"
    issue: dict[str, Any] = field(default_factory=dict)
    account: Account | None = None
    concerned: Sequence[Concerned] = ()
    policies: Policies = NONE
    facts: Facts = UNTOUCHED
    assessments: list[dict[str, Any]] = field(default_factory=list)
    priority: str = ""
    ticket: Ticket | None = None

    def open(self) -> Record:
        stated = {"environment": "production", "impact": "outage", "workaround": "none"} | self.issue
        reporter = Reporter(name="Bo", account="acme") if stated.get("initiator") != "provider" else None
        issue = IssueReported(issue_id="i", reporter=reporter, description="It fails", services=("voice",), **stated)
        event = TicketOpened(
            ticket_id=TICKET, number="UP-1", source="intake", account="acme", opened_at=NOON, clock_start=NOON,
            issue=issue,
        )  # fmt: skip
        self.ticket = open_ticket(event, "c")
        return self.assess(0)

    def assess(self, seconds: float, change: Callable[[Ticket], Ticket] = lambda ticket: ticket) -> Record:
        assert self.ticket is not None
        known = self.account or Account(Customer(plan=self.plan, term=TERM), NOON)
        changed = change(self.ticket)
        self.ticket, said = advance(changed, DEMO, known, self.concerned, after(seconds), self.policies)
        assert said is not None
        self.priority = said.priority
        self.facts = self.facts.planned(
            said.decided_at,
            said.targets,
            policy=said.policy.sha256,
            plan=said.plan,
            excluded=excluded_of(said.exclusions, NOON),
            priority=said.priority,
        )
        assert self.ticket.inputs is not None
        self.assessments.append(
            {
                "assessment": said.assessment,
                "decided_at": said.decided_at.isoformat(),
                "policy": DEMO.sha256,
                "inputs": json.loads(self.ticket.inputs.model_dump_json(exclude_none=True)),
            }
        )
        return self

    def answered(self, seconds: float) -> Record:
        self.facts = self.facts.spoken(after(seconds), person=True, word=True)
        return self

    def under(self, policy: Policy) -> Replayed:
        course = Course(self.facts, terms_over(self.facts.plans, {DEMO.sha256: DEMO}.get))
        verdicts = [verdict._asdict() | {"at": None} for verdict in verdicts_of(course, LATER)]
        recorded = {
            "number": "UP-1",
            "account": "acme",
            "opened_at": NOON.isoformat(),
            "priority": self.priority,
            "facts": json.loads(self.facts.model_dump_json(exclude_defaults=True)),
            "verdicts": verdicts,
        }
        return replay(recorded, self.assessments, policy, LATER)


def test_under_its_own_policy_nothing_changes() -> None:
    reply = TicketReplied(
        ticket_id=TICKET, number="UP-1", reply_id="r", origin="customer", replied_at=NOON, workaround="available"
    )
    record = Record().open().answered(3).assess(20, lambda ticket: add_reply(ticket, reply)).answered(100)

    found = record.under(DEMO)

    assert (found.then.priority, len(record.assessments)) == ("P2", 2)
    assert not found.changed
    assert found.shown()["clocks"] == {}


def test_a_longer_target_turns_a_breach_into_a_promise_kept() -> None:
    found = Record().open().answered(60).under(SLOWER)

    assert found.shown()["clocks"]["first_response"] == {
        "target": {"then": "PT6S always", "now": "PT10M always"},
        "verdicts": {
            "then": Counts(breached=1, net_breached=1).shown(),
            "now": Counts(met=1, net_met=1).shown(),
        },
    }
    assert (found.then.priority, found.now.priority, found.then.plan) == ("P1", "P1", "business")


def test_rules_that_say_another_priority_bring_its_targets() -> None:
    found = Record(issue={"impact": "degraded"}).open().answered(60).under(DEGRADED_IS_P1)

    shown = found.shown()
    assert shown["priority"] == {"then": "P2", "now": "P1"}
    assert shown["clocks"]["first_response"]["target"] == {"then": "PT2M always", "now": "PT6S always"}
    assert shown["clocks"]["first_response"]["verdicts"]["now"]["breached"] == 1


def test_where_nothing_was_promised_another_policy_can_promise() -> None:
    promising = amended(("  basic: # nothing is guaranteed\n    targets:\n      P1: none", """  basic:
    targets:
      P1:
        notification: none
        first_response: {target: PT5M, calendar: always}
        update: none
        first_resolution: none
        total_resolution: none"""))  # fmt: skip

    found = Record(plan="basic").open().answered(60).under(promising)

    assert found.then.counts == {}
    assert found.now.counts == {"first_response": Counts(met=1, net_met=1)}


def test_an_agents_decision_and_ruling_stand() -> None:
    ruled = Exclusion(clause="B.5.a", evidence="log", state="accepted", by="Ann", from_=NOON, to=after(300))
    decision = Decision(priority="P2", reason="A second route works", by="Ann")

    def rule(ticket: Ticket) -> Ticket:
        return replace(ticket, decision=decision, ruled=(ruled,))

    found = Record().open().assess(30, rule).answered(310).under(SLOWER)

    assert found.now.priority == "P2"
    assert found.now.counts["first_response"] == Counts(breached=1, net_met=1)  # P2: two minutes, as before


def test_a_plan_that_the_other_policy_does_not_have_is_named() -> None:
    found = Record(plan="personalized").open().answered(10).under(amended(("  personalized: #", "  other: #")))

    assert found.unknown_plan == "personalized"
    assert found.now.counts == {}
    assert found.now.targets == dict.fromkeys(found.then.targets)


def test_what_an_account_keeps_of_earlier_versions_does_not_count() -> None:
    better = amended(("PT6S", "PT3S"), ('version: "1"', 'version: "0"'), ("2024-01-01", "2023-01-01"))
    at = NOON - timedelta(days=900)
    newer = Published(DEMO, DEMO.effective, NOON - timedelta(days=1))
    both = Policies((Published(better, better.effective, at), newer))
    of = Account(Customer(plan="business", term=Term(start=NOON - timedelta(days=800), end=None)), NOON)
    record = Record(account=of, policies=both).open()

    found = record.under(DEMO)

    assert str(record.facts.plans[0].targets["first_response"]).startswith("duration=datetime.timedelta(seconds=3)")
    assert found.shown()["clocks"]["first_response"]["target"] == {"then": "PT3S always", "now": "PT6S always"}


def test_a_providers_ticket_gets_the_shortest_target_of_the_plans_concerned() -> None:
    concerned = [Concerned("business", TERM, ()), Concerned("basic", TERM, ())]
    found = Record(issue={"initiator": "provider"}, concerned=concerned).open().under(SLOWER)

    assert found.shown()["clocks"]["first_response"]["target"] == {"then": "PT6S always", "now": "PT10M always"}
    assert found.now.plan is None


def test_the_summary_says_how_many_and_which_way() -> None:
    summary = Summary()
    summary.add(Record().open().answered(60).under(SLOWER))
    summary.add(Record().open().answered(3).under(SLOWER))
    summary.add(Record(issue={"impact": "degraded"}).open().answered(60).under(DEGRADED_IS_P1))

    shown = summary.shown()
    clock = shown["clocks"]["first_response"]
    assert (shown["tickets"], shown["changed"]) == (3, 3)
    assert shown["priorities"] == [{"then": "P2", "now": "P1", "tickets": 1}]
    assert (clock["then"]["met"], clock["then"]["breached"], clock["then"]["percent"]) == (2, 1, 66.66)
    assert (clock["now"]["met"], clock["now"]["breached"]) == (2, 1)
    assert (clock["more_breaches"], clock["fewer_breaches"]) == (1, 1)
