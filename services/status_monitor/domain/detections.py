"""What monitors see, as issues: from a trigger to its resolve is one issue, a trigger after that begins another.

- Order is that of `observed_at`, whatever the order of arrival.
- A trigger that is repeated while its issue is open says nothing new, unless it shows other services or another impact.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from services.status_monitor.domain.components import IN_MAINTENANCE, impact_of_status, services_of
from services.status_monitor.domain.facts import Model
from services.status_monitor.domain.incidents import SOURCE
from services.status_monitor.domain.ticket import Observation
from shared.events import Detection, DetectionReported, Impact, Instant, IssueReported
from shared.ids import issue_uid, text_of, ticket_id
from shared.policy import Policy

AHEAD = timedelta(minutes=5)
"""How far a monitor's clock may run ahead of ours before what it observed counts as being in the future."""


class Watched(Model):
    """What is known of one dedup key of one source: the last episode."""

    source: str
    dedup_key: str
    began: Instant | None = None
    ended: Instant | None = None
    """No trigger observed up to here begins anything."""
    latest: Instant | None = None
    description: str = ""
    title: str = ""
    services: tuple[str, ...] = ()
    impact: Impact = "unknown"
    reports: int = 0

    @property
    def open(self) -> bool:
        return self.began is not None and (self.ended is None or self.ended < self.began)

    @property
    def issue_id(self) -> str:
        assert self.began is not None
        return text_of("detection", self.source, self.dedup_key, self.began.isoformat())

    @property
    def ticket_id(self) -> UUID:
        return ticket_id(issue_uid(SOURCE, self.issue_id))


@dataclass
class Watch:
    """The state after an event, and what is to be said."""

    state: Watched
    issue: IssueReported | None = None
    observation: Observation | None = None
    ticket: UUID | None = field(default=None)


def on_detection(state: Watched, event: DetectionReported, policy: Policy | None, now: datetime) -> Watch:
    """One detection. A time in the future is taken as now: no clock starts, and nothing is shut out, ahead of time."""
    at = min(event.observed_at, now)
    if event.action == "resolve":
        return _resolve(state, event, at)
    if event.status == IN_MAINTENANCE:
        return Watch(state)  # planned work opens no ticket
    services = services_of(dict.fromkeys(event.components), policy)
    impact = impact_of_status(event.status)
    if state.open:
        if state.latest is not None and at <= state.latest:
            return Watch(state)
        state = state.model_copy(update={"latest": at})
        together = tuple(sorted({*services, *state.services}))
        if (together, impact) == (state.services, state.impact):
            return Watch(state)
        services = together
    elif state.ended is not None and at <= state.ended:
        return Watch(state)
    else:
        description = "\n".join(part for part in (event.title, (event.details or "").strip()) if part)
        state = state.model_copy(
            update={
                "began": at,
                "ended": None,
                "latest": at,
                "reports": 0,
                "title": event.title,
                "description": description.strip()[:10_000] or f"Detection {event.dedup_key} of {event.source}",
            }
        )
    state = state.model_copy(update={"services": services, "impact": impact, "reports": state.reports + 1})
    return Watch(state, issue=_issue(state, event))


def _resolve(state: Watched, event: DetectionReported, at: datetime) -> Watch:
    if not state.open:
        return Watch(state.model_copy(update={"ended": at if state.ended is None else max(at, state.ended)}))
    assert state.began is not None
    if at < state.began:
        return Watch(state)
    seen = Observation(
        id=f"{state.source}/{state.dedup_key}/resolve/{at.isoformat()}",
        kind="monitor",
        source=event.source,
        at=at,
        state="resolved",
        message=event.details or f"The monitor reports that it is over: {state.title or event.title}",
    )
    ticket = state.ticket_id
    return Watch(state.model_copy(update={"ended": at}), observation=seen, ticket=ticket)


def _issue(state: Watched, event: DetectionReported) -> IssueReported:
    assert state.began is not None
    return IssueReported(
        issue_id=state.issue_id,
        initiator="provider",
        services=state.services[:50],
        began_at=state.began,
        ongoing=True,
        description=state.description,
        environment="production",
        impact=state.impact,
        category="incident",
        detection=Detection(
            origin="monitor",
            source=state.source,
            incident_id=state.dedup_key,
            components=event.components,
            impact=state.impact,
            observed_at=state.began,
            title=state.title,
            link=event.link,
        ),
    )


def report_identity(state: Watched) -> str:
    """The cause of a report: a later one of the same content is another."""
    return f"{state.issue_id}/report/{state.reports}"
