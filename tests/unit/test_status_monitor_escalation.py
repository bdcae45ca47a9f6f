"""The escalation ladder: what is at risk or breached reaches a person until an agent takes it up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.notifier.domain.recipients import decide
from services.status_monitor.domain.acts import Refusal
from shared.events import StatusChanged, Target
from shared.policy import CLOCKS, parse_policy
from tests.support.status import POLICY, Case, Known, accepted, assigned, at, opened, replied, target

LADDER = parse_policy(
    POLICY.replace(
        "  contact: support@example.test",
        "  contact: support@example.test\n"
        "  escalation: [{after: PT1H, to: boss@example.test}, {after: PT15M, to: duty@example.test}]",
    )
)


def begun(**targets: Target | None) -> Case:
    """A ticket with Initial out, under a policy with two steps: after 15 minutes, and after an hour."""
    case = Case(Known((LADDER,)))
    case.event(0, opened())
    promised = {"targets": dict.fromkeys(CLOCKS) | targets, "policy": LADDER.ref}
    case.event(0, assigned().model_copy(update=promised))
    return case


def told(said: list[StatusChanged]) -> list[tuple[str, int, str]]:
    return [(item.cause, item.escalation.step, item.escalation.to) for item in said if item.escalation is not None]


def test_a_breach_climbs_the_ladder_step_by_step() -> None:
    case = begun(notification=target(10))
    case.sweep(10.1)

    assert case.next == (None, at(25.1))
    assert case.sweep(25.1) == []
    (first,) = case.sweep(25.2)
    (second,) = case.sweep(70.2)

    assert told([first, second]) == [("escalated", 1, "duty@example.test"), ("escalated", 2, "boss@example.test")]
    assert (first.audience, first.status, first.state_to) == ("internal", None, "open")
    assert first.message == (
        "Nobody has taken this up since 2026-03-02T09:10:06+00:00; at risk or breached: notification."
    )
    assert case.sweep(10_000) == []
    assert case.next == (None, None)


def test_a_warning_raises_the_alarm_and_a_later_breach_no_second_one() -> None:
    case = begun(first_resolution=target(100))

    said = [item for now in (50.1, 65.2, 70.1, 100.1, 110.2, 500) for item in case.sweep(now)]

    assert [(item.cause, item.escalation.step if item.escalation else 0) for item in said] == [
        ("at-risk", 0), ("escalated", 1), ("at-risk", 0), ("breached", 0), ("escalated", 2),
    ]  # fmt: skip


def test_after_a_long_silence_every_step_is_said_once_in_order() -> None:
    case = begun(notification=target(10))
    case.sweep(10.1)

    assert told(case.sweep(5000)) == [("escalated", 1, "duty@example.test"), ("escalated", 2, "boss@example.test")]
    assert case.sweep(6000) == []
    identities = [out.identity for out in case.outs]
    assert len(set(identities)) == len(identities)


@pytest.mark.parametrize(
    "act",
    [
        {"acknowledge": True},
        {"message": "We look into it."},
        {"state": "in progress"},
        {"ask": True, "message": "Which?"},
        {"internal": True, "message": "On it.", "acknowledge": True},
    ],
    ids=["acknowledged", "message", "state", "question", "acknowledged in a note"],
)
def test_an_agents_act_takes_it_up_and_the_ladder_ends(act: dict[str, Any]) -> None:
    case = begun(notification=target(10))
    case.sweep(10.1)

    case.act(20, **act)

    assert case.sweep(5000) == []


def test_a_note_alone_takes_nothing_up() -> None:
    case = begun(notification=target(10))
    case.sweep(10.1)

    case.act(20, internal=True, message="Who is on duty?")

    assert told(case.sweep(25.2)) == [("escalated", 1, "duty@example.test")]


def test_to_acknowledge_is_an_act_of_its_own_that_reaches_no_customer() -> None:
    case = begun(notification=target(10), first_response=target(60))
    case.sweep(10.1)

    (said,) = case.act(20, acknowledge=True)

    assert (said.cause, said.audience, said.status, said.actor.name) == ("acknowledged", "internal", None, "Grace")
    assert case.clock("first_response").state == "running"


def test_what_nobody_has_to_take_up_cannot_be_acknowledged() -> None:
    case = begun(notification=target(10))

    with pytest.raises(Refusal, match="Nothing is at risk or breached that nobody has taken up") as refused:
        case.act(5, acknowledge=True)

    assert (refused.value.status, refused.value.field) == (409, "acknowledge")


def test_what_is_at_risk_after_it_was_taken_up_raises_another_alarm() -> None:
    case = begun(first_resolution=target(100))
    case.sweep(50.1)
    case.act(55, acknowledge=True)

    assert [item.cause for item in case.sweep(70.1)] == ["at-risk"]
    assert told(case.sweep(85.2)) == [("escalated", 1, "duty@example.test")]


def test_the_ladder_ends_when_the_clock_is_met() -> None:
    case = begun(notification=target(10))
    case.sweep(10.1)
    case.event(20, accepted(19))

    assert case.sweep(5000) == []
    assert case.next == (None, None)


@pytest.mark.parametrize("close", [True, False], ids=["closed", "answered"])
def test_the_ladder_ends_when_the_customer_closes_the_ticket_and_not_when_they_reply(close: bool) -> None:
    case = begun(notification=target(10))
    case.sweep(10.1)
    case.event(20, replied(20, close=close))

    assert told(case.sweep(25.2)) == ([] if close else [("escalated", 1, "duty@example.test")])


def test_without_a_ladder_nothing_is_escalated() -> None:
    case = Case()
    case.event(0, opened())
    case.event(0, assigned(notification=target(10)))
    case.sweep(10.1)

    assert case.sweep(5000) == []
    assert case.next == (None, None)


def test_a_step_goes_to_its_address_and_a_breach_to_the_support_contact() -> None:
    case = begun(notification=target(10))
    (breach,) = case.sweep(10.1)
    (step,) = case.sweep(25.2)

    def addresses(event: StatusChanged) -> list[str]:
        return [recipient.address for recipient in decide(event, {}, (), LADDER).recipients]

    assert addresses(breach) == ["support@example.test"]
    assert addresses(step) == ["duty@example.test"]
    assert all(recipient.internal for recipient in decide(step, {}, (), LADDER).recipients)


def test_the_agent_is_reminded_before_the_next_update_is_due() -> None:
    text = POLICY.replace('first_response: ["75%"]}', 'first_response: ["75%"], update: [PT15M]}')
    policy = parse_policy(text)
    case = Case(Known((policy,)))
    case.event(0, opened())
    hourly = {"targets": dict.fromkeys(CLOCKS) | {"update": target(60)}, "policy": policy.ref}
    case.event(0, assigned().model_copy(update=hourly))
    due: datetime | None = case.said[-1].next_update_due

    (reminder,) = case.sweep(45.1)

    assert due == at(60)
    assert (reminder.cause, reminder.audience, reminder.status) == ("at-risk", "internal", None)
    assert reminder.message == "The customer is to hear of it again (PT15M): due 2026-03-02T10:00:00+00:00."
    assert case.sweep(59) == []
    case.act(59, message="We are on it.")
    assert case.said[-1].next_update_due == at(119)
    assert [item.cause for item in case.sweep(104.1)] == ["at-risk"]
