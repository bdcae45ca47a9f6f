"""What the customer's side received and lost, what began with a version, what is not as documented."""

from __future__ import annotations

import pytest

from services.triage.domain.reading import read


def clauses(text: str) -> list[str]:
    return [proposal.clause for proposal in read(text).exclusions]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("After upgrading our SIP proxy, calls go silent after half an hour.", "a"),
        ("It began with version 3.2 of the helpline software; the version before works.", "a"),
        (
            "Since we installed the new firmware no call can be heard. With the old firmware they worked.",
            "a",
        ),
        ("The trunk cannot be registered from our softswitch; with the same trunk another PBX registers.", "a"),
        ("The message reaches our server, but nothing shows up in the ticket system.", "a"),
        ("Inbound texts arrive at our webhook, then they are not stored.", "a"),
        ("Callers get no answer. The console lists 11200 for our web server.", "a"),
        ("Calls crackle in Chrome, which is due to a Chromium bug.", "a"),
        ("No call can be made. Support answered that our client does not offer an accepted codec.", "a"),
        ("Callbacks fail with a TLS error, our certificate has expired.", "a"),
        ("Some calls are silent. Our IT found the router overloaded and is replacing it next week.", "a"),
        ("Inbound calls fail on an own cloud server. The server's log shows two rules in conflict.", "a"),
        ("Reports are not processed: the provider is unknown in our configuration.", "a"),
        ("Los mensajes llegan a nuestro servidor, pero no se guardan.", "a"),
        ("Seit dem Update unserer Telefonanlage sind Gespräche stumm, mit der alten Version liefen sie.", "a"),
        ("Depuis la mise à jour de notre logiciel les appels sont muets ; avec l'ancienne version ils passaient.", "a"),
        ("Os SMS chegam ao nosso servidor, mas não aparecem no painel.", "a"),
        ("Sending answers 403; the key was made with limited rights.", "b"),
        ("Some requests are refused. We send above the limit that your documentation gives.", "b"),
        ("Nous envoyons au-dessus de la limite de la documentation, une partie des SMS est refusée.", "b"),
        ("Texts have been stopped by new national rules, nobody gets a code.", "e"),
        ("Calls fail in the whole country since the government ordered the internet to be cut.", "e"),
        ("Nobody can sign in, the provider is under a DDoS attack.", "e"),
        ("Many calls drop since the operator of the internet exchange reports a disturbance.", "d"),
    ],
)
def test_a_story_of_two_things_tells_whose_doing_it_is(text: str, clause: str) -> None:
    assert clauses(text)[:1] == [clause]


@pytest.mark.parametrize(
    "text",
    [
        "Calls on the production server drop now and then, on three systems and with good networks.",
        "No webhook reaches us. Our network team confirms that no rule of the firewall drops them.",
        "Calls drop after an hour, on wifi as on mobile data.",
        "Since we took version 3 of your SDK calls have no audio; with the old version they had.",
        "Webhooks reach our server twice.",
        "Only some webhooks reach our server, the rest never comes.",
        "No text arrives. The provider's answer turned out to read 'no quota left'.",
        "Calls fail since your last release; the one before worked.",
        "There is an issue in Chrome: calls have no sound.",
        "Calls cannot be registered in the log since Monday.",
        "The log shows the request reaches your server, but nothing happens.",
        "A call never reaches our callback URL and is missing in the call log.",
        "Trunks cannot be registered since noon.",
        "Which law regulates opt-out texts? Nothing fails.",
        "Calls are rejected as flood.",
        "Our ISP sees no fault on the line, yet calls drop.",
        "Tried wifi, mobile data and VPN: the code never comes.",
    ],
)
def test_what_the_reporter_rules_out_or_only_names_excludes_nothing(text: str) -> None:
    assert clauses(text) == []
