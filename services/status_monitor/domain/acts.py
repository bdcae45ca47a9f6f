"""What an agent may do to a ticket, and what is sent of it; a refusal says what would be right.

- A public message is an Update, one that asks is Action Required and waits for the customer, a resolution is Resolved.
- A note that is internal changes no state and reaches no customer.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from services.status_monitor.domain.escalation import acknowledge, take_up
from services.status_monitor.domain.graph import GRAPH
from services.status_monitor.domain.steps import REOPENS_FOR, initial
from services.status_monitor.domain.turn import Turn
from shared.events import Actor, Description, State, Status


class UpdateTicket(BaseModel):
    """An agent's act, as it comes over HTTP."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", use_attribute_docstrings=True)

    state: State | None = None
    """A step of the state graph; the answer to a wrong one names those that there are."""
    status: Status | None = None
    """What the customer is sent; follows from the rest where it is left out."""
    message: Description | None = None
    """For the customer, else for the colleagues where it is `internal`."""
    internal: bool = False
    """A note that changes no state and reaches no customer."""
    ask: bool = False
    """The message asks the customer for something: the ticket waits for the answer."""
    acknowledge: bool = False
    """You take up what is at risk or breached: nobody else is told of it. Any public act says that as well."""


class Refusal(Exception):
    """The act is refused: `status` as HTTP knows it, and a sentence that says what would be right."""

    def __init__(self, status: int, detail: str, *, field: str | None = None, **more: object) -> None:
        super().__init__(detail)
        self.status, self.detail, self.field, self.more = status, detail, field, more


def act(turn: Turn, update: UpdateTicket, if_match: int | None, agent: str, identity: str) -> None:
    """Do it. Raises Refusal, and then nothing was done."""
    check_sequence(turn.ticket.sequence, if_match)
    actor = Actor(kind="agent", name=agent)
    if update == UpdateTicket(acknowledge=True):
        if not acknowledge(turn, identity, actor):
            raise Refusal(409, "Nothing is at risk or breached that nobody has taken up.", field="acknowledge")
        return
    to = _wanted_state(update)
    initial(turn)
    if update.acknowledge or not update.internal:
        take_up(turn)
    if update.internal:
        turn.change(identity, "agent", audience="internal", message=update.message, actor=actor)
        return
    before = turn.ticket.state
    assert before is not None
    to = to or before
    allowed = _steps(turn)
    if to != before and to not in allowed:
        raise Refusal(
            409,
            f"There is no step from {before} to {to}; from here: {', '.join(allowed) or 'none'}.",
            state=before,
            legal=list(allowed),
        )
    status = _status(update, before, to)
    facts = turn.facts
    if status is not None:
        says = update.message is not None or status == "Resolved"
        facts = facts.spoken(turn.now, person=says, word=says and status != "Informational")
    turn.set(facts=facts)
    turn.change(identity, "agent", to=to, status=status, message=update.message, actor=actor)


def check_sequence(sequence: int, if_match: int | None) -> None:
    if if_match is None:
        raise Refusal(
            428,
            f"Send If-Match with the sequence of status-monitor's last event on the ticket: {sequence}.",
            sequence=sequence,
        )
    if if_match != sequence:
        raise Refusal(
            412, f"The ticket has moved on: If-Match says {if_match}, the sequence is {sequence}.", sequence=sequence
        )


def _wanted_state(update: UpdateTicket) -> State | None:
    """The state that the parts of the act agree on. Raises Refusal where they do not."""
    if update.internal:
        if update.message is None:
            raise Refusal(422, "An internal note needs a message.", field="message")
        if update.state is not None or update.status is not None or update.ask:
            raise Refusal(
                422, "An internal note changes no state and has no status: send them apart.", field="internal"
            )
        return None
    to = update.state
    if update.ask or update.status == "Action Required":
        if to not in (None, "awaiting customer"):
            raise Refusal(422, f"What asks the customer leads to awaiting customer, not to {to}.", field="state")
        if update.message is None:
            raise Refusal(422, "Say what the customer is asked for.", field="message")
        to = "awaiting customer"
    if update.status == "Resolved":
        if to not in (None, "resolved"):
            raise Refusal(422, f"The status Resolved leads to resolved, not to {to}.", field="state")
        to = "resolved"
    if to is None and update.message is None:
        raise Refusal(422, "Send a state, a message, or both.", field="message")
    return to


def _status(update: UpdateTicket, before: State, to: State) -> Status | None:
    """Which status the customer is sent. Raises Refusal for one that does not fit."""
    fits: Status | None = "Update" if update.message is not None else None
    if to == "resolved" and before != "resolved":
        fits = "Resolved"
    elif (
        to == "awaiting customer"
        and update.message is not None
        and (update.ask or before != to or update.status == "Action Required")
    ):
        fits = "Action Required"
    elif before == "resolved" and to == "in progress":
        fits = "Update"
    given = update.status
    if given is None or given == fits or (given == "Informational" and fits == "Update"):
        return given or fits
    raise Refusal(
        422, f"The status of this is {fits or 'none, since there is no message'}, not {given}.", field="status"
    )


def _steps(turn: Turn) -> tuple[State, ...]:
    """The steps that an agent may take from here: closing is not among them, and reopening ends after seven days."""
    ticket = turn.ticket
    assert ticket.state is not None
    if ticket.resolved_at is not None and ticket.resolved_at + REOPENS_FOR < turn.now:
        return ()
    return tuple(state for state in GRAPH[ticket.state] if state != "closed")
