"""`upheld demo`: starts everything, plays the scenario, judges what arrived, shows it, and stops everything again.

- The exit code is 0 only if exactly what should have arrived has arrived; 1 otherwise; 130 after Ctrl-C in mid play.
- Whatever happens, services, servers and receivers end with this call, and at the latest with this process.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from shared.events import AccessChanged, Role
from upheld.cli.keys import new_key
from upheld.cli.policies import parsed, publish_policy
from upheld.client import Client, publish_events
from upheld.demo import gather, latency
from upheld.demo.customers import accounts
from upheld.demo.house import House, forget_settings, policy_file, prepared, running
from upheld.demo.judge import Expected, judge
from upheld.demo.log import Log, Overdue
from upheld.demo.page import Page
from upheld.demo.picture import picture
from upheld.demo.play import REFUSALS, Actors, Story
from upheld.demo.result import result
from upheld.demo.scenario import (
    CASES,
    CRM,
    DEAD,
    PAGE_COMPONENTS,
    PAGE_NAME,
    PHONE,
    REPEATS,
    SUPPORT,
)
from upheld.demo.show import Show, stays_up, tables
from upheld.errors import CommandError, Unreachable
from upheld.receivers import MailReceiver, WebhookReceiver
from upheld.stack import Stack, StackError, start_stack

Json = dict[str, Any]
EXPECTED = Expected(CASES, DEAD, REPEATS, REFUSALS, PHONE, SUPPORT)
SETTLED = 1.0
"""Seconds in which nothing may come any more before it is judged."""
KEYS: dict[str, tuple[Role, dict[str, str]]] = {
    "agent": ("agent", {"name": "Gil Berg"}),
    "admin": ("admin", {"name": "admin"}),
    "cobalt": ("customer", {"account": "cobalt"}),
    "birch": ("customer", {"account": "birch"}),
    "crm": ("upstream", {"source": CRM}),
}


def run_demo(json_output: bool, exit_when_done: bool, svg: Path | None = None) -> int:
    """Play the demo; returns the exit code. Raises CommandError where nothing could be started."""
    forget_settings()
    terminal = sys.stdout.isatty()
    console = Console(file=sys.stderr if json_output else sys.stdout, markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = max(console.width, 180)
    show = Show(console, live=console.is_terminal and not json_output, tables=not json_output)
    stays = terminal and not json_output and not exit_when_done
    began = time.monotonic()
    try:
        signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
        show.say("stack", "starting Kafka and Postgres")
        with start_stack(lambda text: show.say("stack", text)) as stack:
            show.say("stack", stack.sentence)
            demo = Demo(stack, show, stays=stays, began=began, svg=svg)
            found = asyncio.run(demo.run())
    except StackError as error:
        raise Unreachable(str(error)) from None
    except KeyboardInterrupt:
        show.say("", "stopped")
        return 130
    show.say("", f"everything is stopped; {time.monotonic() - began:.1f} s in all")
    if json_output:
        found["seconds"]["all"] = round(time.monotonic() - began, 1)
        sys.stdout.write(json.dumps(found, indent=2, default=str) + "\n")
        sys.stdout.flush()
    return exit_code(found)


def exit_code(found: Json) -> int:
    """0 only if exactly what should have arrived has arrived."""
    return 0 if found["ok"] else 1


class Demo:
    """One performance."""

    def __init__(self, stack: Stack, show: Show, *, stays: bool, began: float, svg: Path | None) -> None:
        self.stack = stack
        self.show = show
        self.stays = stays
        self.svg = svg
        self.seconds = {"stack": round(time.monotonic() - began, 1)}
        self._troubles: list[str] = []

    async def run(self) -> Json:
        """Everything that needs the stack; returns what is printed with `--json`."""
        async with AsyncExitStack() as ending:
            page, mail, hooks = Page(PAGE_NAME, PAGE_COMPONENTS), MailReceiver(), WebhookReceiver()
            await page.start()
            ending.push_async_callback(page.stop)
            await ending.enter_async_context(mail)
            await ending.enter_async_context(hooks)
            began = time.monotonic()
            self.show.say("stack", "migrating the schemas, creating the topics")
            settings = await ending.enter_async_context(prepared(self.stack))
            self.show.say("stack", "starting intake, triage, status-monitor, notifier")
            house = await ending.enter_async_context(
                running(
                    settings,
                    {
                        "UPHELD_STATUS_PAGES": f"{PAGE_NAME}={page.url}",
                        "UPHELD_POLL_SECONDS": "1",
                        "UPHELD_SMTP_HOST": "127.0.0.1",
                        "UPHELD_SMTP_PORT": str(mail.port),
                        "UPHELD_MAIL_FROM": "Upheld <support@upheld.example>",
                        "UPHELD_WEBHOOK_ALLOW_PRIVATE": "true",
                    },
                )
            )
            places = {account: hooks.url(f"/{account}") for account in ("acme", "cobalt")}
            customers = accounts(places, datetime.now(UTC))
            late = customers.pop("delta")
            made = {name: new_key(role, **whose) for name, (role, whose) in KEYS.items()}
            changes: Sequence[AccessChanged] = [change for _, change in made.values()]
            await publish_events(settings, [*customers.values(), *changes])
            file = policy_file()
            await publish_policy(settings, parsed(file.read_text("utf-8"), str(file)))
            keys = {name: key for name, (key, _) in made.items()}
            await self._within(house, house.ready(list(keys.values())))
            self.seconds["services"] = round(time.monotonic() - began, 1)

            clients = {name: await ending.enter_async_context(Client(settings, key)) for name, key in keys.items()}
            log = Log(settings, self.show.on_read)
            follower = asyncio.create_task(log.follow(), name="log")
            ending.push_async_callback(_end, follower)
            actors = Actors({name: clients[name] for name in ("cobalt", "birch")}, clients["crm"], clients["agent"])
            story = Story(settings, actors, log, page, late, self.show.note)
            began = time.monotonic()
            with self.show.on_stage():
                await self._play(story, log, house, mail, hooks)
            self.seconds["play"] = round(time.monotonic() - began, 1)

            receipts = [*mail.receipts, *hooks.receipts]
            seen = await gather.evidence(log, story, receipts, clients["agent"], clients["admin"])
            verdict = judge(EXPECTED, seen)
            verdict.wrong += self._troubles + [
                f"{name} died and was started again {count} times" for name, count in house.supervisor.restarts.items()
            ]
            found = result(
                CASES,
                seen,
                verdict,
                latency.summary(gather.passages(log, story)),
                gather.begun(log, places, seen.arrived),
                {"stack": self.stack.took, "seconds": self.seconds},
            )
            if self.show.has_tables:
                tables(self.show.console, found)
            if self.svg is not None:
                self.svg.write_text(picture(self.show, found))
            if self._troubles:
                self.show.say("services", house.last_words())
            if self.stays:
                stays_up(
                    self.show.console, house.urls, {name: keys[name] for name in ("agent", "cobalt", "birch")}, settings
                )
                await _until_cancelled()
            self.show.say("stack", "stopping everything")
            return found

    async def _play(self, story: Story, log: Log, house: House, mail: MailReceiver, hooks: WebhookReceiver) -> None:
        """Until all is told and nothing moves any more."""
        self._troubles = await story.play()
        owed = sum(len(statuses) for case in CASES for statuses in case.told.values())
        deadline = time.monotonic() + (2 if self._troubles else 30)
        size, since = -1, time.monotonic()
        while time.monotonic() < deadline:
            now = len(log.reads) + len(mail.receipts) + len(hooks.receipts)
            if now != size:
                size, since = now, time.monotonic()
            enough = len(mail.receipts) + len(hooks.receipts) >= owed
            if enough and time.monotonic() - since > SETTLED and await house.at_rest():
                return
            await asyncio.sleep(0.1)

    async def _within(self, house: House, starting: Any) -> None:
        try:
            await starting
        except Overdue as error:
            raise CommandError(str(error)) from None


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await task


async def _until_cancelled() -> None:
    """Ctrl-C ends it, and is no error."""
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.Event().wait()
    task = asyncio.current_task()
    if task is not None:
        task.uncancel()
