"""What an agent may do to a ticket, and what each refusal says."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from services.status_monitor.domain.acts import Refusal, UpdateTicket
from tests.support.status import Case, begun, opened


def refused(**update: Any) -> Refusal:
    case = begun()
    before = case.ticket
    with pytest.raises(Refusal) as caught:
        case.act(5, **update)
    assert case.ticket is before
    return caught.value


def test_a_public_message_is_an_update() -> None:
    (said,) = begun().act(5, message="We look into it.")

    assert (said.status, said.audience, said.cause, said.message) == ("Update", "public", "agent", "We look into it.")
    assert (said.actor.kind, said.actor.name) == ("agent", "Grace")


def test_an_internal_note_has_no_status() -> None:
    (said,) = begun().act(5, message="Ask the carrier.", internal=True)

    assert (said.status, said.audience, said.state_to) == (None, "internal", "open")


def test_a_change_without_a_message_is_not_sent() -> None:
    (said,) = begun().act(5, state="in progress")

    assert (said.state_from, said.state_to, said.status) == ("open", "in progress", None)


def test_asking_waits_for_the_customer() -> None:
    (said,) = begun().act(5, ask=True, message="Which numbers?")

    assert (said.state_to, said.status) == ("awaiting customer", "Action Required")


def test_a_message_does_not_end_the_wait() -> None:
    case = begun()
    case.act(5, ask=True, message="Which numbers?")

    (said,) = case.act(6, message="Still waiting.")

    assert (said.state_to, said.status) == ("awaiting customer", "Update")


@pytest.mark.parametrize("message", [None, "It works again."])
def test_a_resolution_needs_no_message_but_may_have_one(message: str | None) -> None:
    (said,) = begun().act(5, state="resolved", message=message)

    assert (said.state_to, said.status, said.message) == ("resolved", "Resolved", message)


def test_an_agent_reopens_with_an_update() -> None:
    case = begun()
    case.act(5, state="resolved")

    (said,) = case.act(6, state="in progress")

    assert (said.state_from, said.state_to, said.status) == ("resolved", "in progress", "Update")


def test_a_message_may_be_informational() -> None:
    (said,) = begun().act(5, message="For the record.", status="Informational")

    assert said.status == "Informational"


@pytest.mark.parametrize(("status", "state"), [("Resolved", "resolved"), ("Action Required", "awaiting customer")])
def test_a_status_alone_names_its_state(status: Any, state: str) -> None:
    (said,) = begun().act(5, status=status, message="words")

    assert (said.status, said.state_to) == (status, state)


def test_a_stale_sequence_names_the_current_one() -> None:
    refusal = refused(if_match=7, message="words")

    assert (refusal.status, refusal.more) == (412, {"sequence": 1})
    assert refusal.detail == "The ticket has moved on: If-Match says 7, the sequence is 1."


def test_a_missing_sequence_is_asked_for() -> None:
    assert refused(if_match=None, message="words").status == 428


def test_an_illegal_step_names_the_legal_ones() -> None:
    case = begun()
    case.act(5, state="resolved")

    with pytest.raises(Refusal) as caught:
        case.act(6, state="monitoring")

    assert caught.value.status == 409
    assert caught.value.detail == "There is no step from resolved to monitoring; from here: in progress."
    assert caught.value.more == {"state": "resolved", "legal": ["in progress"]}


def test_an_agent_does_not_close_and_does_not_reopen_after_seven_days() -> None:
    case = begun()
    case.act(5, state="resolved")

    for later, state in ((6, "closed"), (6 + 7 * 24 * 60, "in progress")):
        with pytest.raises(Refusal) as caught:
            case.act(later, state=state)
        assert caught.value.status == 409


@pytest.mark.parametrize(
    ("update", "field"),
    [
        ({}, "message"),
        ({"internal": True}, "message"),
        ({"internal": True, "message": "note", "state": "resolved"}, "internal"),
        ({"internal": True, "message": "note", "ask": True}, "internal"),
        ({"ask": True}, "message"),
        ({"ask": True, "message": "what?", "state": "resolved"}, "state"),
        ({"status": "Resolved", "state": "monitoring"}, "state"),
        ({"status": "Update", "state": "in progress"}, "status"),
        ({"status": "Initial", "message": "words"}, "status"),
    ],
)
def test_parts_that_contradict_each_other_are_refused(update: dict[str, Any], field: str) -> None:
    refusal = refused(**update)

    assert (refusal.status, refusal.field) == (422, field)


@pytest.mark.parametrize(
    "raw",
    [
        '{"message": 1}',
        '{"message": ""}',
        '{"message": "   "}',
        '{"internal": "yes"}',
        '{"ask": 1}',
        '{"state": "new"}',
        '{"message": "a\\u0000b"}',
        '{"massage": "words"}',
        "[]",
        "null",
    ],
)
def test_bad_bodies_are_refused(raw: str) -> None:
    with pytest.raises(ValidationError):
        UpdateTicket.model_validate_json(raw)


def test_an_act_before_initial_goes_by_sequence_zero() -> None:
    case = Case()
    case.event(0, opened())

    said = case.act(0.01, if_match=0, message="words")

    assert [item.status for item in said] == ["Initial", "Update"]
