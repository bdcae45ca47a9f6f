"""A scenario taken through the ticket: the events as status-monitor receives them, its sweep as often as it is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from services.status_monitor.domain import acts, due, shown, states
from services.status_monitor.domain.course import Course
from services.status_monitor.domain.ledger import Entry
from services.status_monitor.domain.ticket import Observation, Ticket, Window
from services.status_monitor.domain.turn import Turn
from services.triage.domain.rulings import with_ruling
from shared.events import Exclusion, Missing
from shared.policy import Policy
from tests.support.status import TICKET, Known, accepted, assigned, opened, replied
from upheld.sla.form import AnyEvent, Ask, Exclude, Message, NewCalendar, Notified, Open, Plain, Priority, Replan
from upheld.sla.play import PROVIDER, Played
from upheld.sla.policies import followed, with_calendars
from upheld.sla.read import Scenario

_MOMENT = timedelta(microseconds=1)


def takes(scenario: Scenario) -> bool:
    """Whether the ticket can be taken through it: what an agent does is known when it is done, one maintenance is over
    before the next, and it is judged when all that happened at the last instant is done."""
    maintenance = [
        known.event.do
        for known in sorted(scenario.events, key=lambda known: known.at)
        if isinstance(known.event, Plain) and known.event.do.startswith("maintenance")
    ]
    in_turn = all(
        do == ("maintenance-end" if place % 2 else "maintenance-start") for place, do in enumerate(maintenance)
    )
    judged_later = all(known.at < scenario.file.judged_at for known in scenario.events)
    return in_turn and judged_later and all(
        known.at == known.event.at or isinstance(known.event, Notified | Priority)
        or (isinstance(known.event, Plain) and known.event.do in ("reply", "maintenance-start", "maintenance-end"))
        for known in scenario.events
    )  # fmt: skip


def take(scenario: Scenario) -> Played:
    """All that is known by `judged_at`."""
    judged_at = scenario.file.judged_at
    ticket = _Taken(scenario)
    order = sorted(scenario.events, key=lambda known: (known.at, not isinstance(known.event, Open)))
    for now, batch in groupby(order, key=lambda known: known.at):
        if now <= judged_at:
            ticket.sweep(now)
            ticket.do(now, *(partial(ticket.happen, event=known.event) for known in batch))
    ticket.sweep(judged_at)
    turn = ticket.do(judged_at, Turn.touch)
    return Played(Course(turn.facts, turn.terms), tuple(ticket.ledger), judged_at)


class _Taken:
    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.policies = [scenario.policy]
        self.plan = scenario.plan
        self.ticket = Ticket(ticket_id=TICKET)
        self.ledger: list[Entry] = []
        self.next: datetime | None = None
        self.assessment = 0
        self.priority = ""
        self.exclusions: list[Exclusion] = []
        self.pending: list[AnyEvent] = []

    def do(self, now: datetime, *steps: Callable[[Turn], None]) -> Turn:
        """One batch: what it adds to the ledger is worked out once."""
        before = self.ticket
        for step in steps:
            turn = Turn(self.ticket, now, Known(tuple(self.policies)))
            step(turn)
            self.ticket = turn.ticket
        turn = Turn(self.ticket, now, Known(tuple(self.policies)))  # a step may have made a policy known
        self.ledger += turn.entries(since=before)
        self.ticket = turn.ticket
        self.next = min((at for at in due.next_times(turn) if at is not None), default=None)
        return turn

    def sweep(self, upto: datetime) -> None:
        while self.next is not None and self.next < upto and self.ticket.state != "closed":
            now = max(self.next, self.ticket.last_at or self.next) + _MOMENT
            before = self.ticket
            self.do(now, partial(due.sweep, upto=now, notified_upto=now))
            assert self.ticket is not before, "a sweep that was due did nothing"

    def happen(self, turn: Turn, event: AnyEvent) -> None:
        if isinstance(event, Open):
            self.open(turn, event)
        elif isinstance(event, Notified):
            states.on_notified(turn, accepted(0).model_copy(update={"delivered_at": event.at}))
        elif isinstance(event, Message):
            self.say(turn, event)
        elif isinstance(event, Ask):
            if event.by == "person":
                self.act(turn, ask=True, message="Which?")
            else:
                self.assess(turn, event.at, missing=(Missing(fact="environment", could_be="P1", asked=True),))
        elif isinstance(event, Plain):
            self.plainly(turn, event)
        else:
            if isinstance(event, Priority):
                self.priority = event.priority
            elif isinstance(event, NewCalendar):
                self.policies.append(with_calendars(self.policies[-1], event.calendars))
            elif isinstance(event, Replan):
                self.policies.append(followed(self.policies[-1], event))
                self.plan = event.plan or self.plan
            elif isinstance(event, Exclude):
                self.exclude(event)
            self.assess(turn, event.at)

    def open(self, turn: Turn, event: Open) -> None:
        update = {"opened_at": event.at, "clock_start": event.clock_start or event.at}
        states.on_opened(turn, opened().model_copy(update=update))
        self.priority = event.priority
        self.assess(turn, event.at)
        if event.state in ("awaiting customer", "resolved"):
            turn.change("state", "opened", to=event.state)  # type: ignore[arg-type]
        for waited in self.pending:
            self.happen(turn, waited)

    def assess(self, turn: Turn, at: datetime, **more: Any) -> None:
        self.assessment += 1
        policy: Policy = self.policies[-1]
        update = {
            "decided_at": at,
            "policy": policy.ref,
            "targets": policy.plans[self.plan].targets[self.priority],
        }
        event = assigned(
            self.priority,
            assessment=self.assessment,
            plan=self.plan,
            exclusions=tuple(self.exclusions),
            **more,
        )
        states.on_assigned(turn, event.model_copy(update=update), f"assessment/{self.assessment}")

    def exclude(self, event: Exclude) -> None:
        """As triage rules: in the place of what was said of the clause and meets it in time, beside the rest."""
        said = Exclusion(clause=event.clause, evidence="-", from_=event.from_, to=event.to, state=event.state)
        begun = next(known.event for known in self.scenario.events if isinstance(known.event, Open))
        self.exclusions = list(with_ruling(self.exclusions, said, begun.clock_start or begun.at))

    def say(self, turn: Turn, event: Message) -> None:
        if event.ticket is not None:
            if event.by != "automatic" and event.public:
                turn.set(facts=turn.facts.provider_spoke(PROVIDER, event.at))
        elif event.by == "person":
            self.act(turn, message="words", internal=not event.public)
        elif event.by == "page":
            seen = Observation(id=str(event.at), kind="page", source="page", at=event.at, state=turn.ticket.state)
            shown.on_observed(turn, seen)
        else:
            turn.change("automatic", "automatic", status="Informational", message="words")

    def act(self, turn: Turn, **update: Any) -> None:
        acts.act(turn, acts.UpdateTicket(**update), turn.ticket.sequence, "Grace", "act")

    def plainly(self, turn: Turn, event: Plain) -> None:
        at = event.at
        if event.do in ("reply", "close"):
            reply = replied(0, close=event.do == "close").model_copy(update={"replied_at": at})
            states.on_replied(turn, reply, f"reply/{at}")
        elif event.do == "resolve":
            self.act(turn, state="resolved")
        elif event.do == "reopen":
            self.act(turn, state="in progress")
        elif event.do == "link":
            turn.set(facts=turn.facts.linked(PROVIDER, at))
        elif event.do == "unlink":
            turn.set(facts=turn.facts.unlinked(PROVIDER, at))
        elif turn.ticket.opened is None:
            self.pending.append(event)
        elif event.do == "maintenance-start":
            shown.on_maintenance(turn, self.window(at, None))
        else:
            (begin,) = (hold.begin for hold in turn.facts.holds if hold.end is None)
            shown.on_maintenance(turn, self.window(begin, at))

    def window(self, begin: datetime, end: datetime | None) -> Window:
        return Window(key="m", name="-", source="page", services=("sms",), begin=begin, end=end)
