"""The world of the crash test: its policy, its accounts and keys, and the issues that its customers report.

Everything follows from a seed; destinations and words are marked with the account that they belong to.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from shared.events import AccessChanged, AccountChanged, Contact, PolicyPublished, Role, Status, Term
from shared.policy import parse_policy

Json = dict[str, Any]
_DEMO = Path(__file__).parents[2] / "deploy" / "policies" / "demo.yaml"
_SECRET = "whsec_" + "dGhlIHNlY3JldCBvZiB0aGUgY3Jhc2ggdGVzdA=="

NONE = "none"
WATCHED = {
    "notification": {"target": "PT12S", "calendar": "always"},
    "first_response": {"target": "PT5S", "calendar": "always"},
    "update": NONE,
    "first_resolution": {"target": "PT15S", "calendar": "always"},
    "total_resolution": NONE,
}
PAUSES = {"awaiting customer": ["first_resolution", "total_resolution"], "exclusion": ["first_resolution"]}
PLANS = {
    "basic": {"targets": {"P1": NONE, "P2": NONE, "P3": NONE}},
    "watched": {
        "targets": {
            "P1": WATCHED,
            "P2": {**WATCHED, "first_response": {"target": "PT20S", "calendar": "always"}},
            "P3": {**dict.fromkeys(WATCHED, NONE), "first_resolution": {"target": "PT18S", "calendar": "always"}},
        },
        "pauses": PAUSES,
        "warnings": {"first_resolution": ["50%"]},
    },
    "closely": {
        "targets": {
            "P1": {**WATCHED, "first_response": {"target": "PT4S", "calendar": "always"}},
            "P2": {**WATCHED, "first_resolution": {"target": "PT12S", "calendar": "always"}},
            "P3": {**dict.fromkeys(WATCHED, NONE), "first_resolution": {"target": "PT16S", "calendar": "always"}},
        },
        "pauses": PAUSES,
    },
}


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of customer: its share of the load, its plan, and where it is told."""

    account: str
    share: int
    plan: str = "basic"
    mail: bool = False
    hook: bool = True
    services: tuple[str, ...] = ("voice", "sms")
    statuses: tuple[Status, ...] = ()
    priorities: tuple[str, ...] = ()
    reporter_mail: bool = False
    published: bool = True
    over: bool = False


SORTS = (
    *(Sort(f"bulk-{n}", 24) for n in range(1, 4)),
    *(Sort(f"bulk-{n}", 24, statuses=("Action Required", "Resolved")) for n in range(4, 7)),
    Sort("mail", 12, mail=True, hook=False, reporter_mail=True),
    Sort("north", 6, plan="watched", mail=True, services=("lookup", "voice"), priorities=("P1", "P2")),
    Sort("south", 6, plan="watched", hook=True, services=("lookup", "sms"), statuses=("Initial", "Update")),
    Sort("late", 4, plan="watched", mail=True, reporter_mail=True, published=False),
    Sort("over", 2, over=True),
    Sort("ghost", 2, hook=False, published=False),
)
"""`late` is published in the middle of the run; `ghost` never is."""
UPGRADED = ("north", "south")
"""They come to another plan in the middle of the run; what is open stays, unless an agent has it planned anew."""
BY_ACCOUNT = {sort.account: sort for sort in SORTS}
HTTP_ACCOUNTS = ("mail", "north", "south")


def policy() -> PolicyPublished:
    """Clauses and rules of the demo's policy, with targets of seconds."""
    text = yaml.safe_dump({**yaml.safe_load(_DEMO.read_text()), "policy": "crash", "plans": PLANS}, sort_keys=False)
    parsed = parse_policy(text)
    return PolicyPublished(
        sha256=parsed.sha256,
        id=parsed.policy,
        version=parsed.version,
        effective=parsed.effective,
        published_at=datetime.now(UTC),
        text=text,
    )


def account(sort: Sort, hook: str, *, plan: str | None = None) -> AccountChanged:
    """`hook` is the base address of the webhook receiver; `plan` another one than its sort has."""
    contacts = []
    if sort.hook:
        contacts.append(
            Contact(
                name="hook", channel="webhook", address=f"{hook}/{sort.account}", secret=_SECRET, statuses=sort.statuses
            )
        )
    if sort.mail:
        contacts.append(
            Contact(name="desk", channel="email", address=f"Desk@{sort.account}.example", priorities=sort.priorities)
        )
    now = datetime.now(UTC)
    term = Term(start=now - timedelta(days=300), end=now - timedelta(days=1) if sort.over else None)
    return AccountChanged(
        id=sort.account,
        name=f"Account {sort.account}",
        plan=plan or sort.plan,
        term=term,
        services=sort.services,
        contacts=tuple(contacts),
    )


def key(role: Role, *, account: str | None = None) -> tuple[AccessChanged, str]:
    """A key, the same in every run, and what a caller sends."""
    name = f"{role}{f'-{account}' if account else ''}"
    secret = hashlib.sha256(name.encode()).hexdigest()[:32]
    changed = AccessChanged(
        key_id=name, secret_sha256=hashlib.sha256(secret.encode()).hexdigest(), role=role, name=name, account=account
    )
    return changed, f"uph_{name}_{secret}"


def keys() -> dict[str, tuple[AccessChanged, str]]:
    """By name: `agent`, `admin`, and one for each account that speaks over HTTP."""
    return {
        "agent": key("agent"),
        "admin": key("admin"),
        **{account: key("customer", account=account) for account in HTTP_ACCOUNTS},
    }


class Customers:
    """Makes issues by the shares of their accounts. Ids are fixed by the seed."""

    def __init__(self, seed: int, way: str) -> None:
        self._random = random.Random(f"{seed} {way}")
        self._way = way
        self._shares = [sort.share for sort in SORTS]
        self._made = 0

    def issue(self, account: str | None = None) -> Json:
        """The next issue, of any account or of this one."""
        self._made += 1
        chance = self._random
        sort = BY_ACCOUNT[account] if account else chance.choices(SORTS, self._shares)[0]
        reporter: Json = {"name": f"Reporter of {sort.account}", "account": sort.account}
        if sort.reporter_mail:
            reporter["email"] = f"ann@{sort.account}.example"
        issue: Json = {
            "issue_id": f"{self._way}/{self._made:06}",
            "reporter": reporter,
            "services": [chance.choice(sort.services)],
            "ongoing": True,
            "description": f"[account={sort.account}] issue {self._made} \u2013 no calls get through",
            "examples": [f"{chance.getrandbits(128):032x}"],
        }
        return issue | self._facts()

    def _facts(self) -> Json:
        environment = self._random.choices(("production", "staging", "unknown"), (88, 8, 4))[0]
        if environment == "unknown":
            return {"impact": "outage"}
        return {
            "environment": environment,
            "category": "incident",
            "impact": self._random.choice(("outage", "degraded", "intermittent")),
            "workaround": self._random.choice(("none", "available")),
        }

    def amended(self, issue: Json) -> Json:
        """The same issue with other facts."""
        others = [impact for impact in ("outage", "degraded", "intermittent") if impact != issue.get("impact")]
        return {**issue, "environment": "production", "category": "incident", "impact": self._random.choice(others)}
