"""The escalation ladder: what is at risk or breached reaches a person, step by step, until an agent takes it up.

- The support contact hears of each verdict at once. The first one that nobody has taken up raises the alarm, from which
  the steps of the policy's ladder are counted; later verdicts start no second ladder beside it.
- An agent takes it up by saying so, or by any public act: a message, a question, another state. It ends by itself when
  no clock that was said to be at risk or breached is open any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.status_monitor.domain.facts import CLOCKS
from services.status_monitor.domain.texts import escalation_text
from services.status_monitor.domain.ticket import Alarm
from services.status_monitor.domain.turn import Turn
from services.status_monitor.domain.verdicts import standing
from shared.events import Actor, EscalationStep
from shared.policy import Escalation


def alarm(turn: Turn, cause: str) -> None:
    """A warning or a breach was said, under this identity."""
    if turn.ticket.alarm is None and _ladder(turn):
        turn.set(alarm=Alarm(cause=cause, since=turn.now))


def take_up(turn: Turn) -> bool:
    """An agent knows of it. Whether there was anything to know."""
    if turn.ticket.alarm is None:
        return False
    turn.set(alarm=None)
    return True


def acknowledge(turn: Turn, identity: str, actor: Actor) -> bool:
    """An agent says that they take it up, and nothing else."""
    if not take_up(turn):
        return False
    turn.change(identity, "acknowledged", audience="internal", actor=actor)
    return True


def escalate(turn: Turn, upto: datetime) -> None:
    """Say the steps that came due before then, while there is something to say them for."""
    while (due := step_due(turn)) is not None and due < upto:
        waiting = open_alarms(turn)
        alarm, step = turn.ticket.alarm, _ladder(turn)[turn.ticket.alarm.step] if turn.ticket.alarm else None
        if alarm is None or step is None or not waiting:
            turn.set(alarm=None)
            return
        turn.set(alarm=alarm.model_copy(update={"step": alarm.step + 1}))
        turn.change(
            f"{alarm.cause}/escalated/{alarm.step}",
            "escalated",
            audience="internal",
            message=escalation_text(waiting, alarm.since),
            escalation=EscalationStep(step=alarm.step + 1, to=step.to),
        )


def step_due(turn: Turn) -> datetime | None:
    """When the next step is due, if there is one."""
    alarm = turn.ticket.alarm
    ladder = _ladder(turn) if alarm is not None else ()
    return alarm.since + ladder[alarm.step].after if alarm is not None and alarm.step < len(ladder) else None


def open_alarms(turn: Turn) -> list[str]:
    """The clocks that are open and were said to be at risk or breached, in this cycle."""
    if turn.waits_for:
        return []
    course = turn.course
    if course.cancel is not None and course.cancel <= turn.now:
        return []
    said = {(mark.clock, mark.cycle) for mark in turn.facts.marks if mark.kind == "at-risk"}
    said |= {(mark.clock, mark.cycle) for mark in standing(turn.facts)}
    present = {clock: course.cycles(clock)[-1] for clock in CLOCKS}
    return [clock for clock, cycle in present.items() if cycle.stop is None and (clock, cycle.start) in said]


def _ladder(turn: Turn) -> Sequence[Escalation]:
    policy = turn.policy
    return sorted(policy.support.escalation, key=lambda step: step.after) if policy is not None else ()
