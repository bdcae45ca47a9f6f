"""What an assessment rests on: facts as stated, what counts of the account, an agent's decision.

A fact that was stated is never unsaid: `unknown` in a reply leaves what was known.
"""

from __future__ import annotations

from shared.events import (
    AccountChanged,
    Category,
    Environment,
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
    """What is known of the issue, as its reporters stated it."""

    initiator: Initiator
    account: Name | None = None
    services: tuple[Name, ...] = ()
    environment: Environment = "unknown"
    impact: Impact = "unknown"
    workaround: Workaround = "unknown"
    category: Category = "unknown"
    ongoing: bool | None = None
    clock_start: Instant


class Customer(Part):
    """What counts of an account for one ticket. Once it covers the ticket it is kept: a later plan changes nothing."""

    plan: Name
    term: Term


class Decision(Part):
    """An agent's decision on the priority, with the reason given."""

    priority: Name
    reason: Text
    by: Name


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
        clock_start=opened.clock_start,
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
    }
    new = {
        fact: value
        for fact, value in given.items()
        if value is not None and value != "unknown" and value != getattr(facts, fact)
    }
    return facts.model_copy(update=new) if new else facts


def customer_of(account: AccountChanged | None) -> Customer | None:
    """What counts of an account, where it is known."""
    return None if account is None else Customer(plan=account.plan, term=account.term)
