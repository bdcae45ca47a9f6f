"""What an assessment rests on: facts as stated and as read, what counts of the account, an agent's decision.

- A fact that was stated is never unsaid: `unknown` in a reply leaves what was known.
- Stated and read facts are kept apart; where both are known, what was stated counts. What a later reply says otherwise,
  by a field or plainly in words, takes its place (SLA B.3: the facts decide, as they are known by then).
- What a page or a monitor says is not read for facts.
"""

from __future__ import annotations

from datetime import date

from services.triage.domain.held import Line, PlanLine
from services.triage.domain.reading import Found, Read, read
from services.triage.domain.reading.found import worse
from services.triage.domain.replies import told_in
from shared.events import (
    AccountChanged,
    Category,
    Environment,
    Exclusion,
    Fact,
    Impact,
    Initiator,
    Instant,
    Name,
    Part,
    Term,
    Text,
    TicketOpened,
    TicketReplied,
    Workaround,
)


class Facts(Part):
    """What is known of the issue: as its reporters stated it, and what was read from their words."""

    initiator: Initiator
    account: Name | None = None
    services: tuple[Name, ...] = ()
    environment: Environment = "unknown"
    impact: Impact = "unknown"
    workaround: Workaround = "unknown"
    category: Category = "unknown"
    ongoing: bool | None = None
    began_at: Instant | None = None
    ended_at: Instant | None = None
    unknown: tuple[Name, ...] = ()
    """Facts that the reporter says are not known: what words only imply of them does not count."""
    clock_start: Instant
    read: Read = Read()
    reworded: tuple[Name, ...] = ()
    """Stated facts of which a later reply's words say otherwise: the words count, until the fact is stated again."""

    def known(self) -> dict[str, Fact]:
        """Each fact that is known, with its origin."""
        found = {
            name: _fact(name, value)
            for name in STATED
            if name not in self.reworded and (value := getattr(self, name)) not in ("unknown", None)
        }
        for item in self.read.facts:
            if item.fact in STATED and item.fact not in found and self._may_be_read(item):
                found[item.fact] = Fact(fact=item.fact, value=item.value, origin="read", words=item.words)
        for item in self.read.facts:
            if item.fact == "service" and not self.services:  # no rule asks of it; SLA B.1.2.b does
                found["service"] = Fact(fact="service", value=item.value, origin="read", words=item.words)
        return found

    def implies(self, fact: str) -> bool:
        """Whether it is known only since words imply it."""
        read = next((item for item in self.read.facts if item.fact == fact), None)
        stated = fact not in self.reworded and getattr(self, fact) not in ("unknown", None)
        return not stated and read is not None and read.implied

    def _may_be_read(self, item: Found) -> bool:
        """Whoever states that something fails is not taken to ask a question, whatever the words are like; and
        whoever says that he does not know is not taken to imply it."""
        if item.implied and item.fact in self.unknown:
            return False
        fails = self.impact in ("outage", "degraded", "intermittent") or "impact" in self.reworded
        return item.fact != "category" or not fails


STATED = ("environment", "impact", "workaround", "category", "ongoing")
"""The facts that rules ask of, and that a description may tell where they were not stated."""
REWORDED = ("environment", "impact", "workaround", "ongoing")
"""Those of which a reply's words may say otherwise than was stated; of the impact, only that it is worse."""


def _fact(name: str, value: str | bool) -> Fact:
    return Fact(fact=name, value=value if isinstance(value, str) else "yes" if value else "no", origin="stated")


class Customer(Part):
    """What counts of an account for one ticket. Once it covers the ticket it is kept: a later plan changes nothing."""

    plan: Name
    term: Term
    line: Line | None = None
    """The versions of the policy that count for it, where it is not the ticket's alone."""


class Decision(Part):
    """An agent's decision on the priority, with the reason given."""

    priority: Name
    reason: Text
    by: Name


class Replanned(Part):
    """An agent's word that the ticket follows, from then on, what its account holds and the policy in effect then."""

    at: Instant
    by: Name
    reason: Text


class Inputs(Part):
    """All that an assessment rests on beside the policy; recorded, so that it can be worked out again."""

    facts: Facts
    customer: Customer | None = None
    plans: tuple[Name, ...] = ()
    """Of the accounts concerned by a provider's ticket, in order of name."""
    lines: tuple[PlanLine, ...] = ()
    """The same, of accounts for which not the policy alone counts."""
    asked: tuple[Name, ...] = ()
    """The facts that the customer was asked for before."""
    decision: Decision | None = None
    ruled: tuple[Exclusion, ...] = ()
    """Exclusions that an agent accepted or rejected; what is proposed of their clauses is theirs to say."""
    replanned: Replanned | None = None
    """The last time that an agent had it planned anew."""


def stated_facts(opened: TicketOpened) -> Facts:
    """The facts that a ticket opens with."""
    issue = opened.issue
    return Facts(
        initiator=issue.initiator,
        account=opened.account,
        services=issue.services,
        environment=issue.environment,
        impact=issue.impact,
        workaround=issue.workaround,
        category=issue.category,
        ongoing=issue.ongoing,
        began_at=issue.began_at,
        ended_at=issue.ended_at,
        unknown=opened.unknown,
        clock_start=opened.clock_start,
        read=read(issue.description, opened.clock_start.date()) if issue.initiator == "customer" else Read(),
    )


def restated(facts: Facts, reply: TicketReplied) -> Facts:
    """The facts after a reply; the same object when it states nothing new."""
    given = {
        "environment": reply.environment,
        "impact": reply.impact,
        "workaround": reply.workaround,
        "category": reply.category,
        "ongoing": reply.ongoing,
        "services": reply.services or None,
        "ended_at": reply.ended_at,
    }
    stated = {fact: value for fact, value in given.items() if value not in (None, "unknown")}
    new = {fact: value for fact, value in stated.items() if value != getattr(facts, fact)}
    told, reworded = facts.read, tuple(name for name in facts.reworded if name not in stated)
    if reply.origin == "customer" and reply.body and facts.initiator == "customer":
        told, anew = _heard(facts, reply.body, reply.replied_at.date())
        reworded = (*reworded, *(name for name in anew if name not in stated and name not in reworded))
    if not new and told == facts.read and reworded == facts.reworded:
        return facts
    return facts.model_copy(update={**new, "read": told, "reworded": reworded})


def _heard(facts: Facts, body: str, day: date) -> tuple[Read, tuple[str, ...]]:
    """What is read after a reply's words, and of which stated facts they plainly say otherwise.

    What they only mention replaces no environment that was named before.
    """
    words, known = told_in(body, day), facts.known()
    named = "environment" in known and not facts.implies("environment")
    aside = {"environment"} - words.plain if named else set()
    heard = words.read.model_copy(update={"facts": tuple(item for item in words.read.facts if item.fact not in aside)})
    told = facts.read.with_reply(heard)
    anew = []
    for item in heard.facts:
        fact = known.get(item.fact)
        if fact is None or fact.origin != "stated" or fact.value == item.value or item.fact not in words.plain:
            continue
        taken_up = item.fact in REWORDED and told.value(item.fact) == item.value
        if taken_up and (item.fact != "impact" or worse(item.value, fact.value)):
            anew.append(item.fact)
    return told, tuple(anew)


def customer_of(account: AccountChanged | None) -> Customer | None:
    """What counts of an account, where it is known."""
    return None if account is None else Customer(plan=account.plan, term=account.term)
