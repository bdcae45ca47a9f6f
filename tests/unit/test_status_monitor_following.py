"""What reaches a linked ticket of what is said on the provider's, and what agents do to links."""

from __future__ import annotations

import pytest

from services.status_monitor.domain.acts import Refusal
from services.status_monitor.domain.link_acts import LinkTicket
from services.status_monitor.domain.ticket import Link
from tests.support.links import P, Q, act, follow, incident, link, reported, the_link, told, word
from tests.support.status import assigned, at, begun, replied, target

# following


def test_a_word_of_the_providers_is_an_update_here_once_and_restarts_the_update_clock() -> None:
    case = told(update=target(60))
    link(case, 1)

    (said,) = follow(case, 31, word(3, 30))
    again = follow(case, 32, word(3, 30))

    assert (said.status, said.state_to, said.message) == ("Update", "open", "We know the cause.")
    assert (said.cause, said.actor.kind, said.actor.name) == ("provider", "page", "status.test")
    assert said.link is not None
    assert said.link.sequence == 3
    assert said.next_update_due == at(90)
    assert again == []


def test_words_are_followed_in_the_order_of_the_providers_sequence() -> None:
    case = told()
    link(case)

    said = follow(case, 9, word(4, 4, "two"), word(2, 2, "one"), word(5, 5, "three"))
    late = follow(case, 10, word(3, 3, "never"))

    assert [item.message for item in said] == ["one", "two", "three"]
    assert late == []


def test_what_was_said_before_linking_is_not_followed() -> None:
    case = told(update=target(60))
    link(case, 10)

    assert follow(case, 11, word(2, 9)) == []
    assert the_link(case).followed == 2
    assert case.ticket.facts is not None
    assert case.ticket.facts.heard == ()


def test_what_was_said_while_linked_is_told_though_it_arrives_after_unlinking() -> None:
    case = told(update=target(60))
    link(case, 1)
    act(case, 20, unlink="UP-7")

    said = follow(case, 21, word(2, 19, "while linked"), word(3, 20, "afterwards"))

    assert [item.message for item in said] == ["while linked"]
    assert said[0].next_update_due == at(79)
    assert the_link(case).over is True
    assert follow(case, 30, word(4, 29)) == []


def test_a_word_makes_initial_first() -> None:
    case = reported()
    link(case, 1)

    said = follow(case, 2, word(2, 2))

    assert [item.status for item in said] == ["Initial", "Informational", "Update"]


def test_a_ticket_that_is_resolved_hears_and_is_not_told() -> None:
    case = told(update=target(60))
    link(case, 1)
    case.act(30, state="resolved")

    assert follow(case, 31, word(2, 29), word(3, 31)) == []
    assert case.ticket.facts is not None
    assert case.ticket.facts.heard == (at(30), at(29), at(31))


def test_a_breach_that_a_word_disproves_is_corrected() -> None:
    case = told(update=target(60))
    link(case, 1)
    case.sweep(61)

    said = follow(case, 62, word(2, 59))

    assert [item.cause for item in said] == ["provider", "corrected"]


# the provider's resolution


def test_the_providers_resolution_is_an_update_and_proposes_one_to_the_support() -> None:
    case = told()
    link(case)

    update, proposal = follow(case, 5, word(2, 4, "It works again.", state="resolved"))

    assert (update.status, update.message, update.state_to) == ("Update", "It works again.", "open")
    assert (proposal.cause, proposal.audience, proposal.status) == ("resolution proposed", "internal", None)
    assert proposal.message == (
        "UP-7, to which this ticket is linked, is resolved (It works again.). "
        "Is this one, too? Resolve it, or unlink it."
    )


def test_an_agent_accepts_the_proposed_resolution_and_the_customer_is_sent_resolved() -> None:
    case = told(first_resolution=target(60))
    link(case)
    follow(case, 5, word(2, 4, "It works again.", state="resolved"))

    (said,) = act(case, 6, resolve="UP-7")

    assert (said.status, said.state_to, said.message) == ("Resolved", "resolved", "It works again.")
    assert (said.actor.kind, said.actor.name) == ("agent", "Grace")
    assert case.clock("first_resolution").state == "met"


def test_a_ticket_linked_to_an_incident_that_is_over_gets_the_proposal_with_the_link() -> None:
    case = told()

    said = link(case, 5, incident(-30, 3))

    assert [item.cause for item in said] == ["linked", "resolution proposed"]


def test_a_resolution_that_came_while_the_ticket_was_being_linked_is_proposed_all_the_same() -> None:
    case = told()
    link(case, 5)

    said = follow(case, 6, word(2, 4, "It works again.", state="resolved"))

    assert [item.cause for item in said] == ["resolution proposed"]


