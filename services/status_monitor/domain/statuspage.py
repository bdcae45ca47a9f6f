"""What a Statuspage v2 page answers, read with tolerance: whatever may be missing, null or odd is.

- Times come with any offset; one without is taken as UTC.
- An incident that cannot be read at all is named as a problem and does not hide the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from services.status_monitor.domain.plaintext import cleaned, plain

T = TypeVar("T")
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def _time(value: object) -> object:
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    return value


def _list(value: object) -> object:
    return [] if value is None else value


def _clean(value: object) -> object:
    return cleaned(value) if isinstance(value, str) else value


def _short(value: object) -> object:
    return plain(value, 200) if isinstance(value, str) else value


Time = Annotated[datetime, BeforeValidator(_time)]
Short = Annotated[str, BeforeValidator(_short)]
Identity = Annotated[Short, Field(min_length=1)]
Words = Annotated[str, BeforeValidator(_clean)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Component(Part):
    """A component of the page, or of an incident; of a code and a name, either may be missing."""

    id: Short | None = None
    name: Short | None = None
    status: Words | None = None
    updated_at: Time | None = None
    group: bool | None = None


class Affected(Part):
    """What an update says of a component; some say its name only."""

    code: Short | None = None
    name: Short | None = None
    new_status: Words | None = None


class Update(Part):
    id: Identity
    status: Words
    body: Words | None = None
    created_at: Time | None = None
    updated_at: Time | None = None
    display_at: Time | None = None
    affected_components: Annotated[tuple[Affected, ...], BeforeValidator(_list)] = ()

    @property
    def shown_at(self) -> datetime | None:
        return self.display_at or self.created_at or self.updated_at


class Incident(Part):
    """An incident or a scheduled maintenance."""

    id: Identity
    name: Short = ""
    status: Words
    impact: Words | None = None
    shortlink: Words | None = None
    created_at: Time | None = None
    updated_at: Time | None = None
    started_at: Time | None = None
    resolved_at: Time | None = None
    scheduled_for: Time | None = None
    scheduled_until: Time | None = None
    components: Annotated[tuple[Component, ...], BeforeValidator(_list)] = ()
    incident_updates: Annotated[tuple[Update, ...], BeforeValidator(_list)] = ()

    @property
    def over(self) -> bool:
        return self.status in ("resolved", "postmortem", "completed")

    @property
    def touched_at(self) -> datetime:
        """The newest time that it carries itself."""
        times = [self.updated_at, self.created_at, self.resolved_at]
        times += [time for update in self.incident_updates for time in (update.updated_at, update.created_at)]
        return max((time for time in times if time is not None), default=LONG_AGO)

    def in_order(self) -> list[Update]:
        """Its updates by the time shown; updates are not always listed newest first."""
        return sorted(self.incident_updates, key=lambda item: (item.shown_at or LONG_AGO, item.updated_at or LONG_AGO))


class PageRead(Part):
    """All that one poll found. A document that could not be read is None, and `problems` says why."""

    page: str
    """The page's own id: the same behind a branded domain and behind its statuspage.io name."""
    name: str
    incidents: tuple[Incident, ...] = ()
    components: tuple[Component, ...] | None = None
    active: tuple[Incident, ...] | None = None
    """Maintenances in progress."""
    maintenances: tuple[Incident, ...] = ()
    """All maintenances listed; read when one that was active no longer is."""
    complete: bool = False
    """Both lists of incidents were read."""
    problems: tuple[str, ...] = Field(default=())


class Unreadable(ValueError):
    """An answer that is not what the page's interface promises."""


def read_page(name: str, documents: Mapping[str, Any], problems: Sequence[str] = ()) -> PageRead:
    """The documents of one poll (`unresolved`, `incidents`, `components`, `active`, `maintenances`) as one reading."""
    said = list(problems)
    page = next((_page_id(document) for document in documents.values() if _page_id(document)), None)
    unresolved = _items(documents, "unresolved", "incidents", Incident.model_validate, said)
    listed = _items(documents, "incidents", "incidents", Incident.model_validate, said)
    components = _items(documents, "components", "components", Component.model_validate, said)
    active = _items(documents, "active", "scheduled_maintenances", Incident.model_validate, said)
    maintenances = _items(documents, "maintenances", "scheduled_maintenances", Incident.model_validate, said)
    newest: dict[str, Incident] = {}
    for incident in (*(unresolved or ()), *(listed or ())):
        known = newest.get(incident.id)
        if known is None or incident.touched_at >= known.touched_at:
            newest[incident.id] = incident
    return PageRead(
        page=page or name,
        name=name,
        incidents=tuple(newest[key] for key in sorted(newest)),
        components=tuple(components) if components is not None else None,
        active=tuple(active) if active is not None else None,
        maintenances=tuple(maintenances or ()),
        complete=unresolved is not None and listed is not None,
        problems=tuple(said),
    )


def _page_id(document: Any) -> str | None:
    page = document.get("page") if isinstance(document, dict) else None
    found = page.get("id") if isinstance(page, dict) else None
    return plain(found, 100) if isinstance(found, str) and found.strip() else None


def _items(
    documents: Mapping[str, Any], key: str, field: str, parse: Callable[[Any], T], problems: list[str]
) -> list[T] | None:
    if key not in documents:
        return None
    document = documents[key]
    found = document.get(field) if isinstance(document, dict) else None
    if not isinstance(found, list):
        problems.append(f"{key}: no list `{field}` in the answer")
        return None
    items = []
    for place, raw in enumerate(found):
        try:
            items.append(parse(raw))
        except (ValidationError, ValueError, OverflowError) as error:
            where = error.errors()[0]["loc"] if isinstance(error, ValidationError) else ()
            problems.append(f"{key}: entry {place} cannot be read ({'.'.join(map(str, where)) or 'shape'})")
    return items
