"""The bare loop of a channel's client against the receiver: the same message again and again, nothing else.

httpcore2 (webhook) or aiosmtplib (mail), with as many connections as the notifier uses for one receiver, kept open. A
process of its own (`python -m bench.bare CONFIG`), as the notifier is one.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from uuid import uuid4

import aiosmtplib
import httpcore2

from bench.figures import Json
from bench.house import BenchError, House

Send = Callable[[], Awaitable[None]]


async def bare(house: House, config: Json) -> float:
    """Messages per second. `config`: channel, port, count, connections, and headers and body (or a mail's bytes)."""
    file = house.folder / "bare.json"
    file.write_text(json.dumps(config))
    return float(await house.finish("bare", [sys.executable, "-m", "bench.bare", file], {}))


async def _webhooks(config: Json) -> float:
    headers = [(name, value) for name, value in config["headers"].items() if name != "webhook-id"]
    body, url = config["body"].encode(), f"http://127.0.0.1:{config['port']}{config['path']}"
    count = config["connections"]
    async with httpcore2.AsyncConnectionPool(max_connections=count, max_keepalive_connections=count) as pool:

        async def send() -> None:
            answer = await pool.request("POST", url, headers=[*headers, ("webhook-id", str(uuid4()))], content=body)
            if answer.status != 200:
                raise BenchError(f"the receiver said {answer.status}")

        return await _timed(config["count"], [send] * count)


async def _mails(config: Json) -> float:
    clients = [
        aiosmtplib.SMTP(hostname="127.0.0.1", port=config["port"], use_tls=False, start_tls=False)
        for _ in range(config["connections"])
    ]
    for client in clients:
        await client.connect()
    mail, to, sender = config["body"].encode(), config["to"], config["sender"]

    def sends(client: aiosmtplib.SMTP) -> Send:
        async def send() -> None:
            await client.mail(sender)
            await client.rcpt(to)
            await client.data(mail)

        return send

    rate = await _timed(config["count"], [sends(client) for client in clients])
    for client in clients:
        client.close()
    return rate


async def _timed(count: int, senders: list[Send]) -> float:
    """Every sender takes the next message when it is done with one; messages per second, without each one's first."""
    for send in senders:
        await send()
    left = iter(range(count))

    async def work(send: Send, left: Iterator[int]) -> None:
        for _ in left:
            await send()

    began = time.perf_counter()
    await asyncio.gather(*(work(send, left) for send in senders))
    return count / (time.perf_counter() - began)


def main(file: Path) -> None:
    config = json.loads(file.read_text())
    print(asyncio.run({"webhook": _webhooks, "email": _mails}[config["channel"]](config)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
