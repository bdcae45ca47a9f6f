"""How far a failure goes is not made smaller by what was tried in vain, nor by what is another service's."""

import pytest

from services.triage.domain.reading import read


def facts(text: str) -> dict[str, str]:
    return {found.fact: found.value for found in read(text).facts}


@pytest.mark.parametrize(
    "text",
    [
        "All our messages fail. Sending through the backup API key does not help.",
        "Aucun appel ne passe, et passer par l'autre région ne change rien.",
        "Desde las ocho no sale ni un solo SMS. No tenemos otra vía para avisar a los pacientes.",
        "Aucun SMS ne part. Nous n'avons pas d'autre canal.",
        "No call connects. We've no other channel.",
        "Kein Anruf kommt durch. Einen anderen Weg haben wir nicht.",
    ],
)
def test_what_was_tried_in_vain_and_that_there_is_no_other_way_leave_an_outage_whole(text: str) -> None:
    assert facts(text)["impact"] == "outage"
    assert facts(text)["workaround"] == "none"


def test_where_all_of_a_service_fails_everything_else_is_another_service() -> None:
    assert facts("WhatsApp messages all fail, while everything else is fine.")["impact"] == "outage"
    assert facts("Some WhatsApp messages fail, while everything else is fine.")["impact"] == "degraded"
    assert facts("WhatsApp messages fail, while everything else is fine.")["impact"] == "degraded"


def test_another_way_that_works_makes_an_outage_smaller() -> None:
    assert facts("Aucun appel ne passe, mais passer par l'autre région fonctionne.")["impact"] == "degraded"


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("No login code\nThe code never arrives on my Verizon number, and the call does not come either.", "degraded"),
        ("Three texts to a Verizon phone were accepted and none arrived.", "degraded"),
        ("Codes\nEveryone with T-Mobile gets nothing.", "degraded"),
        ("No verification text\nNo text arrives on Belarusian numbers.", "degraded"),
        ("No verification text\nNo text arrives.", "outage"),
        (
            "Customers in Germany noticed it first, but now nobody can log in and no calls go out in production.",
            "outage",
        ),
        ("We switched to carrier Vodafone yesterday, and since then no call goes through.", "outage"),
        ("We launched in Germany on Monday, and now all our agents cannot log in and no calls go out.", "outage"),
    ],
)
def test_what_is_said_of_a_place_or_a_carrier_is_said_of_a_part(text: str, impact: str) -> None:
    assert read(text).value("impact") == impact


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("Incoming calls quit ringing in our browser dialer. It hits the entire platform.", "outage"),
        ("Incoming calls ring late in our browser dialer. It hits the entire platform.", "degraded"),
        ("Incoming calls sometimes quit ringing in our browser dialer. It hits the entire platform.", "intermittent"),
    ],
)
def test_what_hits_the_whole_platform_is_an_outage_unless_it_is_only_slow_or_now_and_then(
    text: str, impact: str
) -> None:
    assert read(text).value("impact") == impact
