"""Which version is in effect when, and which versions count for an account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shared.events import Agreement, Term
from shared.policy import Policies, Published
from shared.policy.amend import line_of
from tests.support.amended import MARCH, published, version

MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(days=1)
V1 = version("1")
V2 = version("2", effective=MARCH + 30 * DAY)
V3 = version("3", effective=MARCH + 60 * DAY)
ALL = published(V1, V2, V3)
LATE = MARCH + 90 * DAY


def line(since: Any = MARCH, *agreed: Agreement, policies: Policies = ALL, at: Any = LATE) -> tuple[list[str], int]:
    """The versions of an account whose term began then, and the place of the plan's."""
    upto = policies.in_effect(at)
    assert upto is not None
    found = line_of(policies, upto, Term(start=since), agreed, at)
    return [policy.version for policy in found.versions], found.plan_from


def test_a_version_takes_effect_at_its_effective_date_that_instant_included() -> None:
    assert ALL.in_effect(MARCH - MICROSECOND) is None
    assert ALL.in_effect(MARCH) is V1
    assert ALL.in_effect(V2.effective - MICROSECOND) is V1
    assert ALL.in_effect(V2.effective) is V2


def test_of_two_versions_with_one_date_the_one_published_last_is_in_effect() -> None:
    other = version("1b")
    policies = Policies(
        (Published(other, MARCH, MARCH + DAY), Published(V1, MARCH, MARCH), Published(V2, V2.effective, MARCH - DAY))
    )

    assert policies.in_effect(MARCH) is other


def test_an_account_begins_with_the_version_that_was_in_effect_when_its_term_began() -> None:
    assert line(V2.effective - MICROSECOND) == (["1", "2", "3"], 0)
    assert line(V2.effective) == (["2", "3"], 0)
    assert line(V3.effective + DAY) == (["3"], 0)


def test_an_account_of_older_days_begins_with_what_was_published_first() -> None:
    assert line(MARCH - 400 * DAY) == (["1", "2", "3"], 0)


def test_a_version_that_is_dated_back_was_agreed_by_nobody_whose_term_began_before_it_was_published() -> None:
    backdated = version("1b", effective=MARCH)
    policies = Policies((Published(V1, MARCH, MARCH), Published(backdated, MARCH, MARCH + 50 * DAY)))

    assert line(MARCH + 49 * DAY, policies=policies) == (["1", "1b"], 0)
    assert line(MARCH - 49 * DAY, policies=policies) == (["1", "1b"], 0)
    assert line(MARCH + 51 * DAY, policies=policies) == (["1b"], 0)


def test_an_accepted_version_holds_whole_from_then_on_and_only_for_what_begins_after() -> None:
    accepted = Agreement(at=V2.effective + DAY, cause="accepted", version=V2.sha256, by="Ann")

    assert line(MARCH, accepted, at=V2.effective) == (["1", "2"], 0)
    assert line(MARCH, accepted, at=V2.effective + DAY) == (["2"], 0)
    assert line(MARCH, accepted) == (["2", "3"], 0)


def test_a_version_accepted_before_it_takes_effect_holds_from_its_effective_date() -> None:
    accepted = Agreement(at=MARCH, cause="accepted", version=V2.sha256, by="Ann")

    assert line(MARCH, accepted, at=V2.effective - MICROSECOND) == (["1"], 0)
    assert line(MARCH, accepted, at=V2.effective) == (["2"], 0)


def test_a_renewal_agrees_to_the_version_in_effect_when_the_new_term_begins() -> None:
    renewed = Agreement(at=V2.effective, cause="renewed")

    assert line(MARCH, renewed, at=V2.effective - MICROSECOND) == (["1"], 0)
    assert line(MARCH, renewed) == (["2", "3"], 0)


def test_a_new_plan_agrees_to_what_the_plan_promises_and_to_nothing_else() -> None:
    changed = Agreement(at=V2.effective, cause="plan")
    renewed = Agreement(at=V3.effective, cause="renewed")

    assert line(MARCH, changed) == (["1", "2", "3"], 1)
    assert line(MARCH, changed, renewed) == (["3"], 0)


def test_an_acceptance_never_takes_an_account_back() -> None:
    old = Agreement(at=LATE, cause="accepted", version=V1.sha256, by="Ann")

    assert line(V2.effective, old) == (["2", "3"], 0)
