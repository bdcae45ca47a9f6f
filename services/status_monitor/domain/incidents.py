"""From what a page shows to issues and observations: one incident is one issue, each update one observation.

- An observation is page, incident, update and the update's `updated_at`: an edited body is another one.
- An incident that was over before the page was first read opens no ticket.
- What is reported is kept: the same services and impact are not reported again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import Field

from services.status_monitor.domain.components import component_statuses, impact_of, is_maintenance, keyed, services_of
from services.status_monitor.domain.facts import Model
from services.status_monitor.domain.plaintext import plain
from services.status_monitor.domain.statuspage import Component, Incident, PageRead, Update
from services.status_monitor.domain.ticket import Observation
from shared.events import Detection, Impact, Instant, IssueReported, State
from shared.ids import issue_uid, text_of, ticket_id
from shared.policy import Policy

SOURCE = "status-monitor"
STATES: dict[str, State | None] = {
    "investigating": "in progress",
    "identified": "in progress",
    "monitoring": "monitoring",
    "resolved": "resolved",
    "postmortem": None,
}


class Seen(Model):
    """An incident as it was last seen, and what was said of it."""

    page: str
    incident: str
    issue_id: str
    ticket_id: UUID
    first_seen: Instant
    ignored: bool = False
    """It was over when the page was first read: no ticket."""
    description: str = ""
    began_at: Instant | None = None
    services: tuple[str, ...] = ()
    impact: Impact = "unknown"
    reports: int = 0
    state: State | None = None
    """What the incident as a whole was last known to say."""
    updates: dict[str, str] = Field(default_factory=dict)
    """Each update's words, as a digest: an edit that changes none of them is not told."""
    digest: str = ""


@dataclass
class Found:
    """What is new about an incident."""

    seen: Seen
    issue: IssueReported | None = None
    observations: list[Observation] = field(default_factory=list)


def digest_of(incident: Incident, statuses: Mapping[str, str], policy: Policy | None) -> str:
    """Changes when anything that matters here does: the incident, its components' state, or the policy."""
    text = f"{incident.model_dump_json()}\n{sorted(statuses.items())}\n{policy.sha256 if policy else ''}"
    return hashlib.sha256(text.encode()).hexdigest()


def observe(
    incident: Incident,
    known: Seen | None,
    page: str,
    name: str,
    components: Mapping[str, Component],
    policy: Policy | None,
    first_read: datetime | None,
    now: datetime,
) -> Found | None:
    """What is new about this incident since it was last seen; None if nothing is."""
    statuses = component_statuses(incident, components, first=known is None)
    digest = digest_of(incident, statuses, policy)
    if known is not None and (known.digest == digest or known.ignored):
        return None
    if known is None:
        issue_id = text_of("page", page, incident.id)
        known = Seen(
            page=page,
            incident=incident.id,
            issue_id=issue_id,
            ticket_id=ticket_id(issue_uid(SOURCE, issue_id)),
            first_seen=now,
            ignored=is_maintenance(incident, statuses) or _was_over(incident, first_read),
            description=_description(incident),
            began_at=_began(incident, now),
        )
        if known.ignored:
            # A maintenance may still turn into an incident; what is over stays over.
            return Found(known) if incident.over else None
    found = Found(known.model_copy(update={"digest": digest}))
    _report(found, incident, statuses, name, policy, now)
    _tell(found, incident, name, now)
    return found


def observe_all(
    read: PageRead, known: Mapping[str, Seen], policy: Policy | None, first_read: datetime | None, now: datetime
) -> tuple[list[Found], list[str]]:
    """What is new about all incidents; one that makes no sense is named and hides no other."""
    components = keyed(read.components or ())
    found, problems = [], []
    for incident in read.incidents:
        try:
            new = observe(incident, known.get(incident.id), read.page, read.name, components, policy, first_read, now)
        except (ValueError, OverflowError) as error:
            problems.append(f"incident {incident.id} makes no sense ({type(error).__name__})")
            continue
        if new is not None:
            found.append(new)
    return found, problems


