"""The whole pipeline until everything is delivered, by webhook and by mail, beside a bare loop of the same client.

Measured: from the instant at which `issues` holds so many issues, with all four services running, until each of their
notifications was accepted by the receiver (`upheld/receivers.py`, a process of its own that accepts at once) and is
settled as accepted. Issues per second, one notification each.
Beside: a bare loop of the same client (`bench/bare.py`: httpcore2, aiosmtplib) against the same receiver, with as many
connections and a message of the same content, the services stopped.
"""

from __future__ import annotations

from email.message import EmailMessage
from statistics import median
from typing import Any

from bench.bare import bare
from bench.figures import Json, middle, per_1000, rounds
from bench.gate import Progress
from bench.house import House, house_on
from bench.measures.pipeline import Flow
from bench.receivers import Receivers, start_receivers
from bench.run import Bench
from bench.world import reference, reported, sliced
from shared.settings import SERVICES

CHANNELS = ("webhook", "email")


async def measure(bench: Bench) -> Json:
    """{delivery_ratio, detail}"""
    detail = {channel: await _channel(bench, channel) for channel in CHANNELS}
    return {"delivery_ratio": {channel: one["ratio"] for channel, one in detail.items()}, "detail": detail}


async def _channel(bench: Bench, channel: str) -> Json:
    count = bench.sizes.delivered
    sizes = [count // 3, *[count] * bench.sizes.rounds]
    async with house_on(bench.stack) as house, Progress(house.settings) as progress:
        receivers = await start_receivers(house)
        by_hook = channel == "webhook"
        await house.publish(reference(webhook=receivers.hook if by_hook else None, mail=not by_hook))
        await house.start(*SERVICES)
        flow, done = Flow(house, progress), []
        for place, part in enumerate(sliced(reported(sum(sizes)), sizes)):
            bench.tell(f"delivery: {channel}, {f'round {place}' if place else 'warm-up'}, {len(part)} issues")
            done.append(await flow.once(part, state="accepted"))
        await house.stop(*SERVICES)
        bench.tell(f"delivery: {channel}, the bare loop")
        config = _config(house, channel, receivers, count)
        theirs = [await bare(house, config) for _ in range(bench.sizes.rounds + 1)][1:]
        repeated = len(receivers.lines()) - sum(sizes) - (count + config["connections"]) * (bench.sizes.rounds + 1)
    ours = [count / one.owed for one in done[1:]]
    return {
        "ratio": round(median(ours) / median(theirs), 3),
        "issues_per_s": rounds(ours, 0),
        "bare_per_s": rounds(theirs, 0),
        "cpu_s_per_1000": middle([per_1000(one.cpu, count) for one in done[1:]]),
        "repeated": repeated,
    }


def _config(house: House, channel: str, receivers: Receivers, count: int) -> Json:
    """What the bare loop sends: a message as the receiver got it from the notifier."""
    got: dict[str, Any] = receivers.lines()[-1]
    if channel == "webhook":
        kept = {name: value for name, value in got["headers"].items() if name not in ("host", "content-length")}
        return {
            "channel": channel,
            "port": receivers.hook_port,
            "path": got["destination"],
            "headers": kept,
            "body": got["text"],
            "connections": house.settings.webhook_connections // 2,  # what one host is given
            "count": count,
        }
    mail = EmailMessage()
    for name, value in got["headers"].items():
        if not name.startswith(("content-", "mime-")):
            mail[name] = value
    mail.set_content(got["text"])
    mail.add_alternative("".join(f"<p>{line}</p>\n" for line in got["text"].splitlines()), subtype="html")
    return {
        "channel": channel,
        "port": receivers.mail_port,
        "sender": "support@upheld.example",
        "to": got["destination"],
        "body": mail.as_string().replace("\n", "\r\n"),
        "connections": house.settings.smtp_connections,
        "count": count,
    }
