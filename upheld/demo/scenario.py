"""What is reported, and what must come of it: written by hand, from the SLA, not from the program.

- `told` lists, for every destination, the statuses that it must be sent, in this order; it gets nothing else.
- Clocks that are not named under `clocks` are not compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SUPPORT = "mail support@upheld.example"
"""The policy's support contact, who alone is told of what is internal."""
PHONE = "+1 555 0100"
"""The support phone number of the demo's policy: it must stand in every notification."""
CRM, PROBES = "crm", "probes"
"""An upstream system and a monitor, by the names under which they speak."""
PAGE_NAME = "upheld-demo"
PAGE_COMPONENTS = ("Voice API", "SMS API", "Outbound MMS", "Inbound MMS", "WhatsApp API", "Verify API", "Console")


@dataclass(frozen=True, slots=True)
class Case:
    """One issue: how it comes, and what must come of it."""

    key: str
    way: str
    account: str | None
    find: tuple[str, str]
    """How its ticket is known: ("issue", the id it was reported under) or ("incident", the page's or monitor's id)."""
    priority: str
    clause: str
    state: str
    coverage: str
    told: Mapping[str, Sequence[str]]
    plan: str | None = None
    clocks: Mapping[str, str] = field(default_factory=dict)
    paused: tuple[str, ...] = ()
    """Clocks that must show time in which they did not run."""
    excluded: str | None = None
    """The clause under which an agent has accepted that it is excluded, as its own words propose."""
    linked_to: str | None = None
    """The case whose ticket, the provider's, it is linked to."""
    waited: bool = False
    """Its Initial waits for what is not known yet, so its latency says nothing of the services."""


