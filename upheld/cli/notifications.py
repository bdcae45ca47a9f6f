"""`upheld notifications tail`: what was sent to whom, from the topic that downstream consumers read too."""

from __future__ import annotations

from contextlib import aclosing
from typing import Annotated, Any

import typer

from shared.events import NotificationSent
from shared.settings import Settings
from upheld.cli.common import (
    JsonFlag,
    clean,
    console,
    examples,
    group,
    line,
    moment,
    note,
    print_json,
    run,
    settings_of,
)
from upheld.cli.values import words
from upheld.client import Read, read_topic

notifications = group("Notifications, as they are sent.")


@notifications.callback()
def _group() -> None:
    pass


@notifications.command(
    "tail",
    epilog=examples(
        "upheld notifications tail",
        "upheld notifications tail --from-beginning --ticket UP-1001",
        "upheld notifications tail --from-beginning --no-follow --json | jq -r .destination",
    ),
)
def tail(
    from_beginning: Annotated[bool, typer.Option("--from-beginning", help="What was sent before, too.")] = False,
    follow: Annotated[bool, typer.Option(help="Go on until Ctrl-C; --no-follow ends when all is read.")] = True,
    number: Annotated[
        str | None, typer.Option("--ticket", parser=words, metavar="NUMBER", help="Only of this ticket.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Print each NotificationSent as it is appended to the topic `notifications`: a line each (--json: with its
    CloudEvents attributes).

    It reads without a consumer group: no service notices.
    """
    run(_tail(settings_of(), from_beginning, follow, number, as_json))


async def _tail(settings: Settings, from_beginning: bool, follow: bool, number: str | None, as_json: bool) -> None:
    def ready() -> None:
        if follow:
            note("Waiting for notifications; Ctrl-C ends this.")

    reads = read_topic(settings, "notifications", from_beginning=from_beginning, follow=follow, on_ready=ready)
    async with aclosing(reads):
        async for read in reads:
            _print(read, number, as_json)


def _print(read: Read, number: str | None, as_json: bool) -> None:
    place = f"{read.record.topic}/{read.record.partition}/{read.record.offset}"
    if read.received is None or not isinstance(sent := read.received.event, NotificationSent):
        note(f"{place} is no notification: {read.malformed or 'another event'}", warning=True)
        return
    if number is not None and sent.number != number:
        return
    if as_json:
        print_json(_document(read, sent), line=True)
        return
    outcome = sent.outcome if sent.reason is None else f"{sent.outcome} ({line(sent.reason, 80)})"
    console().print(
        f"{moment(sent.delivered_at)}  {clean(sent.number):<9} {clean(sent.priority or '-'):<4} "
        f"{sent.status:<15} {sent.channel:<8} {clean(sent.destination):<28} {outcome}",
        soft_wrap=True,
    )


def _document(read: Read, sent: NotificationSent) -> dict[str, Any]:
    """The event, and its envelope under the CloudEvents names."""
    assert read.received is not None
    envelope = read.received.envelope
    return {
        "id": envelope.id,
        "source": envelope.source,
        "type": envelope.type,
        "subject": envelope.subject,
        "time": envelope.time.isoformat(),
        "data": sent.model_dump(mode="json"),
    }
