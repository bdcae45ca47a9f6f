"""Attainment per account on a ticket of the provider's: each by its own plan, on the ticket's facts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from services.status_monitor.domain.attainment import Verdict
from services.status_monitor.domain.concerned import Concern, Concerned, verdicts_by_account
from services.status_monitor.domain.facts import CLOCKS, Excluded, Facts, Lapse, Mark, Planned
from shared.events import Agreement
from shared.policy import Policies, Policy, parse_policy
from shared.policy.versions import Published
from tests.support.status import POLICY, T0, at, target

NONE = "none"


def cells(**targets: str) -> str:
    """P1's targets; of clocks that are not named, none."""
    return "{" + ", ".join(f"{clock}: {targets.get(clock, NONE)}" for clock in CLOCKS) + "}"


def policy_with(version: str = "1", effective: str = "2024-01-01", **plans: str) -> Policy:
    """These plans, each with its targets of P1; the one that is called `eager` is answered by the Initial."""
    lines = (f"  {key}: {{targets: {{P1: {line}, P2: none, P3: none}}}}\n" for key, line in plans.items())
    written = "".join(lines).replace("eager: {", "eager: {response_met_by: initial, ")
    head, _, tail = POLICY.partition("plans:\n  gold")
    text = f"{head}plans:\n{written}coverage:{tail.partition('coverage:')[2]}"
    return parse_policy(text.replace('version: "1"', f'version: "{version}"').replace("2024-01-01", effective))


def clock(length: str, calendar: str = "always") -> str:
    return f"{{target: {length}, calendar: {calendar}}}"


SLA = policy_with(
    gold=cells(notification=clock("PT5M"), first_response=clock("PT30M")),
    iron=cells(notification=clock("PT1H"), first_response=clock("PT4H", "office")),
    tin=cells(first_resolution=clock("PT8H")),
)


def known(*policies: Policy) -> Policies:
    return Policies(tuple(Published(each, each.effective, each.effective) for each in policies))


def planned(minutes: float = 0, sla: Policy = SLA, **more: Any) -> Planned:
    shortest = {"notification": target(5), "first_response": target(30), "first_resolution": target(480)}
    return Planned(at=at(minutes), targets=shortest, policy=sla.sha256, priority="P1", **more)


def concern(plan: str | None, minutes: float = 0, agreed: tuple[Agreement, ...] = ()) -> Concern:
    return Concern(at=at(minutes), plan=plan, start=T0 - timedelta(days=100), agreed=agreed)


def account(name: str, *plans: str | Concern | None, **known: Any) -> Concerned:
    return Concerned(name, tuple(concern(each) if isinstance(each, str) else each for each in plans if each), **known)


def judged(
    facts: Facts, *accounts: Concerned, now: float = 600, policies: Policies | None = None
) -> dict[str, list[Verdict]]:
    return dict(verdicts_by_account(facts, T0, "P1", accounts, policies or known(SLA), at(now)))


def said(verdicts: list[Verdict]) -> dict[str, str]:
    return {verdict.clock: verdict.gross for verdict in verdicts}


def ticket(*plans: Planned, **facts: Any) -> Facts:
    return Facts(start=T0, plans=plans or (planned(),), **facts)


def test_each_account_is_judged_by_its_own_plan_and_only_on_what_that_promises() -> None:
    found = judged(ticket(responded=at(40)), account("acme", "gold"), account("birch", "iron"), account("elm", "tin"))

    assert found["acme"][1:] == [Verdict("first_response", "P1", "breached", "breached", at(30))]
    assert found["birch"][1:] == [Verdict("first_response", "P1", "met", "met", at(40))]
    assert said(found["elm"]) == {"first_resolution": "breached"}


def test_an_account_s_calendar_counts_for_it() -> None:
    facts = Facts(start=at(7 * 60), plans=(planned(7 * 60),), responded=at(24 * 60))  # from 17:00 in Berlin on

    found = dict(
        verdicts_by_account(
            facts, at(7 * 60), "P1", [account("birch", concern("iron", 7 * 60))], known(SLA), at(48 * 60)
        )
    )

    assert found["birch"][1] == Verdict("first_response", "P1", "met", "met", at(24 * 60))


