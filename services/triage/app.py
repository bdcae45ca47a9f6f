"""triage's wiring: event -> handler, route -> handler, timer -> handler."""

from services.triage import __doc__ as card
from services.triage import api
from services.triage.domain.reading import prepare
from services.triage.handlers import acts, log, time
from shared.events import (
    AccessChanged,
    AccountChanged,
    PolicyPublished,
    PriorityAssigned,
    StatusChanged,
    TicketOpened,
    TicketReplied,
)
from shared.service import Service, Timer

prepare()  # what is read by precedent, before the first ticket waits for it

service = Service(
    name="triage",
    about=card,
    on={TicketOpened: log.on_tickets, TicketReplied: log.on_tickets, StatusChanged: log.on_statuses},
    only={StatusChanged: b'"closed"'},
    keeps=(AccountChanged, PolicyPublished, AccessChanged),
    emits=(PriorityAssigned,),
    after={AccountChanged: log.on_accounts, PolicyPublished: log.on_policies},
    acts=acts.on_acts,
    routes=api.router,
    missing=time.missing,
    timers=(Timer("late", 2, time.sweep),),
)
