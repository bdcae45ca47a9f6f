"""What is read from a description: each fact with the words it rests on, in five languages."""

from __future__ import annotations

import pytest

from services.triage.domain.reading import Found, Read, read


def facts(text: str) -> dict[str, str]:
    return {found.fact: found.value for found in read(text).facts}


def test_a_fact_shows_its_words_and_where_they_stand() -> None:
    text = "Our hotline is live. Since nine all calls fail, and there is no workaround."

    found = {fact.fact: fact for fact in read(text).facts}

    assert found["environment"] == Found(fact="environment", value="production", words="live", start=15, end=19)
    assert found["impact"] == Found(fact="impact", value="outage", words="all calls fail", start=32, end=46)
    assert found["workaround"] == Found(fact="workaround", value="none", words="no workaround", start=61, end=74)
    for fact in found.values():
        assert text[fact.start : fact.end] == fact.words


def test_nothing_is_read_from_words_that_tell_nothing() -> None:
    assert read("Hello") == Read()
    assert read("???") == Read()
    assert read("請問") == Read()


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("No call connects.", "outage"),
        ("Every request returns 503.", "outage"),
        ("SMS is down.", "outage"),
        ("Calls fail.", "outage"),
        ("Some calls fail.", "degraded"),
        ("Not all messages are delivered.", "degraded"),
        ("All SMS to Portugal fail, other countries work.", "degraded"),
        ("One of our numbers is unreachable.", "degraded"),
        ("Calls drop now and then.", "intermittent"),
        ("Messages arrive an hour late.", "degraded"),
        ("Ninguna llamada sale.", "outage"),
        ("Algunas llamadas fallan.", "degraded"),
        ("Plus aucun SMS ne part.", "outage"),
        ("Certains appels échouent.", "degraded"),
        ("Nenhuma mensagem é entregue.", "outage"),
        ("Nem todas as mensagens chegam.", "degraded"),
        ("Der SMS-Versand ist ausgefallen.", "outage"),
        ("Nicht alle Nachrichten kommen an.", "degraded"),
    ],
)
def test_how_bad_it_is_follows_from_what_fails_and_how_much_of_it(text: str, impact: str) -> None:
    assert facts(text)["impact"] == impact


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("SMS sends fail. We changed nothing, there is nothing in our logs.", "outage"),
        ("Some of the messages time out with no message id.", "degraded"),
        ("No audio after the move. Callers hear nothing on many calls.", "degraded"),
        ("Perhaps one in eight calls is answered with 503.", "degraded"),
        ("Nothing arrived, they say. Some forty of 30k since yesterday.", "degraded"),
        ("Ni un solo agente de los cincuenta de la línea de atención recibe llamadas.", "outage"),
        ("Confirmations take up to forty minutes.", "degraded"),
        ("Every call drops after two seconds.", "outage"),
        ("Every call of more than an hour drops.", "degraded"),
        ("Each request times out; other APIs answer from the same host.", "outage"),
        ("Our line is dead: there was a fire in the district.", "outage"),
        ("Es geht kein Anruf ein. Es geht weder SMS noch Fax aus.", "outage"),
        ("Calls crackle for a team with headsets that should have been replaced.", "degraded"),
        ("Várias chamadas ficam mudas.", "degraded"),
        ("The line loses no packets. Some calls stutter.", "degraded"),
        ("My colleague says there is an outage. Sends are slow, but they pass.", "degraded"),
    ],
)
def test_an_outage_takes_words_for_all_of_it_and_none_for_a_part(text: str, impact: str) -> None:
    assert facts(text)["impact"] == impact


@pytest.mark.parametrize(
    "text",
    [
        "No call goes out. We answer by mail meanwhile.",
        "Every first attempt fails; the second time it passes.",
        "Die Anrufe scheitern alle, es gibt aber einen Umweg über das Mobilnetz.",
    ],
)
def test_what_is_done_in_the_meantime_is_a_workaround(text: str) -> None:
    assert facts(text)["workaround"] == "available"


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Callbacks fail since our network team tightened the firewall.", "a"),
        ("Some calls have no sound: our router closes the ports.", "a"),
        ("Callbacks fail. It turned out that our handler had crashed.", "a"),
        ("Der Abruf scheitert, seit die Firma den Inspektionsproxy eingeschaltet hat. Im Heimnetz geht es.", "a"),
        ("A part of the templates is refused by Meta.", "g"),
    ],
)
def test_whose_doing_it_is_follows_from_what_is_said_of_it(text: str, clause: str) -> None:
    assert [proposal.clause for proposal in read(text).exclusions] == [clause]


@pytest.mark.parametrize(
    "text",
    [
        "Calls fail. Nothing was changed in our network, and the firewall has not been touched.",
        "Calls fail. Your certificate expired on Sunday.",
        "Codes are late. We suspected Vodafone, but it is not the carrier.",
        "Calls stutter. We tried another ISP and hear the same stutter.",
    ],
)
def test_what_is_said_not_to_be_the_cause_is_not_proposed(text: str) -> None:
    assert read(text).exclusions == ()


@pytest.mark.parametrize(
    "text",
    [
        "What happens if the SMS gateway goes down?",
        "Would all requests fail if the certificate was changed?",
        "We are afraid that the API may go down during the sale.",
        'The documentation says "in case of an outage no calls are possible".',
        "Was sollen wir tun, wenn der Versand einmal ausfällt?",
        "Si el servicio se cayera, ¿cómo podríamos enviar?",
    ],
)
def test_what_is_asked_feared_or_quoted_is_no_failure(text: str) -> None:
    assert "impact" not in facts(text)


@pytest.mark.parametrize(
    ("text", "environment"),
    [
        ("All calls fail in production.", "production"),
        ("All calls fail in production; dev and staging work.", "production"),
        ("All calls fail in staging, production works.", "staging"),
        ("All calls fail, though not in production.", "development"),
        ("Todas las llamadas fallan, pero no en producción.", "development"),
        ("Auf unserer Testumgebung wird nichts zugestellt.", "staging"),
        ("Twenty agents cannot log in.", "production"),
        ("Codes are late. Our customers complain.", "production"),
    ],
)
def test_the_environment_is_that_of_what_fails(text: str, environment: str) -> None:
    assert facts(text)["environment"] == environment


def test_the_same_text_gives_the_same_bytes() -> None:
    text = (
        "Seit 6 Uhr wird keine SMS zugestellt. Produktivsystem, keine Ausweichlösung. Vodafone bestätigt eine Störung."
    )

    assert read(text).model_dump_json() == read(text).model_dump_json()


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("Alle Nachrichten kommen verspätet an.", "impact", "degraded"),
        ("Die Störung dauert an.", "ongoing", "yes"),
        ("Jeder fünfte Anruf scheitert.", "impact", "degraded"),
        ("Anrufe scheitern ausschließlich in Berlin.", "impact", "degraded"),
    ],
)
@pytest.mark.parametrize("letters", ["ä ö ü ß", "ae oe ue ss", "a o u s"])
def test_german_is_read_with_its_umlauts_with_them_spelled_out_and_without(
    text: str, fact: str, value: str, letters: str
) -> None:
    written = text
    for letter, instead in zip("äöüß", letters.split(), strict=True):
        written = written.replace(letter, instead)

    assert facts(written)[fact] == value


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("SMS to all of the countries fail.", "outage"),
        ("SMS to one of the countries fail.", "degraded"),
    ],
)
def test_all_of_the_parts_are_the_whole_and_one_of_them_is_not(text: str, impact: str) -> None:
    assert facts(text)["impact"] == impact
