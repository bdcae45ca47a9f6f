"""What a version does to the accounts before it is published, which version a name means, and a term renewed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.events import AccountChanged, Agreement, Term
from shared.policy import Policies, Policy
from tests.support.amended import GOLD, MARCH, RULES, published, target, version
from upheld.amendments import affected, conflict, named, newer_agreed, superseded_by
from upheld.cli.renewals import renewed
from upheld.errors import Misused, NotThere

DAY = timedelta(days=1)
APRIL = MARCH + 31 * DAY
V1 = version("1")
V2 = version(
    "2",
    effective=APRIL,
    plans={
        "gold": GOLD
        | {
            "targets": GOLD["targets"]
            | {"P1": GOLD["targets"]["P1"] | {"first_response": target("PT30M"), "total_resolution": target("P1D")}}
        }
    },
    rules=[RULES[0], RULES[1] | {"when": {"impact": ["outage"], "workaround": ["none"]}}, *RULES[2:]],
    exclusions={"f": "carriers", "g": "third parties"},
)
ONE = published(V1)


def account(id: str = "acme", plan: str = "gold", *, end: datetime | None = None, **further: Any) -> AccountChanged:
    return AccountChanged(id=id, name=id, plan=plan, term=Term(start=MARCH, end=end), **further)


def states(*accounts: AccountChanged, policies: Policies = ONE, now: datetime = MARCH) -> dict[str, str]:
    return {item.account.id: item.state for item in affected(policies, V2, accounts, now)}


def test_an_account_is_kept_on_each_cell_that_would_degrade_and_gets_the_others_at_once() -> None:
    (item,) = affected(ONE, V2, [account()], MARCH)

    assert item.state == "kept"
    assert [
        (held.change.kind, *held.change.where.values(), held.version.version, held.change.reason.partition(":")[0])
        for held in item.effect.kept
    ] == [
        ("promise", "gold", "P1", "total_resolution", "1", "longer target"),
        ("exclusion", "B.5.g", "1", "excluded where it was not"),
        ("outcome", "outage", "rest", "1", "less urgent"),
    ]
    assert [(held.change.before, held.change.after) for held in item.effect.better] == [
        ("PT1H on always", "PT30M on always")
    ]


def test_whoever_agrees_before_it_takes_effect_or_is_not_concerned_is_kept_on_nothing() -> None:
    accepted = Agreement(at=MARCH, cause="accepted", version=V2.sha256, by="Ann")
    renewal = Agreement(at=APRIL, cause="renewed")

    assert states(
        account("old"),
        account("accepts", agreed=(accepted,)),
        account("renews", agreed=(renewal,)),
        account("stranger", "bronze"),
        account("over", end=APRIL),
        account("not-over", end=APRIL + DAY),
    ) == {
        "old": "kept",
        "accepts": "agreed",
        "renews": "agreed",
        "stranger": "unknown-plan",
        "over": "out-of-term",
        "not-over": "kept",
    }


def test_a_version_that_never_comes_into_effect_does_nothing_to_anyone() -> None:
    v3 = version("3", effective=APRIL)

    assert list(affected(published(V1, v3), V1, [account()], APRIL)) == []


def test_a_version_is_superseded_by_the_one_that_is_in_effect_when_its_time_has_come() -> None:
    v3 = version("3", effective=APRIL)
    known = published(V1, v3)

    assert superseded_by(known, V1, APRIL) is v3
    assert superseded_by(published(v3), V1, APRIL) is v3
    assert superseded_by(known, V1, APRIL - DAY) is None
    assert superseded_by(known, version("4", effective=APRIL + DAY), MARCH) is None
    assert superseded_by(known, V2, MARCH) is None


def test_an_account_cannot_accept_a_version_older_than_the_one_it_agreed_on() -> None:
    v3 = version("3", effective=APRIL + 30 * DAY)
    known, now = published(V1, V2, v3), APRIL + DAY
    second = Agreement(at=APRIL, cause="accepted", version=V2.sha256, by="Ann")
    third = Agreement(at=APRIL, cause="accepted", version=v3.sha256, by="Ann")

    def later(one: AccountChanged, chosen: Policy) -> Policy | None:
        return newer_agreed(known, chosen, one, now)

    assert later(account(agreed=(second,)), V1) is V2
    assert later(account(agreed=(Agreement(at=APRIL, cause="renewed"),)), V1) is V2
    assert later(account().model_copy(update={"term": Term(start=APRIL)}), V1) is V2
    assert later(account(), V1) is None
    assert later(account(agreed=(second,)), V2) is None
    assert later(account(agreed=(second,)), v3) is None
    assert later(account(agreed=(third,)), V2) is None
    assert newer_agreed(known, V2, account(agreed=(third,)), v3.effective) is v3


def test_the_same_version_with_other_contents_is_a_conflict_and_the_same_file_is_none() -> None:
    other = version("1", exclusions={})

    assert conflict(ONE, other) is V1
    assert conflict(ONE, V1) is None
    assert conflict(ONE, V2) is None


def test_a_version_is_meant_by_its_name_its_sha_or_the_policys_id() -> None:
    both = published(V1, V2)

    assert named(both, "sample@2", MARCH) is V2
    assert named(both, V2.sha256[:7], MARCH) is V2
    assert named(both, "sample", MARCH) is V1
    assert named(both, "sample", APRIL) is V2
    assert named(both, "sample", MARCH - DAY) is V1
    with pytest.raises(NotThere, match="No published version is called sample@9"):
        named(both, "sample@9", MARCH)


def test_a_term_that_is_renewed_before_it_ends_goes_on_from_its_end() -> None:
    changed, starts = renewed(account(end=APRIL), APRIL + 365 * DAY, None, "Ann", MARCH + DAY)

    assert starts == APRIL
    assert changed.term == Term(start=MARCH, end=APRIL + 365 * DAY)
    assert changed.agreed == (Agreement(at=APRIL, cause="renewed", by="Ann"),)


def test_a_term_that_is_over_is_renewed_from_now_and_the_time_between_is_not_in_it() -> None:
    changed, starts = renewed(account(end=APRIL), None, None, None, APRIL + 5 * DAY)

    assert starts == APRIL + 5 * DAY
    assert changed.term == Term(start=APRIL + 5 * DAY)


def test_a_term_that_is_over_may_be_renewed_as_if_it_had_not_been() -> None:
    changed, _ = renewed(account(end=APRIL), None, APRIL, None, APRIL + 5 * DAY)

    assert changed.term == Term(start=MARCH)


@pytest.mark.parametrize(
    ("end", "until", "begin", "sentence"),
    [
        (None, None, None, "has no end"),
        (APRIL, APRIL, None, "would end before it begins"),
        (APRIL, None, APRIL + DAY, "until then nothing can begin later"),
    ],
)
def test_a_renewal_that_cannot_be_is_refused(
    end: datetime | None, until: datetime | None, begin: datetime | None, sentence: str
) -> None:
    with pytest.raises(Misused, match=sentence):
        renewed(account(end=end), until, begin, None, datetime(2026, 3, 2, tzinfo=UTC))
