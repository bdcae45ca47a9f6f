"""Components of a page: how each stands, which impact that is, and which services of the catalogue they show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from services.status_monitor.domain.statuspage import Component, Incident
from shared.events import Impact
from shared.policy import Policy

IN_MAINTENANCE = "under_maintenance"
BAD = ("major_outage", "partial_outage", "degraded_performance", IN_MAINTENANCE)


def is_maintenance(incident: Incident, statuses: Mapping[str, str]) -> bool:
    """Planned work shown as an incident: it opens no ticket."""
    bad = {status for status in statuses.values() if status != "operational"}
    return incident.impact == "maintenance" or (incident.impact in (None, "none") and bad == {IN_MAINTENANCE})


def keyed(components: Iterable[Component]) -> dict[str, Component]:
    """By folded name; groups are headings, not components."""
    return {item.name.casefold(): item for item in components if item.name and not item.group}


def component_statuses(
    incident: Incident, components: Mapping[str, Component], *, first: bool = True
) -> dict[str, str]:
    """Each component that the incident names (in it or in an update), and how it stands.

    How the page shows it now counts. Where that is "operational" though the incident is open, the page may not have
    said so yet: at `first` sight what the last update said counts. `components` are keyed by folded name.
    """
    names = {component.id: component.name for component in components.values()}
    standing: dict[str, str] = {}
    for update in incident.in_order():
        for affected in update.affected_components:
            if name := affected.name or names.get(affected.code) or affected.code:
                standing[name] = affected.new_status or standing.get(name, "operational")
    embedded = {name: item.status for item in incident.components if (name := item.name or item.id)}
    for name in {**standing, **embedded}:
        shown = components.get(name.casefold())
        now = [status for status in (embedded.get(name), shown.status if shown else None) if status]
        told = [standing[name]] if name in standing and (first or not now) else []
        standing[name] = next((status for status in (*now, *told) if status in BAD), "operational")
    return standing


def impact_of_status(status: str) -> Impact:
    """What a single component's status means."""
    if status == "major_outage":
        return "outage"
    return "degraded" if status in ("partial_outage", "degraded_performance") else "unknown"


def impact_of(incident: Incident, statuses: Mapping[str, str], before: Impact | None) -> Impact:
    """The worst that a component shows; without one, what the incident itself says."""
    shown = set(statuses.values())
    if "major_outage" in shown:
        return "outage"
    if shown & {"partial_outage", "degraded_performance"}:
        return "degraded"
    if before is not None and before not in ("none", "unknown"):
        return before  # its components are shown as well again while it is open
    if incident.impact in ("critical", "major", "minor"):
        return "degraded"
    return "none" if incident.impact == "none" else "unknown"


def services_of(names: Mapping[str, object], policy: Policy | None) -> tuple[str, ...]:
    """The catalogue's services that these components show, carriers' included."""
    if policy is None:
        return ()
    wanted = {name.casefold() for name in names}
    return tuple(
        service.key
        for service in policy.services
        if wanted & {name.casefold() for name in (*service.components, *service.carrier_components)}
    )