def test_its_notification_clock_is_met_by_the_first_notification_to_itself() -> None:
    facts = ticket(notified=at(2))

    found = judged(
        facts,
        account("acme", "gold", notified=at(2)),
        account("birch", "gold", notified=at(6)),
        account("elm", "gold"),
        now=10,
    )

    assert [found[name][0] for name in ("acme", "birch", "elm")] == [
        Verdict("notification", "P1", "met", "met", at(2)),
        Verdict("notification", "P1", "breached", "breached", at(5)),
        Verdict("notification", "P1", "breached", "breached", at(5)),
    ]


def test_where_a_plan_says_so_the_response_is_met_by_the_initial_to_the_account_itself() -> None:
    line = cells(first_response=clock("PT30M"))
    sla = policy_with(eager=line, gold=line)
    facts = ticket(planned(sla=sla), notified=at(2), initial_notified=at(2))

    found = judged(
        facts,
        account("acme", "eager", initial_notified=at(2)),
        account("birch", "eager", initial_notified=at(31)),
        account("elm", "gold", initial_notified=at(2)),
        policies=known(sla),
        now=40,
    )

    assert {name: said(verdicts) for name, verdicts in found.items()} == {
        "acme": {"first_response": "met"},
        "birch": {"first_response": "breached"},
        "elm": {"first_response": "breached"},
    }


def test_what_was_spoken_of_the_ticket_s_own_clocks_is_no_verdict_on_an_account_s() -> None:
    mark = Mark(clock="first_response", cycle=T0, kind="breached", due=at(30), target=target(30), at=at(31))

    found = judged(ticket(responded=at(40), marks=(mark,)), account("birch", "iron"))

    assert said(found["birch"])["first_response"] == "met"


def test_from_an_assessment_on_that_no_longer_concerns_it_an_account_is_promised_nothing() -> None:
    facts = ticket(planned(), planned(20))

    found = judged(facts, account("acme", "gold", concern(None, 20)), account("birch", "gold", concern("gold", 20)))

    assert said(found["acme"]) == {"notification": "breached"}
    assert said(found["birch"]) == {"notification": "breached", "first_response": "breached"}


def test_an_account_that_an_incident_comes_to_concern_is_judged_from_then_on() -> None:
    facts = ticket(responded=at(10))

    found = judged(facts, account("acme", concern("iron", 60), notified=at(61)), now=90)

    assert found["acme"] == [Verdict("notification", "P1", "breached", "breached", at(60))]


def test_what_is_not_met_when_its_term_ends_is_cancelled_for_the_account_alone() -> None:
    found = judged(
        ticket(),
        account("acme", "gold", term_end=at(4)),
        account("birch", "gold"),
        account("elm", "gold", lapses=(Lapse(begin=at(2), end=at(700)),)),
    )

    assert found["acme"] == []
    assert said(found["birch"]) == {"notification": "breached", "first_response": "breached"}
    assert said(found["elm"]) == {"notification": "open", "first_response": "open"}


def test_accepted_exclusions_are_taken_out_net_for_every_account() -> None:
    excluded = (Excluded(clause="B.5.f", begin=T0, end=at(60)),)
    facts = ticket(planned(), planned(50, excluded=excluded), responded=at(70))

    found = judged(facts, account("acme", "gold", concern("gold", 50)))

    assert found["acme"][1] == Verdict("first_response", "P1", "breached", "met", at(30))


def test_what_an_account_keeps_of_an_earlier_version_counts_until_it_agrees_anew() -> None:
    worse = policy_with("2", "2026-01-01", gold=cells(first_response=clock("PT2H")))
    accepted = Agreement(at=datetime(2026, 2, 1, tzinfo=UTC), cause="accepted", version=worse.sha256)
    facts = ticket(planned(sla=worse), responded=at(60))

    found = judged(
        facts,
        account("acme", "gold"),
        account("birch", concern("gold", agreed=(accepted,))),
        policies=known(SLA, worse),
    )

    assert said(found["acme"])["first_response"] == "breached"
    assert said(found["birch"]) == {"first_response": "met"}


def test_a_version_that_is_published_later_changes_no_verdict() -> None:
    backdated = policy_with("2", "2025-01-01", gold=cells(first_response=clock("PT10M")))
    late = Published(backdated, backdated.effective, at(500))
    facts = ticket(responded=at(20))

    found = judged(
        facts, account("acme", "gold"), policies=Policies((Published(SLA, SLA.effective, SLA.effective), late))
    )

    assert said(found["acme"])["first_response"] == "met"
