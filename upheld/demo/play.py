"""Plays the scenario: customers, upstream systems, a monitor, the page and an agent, each in its own time.

Every step waits for what it follows on; the short pauses are for those who look on, and nothing rests on them. What
comes of it is the judge's business, not the player's.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from shared.envelope import Envelope
from shared.events import AccountChanged, DetectionReported, IssueReported
from shared.outbox import Outgoing
from shared.outbox.publish import publish
from shared.settings import Settings
from upheld.client import Client
from upheld.demo.kafka import publish_raw
from upheld.demo.log import Log
from upheld.demo.page import Page
from upheld.demo.reports import INCIDENT, MALFORMED, STAGES, reports
from upheld.demo.scenario import BY_KEY, CRM, PROBES, REPEATS
from upheld.errors import Refused

Json = dict[str, Any]
APART = 0.25
"""Seconds between the reports at the beginning, so that each is seen to come."""
SAME_EVENT, SAME_ISSUE, OVER_HTTP = REPEATS

REFUSALS = {"a stale If-Match": 412, "staging lifted to P1": 409, "another account's ticket": 404}
"""What must be refused, and how."""


@dataclass
class Actors:
    """Who acts: one client a key."""

    customers: dict[str, Client]
    upstream: Client
    agent: Client


@dataclass
class Story:
    """The scenario as it is played, and what only its player can know."""

    settings: Settings
    actors: Actors
    log: Log
    page: Page
    late_account: AccountChanged
    note: Callable[[str], None]
    reported: dict[str, datetime] = field(default_factory=dict)
    """When each issue that came over HTTP was sent."""
    refusals: dict[str, int] = field(default_factory=dict)
    over_http: list[Json] = field(default_factory=list)
    """What intake answered to a repeat over HTTP."""

    async def play(self) -> list[str]:
        """All of it; returns what did not go as it should, such as a step whose condition never came."""
        self._reports = reports(datetime.now(UTC))
        parts = (
            self._calls_fail,
            self._answered_late,
            self._page_incident,
            self._monitor_alarm,
            self._facts_missing,
            self._search_is_slow,
            self._staging,
            self._unknown_account,
            self._own_firewall,
            self._question,
            self._others,
        )
        tasks = []
        for part in parts:
            tasks.append(asyncio.create_task(part()))
            await asyncio.sleep(APART)
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        # What went wrong in one case must not hide what comes of the others.
        return [f"{type(error).__name__}: {error}" for error in outcomes if isinstance(error, Exception)]

    # by whom an issue comes

    async def _by_customer(self, case: str) -> str:
        issue = self._reports[case]
        account = BY_KEY[case].account or ""
        self.note(f"{account}'s {issue['reporter']['name']} reports over HTTP: {issue['description']}")  # type: ignore[index]
        self.reported[str(issue["issue_id"])] = datetime.now(UTC)
        answer = await self.actors.customers[account].report(issue)
        return str(answer["ticket"]["number"])

    def _event(self, case: str, id: str) -> Outgoing:
        issue = IssueReported.model_validate_json(json.dumps(self._reports[case]))
        return Outgoing(issue, id, datetime.now(UTC))

    # the cases

    async def _calls_fail(self) -> None:
        case, agent = "calls fail", self.actors.agent
        number = await self._by_customer(case)
        await self.log.until_notified(case)
        self.note(f"the agent answers {number}, notes something for colleagues, and resolves it")
        done = await agent.update(
            number,
            {"state": "in progress", "message": "We see it: one of our gateways refuses calls. It is being taken out."},
        )
        await self._refused("a stale If-Match", agent.update(number, {"message": "Too late."}, if_match=1))
        done = await agent.update(
            number, {"internal": True, "message": "Gateway 7 again; see the runbook."}, if_match=done["sequence"]
        )
        await agent.update(
            number,
            {"state": "resolved", "message": "The gateway is out, calls go through again."},
            if_match=done["sequence"],
        )

    async def _answered_late(self) -> None:
        case = "answered late"
        first = self._event(case, "crm-4711-1")
        self.note("acme's CRM reports an outage by Kafka, and repeats itself in three ways")
        await publish(self.settings, CRM, [first, first, self._event(case, "crm-4711-2")])
        await self.log.number_of(case)
        answer = await self.actors.upstream.report(self._reports[case])
        self.over_http.append(
            {"case": case, "way": OVER_HTTP, "number": answer["ticket"]["number"], "duplicate": answer["duplicate"]}
        )
        number = await self.log.number_of(case)
        await self.log.until_said(case, "the breach", lambda said: said.cause == "breached")
        self.note(f"the agent answers {number}, after the time that was promised")
        await self.actors.agent.update(
            number,
            {
                "state": "in progress",
                "message": "We are sorry to answer late: the fault was found and is being mended.",
            },
        )

    async def _page_incident(self) -> None:
        """A customer sees it first; the page follows, and her ticket follows the page."""
        case, first = "page incident", "pictures fail"
        reported = await self._by_customer(first)
        await self.log.until_notified(first)
        for stage in STAGES:
            self.note(f"the status page says {stage.status}: {INCIDENT}")
            await self.page.show(BY_KEY[case].find[1], INCIDENT, stage, datetime.now(UTC))
            state = {"monitoring": "monitoring", "resolved": "resolved"}.get(stage.status, "in progress")
            number = await self.log.number_of(case)
            told = partial(_has_told, self.log, number, STAGES.index(stage) + 1, state)
            await self.log.until(f"{stage.status} of the page on {number}", told)
            await self.log.until_said(first, "the link", lambda said: said.cause == "linked")
        await self.log.until_said(first, "the proposal", lambda said: said.cause == "resolution proposed")
        self.note(f"the agent accepts that {reported} is resolved as {number} is")
        await self.actors.agent.link(reported, {"resolve": number})

    async def _monitor_alarm(self) -> None:
        case = "monitor alarm"
        began = datetime.now(UTC)

        def detection(action: str, status: str, title: str, at: datetime) -> Outgoing:
            return Outgoing(
                DetectionReported.model_validate(
                    {
                        "source": PROBES,
                        "dedup_key": BY_KEY[case].find[1],
                        "action": action,
                        "components": ("WhatsApp API",),
                        "status": status,
                        "observed_at": at,
                        "title": title,
                    }
                ),
                f"{BY_KEY[case].find[1]}/{action}",
                at,
            )

        self.note("a monitor finds the WhatsApp API failing")
        await publish(
            self.settings,
            PROBES,
            [detection("trigger", "partial_outage", "The WhatsApp API answers one request of three with 503", began)],
        )
        await self.log.until_notified(case)
        self.note("the monitor finds it well again")
        await publish(
            self.settings,
            PROBES,
            [detection("resolve", "operational", "The WhatsApp API answers again", datetime.now(UTC))],
        )

    async def _facts_missing(self) -> None:
        case = "facts missing"
        number = await self._by_customer(case)
        await self.log.until_said(case, "Action Required", lambda said: said.status == "Action Required")
        await asyncio.sleep(4 * APART)  # people take their time; the paused clock shows it
        self.note(f"cobalt's Carol Reyes gives the facts that were missing on {number}")
        await self.actors.customers["cobalt"].reply(
            number,
            {
                "body": "It is production. Some inbound calls fail, others go through.",
                "environment": "production",
                "impact": "intermittent",
            },
        )

    async def _search_is_slow(self) -> None:
        case = "search is slow"
        number = await self._by_customer(case)
        await self.log.until_notified(case)
        self.note(f"the agent lifts {number} to P2, with a reason")
        await self.actors.agent.decide_priority(
            number, "P2", "A number search that takes a minute is a degraded service for whoever buys by it."
        )

    async def _own_firewall(self) -> None:
        case = "own firewall"
        number = await self._by_customer(case)
        await self.log.until_notified(case)
        proposed = await self.log.until(
            f"an exclusion that is proposed on {number}",
            lambda: next((item for said in self.log.assessments(number) for item in said.exclusions), None),
        )
        self.note(f"the agent accepts that {number} is excluded under {proposed.clause}: {proposed.evidence}")
        await self.actors.agent.rule_on_exclusion(
            number, {"clause": proposed.clause, "ruling": "accept", "reason": "The media stop at your own firewall."}
        )

    async def _staging(self) -> None:
        case = "staging is down"
        number = await self._by_customer(case)
        await self.log.until_notified(case)
        lifted = self.actors.agent.decide_priority(number, "P1", "They are in a hurry.")
        await self._refused("staging lifted to P1", lifted)
        await self._refused("another account's ticket", self.actors.customers["cobalt"].ticket(number))

    async def _unknown_account(self) -> None:
        case = "unknown account"
        self.note("a plain JSON report comes for an account that nobody knows")
        await publish_raw(self.settings, "issues", json.dumps(self._reports[case]).encode(), key=CRM.encode())
        number = await self.log.number_of(case)
        await self.log.until_said(case, "the internal notice", lambda said: said.cause == "unknown account")
        self.note(f"the account is set, and the Initial of {number} can go out")
        at = datetime.now(UTC)
        await publish(self.settings, "upheld", [Outgoing(self.late_account, f"account/{at.isoformat()}", at)])
        await self.log.until_notified(case)

    async def _question(self) -> None:
        case = "a question"
        number = await self._by_customer(case)
        await self.log.until_notified(case)
        self.note(f"birch found the answer to {number} and closes it")
        said = {"body": "Found it in the console, thank you.", "close": True}
        await self.actors.customers["birch"].reply(number, said)

    async def _others(self) -> None:
        """A structured CloudEvent, and a record that nobody can handle."""
        self.note("birch's CRM reports as a structured CloudEvent; a malformed report comes along")
        event = self._event("delayed codes", "crm-4712-1")
        envelope = Envelope("crm-4712-1", CRM, IssueReported.type_name(), None, event.time)
        structured = {
            "specversion": "1.0",
            "id": envelope.id,
            "source": envelope.source,
            "type": envelope.type,
            "time": envelope.time.isoformat(),
            "datacontenttype": "application/json",
            "data": self._reports["delayed codes"],
        }
        await publish_raw(
            self.settings,
            "issues",
            json.dumps(structured).encode(),
            key=b"birch",
            headers=[("content-type", b"application/cloudevents+json; charset=UTF-8")],
        )
        await publish_raw(self.settings, "issues", json.dumps(MALFORMED).encode(), key=CRM.encode())

    async def _refused(self, name: str, act: Awaitable[Json]) -> None:
        """Do what must be refused, and keep the status that it was refused with (200: it was not)."""
        try:
            await act
        except Refused as error:
            self.refusals[name] = error.status
            self.note(f"refused, as it must be ({error.status}): {name}")
        else:
            self.refusals[name] = 200


def _has_told(log: Log, number: str, stages: int, state: str) -> bool:
    """Whether the page's words so far are all said, and the ticket is where the last one leads."""
    changes = log.changes(number)
    return sum(change.actor.kind == "page" for change in changes) >= stages and changes[-1].state_to == state
