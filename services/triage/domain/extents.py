"""To which extent a clause is accepted or taken back: several intervals of one clause stand beside one another.

- What is accepted amends the accepted intervals of its clause that it meets, and takes their place; one that meets none
  is another.
- What is taken back is one accepted interval, named where there are several; a proposal is rejected whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from services.triage.domain.rulings import meet
from services.triage.domain.ticket import Ticket
from services.triage.domain.wanted import ExclusionIn, Refusal
from shared.events import Exclusion

MOST = 128 * 1024
"""Bytes of all rulings on a ticket: each assessment repeats them, and an event has 256 kB at most."""


AHEAD = timedelta(days=7)
"""So early may an interval be accepted that is yet to begin, such as works that a carrier announces."""


def accepted(wanted: ExclusionIn, ticket: Ticket, proposed: Exclusion | None, by: str, now: datetime) -> Exclusion:
    """The clause as it is accepted, with the evidence and the ends that are left out. Raises Refusal."""
    earlier = [item for item in ticket.ruled if item.clause == wanted.clause]
    standing = [item for item in earlier if item.state == "accepted"]
    amended = _amended(wanted, standing, ticket)
    another = bool(standing) and amended is None
    before = amended or proposed or (earlier[-1] if earlier and not another else None)
    evidence = wanted.evidence or (before.evidence if before is not None else None)
    if evidence is None:
        which = "this interval of " if another else ""
        raise Refusal(
            422,
            f"Nothing of {which}{wanted.clause} is proposed on this ticket: say what shows it.",
            field="evidence",
            message="is needed where the clause is not proposed",
        )
    ends = None if another else before
    ruling = Exclusion(
        clause=wanted.clause,
        evidence=evidence,
        from_=wanted.from_ or (ends.from_ if ends is not None else None),
        to=wanted.to or (ends.to if ends is not None else None),
        state="accepted",
        by=by,
        reason=wanted.reason,
        ruled_at=now,
    )
    _must_be_interval(ruling, ticket)
    # A proposal's are of the issue, and may lie before its report.
    if wanted.from_ is not None or wanted.to is not None:
        _must_reach_the_clocks(ruling, ticket, now)
    return ruling


def _amended(wanted: ExclusionIn, standing: Iterable[Exclusion], ticket: Ticket) -> Exclusion | None:
    """The accepted interval that this one amends; of several, where both ends are said, the latest."""
    start = ticket.facts.clock_start
    begin = wanted.from_ or start
    met = [item for item in standing if meet(item, begin, wanted.to, start)]
    if len(met) > 1 and (wanted.from_ is None or wanted.to is None):
        raise Refusal(
            422,
            f"Several intervals are accepted under {wanted.clause}, and more than one of them could be meant: "
            f"{_said(met)}. State `from` and `to`.",
            field="to" if wanted.from_ is not None else "from",
            message=f"is needed beside {_said(met)}",
        )
    return met[-1] if met else None


def taken_back(wanted: ExclusionIn, ticket: Ticket) -> Exclusion | None:
    """What of the clause was ruled on and is rejected now: one accepted interval. Raises Refusal."""
    if wanted.evidence is not None:
        raise Refusal(422, "`evidence` goes with accept: leave it out.", field="evidence", message="goes with accept")
    start, earlier = ticket.facts.clock_start, [item for item in ticket.ruled if item.clause == wanted.clause]
    standing = [item for item in earlier if item.state == "accepted"]
    field = "to" if wanted.from_ is None else "from"
    for among in (standing, [item for item in earlier if item.state == "rejected"]):
        named = [item for item in among if wanted.from_ in (None, item.from_ or start) and wanted.to in (None, item.to)]
        if len(named) > 1 and among is standing:
            raise Refusal(
                422,
                f"Several intervals are accepted under {wanted.clause}: {_said(named)}. State `from` and `to` of the "
                "one that is taken back.",
                field="to" if wanted.from_ is not None else "from",
                message=f"must be that of one of {_said(named)}",
            )
        if named:
            return named[-1]
    if wanted.from_ is None and wanted.to is None:
        return None
    raise Refusal(
        422,
        f"`{field}` with reject names an accepted interval that is taken back; under {wanted.clause} there are: "
        f"{_said(standing)}.",
        field=field,
        message=f"must be that of an accepted interval: {_said(standing)}",
    )


def rejected(wanted: ExclusionIn, before: Exclusion, by: str, now: datetime) -> Exclusion:
    """The same, taken back."""
    update = {"state": "rejected", "by": by, "reason": wanted.reason, "ruled_at": now}
    return before.model_copy(update=update)


def as_before(ruling: Exclusion, earlier: Exclusion) -> bool:
    """Whether it says the same to the same extent; accepted, on the same evidence."""
    said = {"clause", "state", "from_", "to"} | ({"evidence"} if ruling.state == "accepted" else set())
    return ruling.model_dump(include=said) == earlier.model_dump(include=said)


def must_have_room(ruled: Iterable[Exclusion], ticket: Ticket) -> None:
    """Raises Refusal where the rulings together would not fit the events that repeat them."""
    size = sum(len(item.model_dump_json().encode()) for item in ruled)
    if size > MOST:
        raise Refusal(
            422,
            f"The rulings on {ticket.number} would take {size} bytes together, more than {MOST}: shorten the evidence.",
            field="evidence",
            message="is too long beside that of the other rulings: shorten it",
        )


def _must_be_interval(ruling: Exclusion, ticket: Ticket) -> None:
    if ruling.to is None:
        return
    begin = ruling.from_ or ticket.facts.clock_start
    if ruling.to <= begin:
        since = "from" if ruling.from_ is not None else "when the ticket's clocks start"
        raise Refusal(
            422,
            f"The interval ends at {ruling.to.isoformat()}, and {since} is {begin.isoformat()}: state both.",
            field="to",
            message=f"must be after {begin.isoformat()}",
        )


def _must_reach_the_clocks(ruling: Exclusion, ticket: Ticket, now: datetime) -> None:
    start = ticket.facts.clock_start
    if ruling.to is not None and ruling.to <= start:
        raise Refusal(
            422,
            f"The interval ends at {ruling.to.isoformat()}, and the clocks of {ticket.number} start at "
            f"{start.isoformat()}: it excludes nothing of them.",
            field="to",
            message=f"must be after {start.isoformat()}",
        )
    if ruling.from_ is not None and ruling.from_ > now + AHEAD:
        raise Refusal(
            422,
            f"The interval begins at {ruling.from_.isoformat()}, more than {AHEAD.days} days from now: nobody can "
            "know what it excludes by then.",
            field="from",
            message=f"must not be after {(now + AHEAD).isoformat(timespec='seconds')}",
        )


def _said(items: Iterable[Exclusion]) -> str:
    """Intervals, for people: as they are to be named."""
    ends = ((item.from_, item.to) for item in items)
    return (
        ", ".join(
            f"{'the start of the clocks' if begin is None else begin.isoformat()} to "
            f"{'open' if end is None else end.isoformat()}"
            for begin, end in ends
        )
        or "none"
    )
