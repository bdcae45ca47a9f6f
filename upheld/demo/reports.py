"""What is reported in each case, and what the status page says, as those outside would write it."""

from __future__ import annotations

from datetime import datetime, timedelta

from upheld.demo.page import Stage
from upheld.demo.scenario import BY_KEY

Json = dict[str, object]


def reports(now: datetime) -> dict[str, Json]:
    """What is reported in each case that somebody reports, as the JSON that is sent."""
    began = (now - timedelta(minutes=7)).isoformat()

    def said(case: str, name: str, email: str | None, services: list[str], description: str, **facts: object) -> Json:
        reporter: Json = {"name": name, "account": BY_KEY[case].account}
        if email:
            reporter["email"] = email
        return {
            "issue_id": BY_KEY[case].find[1],
            "reporter": reporter,
            "services": services,
            "began_at": began,
            "description": description,
            **facts,
        }

    live: Json = {"ongoing": True, "environment": "production", "category": "incident"}
    return {
        "calls fail": said(
            "calls fail",
            "Carol Reyes",
            "carol@cobalt.example",
            ["voice"],
            "All outbound calls end at once with error 503 since our morning peak.",
            examples=["5b40a428-b5a4-4d3b-8d3c-9d1f6d7e21a0", "0f8c7d92-31c5-45f8-9a50-6a1f8f2f7c11"],
            impact="outage",
            workaround="none",
            **live,
        ),
        "answered late": said(
            "answered late",
            "CRM of Acme Airlines",
            None,
            ["voice"],
            "The booking line takes no calls: callers hear silence, then are cut off.",
            examples=["c3d7b1e2-6f1e-4b0e-8f3e-2a7f5f0e9b44"],
            impact="outage",
            workaround="none",
            **live,
        ),
        "delayed codes": said(
            "delayed codes",
            "CRM of Birch Books",
            None,
            ["sms"],
            "Delivery of order texts takes up to ten minutes to two countries.",
            impact="degraded",
            **live,
        ),
        "staging is down": said(
            "staging is down",
            "Ines Falk",
            "ines@birch.example",
            ["verify"],
            "Verify answers every call with 500 in our staging environment.",
            ongoing=True,
            environment="staging",
            impact="outage",
            workaround="none",
            category="incident",
        ),
        "search is slow": said(
            "search is slow",
            "Carol Reyes",
            "carol@cobalt.example",
            ["phone-numbers"],
            "Searching for numbers takes long, though it finds them.",
            impact="none",
            workaround="available",
            **live,
        ),
        "facts missing": said(
            "facts missing",
            "Carol Reyes",
            "carol@cobalt.example",
            ["sip-trunking"],
            "Something is wrong with our trunk.",
            ongoing=True,
            category="incident",
        ),
        "unknown account": said(
            "unknown account",
            "CRM of Delta Dental",
            None,
            ["lookup"],
            "One carrier lookup of several comes back empty.",
            impact="intermittent",
            **live,
        ),
        "pictures fail": said(
            "pictures fail",
            "Carol Reyes",
            "carol@cobalt.example",
            ["mms"],
            "Picture messages to some numbers come back as undelivered.",
            impact="degraded",
            **live,
        ),
        "own firewall": said(
            "own firewall",
            "Carol Reyes",
            "carol@cobalt.example",
            ["sip-trunking"],
            "Some calls over our trunk have no sound: our firewall drops the media packets.",
            impact="degraded",
            **live,
        ),
        "a question": said(
            "a question",
            "Ben Ode",
            "Support@birch.example",
            ["verify"],
            "Which of the channels of Verify can we switch off by ourselves?",
            category="question",
        ),
    }


MALFORMED: Json = {
    "issue_id": "CRM-4714",
    "reporter": {"name": "CRM of Acme Airlines", "account": "acme"},
    "description": "A time without its zone says nothing.",
    "began_at": "2026-11-24T09:15:00",
}

INCIDENT = "Picture messages fail in part of North America"
STAGES: tuple[Stage, ...] = (
    Stage(
        "investigating",
        "We are <strong>investigating</strong> an elevated rate of failed picture messages.<br />More will follow.",
        {"Outbound MMS": "partial_outage"},
    ),
    Stage(
        "identified",
        "A faulty routing table was identified &amp; is being withdrawn.",
        {"Outbound MMS": "partial_outage"},
        affected="null",
    ),
    Stage(
        "monitoring",
        "Routing is as it should be again; we are watching the results.",
        {"Outbound MMS": "degraded_performance"},
        affected="name only",
    ),
    Stage("resolved", "This incident has been resolved.", {"Outbound MMS": "operational"}),
)
