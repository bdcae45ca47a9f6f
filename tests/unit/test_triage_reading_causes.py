"""Whose doing it is said to be, where it takes a sentence to tell: each clause of SLA B.5, and what is none."""

from __future__ import annotations

import pytest

from services.triage.domain.reading import read


def clauses(text: str) -> list[str]:
    return [proposal.clause for proposal in read(text).exclusions]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("No callback arrives. Our server had run out of disk: it was full.", "a"),
        ("Requests die. It came down to the proxy in our office.", "a"),
        ("Some calls are silent. Replacing the router in the branch solved it.", "a"),
        ("Callbacks are late. Our handler answered them with 502.", "a"),
        ("Los avisos no llegan. Nuestro servidor estaba caído.", "a"),
        ("Rien n'arrive. Notre serveur était saturé.", "a"),
        ("Nada chega. O nosso servidor estava travado.", "a"),
        ("Nichts kommt an. Unser Server war voll.", "a"),
        ("Sends are refused. The sender had not been registered.", "b"),
        ("Sends are refused, which the guidelines forbid.", "b"),
        ("Sending works to one number only. The account is still on trial.", "b"),
        ("Deletion fails. The call's identifier was passed instead.", "b"),
        ("The import fails on Python 3.5. The readme says 3.7 or newer.", "d"),
        ("Calls are choppy on hotel Wi-Fi.", "d"),
        ("Many texts to the coast are lost, the hurricane destroyed the masts.", "e"),
        ("Some of our calls are shown as scam likely by T-Mobile.", "f"),
        ("Codes to Vodafone are late in part. Vodafone is working on it.", "f"),
        ("Some templates were paused by Meta.", "g"),
        ("Phones lose registration. The gateway on the wall is years old and was never updated.", "I"),
        ("Calls freeze. It is fixed in 2.3, but the customer prefers to stay on the old version.", "II"),
    ],
)
def test_two_things_said_together_tell_whose_doing_it_is(text: str, clause: str) -> None:
    assert clauses(text)[:1] == [clause]


@pytest.mark.parametrize(
    "text",
    [
        "No callback arrives. Our server is not overloaded.",
        "Sends fail. Your server had run out of disk.",
        "Our server receives no callback since nine.",
        "Codes are late on every network. Vodafone is fine.",
        "Sends are refused. Our sender has been registered since May.",
        "Live traffic gets 429, although it stays far below the limit.",
        "Our log fills up: a storm of duplicate callbacks since noon.",
        "Please raise our limit to 50 per second.",
        "On our server every request returns 503.",
        "How do I reset the password of a user?",
    ],
)
def test_what_happens_to_a_thing_of_the_customer_is_not_its_doing(text: str) -> None:
    assert clauses(text) == []
