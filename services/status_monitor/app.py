"""status-monitor's wiring: event -> handler, route -> handler, timer -> handler."""

from services.status_monitor import __doc__ as card
from services.status_monitor import api, poll
from services.status_monitor.handlers import acts, detections, linking, log, time
from shared.events import (
    AccessChanged,
    AccountChanged,
    DetectionReported,
    IssueReported,
    NotificationSent,
    PolicyPublished,
    PriorityAssigned,
    StatusChanged,
    TicketOpened,
    TicketReplied,
)
from shared.service import Apart, Service, Timer

service = Service(
    name="status-monitor",
    about=card,
    on={
        TicketOpened: log.on_tickets,
        TicketReplied: log.on_tickets,
        PriorityAssigned: log.on_tickets,
        NotificationSent: log.on_tickets,
    },
    apart=(Apart("detections", {DetectionReported: detections.on_detections}),),
    keeps=(AccountChanged, PolicyPublished, AccessChanged),
    emits=(IssueReported, StatusChanged),
    after={AccountChanged: log.on_accounts, PolicyPublished: log.on_policies},
    acts=acts.on_acts,
    routes=api.router,
    timers=(
        Timer("sweep", 0.25, time.sweep),
        Timer("links", 0.25, linking.sweep),
        Timer("terms", 5, time.sweep_terms),
        Timer("overdue", 5, time.count),
    ),
    tasks=(poll.poll,),
    by_log=True,
)
