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
from shared.service import FOR_A_MOMENT, Apart, Service

service = Service(
    name="intake",
    about=card,
    on={IssueReported: handlers.on_issues},
    apart=(
        Apart(
            "view",
            dict.fromkeys(
                (TicketOpened, TicketReplied, PriorityAssigned, StatusChanged, NotificationSent), handlers.on_timeline
            ),
            FOR_A_MOMENT,
        ),
    ),
    keeps=(PolicyPublished, AccessChanged),
    emits=(TicketOpened, TicketReplied),
    acts=handlers.on_acts,
    routes=api.router,
)