CASES: tuple[Case, ...] = (
    Case(
        key="calls fail",
        way="customer, HTTP",
        account="cobalt",
        find=("issue", "web-calls-fail"),
        priority="P1",
        clause="B.3.P1",
        state="resolved",
        coverage="covered",
        plan="personalized",
        clocks={
            "notification": "met",
            "first_response": "met",
            "update": "met",
            "first_resolution": "met",
            "total_resolution": "met",
        },
        told={
            "mail carol@cobalt.example": ("Initial", "Update", "Resolved"),
            "mail duty@cobalt.example": ("Initial", "Update", "Resolved"),
            "mail head@cobalt.example": ("Initial", "Resolved"),
            "hook cobalt": ("Initial", "Update", "Resolved"),
        },
    ),
    Case(
        key="answered late",
        way="upstream, CloudEvents",
        account="acme",
        find=("issue", "CRM-4711"),
        priority="P1",
        clause="B.3.P1",
        state="in progress",
        coverage="covered",
        plan="business",
        clocks={"notification": "met", "first_response": "late", "first_resolution": "running"},
        told={
            "mail noc@acme.example": ("Initial", "Update"),
            "hook acme": ("Initial", "Update"),
            SUPPORT: ("at-risk", "breached"),
        },
    ),
    Case(
        key="delayed codes",
        way="upstream, structured",
        account="birch",
        find=("issue", "CRM-4712"),
        priority="P2",
        clause="B.3.P2",
        state="open",
        coverage="covered",
        plan="basic",
        clocks={"notification": "none", "first_response": "none", "first_resolution": "none"},
        told={"mail support@birch.example": ("Initial",)},
    ),
    Case(
        key="staging is down",
        way="customer, HTTP",
        account="birch",
        find=("issue", "web-staging"),
        priority="P3",
        clause="B.3.P3",
        state="open",
        coverage="covered",
        plan="basic",
        told={"mail ines@birch.example": ("Initial",), "mail support@birch.example": ("Initial",)},
    ),
    Case(
        key="search is slow",
        way="customer, HTTP",
        account="cobalt",
        find=("issue", "web-search"),
        priority="P2",
        clause="B.3.P2",
        state="open",
        coverage="covered",
        plan="personalized",
        clocks={"notification": "met", "first_response": "running", "first_resolution": "running"},
        told={
            "mail carol@cobalt.example": ("Initial", "Informational"),
            "mail duty@cobalt.example": ("Informational",),
            "hook cobalt": ("Initial", "Informational"),
        },
    ),
    Case(
        key="facts missing",
        way="customer, HTTP",
        account="cobalt",
        find=("issue", "web-trunk"),
        priority="P2",
        clause="B.3.P2",
        state="in progress",
        coverage="covered",
        plan="personalized",
        clocks={"notification": "met", "first_resolution": "running"},
        paused=("first_resolution", "total_resolution"),
        told={
            "mail carol@cobalt.example": ("Initial", "Action Required", "Informational"),
            "mail duty@cobalt.example": ("Informational",),
            "hook cobalt": ("Initial", "Action Required", "Informational"),
        },
    ),
    Case(
        key="unknown account",
        way="upstream, plain JSON",
        account="delta",
        find=("issue", "CRM-4713"),
        priority="P2",
        clause="B.3.P2",
        state="open",
        coverage="covered",
        plan="business",
        waited=True,
        # Whether the mail is out before a notification time is promised is a race: that clock is not compared.
        clocks={"first_response": "running"},
        told={"mail it@delta.example": ("Initial",), SUPPORT: ("unknown account",)},
    ),
    Case(
        key="own firewall",
        way="customer, HTTP",
        account="cobalt",
        find=("issue", "web-firewall"),
        priority="P2",
        clause="B.3.P2",
        state="open",
        coverage="covered",
        plan="personalized",
        excluded="B.5.a",
        clocks={"notification": "met", "first_response": "running", "first_resolution": "paused"},
        paused=("first_resolution", "total_resolution"),
        told={
            "mail carol@cobalt.example": ("Initial", "Informational"),
            "mail duty@cobalt.example": ("Initial", "Informational"),
            "hook cobalt": ("Initial", "Informational"),
        },
    ),
    Case(
        key="a question",
        way="customer, HTTP",
        account="birch",
        find=("issue", "web-question"),
        priority="P3",
        clause="B.3.P3",
        state="closed",
        coverage="covered",
        plan="basic",
        told={"mail support@birch.example": ("Initial", "Resolved")},
    ),
    Case(
        key="page incident",
        way="status page",
        account=None,
        find=("incident", "k7v2mw0x9c3d"),
        priority="P2",
        clause="B.3.P2",
        state="resolved",
        coverage="provider",
        clocks={"notification": "met", "update": "met", "first_resolution": "met"},
        told={
            # What the page says makes Initial before a priority is known; the priority follows as Informational.
            "mail noc@acme.example": ("Initial", "Update", "Informational", "Update", "Update", "Resolved"),
            "hook acme": ("Initial", "Update", "Informational", "Update", "Update", "Resolved"),
            "mail duty@cobalt.example": ("Initial", "Update", "Informational", "Update", "Update", "Resolved"),
            "mail head@cobalt.example": ("Initial", "Resolved"),
            "hook cobalt": ("Initial", "Update", "Informational", "Update", "Update", "Resolved"),
        },
    ),
    Case(
        key="pictures fail",
        way="customer, HTTP",
        account="cobalt",
        find=("issue", "web-pictures"),
        priority="P2",
        clause="B.3.P2",
        state="resolved",
        coverage="covered",
        plan="personalized",
        linked_to="page incident",
        clocks={"notification": "met", "first_response": "met", "update": "met", "first_resolution": "met"},
        told={
            # She reported it before the page did. What the page says then reaches her here; the account's contacts,
            # who use the service, are told on the provider's ticket and not again.
            "mail carol@cobalt.example": ("Initial", "Informational", "Update", "Update", "Update", "Resolved"),
            "mail duty@cobalt.example": ("Initial", "Informational", "Resolved"),
            "hook cobalt": ("Initial", "Informational", "Resolved"),
            SUPPORT: ("resolution proposed",),
        },
    ),
    Case(
        key="monitor alarm",
        way="monitor",
        account=None,
        find=("incident", "whatsapp-api/eu"),
        priority="P2",
        clause="B.3.P2",
        state="resolved",
        coverage="provider",
        clocks={"notification": "met", "first_resolution": "met"},
        told={
            "mail noc@acme.example": ("Initial", "Resolved"),
            "hook acme": ("Initial", "Resolved"),
            "mail support@birch.example": ("Initial", "Resolved"),
        },
    ),
)
BY_KEY = {case.key: case for case in CASES}

REPEATS = {
    "the same event again (Kafka)": "answered late",
    "the same issue in another event (Kafka)": "answered late",
    "the same issue over HTTP": "answered late",
}
"""What is sent more than once, and the case whose ticket must stay the only one."""

DEAD = ({"service": "intake", "topic": "issues", "kind": "malformed", "names": "began_at"},)
"""The dead letters that there must be, each with a word that its reason must name."""
