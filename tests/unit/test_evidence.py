"""The evidence on a ticket: what belongs together is together, and the same records are the same bytes."""

from __future__ import annotations

import copy
import json
from typing import Any

from tests.unit.test_replay import DEMO, Record
from upheld.evidence import content_of, content_sha256, document

Json = dict[str, Any]


def entry(event: str, at: str, sequence: int, **data: Any) -> Json:
    return {
        "event": f"upheld.{event}.v1", "id": f"{event}-{sequence}", "service": "x", "sequence": sequence,
        "occurred_at": at, "milliseconds": 0.0, "summary": "-", "data": data,
    }  # fmt: skip


TIMELINE = [
    entry("ticketopened", "2026-03-02T12:00:00+00:00", 1, issue={"description": "Žádné hovory"}),
    entry("priorityassigned", "2026-03-02T12:00:00.1+00:00", 1),
    entry("statuschanged", "2026-03-02T12:00:01+00:00", 1, cause="opened"),
    entry("notificationsent", "2026-03-02T12:00:02+00:00", 1, outcome="accepted", phone="+1 555 0100"),
    entry("ticketreplied", "2026-03-02T12:10:00+00:00", 2, body="Still down"),
]
TICKET = {
    "number": "UP-1", "id": "x", "account": "acme", "initiator": "customer", "state": "open", "linked_to": [],
    "opened_at": "2026-03-02T12:00:00+00:00", "clock_start": "2026-03-02T12:00:00+00:00",
}  # fmt: skip
CLOCKS = {
    "as_at": "2026-03-02T12:10:00+00:00", "clocks": [], "verdicts": [], "calendars": [], "facts": {}, "ledger": [],
    "exclusions": [], "links": [],
}  # fmt: skip
POLICY = {
    "sha256": DEMO.sha256, "policy": "demo", "version": "1", "effective": "2024-01-01T00:00:00Z",
    "published_at": "2024-01-01T00:00:00Z", "text": DEMO.text,
}  # fmt: skip


def content(**changes: Any) -> Json:
    record = Record().open()
    assert record.ticket is not None
    assert record.ticket.said is not None
    said = json.loads(record.ticket.said.encode())
    assessed = [item | {"cause": "c", "result": said} for item in record.assessments]
    parts: Json = {
        "ticket": TICKET, "timeline": TIMELINE, "assessed": assessed, "clocks": CLOCKS, "policies": [POLICY],
        "deliveries": [{"id": "d", "state": "accepted"}], "waiting": [],
    }  # fmt: skip
    return content_of(**{**parts, **changes})


def test_it_holds_the_report_as_it_was_made_the_words_and_what_was_sent() -> None:
    found = content()

    assert found["report"]["data"]["issue"]["description"] == "Žádné hovory"
    assert [reply["data"]["body"] for reply in found["replies"]] == ["Still down"]
    assert [sent["data"]["outcome"] for sent in found["notifications"]["sent"]] == ["accepted"]
    assert found["notifications"]["deliveries"] == [{"id": "d", "state": "accepted"}]
    assert {fact["fact"]: fact["origin"] for fact in found["facts"]}["impact"] == "stated"
    assert found["assessments"][0]["said"]["reasons"][0]["clause"] == "B.3.P1"


def test_it_holds_the_policy_whole_and_what_of_it_applied() -> None:
    (policy,) = content()["policies"]

    assert policy["text"] == DEMO.text
    (plan,) = policy["applied"]["plans"]
    assert (plan["plan"], plan["priority"]) == ("business", "P1")
    assert plan["targets"]["first_response"] == {"target": "PT6S", "calendar": "always"}
    assert plan["calendars"] == {"always": {"always": True, "zone": None, "week": {}, "holidays": None}}
    assert [rule["id"] for rule in policy["applied"]["rules"]] == ["outage"]
    assert list(policy["applied"]["clauses"]) == ["B.3.P1"]


def test_the_same_records_are_the_same_bytes_whatever_the_order_of_keys_but_for_when_it_was_made() -> None:
    one, again = content(), copy.deepcopy(content())
    shuffled = json.loads(json.dumps({key: again[key] for key in reversed(again)}))

    assert document(one, "now") == document(shuffled, "now")
    first, second = json.loads(document(one, "then")), json.loads(document(one, "now"))
    assert (first.pop("made_at"), second.pop("made_at")) == ("then", "now")
    assert first == second
    assert first["content_sha256"] == content_sha256(first["content"])
    assert content_sha256(content(waiting=[{"missing": "a contact"}])) != first["content_sha256"]


def test_a_policy_that_cannot_be_read_here_is_there_with_its_text_alone() -> None:
    (policy,) = content(policies=[POLICY | {"text": "written: by a later release"}])["policies"]

    assert (policy["text"], policy["applied"]) == ("written: by a later release", {})
