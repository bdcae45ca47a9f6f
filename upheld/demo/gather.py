"""Collects the evidence: receivers' logs, topics, and what the services answer; nothing here decides what is right."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

from shared.events import IssueReported, NotificationSent, StatusChanged, TicketOpened, TicketReplied
from shared.ids import notification_id
from shared.settings import SERVICES
from upheld.client import Client
from upheld.demo.customers import HOOK_SECRETS
from upheld.demo.judge import Arrived, Evidence, Opened
from upheld.demo.latency import Passage
from upheld.demo.log import Log, is_of
from upheld.demo.play import SAME_EVENT, SAME_ISSUE, Story
from upheld.demo.scenario import CASES
from upheld.receivers import Receipt

Json = dict[str, Any]
_HEADLINE = re.compile(r"\[[^]]*\] ([^:]+): ")


def arrivals(receipts: Iterable[Receipt]) -> list[Arrived]:
    """What the receivers noted, each as the person who got it sees it."""
    return sorted((_arrived(receipt) for receipt in receipts if receipt.accepted), key=lambda item: item.at)


def _arrived(receipt: Receipt) -> Arrived:
    at = datetime.fromtimestamp(receipt.at, UTC)
    if receipt.channel == "webhook":
        account = receipt.destination.strip("/")
        return Arrived(
            receipt.id,
            receipt.number,
            f"hook {account}",
            receipt.status,
            at,
            _values(receipt.text),
            _signed(HOOK_SECRETS.get(account), receipt),
        )
    # What is internal bears its cause in the subject; among the SLA's statuses it has none.
    headline = _HEADLINE.match(receipt.headers.get("subject", ""))
    return Arrived(
        receipt.id,
        receipt.number,
        f"mail {receipt.destination.lower()}",
        headline[1] if headline else receipt.status,
        at,
        receipt.text,
    )


def _values(body: str) -> str:
    """What a webhook's data say, one value a line."""
    return "\n".join(str(value) for value in json.loads(body)["data"].values())


def _signed(secret: str | None, receipt: Receipt) -> bool:
    if secret is None:
        return False
    try:
        Webhook(secret).verify(receipt.text, receipt.headers)
    except WebhookVerificationError:
        return False
    return True


async def evidence(log: Log, story: Story, receipts: Sequence[Receipt], agent: Client, admin: Client) -> Evidence:
    """All of it, as it is now."""
    opened = [item.event for item in log.received(TicketOpened)]
    shown = {event.number: await agent.ticket(event.number) for event in opened}
    dead = [
        {"service": service, **letter}
        for service in SERVICES
        for letter in (await admin.dead_letters(service))["dead_letters"]
    ]
    return Evidence(
        tickets=[_ticket(event, shown[event.number]) for event in opened],
        arrived=arrivals(receipts),
        accepted=[
            str(item.event.notification_id)
            for item in log.received(NotificationSent)
            if item.event.outcome == "accepted"
        ],
        dead=dead,
        dropped=dropped(log, story),
        sequences=sequences(log),
        refusals=story.refusals,
    )


def _ticket(event: TicketOpened, shown: Json) -> Opened:
    detection = event.issue.detection
    return Opened(
        event.number, event.issue.issue_id, detection.incident_id if detection else None, event.issue.description, shown
    )


def sequences(log: Log) -> Mapping[tuple[str, str], Sequence[int]]:
    """Per ticket and producer, each event's first occurrence in the log's order; the relay may send one twice."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for read in log.reads:
        if read.record.topic == "tickets" and read.received is not None and read.received.envelope.sequence is not None:
            envelope = read.received.envelope
            said = found[envelope.subject or "", envelope.source]
            if envelope.sequence not in said:
                said.append(envelope.sequence)  # type: ignore[arg-type]
    return found


def dropped(log: Log, story: Story) -> list[Json]:
    """Issues that were sent again and of which nothing came: no second ticket, and nothing added to the first."""
    added = {item.event.number for item in log.received(TicketReplied) if item.event.origin == "source"}
    tickets: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for opened in log.received(TicketOpened):
        tickets[opened.event.account, opened.event.issue.issue_id].append(opened.event.number)
    seen: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    found = []
    for item in log.received(IssueReported):
        issue = (item.event.account, item.event.issue_id)
        numbers = tickets.get(issue, [])
        if seen[issue] and len(numbers) == 1 and numbers[0] not in added:
            way = SAME_EVENT if item.envelope.identity in seen[issue] else SAME_ISSUE
            found.append({"case": _case_of(item.event), "way": way, "number": numbers[0]})
        seen[issue].add(item.envelope.identity)
    told = [answer for answer in story.over_http if answer["duplicate"]]
    return found + [{name: answer[name] for name in ("case", "way", "number")} for answer in told]


def _case_of(issue: IssueReported) -> str | None:
    return next((case.key for case in CASES if is_of(case, issue)), None)


def passages(log: Log, story: Story) -> list[Passage]:
    """The way of every ticket whose Initial waited for nothing but the services."""
    appended: dict[tuple[str | None, str], datetime] = {}
    for item in log.received(IssueReported):
        appended.setdefault((item.event.account, item.event.issue_id), item.record.appended_at)
    waited = [case for case in CASES if case.waited]
    found = []
    for opened in log.received(TicketOpened):
        event, issue = opened.event, opened.event.issue
        reported = story.reported.get(issue.issue_id) or appended.get((event.account, issue.issue_id))
        initial = next((said for said in log.changes(event.number) if said.status == "Initial"), None)
        sent = [
            said.delivered_at
            for said in log.sent(event.number)
            if said.status == "Initial" and said.outcome == "accepted"
        ]
        if reported is None or initial is None or not sent or any(is_of(case, issue) for case in waited):
            continue
        assigned = [said.decided_at for said in log.assessments(event.number) if said.decided_at <= initial.changed_at]
        priority = assigned[0] if assigned and initial.ticket.priority is not None else None
        found.append(Passage(event.number, reported, event.opened_at, priority, initial.changed_at, min(sent)))
    return found


def begun(log: Log, hooks: Mapping[str, str], arrived: Iterable[Arrived]) -> dict[str, datetime]:
    """When what each notification tells of was said, by the notification's id, which follows from the two."""
    places = {item.to: item.channel for item in arrived}
    found = {}
    for said in log.received(StatusChanged):
        for to, channel in places.items():
            name = to.partition(" ")[2]
            destination = hooks[name] if channel == "webhook" else name
            found[str(notification_id(said.envelope.identity, channel, destination))] = said.event.changed_at
    return found
