"""The form of a scenario file: every key that it may have, and what each may say.

All parts refuse keys that they do not have.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, StrictBool, StrictInt

from services.status_monitor.domain.clocks import ClockState
from services.status_monitor.domain.ledger import Kind
from shared.policy import Calendar
from shared.policy.values import YEARS, Key, Words, in_years, length

_LONGEST = timedelta(days=366 * len(YEARS))
"""No clock runs longer than from the first to the last time that there is here."""


def _instant(value: object) -> object:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(f'{value!r} is no time: write "2026-03-02T09:00:00+01:00"') from None
    if not isinstance(value, datetime):
        raise ValueError('must be a time with its offset, such as "2026-03-02T09:00:00+01:00"')
    if value.tzinfo is None:
        raise ValueError(f"{value.isoformat()} has no offset: write it with Z or such as +01:00")
    return in_years(value).astimezone(UTC)


def _length(value: object) -> object:
    found = length(value, _LONGEST)
    if found is None:
        raise ValueError("must be an ISO 8601 duration in weeks to seconds, such as PT1H30M, or PT0S")
    return found


def _named_or_parts(value: object) -> object:
    if isinstance(value, str) and value.strip():
        return value.strip()
    if not isinstance(value, dict):
        raise ValueError("must be the name of a policy that ships, or a mapping of the parts that matter")
    return value


def _empty(value: object) -> object:
    return None if value == "none" else value


At = Annotated[datetime, BeforeValidator(_instant)]
Length = Annotated[timedelta, BeforeValidator(_length)]
PolicySaid = Annotated[str | dict[str, Any], PlainValidator(_named_or_parts)]
"""The name of a policy that ships, or the parts of one, which are checked when they are put together."""


class Form(BaseModel):
    """A part of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Event(Form):
    """Something that happened at a time, and when it became known, where that was later."""

    at: At
    known_at: At | None = None


class Open(Event):
    """The ticket is opened, with a priority; its clocks start then, or at `clock_start`."""

    do: Literal["open"]
    priority: Key
    """One that no plan names has no targets, where the policy's parts list no priorities."""
    clock_start: At | None = None
    state: Literal["open", "in progress", "monitoring", "awaiting customer", "paused", "resolved", "closed"] = "open"
    """`paused` is another word for awaiting customer."""


class Notified(Event):
    """A notification was accepted by its channel."""

    do: Literal["notified"]


class Message(Event):
    """Words on the ticket, or on the provider's that it may be linked to."""

    do: Literal["message"]
    by: Literal["person", "automatic", "page"] = "person"
    public: StrictBool = True
    ticket: Literal["provider"] | None = None


class Ask(Event):
    """The customer is asked: awaiting customer begins."""

    do: Literal["ask"]
    by: Literal["person", "automatic"] = "person"


class Priority(Event):
    """A new assessment."""

    do: Literal["priority"]
    priority: Key


class Plain(Event):
    """What needs no more words: the customer's reply, states, a maintenance, a link."""

    do: Literal["reply", "resolve", "reopen", "close", "maintenance-start", "maintenance-end", "link", "unlink"]


class Exclude(Event):
    """A clause that excludes an interval is proposed, accepted or rejected."""

    do: Literal["exclude"]
    clause: Key
    from_: At | None = Field(None, alias="from")
    to: At | None = None
    state: Literal["proposed", "accepted", "rejected"] = "proposed"

    def begin(self, opened: Open) -> datetime:
        """From when on: left out, from the start of the ticket's clocks."""
        return self.from_ or opened.clock_start or opened.at


class NewCalendar(Event):
    """From now on these calendars hold instead of those of the same names."""

    do: Literal["calendar"]
    calendars: dict[Key, Calendar] = Field(min_length=1)


class Replan(Event):
    """An agent has the ticket follow what its account holds from now on; by itself no new plan or policy touches it."""

    do: Literal["replan"]
    plan: Key | None = None
    """Another plan; left out, the same."""
    policy: PolicySaid | None = None
    """The name of a shipped policy, or the parts that differ: plans and calendars by name, all else whole."""


AnyEvent = Open | Notified | Message | Ask | Priority | Plain | Exclude | NewCalendar | Replan
DOES: dict[str, type[AnyEvent]] = {
    "open": Open,
    "notified": Notified,
    "message": Message,
    "ask": Ask,
    "priority": Priority,
    "exclude": Exclude,
    "calendar": NewCalendar,
    "replan": Replan,
    **dict.fromkeys(
        ("reply", "resolve", "reopen", "close", "maintenance-start", "maintenance-end", "link", "unlink"), Plain
    ),
}


class Expected(Form):
    """What a clock must say; only what is written is compared."""

    state: ClockState | None = None
    due: Annotated[At | None, BeforeValidator(_empty)] = None
    elapsed: Length | None = None
    paused: Length | None = None
    breaches: Annotated[StrictInt, Field(ge=0)] | None = None
    warnings: Annotated[StrictInt, Field(ge=0)] | None = None


class ExpectedClock(Expected):
    """Gross, and net of accepted exclusions."""

    net: Expected | None = None


class Expect(Form):
    """By clock; and the kinds of a clock's ledger entries, where their order is the point."""

    notification: ExpectedClock | None = None
    first_response: ExpectedClock | None = None
    update: ExpectedClock | None = None
    first_resolution: ExpectedClock | None = None
    total_resolution: ExpectedClock | None = None
    ledger: dict[
        Literal["notification", "first_response", "update", "first_resolution", "total_resolution"], tuple[Kind, ...]
    ] = Field(default_factory=dict)


class File(Form):
    """A scenario file, whole. `policy` and `events` are read further by `read.py`, which knows what belongs to what."""

    name: Words
    from_: Words | None = Field(None, alias="from")
    policy: PolicySaid
    plan: Key | None = None
    events: list[dict[str, Any]] = Field(min_length=1)
    judged_at: At
    expect: Expect
