"""triage's wiring: event -> handler, route -> handler, timer -> handler."""

from services.triage import __doc__ as card
from services.triage import api, handlers
from shared.events import AccessChanged, AccountChanged, PolicyPublished, PriorityAssigned, TicketOpened, TicketReplied
from shared.service import Service, Timer

service = Service(
    name="triage",
    about=card,
    on={TicketOpened: handlers.on_tickets, TicketReplied: handlers.on_tickets},
    keeps=(AccountChanged, PolicyPublished, AccessChanged),
    emits=(PriorityAssigned,),
    after={AccountChanged: handlers.on_accounts, PolicyPublished: handlers.on_policies},
    acts=handlers.on_acts,
    routes=api.router,
    missing=handlers.missing,
    timers=(Timer("late", 2, handlers.sweep),),
)