def test_a_reopened_incident_withdraws_its_proposal() -> None:
    case = told()
    link(case)
    follow(case, 5, word(2, 4, state="resolved"), word(3, 5, "It is back."))

    with pytest.raises(Refusal, match="UP-7 is not resolved, as far as UP-1 was told"):
        act(case, 6, resolve="UP-7")
    assert [item.cause for item in case.said][-2:] == ["provider", "provider"]


# what agents do


def test_an_agent_links_with_a_reason_and_unlinks_with_another() -> None:
    case = begun()

    (linked,) = act(case, 1, link="UP-7", reason="same carrier")
    (unlinked,) = act(case, 2, unlink="UP-7", reason="it was the customer's firewall")

    assert (linked.status, linked.cause, linked.actor.name) == ("Informational", "linked", "Grace")
    assert linked.message == (
        "This ticket is linked to UP-7, our own ticket on an incident: same carrier. What we say there counts here."
    )
    assert (unlinked.status, unlinked.cause) == ("Informational", "unlinked")
    assert unlinked.message == "This ticket is not linked to UP-7 any more: it was the customer's firewall."
    assert (the_link(case).state, the_link(case).by) == ("unlinked", "Grace")


def test_what_an_agent_unlinked_the_rules_do_not_link_again() -> None:
    case = told()
    link(case)
    act(case, 2, unlink="UP-7")

    assert link(case, 3) == []
    assert [item.cause for item in act(case, 4, link="UP-7")] == ["linked"]


def test_an_agent_accepts_a_proposed_link_with_its_reason_or_rejects_it() -> None:
    accepted, rejected = (reported(environment="unknown") for _ in range(2))
    for case in (accepted, rejected):
        case.event(0, assigned())
        link(case)

    (linked,) = act(accepted, 2, link="UP-7")
    (note,) = act(rejected, 2, unlink="UP-7")

    assert linked.message is not None
    assert "it concerns sms, in an environment that was not stated" in linked.message
    assert (note.cause, note.audience, the_link(rejected).state) == ("link rejected", "internal", "rejected")
    assert link(rejected, 3) == []


@pytest.mark.parametrize(
    ("before", "given", "if_match", "status", "detail"),
    [
        ("told", {"link": "UP-7"}, None, 428, "Send If-Match with the sequence"),
        ("told", {"link": "UP-7"}, 9, 412, "the sequence is 1"),
        ("told", {"link": "UP-3"}, 1, 422, "UP-3 is no ticket of the provider's"),
        ("told", {"unlink": "UP-7"}, 1, 409, "UP-1 is not linked to UP-7"),
        ("told", {"resolve": "UP-7"}, 1, 409, "UP-1 is not linked to UP-7"),
        ("linked", {"link": "UP-7"}, 2, 409, "UP-1 is linked to UP-7 already"),
        ("linked", {"resolve": "UP-7"}, 2, 409, "UP-7 is not resolved"),
        ("closed", {"link": "UP-7"}, 3, 409, "UP-1 is closed"),
        ("provider", {"link": "UP-7"}, 1, 409, "UP-1 is a ticket of the provider's"),
    ],
)
def test_what_does_not_fit_is_refused(
    before: str, given: dict[str, str], if_match: int | None, status: int, detail: str
) -> None:
    case = reported(initiator="provider", reporter=None) if before == "provider" else reported()
    case.event(0, assigned())
    if before == "linked":
        link(case)
    if before == "closed":
        case.event(1, replied(1, close=True))

    with pytest.raises(Refusal, match=detail) as refused:
        act(case, 2, if_match, **given)

    assert refused.value.status == status


def test_an_act_on_a_link_has_one_verb() -> None:
    for given in ({}, {"reason": "so"}, {"link": "UP-7", "unlink": "UP-7"}):
        with pytest.raises(ValueError, match="send one of link, unlink and resolve"):
            LinkTicket.model_validate(given)


def test_links_to_two_of_the_providers_tickets_are_apart() -> None:
    case = told(update=target(60))
    link(case, 1)
    link(case, 2, incident(id=Q))
    act(case, 10, unlink="UP-7")

    said = follow(case, 20, word(2, 15), word(2, 16, "the other", provider=Q))

    assert [(item.message, item.link and item.link.number) for item in said] == [("the other", "UP-8")]


def test_all_of_it_survives_being_stored() -> None:
    case = told(update=target(60))
    link(case, 1)
    follow(case, 5, word(2, 4, "It works again.", state="resolved"))

    kept = the_link(case)

    assert kept == Link(
        provider=P,
        number="UP-7",
        state="linked",
        since=at(1),
        reason=kept.reason,
        by="rules",
        told=True,
        followed=2,
        resolution="It works again.",
    )
