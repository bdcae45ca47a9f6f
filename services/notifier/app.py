"""The notifier's wiring: event -> handler, route -> handler, task, timer."""

from __future__ import annotations

from datetime import UTC, datetime

from services.notifier import __doc__ as card
from services.notifier import api
from services.notifier.channels.posted import Posted
from services.notifier.delivery import OUTCOMES, deliver
from services.notifier.handlers import (
    CHANNELS,
    on_account_changed,
    on_policy_published,
    on_status_changed,
    sweep_repeats,
)
from services.notifier.store.leases import count_open
from shared.events import AccessChanged, AccountChanged, NotificationSent, PolicyPublished, StatusChanged
from shared.refdata import load_policies
from shared.service import App, Service, Timer


async def sweep_counts(app: App) -> None:
    """What is owed and what waits, for /metrics."""
    owed, waiting = await count_open(app.db.pool)
    for channel in CHANNELS:
        number, seconds = owed.get(channel, (0, 0.0))
        app.metrics.deliveries_open.labels(app.name, channel).set(number)
        app.metrics.deliveries_oldest.labels(app.name, channel).set(seconds)
        for outcome in OUTCOMES:
            app.metrics.deliveries.labels(app.name, channel, outcome)  # from 0 on, so that the first is an increase
    app.metrics.waiting.labels(app.name).set(waiting)


async def missing(app: App) -> list[str]:
    """The SLA's support phone number must come from somewhere (B.2)."""
    if app.settings.support_phone is not None:
        return []
    policies = await load_policies(app.db.pool)
    if all(policy and policy.support.phone for policy in (policies.in_effect(datetime.now(UTC)), policies.newest)):
        return []
    return ["the support phone number: set UPHELD_SUPPORT_PHONE, or publish a policy that has one"]


service = Service(
    name="notifier",
    about=card,
    on={StatusChanged: on_status_changed},
    keeps=(AccountChanged, PolicyPublished, AccessChanged),
    emits=(NotificationSent,),
    posts=Posted,
    routes=api.router,
    after={AccountChanged: on_account_changed, PolicyPublished: on_policy_published},
    tasks=(deliver,),
    timers=(Timer("counts", 5.0, sweep_counts), Timer("repeats", 0.5, sweep_repeats)),
    missing=missing,
)
