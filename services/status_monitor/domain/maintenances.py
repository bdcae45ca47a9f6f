"""Maintenances that a page shows: which windows began, and which ended.

A window is a scheduled maintenance in progress, an incident whose impact is maintenance, or a component shown as
under maintenance that none of these names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from services.status_monitor.domain.components import (
    IN_MAINTENANCE,
    component_statuses,
    is_maintenance,
    keyed,
    services_of,
)
from services.status_monitor.domain.statuspage import Incident, PageRead
from services.status_monitor.domain.ticket import Window
from shared.policy import Policy


def windows_of(read: PageRead, known: Mapping[str, Window], policy: Policy | None, now: datetime) -> list[Window]:
    """What is new: windows that began, whose services are others now, or that ended."""
    components = keyed(read.components or ())
    shown: dict[str, Window] = {}
    named: set[str] = set()
    for incident in read.active or ():
        names = _names(incident)
        named |= {name.casefold() for name in names}
        key = f"{read.page}/maintenance/{incident.id}"
        shown[key] = Window(
            key=key,
            name=incident.name or "maintenance",
            source=read.name,
            services=services_of(names, policy),
            begin=min(_began(incident) or now, now),
        )
    for incident in read.incidents:
        statuses = component_statuses(incident, components)
        if not incident.over and is_maintenance(incident, statuses):
            named |= {name.casefold() for name in statuses}
            key = f"{read.page}/maintenance/{incident.id}"
            shown[key] = Window(
                key=key,
                name=incident.name or "maintenance",
                source=read.name,
                services=services_of(statuses, policy),
                begin=min(incident.started_at or incident.created_at or now, now),
            )
    for name, component in components.items():
        key = f"{read.page}/component/{component.id or name}"
        if component.status == IN_MAINTENANCE and (name not in named or key in known):
            shown[key] = Window(
                key=key,
                name=component.name or name,
                source=read.name,
                services=services_of({name: None}, policy),
                begin=min(component.updated_at or now, now),
            )
    changed = []
    for key, window in sorted(shown.items()):
        before = known.get(key)
        if before is None:
            changed.append(window)
        elif before.services != window.services:
            changed.append(before.model_copy(update={"services": window.services}))
    for key, before in sorted(known.items()):
        if key not in shown and _could_tell(key, read):
            changed.append(before.model_copy(update={"end": max(_ended(key, read) or now, before.begin)}))
    return changed


def gone_from_active(read: PageRead, known: Iterable[str]) -> bool:
    """Whether a maintenance that was in progress is not listed as active any more: its end has to be looked up."""
    active = {f"{read.page}/maintenance/{incident.id}" for incident in (*(read.active or ()), *read.incidents)}
    return read.active is not None and any("/maintenance/" in key and key not in active for key in known)


def _could_tell(key: str, read: PageRead) -> bool:
    """A document that was not read says nothing of an end."""
    if "/component/" in key:
        return read.components is not None
    return read.active is not None and read.complete


def _names(incident: Incident) -> dict[str, None]:
    names = [item.name or item.id for item in incident.components]
    names += [item.name or item.code for update in incident.incident_updates for item in update.affected_components]
    return {name: None for name in names if name}


def _began(incident: Incident) -> datetime | None:
    """When it went into progress: `started_at` may be the day on which it was announced."""
    times = [update.shown_at for update in incident.incident_updates if update.status == "in_progress"]
    return min((time for time in times if time is not None), default=incident.scheduled_for)


def _ended(key: str, read: PageRead) -> datetime | None:
    for incident in (*read.maintenances, *read.incidents):
        if key.endswith(f"/maintenance/{incident.id}") and incident.over:
            times = [
                update.shown_at for update in incident.incident_updates if update.status in ("completed", "resolved")
            ]
            return incident.resolved_at or max((time for time in times if time is not None), default=None)
    return None
