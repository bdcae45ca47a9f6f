"""Judges a run offline: the invariants of DESIGN.md section 4, from topics, tables and the receivers' own notes.

It shares no rule with the program: who is owed what, which priority follows and when a clock is due are worked out
here from the contracts.
"""

from collections.abc import Callable, Iterator

from tests.crash.checker.clocks import verdicts
from tests.crash.checker.evidence import Evidence, Violation
from tests.crash.checker.isolation import apart
from tests.crash.checker.links import followed
from tests.crash.checker.notifications import delivered, repeats, settled
from tests.crash.checker.priorities import reproducible
from tests.crash.checker.records import drained, outcomes
from tests.crash.checker.tickets import (
    agents_acts_are_done_once,
    one_issue_one_ticket,
    replies_are_said_once,
    sequences,
    states,
)
from tests.crash.checker.view import complete, rebuilt

CHECKS: tuple[Callable[[Evidence], Iterator[Violation]], ...] = (
    one_issue_one_ticket,
    sequences,
    states,
    outcomes,
    replies_are_said_once,
    agents_acts_are_done_once,
    delivered,
    settled,
    followed,
    verdicts,
    repeats,
    reproducible,
    apart,
    rebuilt,
    complete,
    drained,
)


def check(evidence: Evidence) -> list[Violation]:
    """Everything that does not hold; empty is the only good answer."""
    return [violation for check in CHECKS for violation in check(evidence)]
