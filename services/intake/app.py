"""intake's wiring: event -> handler, route -> handler."""

from services.intake import __doc__ as card
from services.intake import api, handlers
from shared.events import (
    AccessChanged,
    IssueReported,
    NotificationSent,
    PolicyPublished,
    PriorityAssigned,
    StatusChanged,
    TicketOpened,
    TicketReplied,
)
from shared.service import Service

service = Service(
    name="intake",
    about=card,
    on={IssueReported: handlers.on_issues},
    views={
        TicketOpened: handlers.on_timeline,
        TicketReplied: handlers.on_timeline,
        PriorityAssigned: handlers.on_timeline,
        StatusChanged: handlers.on_timeline,
        NotificationSent: handlers.on_timeline,
    },
    keeps=(PolicyPublished, AccessChanged),
    emits=(TicketOpened, TicketReplied),
    acts=handlers.on_acts,
    routes=api.router,
)
