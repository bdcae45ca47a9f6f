"""One customer's ticket without Kafka or Postgres: what is said of it in a day, by the rules that the services use.

Degraded in production under a plan that promises all five clocks in office hours: assessed, told of, answered by an
agent, who asks; held by a maintenance, and under an exclusion that was accepted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import yaml

from bench.world import issue
from services.status_monitor.domain import acts, shown, states
from services.status_monitor.domain.due import next_times
from services.status_monitor.domain.ledger import Entry
from services.status_monitor.domain.ticket import Ticket as ClockedTicket
from services.status_monitor.domain.ticket import Window
from services.status_monitor.domain.turn import Turn
from services.triage import domain as triage
from shared.events import (
    Exclusion,
    IssueReported,
    NotificationSent,
    PriorityAssigned,
    Term,
    TicketOpened,
    TicketReplied,
)
from shared.policy import Policies, Policy, Published, parse_policy

MONDAY = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
"""An hour after the office opens."""
ID = UUID(int=1)
NUMBER = "UP-1001"
OFFICE = {"zone": "America/Los_Angeles", "week": {"mon-fri": ["08:00-12:00", "13:00-18:00"]}}
TARGETS = {
    "notification": {"target": "PT15M", "calendar": "office"},
    "first_response": {"target": "PT1H", "calendar": "office"},
    "update": {"every": "PT4H", "calendar": "office"},
    "first_resolution": {"target": "PT18H", "calendar": "office"},
    "total_resolution": {"target": "PT36H", "calendar": "office"},
}
_POLICY = Path(__file__).parents[1] / "deploy" / "policies" / "plivo.yaml"


def after(hours: float) -> datetime:
    """So many hours after the ticket was opened."""
    return MONDAY + timedelta(hours=hours)


def policy() -> Policy:
    """plivo.yaml, with a plan `business` that promises every clock."""
    said = yaml.safe_load(_POLICY.read_text())
    said["calendars"]["office"] = OFFICE
    said["plans"]["business"]["targets"]["P2"] = TARGETS
    said["plans"]["business"]["warnings"] = {"first_response": ["75%"], "first_resolution": ["50%", "PT1H"]}
    return parse_policy(yaml.safe_dump(said, sort_keys=False))


def policies_with(only: Policy) -> Policies:
    return Policies((Published(only, only.effective, only.effective),))


def opened(said: IssueReported | None = None) -> TicketOpened:
    """The ticket as intake says it."""
    said = said or issue(0).model_copy(update={"began_at": after(-0.3)})
    return TicketOpened(
        ticket_id=ID,
        number=NUMBER,
        issue=said,
        source="bench",
        account=said.account,
        opened_at=MONDAY,
        clock_start=MONDAY,
    )


def unstated() -> TicketOpened:
    """The same, with no fact stated: they are read from the description."""
    words = {"environment": "unknown", "impact": "unknown", "workaround": "unknown", "category": "unknown"}
    return opened(issue(0).model_copy(update={**words, "ongoing": None, "began_at": None}))


def account() -> triage.Account:
    return triage.Account(triage.Customer(plan="business", term=Term(start=after(-7000))), after(-7000))


def assigned(opening: TicketOpened, policies: Policies, only: Policy) -> PriorityAssigned:
    """What triage says of it."""
    ticket = triage.open_ticket(opening, "bench")
    said = triage.advance(ticket, only, account(), (), MONDAY, policies)[1]
    assert said is not None, "the first assessment is always news"
    return said


def reply() -> TicketReplied:
    """The customer's answer to what the agent asked."""
    return TicketReplied(
        ticket_id=ID,
        number=NUMBER,
        reply_id="r-1",
        origin="customer",
        author="Ann of account 0",
        body="Both numbers are affected, the main one since 8:40 and the other since 9:15.",
        replied_at=after(5),
    )


class Life:
    """The ticket as status-monitor keeps it, event by event."""

    def __init__(self, policies: Policies) -> None:
        self.policies = policies
        self.ticket = ClockedTicket(ticket_id=ID)

    def step(self, now: datetime, change: Callable[[Turn], None]) -> tuple[Turn, list[Entry]]:
        """What an event costs: its turn, the new entries of the ledger, and when to sweep next. Nothing is kept."""
        before = self.ticket
        turn = Turn(before, now, self.policies)
        change(turn)
        whole = Turn(turn.ticket, now, self.policies)
        entries = whole.entries(since=before)
        next_times(whole)
        return whole, entries

    def lives(self, now: datetime, change: Callable[[Turn], None]) -> None:
        """The same, and it stays so."""
        self.ticket = self.step(now, change)[0].ticket


def waiting(policies: Policies, only: Policy) -> Life:
    """The ticket before the customer's answer: a day of its own lies behind it."""
    opening = opened()
    said = assigned(opening, policies, only)
    window = Window(
        key="m-1", name="Voice gateways", source="page", services=("voice",), begin=after(1), end=after(1.5)
    )
    sent = NotificationSent(
        notification_id=ID,
        ticket_id=ID,
        number=NUMBER,
        status="Initial",
        phone="+1 555 0100",
        description=opening.issue.description,
        destination="https://hooks.example/...",
        channel="webhook",
        outcome="accepted",
        attempts=1,
        delivered_at=after(0.01),
    )
    exclusion = Exclusion(
        clause="B.5.f", evidence="A carrier failed.", state="accepted", by="Bo", from_=after(2), to=after(3)
    )
    ruled = said.model_copy(update={"assessment": 2, "decided_at": after(3), "exclusions": (exclusion,)})
    ask = acts.UpdateTicket(message="Which of your numbers are affected?", ask=True)
    life = Life(policies)
    life.lives(MONDAY, lambda turn: states.on_opened(turn, opening))
    life.lives(MONDAY, lambda turn: states.on_assigned(turn, said, "a-1"))
    life.lives(after(0.02), lambda turn: states.on_notified(turn, sent))
    life.lives(after(0.5), lambda turn: _act(turn, acts.UpdateTicket(state="in progress", message="We look into it.")))
    life.lives(after(1), lambda turn: shown.on_maintenance(turn, window))
    life.lives(after(3), lambda turn: states.on_assigned(turn, ruled, "a-2"))
    life.lives(after(4), lambda turn: _act(turn, ask))
    return life


def _act(turn: Turn, update: acts.UpdateTicket) -> None:
    acts.act(turn, update, turn.ticket.sequence, "Bo", f"act-{turn.ticket.sequence}")