def _report(
    found: Found, incident: Incident, statuses: Mapping[str, str], name: str, policy: Policy | None, now: datetime
) -> None:
    """Report the incident as an issue, the first time and whenever its services or impact change."""
    seen = found.seen
    first = seen.reports == 0
    if not first and incident.over:
        return  # what it was counts; the components of what is over are well
    services = tuple(sorted({*services_of(statuses, policy), *seen.services}))
    impact = impact_of(incident, statuses, None if first else seen.impact)
    if not first and (services, impact) == (seen.services, seen.impact):
        return
    found.seen = seen.model_copy(update={"services": services, "impact": impact, "reports": seen.reports + 1})
    ended = incident.resolved_at or _over_at(incident) if incident.over else None
    found.issue = IssueReported(
        issue_id=seen.issue_id,
        initiator="provider",
        services=services[:50],
        began_at=seen.began_at,
        ongoing=not incident.over,
        ended_at=max(min(ended, now), seen.began_at or ended) if ended else None,
        description=seen.description,
        environment="production",
        impact=impact,
        category="incident",
        detection=Detection(
            origin="page",
            source=name,
            incident_id=incident.id,
            components=tuple(sorted(statuses))[:50],
            impact=impact,
            observed_at=seen.first_seen,
            title=incident.name or None,
            link=incident.shortlink,
        ),
    )


def _tell(found: Found, incident: Incident, name: str, now: datetime) -> None:
    seen = found.seen
    updates = dict(seen.updates)
    state = seen.state
    newest: datetime | None = None
    for update in incident.in_order():
        if update.status not in STATES:
            continue
        newest = update.shown_at or newest
        state = STATES[update.status] or state
        digest = hashlib.sha256(f"{update.status}\n{update.body}".encode()).hexdigest()[:16]
        before = updates.get(update.id)
        if before == digest:
            continue
        updates[update.id] = digest
        found.observations.append(
            Observation(
                id=observation_id(seen.page, incident.id, update),
                kind="page",
                source=name,
                at=update.shown_at or now,
                state=STATES[update.status],
                edited=before is not None,
                message=plain(update.body or "") or f"{incident.name}: {update.status}",
            )
        )
    whole = "resolved" if incident.over else STATES.get(incident.status)
    if whole is not None and whole != state:
        # The incident says so though no update does, or only one that is shown as of an earlier time.
        at = newest + timedelta(microseconds=1) if newest else incident.updated_at or now
        found.observations.append(
            Observation(
                id=f"{seen.page}/{incident.id}/{incident.status}/{incident.touched_at.isoformat()}",
                kind="page",
                source=name,
                at=at,
                state=whole,
                message=f"{incident.name or 'The incident'}: {incident.status}",
            )
        )
        state = whole
    found.seen = found.seen.model_copy(update={"updates": updates, "state": state})


def observation_id(page: str, incident: str, update: Update) -> str:
    return f"{page}/{incident}/{update.id}/{update.updated_at.isoformat() if update.updated_at else ''}"


def report_identity(seen: Seen) -> str:
    """The cause of a report: a later one of the same content is another."""
    return f"{seen.page}/{seen.incident}/report/{seen.reports}"


def _was_over(incident: Incident, first_read: datetime | None) -> bool:
    """Whether it was over when the page was first read; `first_read` is none while that is now."""
    return incident.over and (first_read is None or _over_at(incident) <= first_read)


def _over_at(incident: Incident) -> datetime:
    return incident.resolved_at or incident.touched_at


def _began(incident: Incident, now: datetime) -> datetime:
    times = [update.shown_at for update in incident.incident_updates]
    began = incident.started_at or min((time for time in times if time is not None), default=incident.created_at)
    return min(began or now, now)


def _description(incident: Incident) -> str:
    first = next((plain(update.body, 9_000) for update in incident.in_order() if update.body), "")
    return "\n".join(part for part in (incident.name, first) if part) or f"Incident {incident.id}"
