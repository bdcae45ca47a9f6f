"""Accepting over HTTP: `POST /v1/issues` with 32 connections, answered when the ticket is committed.

Measured: requests answered with 201 per second, and from a request's first byte to its answer's last (p99), with intake
running alone, and with all four services and the receivers at work on what was accepted. The load is a closed loop in a
process of its own (`bench/hammer.py`), each request a new issue with an API key and an Idempotency-Key.
Beside: the same load in the same run on Alerta (`POST /alert`) and django-helpdesk (`POST /api/tickets/`), each on the
same Postgres, with a key, under gunicorn with the workers and threads that were best for it here.
"""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from bench.figures import Json, middle, per_1000, rounds
from bench.hammer import ID, Target, hammer
from bench.house import House, house_on
from bench.meter import Meter
from bench.receivers import start_receivers
from bench.rivals import alerta, helpdesk
from bench.run import Bench
from bench.world import KEY, issue, reference
from shared.settings import SERVICES

RIVALS = {"alerta": alerta, "django_helpdesk": helpdesk}


async def measure(bench: Bench) -> Json:
    """{http_accept_per_s, http_accept_p99_ms, accept_ratio_to_alerta, accept_ratio_to_django_helpdesk, detail}"""
    detail: dict[str, Json] = {}
    for how, services in (("alone", ("intake",)), ("everything", SERVICES)):
        async with house_on(bench.stack) as house:
            receivers = await start_receivers(house)
            await house.publish(reference(webhook=receivers.hook))
            await house.start(*services)
            bench.tell(f"accept: intake, {how}")
            detail[how] = await hammered(bench, house, target_of(house))
    found = {
        "http_accept_per_s": {how: one["per_s"]["median"] for how, one in detail.items()},
        "http_accept_p99_ms": {how: one["p99_ms"]["median"] for how, one in detail.items()},
    }
    ours = found["http_accept_per_s"]["alone"]
    for name, rival in RIVALS.items() if bench.sizes.rivals else ():
        async with house_on(bench.stack, empty=True) as house:
            target = await rival.start(house, bench.tell)
            bench.tell(f"accept: {name}")
            detail[name] = await hammered(bench, house, target)
        found[f"accept_ratio_to_{name}"] = round(ours / detail[name]["per_s"]["median"], 1)
    return {**found, "detail": detail}


def target_of(house: House) -> Target:
    """POST /v1/issues of this installation, as an agent."""
    said = issue(0).model_dump(mode="json", exclude={"initiator", "follows", "detection"}, exclude_none=True)
    return Target(
        urlsplit(house.settings.url_of("intake")).port or 0,
        "/v1/issues",
        {
            "Authorization": f"Bearer {KEY}",
            "Content-Type": "application/json",
            "Idempotency-Key": ID.decode(),
        },
        json.dumps({**said, "issue_id": ID.decode()}),
    )


async def hammered(bench: Bench, house: House, target: Target) -> Json:
    """A warm-up, then the rounds."""
    sizes = bench.sizes
    await hammer(house, target, sizes.accept / 2)
    done, cpu = [], []
    for _ in range(sizes.rounds):
        async with Meter(house) as meter:
            one = await hammer(house, target, sizes.accept)
        done.append(one)
        cpu.append(per_1000(meter.cpu, one.count))
    return {
        "per_s": rounds([one.per_s for one in done], 0),
        "p50_ms": rounds([one.p50 for one in done]),
        "p99_ms": rounds([one.p99 for one in done]),
        "cpu_s_per_1000": middle(cpu),
    }
