"""The contracts: every event that crosses a service boundary, as frozen pydantic models.

Exact in what they emit, tolerant of unknown fields in what they read. Times are timezone-aware and kept
in UTC; durations are ISO 8601. Topic and key stand on the class, once. No I/O, no clock.
"""

from shared.events.assessments import Exclusion, Fact, Missing, PolicyRef, PriorityAssigned, Reason, Target
from shared.events.base import (
    NO_NUL,
    WORDS,
    Audience,
    Category,
    ComponentStatus,
    Coverage,
    Description,
    Environment,
    Event,
    Examples,
    Impact,
    Initiator,
    Instant,
    Json,
    Name,
    Part,
    Role,
    Services,
    State,
    Status,
    Text,
    Workaround,
)
from shared.events.issues import MAY_BE_UNKNOWN, Detection, DetectionReported, IssueReported, Reporter
from shared.events.reference import AccessChanged, AccountChanged, Agreement, Contact, PolicyPublished, Term
from shared.events.status import (
    Actor,
    Clock,
    EscalationStep,
    NotificationSent,
    ProviderLink,
    RecipientsRule,
    StatusChanged,
    TicketSummary,
)
from shared.events.tickets import TicketOpened, TicketReplied

EVENTS: tuple[type[Event], ...] = (
    IssueReported,
    TicketOpened,
    TicketReplied,
    PriorityAssigned,
    StatusChanged,
    NotificationSent,
    DetectionReported,
    AccountChanged,
    PolicyPublished,
    AccessChanged,
)
BY_TYPE: dict[str, type[Event]] = {event.type_name(): event for event in EVENTS}
TOPIC_EVENTS: dict[str, tuple[type[Event], ...]] = {
    topic: tuple(event for event in EVENTS if topic == event.TOPIC) for topic in {e.TOPIC for e in EVENTS}
}

__all__ = [
    "BY_TYPE",
    "EVENTS",
    "MAY_BE_UNKNOWN",
    "NO_NUL",
    "TOPIC_EVENTS",
    "WORDS",
    "AccessChanged",
    "AccountChanged",
    "Actor",
    "Agreement",
    "Audience",
    "Category",
    "Clock",
    "ComponentStatus",
    "Contact",
    "Coverage",
    "Description",
    "Detection",
    "DetectionReported",
    "Environment",
    "EscalationStep",
    "Event",
    "Examples",
    "Exclusion",
    "Fact",
    "Impact",
    "Initiator",
    "Instant",
    "IssueReported",
    "Json",
    "Missing",
    "Name",
    "NotificationSent",
    "Part",
    "PolicyPublished",
    "PolicyRef",
    "PriorityAssigned",
    "ProviderLink",
    "Reason",
    "RecipientsRule",
    "Reporter",
    "Role",
    "Services",
    "State",
    "Status",
    "StatusChanged",
    "Target",
    "Term",
    "Text",
    "TicketOpened",
    "TicketReplied",
    "TicketSummary",
    "Workaround",
]
