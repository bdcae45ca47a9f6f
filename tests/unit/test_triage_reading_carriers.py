"""Carriers and third parties: two pieces of evidence, and none where they are said not to be at fault."""

from __future__ import annotations

import pytest

from services.triage.domain.reading import read


def clauses(text: str) -> list[str]:
    return [proposal.clause for proposal in read(text).exclusions]


@pytest.mark.parametrize(
    "text",
    [
        "Texts to subscribers of one network are lost. All other networks deliver.",
        "Only one operator's customers miss the codes; with every other operator they arrive.",
        "Codes are not received. It is only on one network.",
        "Every number of one carrier fails with an unknown error.",
        "The status is delivered according to the operator, but the customer never got the text.",
        "Texts to numbers in the do-not-call registry are not delivered.",
        "Solo fallan los SMS a una operadora; en las demás llegan bien.",
        "Die Codes kommen bei einem Netzbetreiber nicht an, bei den anderen schon.",
        "Les SMS vers un seul opérateur échouent ; avec les autres ça marche.",
        "Codes para uma operadora não chegam, nas demais chegam normalmente.",
        "Verification texts are swallowed by a local carrier.",
        "People on a virtual operator get no reminders, whereas those on the host network do.",
    ],
)
def test_one_network_that_fails_is_the_carriers_doing_where_others_work_or_its_receipts_and_rules_say_so(
    text: str,
) -> None:
    assert clauses(text)[:1] == ["f"]


@pytest.mark.parametrize(
    "text",
    [
        "Template messages fail, WhatsApp limits marketing messages per user.",
        "Our sender is restricted by Meta, sends fail.",
        "Calls do not ring on iPhones since Apple revoked the push certificate.",
        "Plantillas no salen: Meta pausó la plantilla por baja calidad.",
    ],
)
def test_what_a_third_party_limits_pauses_or_revokes_is_its_doing(text: str) -> None:
    assert clauses(text)[:1] == ["g"]


@pytest.mark.parametrize(
    "text",
    [
        "Texts to one operator are lost. The operator says it never received them.",
        "Texts to one network fail. The fault is not in its network, says the operator.",
        "Our texts to Vodafone fail. Vodafone sees no fault.",
        "Texts fail on one network. We have no second carrier.",
        "Maybe it is the carrier: texts are late.",
        "Texts are late on all networks, another test was late too.",
        "Carrier lookup fails for one carrier's numbers.",
        "Texts to one operator fail and to the others as well.",
        "We must register our campaign or carriers may block our texts.",
        "Los SMS a una operadora fallan. La operadora dice que no recibió nada.",
        "Der Netzbetreiber schließt eine Störung aus, unsere SMS an einen Anbieter kommen nicht an.",
        "Calls to mobile numbers fail, landline calls connect.",
        "Users in one country get no codes.",
        "WhatsApp messages fail with 500 from your API; Meta's page is green.",
        "We cannot send WhatsApp templates, you limit us to ten a minute.",
        "Which limits has WhatsApp for new numbers?",
        "Sends over WhatsApp fail; Meta sees no problem with our account.",
    ],
)
def test_a_network_that_is_named_or_said_not_to_be_at_fault_excludes_nothing(text: str) -> None:
    assert clauses(text) == []
