"""Short everyday sentences of five languages: it is so, no longer, again, over, as somebody says, as nobody says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from services.triage.domain.evaluation import LabelledCase, try_case
from services.triage.domain.reading import read
from services.triage.domain.reading.interval import interval_of
from tests.support.heldout import PLIVO

DAY = date(2026, 3, 2)


def priority(text: str) -> str:
    """What it would get as told of production."""
    case = LabelledCase(id="c", title="", summary=text, label="P1", environment="production")
    return try_case(case, PLIVO).assessment.priority


def clauses(text: str) -> list[str]:
    return [proposal.clause for proposal in read(text).exclusions]


def words(text: str, fact: str) -> str:
    return next(found.words for found in read(text).facts if found.fact == fact)


@pytest.mark.parametrize(
    "text",
    [
        "Las llamadas ya no funcionan.",
        "La API ya no responde.",
        "Los SMS ya no llegan.",
        "Ya no podemos enviar SMS.",
        "No podemos enviar más SMS.",
        "Ya no hay servicio.",
        "As chamadas já não funcionam.",
        "Já não conseguimos enviar SMS.",
        "Os SMS não chegam mais.",
        "Les appels ne fonctionnent plus.",
        "Plus aucun SMS ne part.",
        "Nous n'avons plus de service.",
        "Die Anrufe funktionieren nicht mehr.",
        "Wir können keine SMS mehr senden.",
        "Calls no longer work.",
        "We don't get any calls any longer.",
        "No more calls get through.",
        "Seit heute Morgen läuft nichts mehr.",
    ],
)
def test_what_no_longer_works_is_an_outage(text: str) -> None:
    assert priority(text) == "P1"


@pytest.mark.parametrize(
    "text",
    [
        "Las llamadas ya no fallan, gracias.",
        "Las llamadas ya no se cortan.",
        "Las llamadas dejaron de fallar.",
        "As chamadas já não falham.",
        "As chamadas não caem mais.",
        "Les appels n'échouent plus.",
        "Il n'y a plus d'erreur, merci.",
        "Die Anrufe scheitern nicht mehr, danke.",
        "Die Anrufe werden nicht mehr getrennt.",
        "Es treten keine Fehler mehr auf.",
        "Calls no longer fail, thanks.",
        "Calls stopped failing.",
        "The errors do not occur any more.",
        "The error has not appeared since.",
        "There are no more errors.",
        "O webhook já não está fora do ar.",
        "The issue is gone.",
        "Le problème a disparu.",
        "Der Fehler ist weg.",
    ],
)
def test_what_no_longer_fails_is_over(text: str) -> None:
    assert priority(text) == "P3"


@pytest.mark.parametrize(
    ("text", "ongoing"),
    [
        ("We can send SMS again.", "no"),
        ("Our agents can take calls again.", "no"),
        ("Los SMS ya llegan.", "no"),
        ("Ya podemos enviar SMS.", "no"),
        ("Já conseguimos enviar SMS.", "no"),
        ("Volvemos a recibir llamadas.", "no"),
        ("The service is back after the outage.", "no"),
        ("Der Dienst ist nach der Störung wieder da.", "no"),
        ("It is all over now, SMS arrive.", "no"),
        ("Ya enviamos los registros, los SMS no llegan.", None),
        ("Please call me back as soon as you can, no SMS goes out.", None),
        ("Our inboxes stopped two hours ago and support is paralysed.", None),
    ],
)
def test_it_is_over_where_it_can_be_done_again(text: str, ongoing: str | None) -> None:
    assert read(text).value("ongoing") == ongoing


@pytest.mark.parametrize(
    "text", ["The outage came back.", "Die Störung ist wieder da.", "La panne est de retour.", "La avería ha vuelto."]
)
def test_an_outage_that_came_back_is_one(text: str) -> None:
    assert priority(text) == "P1"


@pytest.mark.parametrize(
    "text",
    [
        "Voice is down. We tried the backup trunk, that does not work either.",
        "All calls fail. We tried the fallback, but that fails too.",
        "All calls fail. We switched to the backup. It fails as well.",
        "Keine SMS geht raus. Wir haben die Umgehungslösung probiert, die geht auch nicht.",
        "No sale ningún SMS. Probamos la alternativa, pero tampoco funciona.",
        "Aucun SMS ne part. Nous avons essayé la solution de secours, elle ne marche pas non plus.",
        "Nenhum SMS sai. Tentamos a alternativa, mas também não funciona.",
    ],
)
def test_a_way_around_that_fails_too_is_none(text: str) -> None:
    assert (read(text).value("workaround"), priority(text)) == ("none", "P1")


@pytest.mark.parametrize(
    "text",
    [
        "No SMS go out. We tried the backup trunk, that works.",
        "No SMS go out; the fallback works but it is slow.",
        "No SMS go out. We use the backup, but that does not work for some of us.",
        "Keine SMS geht raus. Das Backup funktioniert.",
    ],
)
def test_a_way_around_that_helps_is_one(text: str) -> None:
    assert (read(text).value("workaround"), priority(text)) == ("available", "P2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our carrier says everything is fine; SMS fail.", "P1"),
        ("Our carrier reports no problems on their side, yet no SMS goes out.", "P1"),
        ("Our carrier says other customers are fine; SMS fail.", "P2"),
        ("Nobody told us that SMS is down.", "P1"),
        ("We cannot say that calls fail.", "P3"),
        ("Wir können nicht sagen, dass Anrufe scheitern.", "P3"),
        ("Wir behaupten nicht, dass SMS ausgefallen ist.", "P3"),
        ("No podemos decir que las llamadas fallan.", "P3"),
        ("Não podemos dizer que as chamadas falham.", "P3"),
        ("There is no evidence that calls fail.", "P3"),
        ("Es stimmt nicht, dass Anrufe scheitern.", "P3"),
        ("It's not as if nothing worked.", "P3"),
        ("Personne ne nous a dit que les SMS sont en panne.", "P1"),
        ("Could you tell us how many SMS failed?", "P3"),
        ("No SMS goes out. The suggested workaround is useless.", "P1"),
        ("I wouldn't call it an outage.", "P3"),
        ("It is not true that SMS works.", "P1"),
        ("It is not true that calls fail.", "P3"),
        ("The log says 'outage detected' but that is our test string. How do I turn it off?", "P3"),
        ("Monitoring reported an outage, but it was a false alarm.", "P3"),
        ("Die Überwachung meldete einen Ausfall, aber das war ein Fehlalarm.", "P3"),
        ("SMS is down, and that is not a false alarm.", "P1"),
        ("More and more people report that SMS do not arrive.", "P2"),
        ("Immer mehr Leute melden, dass SMS nicht ankommen.", "P2"),
        ("Cada vez más personas reportan que los SMS no llegan.", "P2"),
        ("De plus en plus de clients signalent que les SMS n'arrivent pas.", "P2"),
        ("Service is not up.", "P1"),
        ("The service is up.", "P3"),
        ("Neither the main trunk nor the backup trunk works.", "P1"),
        ("Nobody can log in to the console.", "P2"),
        ("I cannot log in to the console.", "P3"),
        ("We no longer need this number.", "P3"),
    ],
)
def test_who_says_it_and_whether_it_is_said_decides(text: str, expected: str) -> None:
    assert priority(text) == expected


@pytest.mark.parametrize("text", ["We suspect our firewall dropped packets.", "Our router dropped packets."])
def test_packets_that_ones_own_equipment_drops_are_no_matter_of_the_internet(text: str) -> None:
    assert clauses(text) == ["a"]
    assert clauses("Our ISP dropped packets, calls fail.") == ["d"]


@pytest.mark.parametrize(
    "text",
    [
        "Wir haben das Update nicht zugelassen.",
        "Hemos rechazado la actualización del SDK.",
        "Our IT department blocked your SDK update.",
        "Recusamos a atualização do SDK.",
    ],
)
def test_that_we_turn_an_update_down_is_our_act_and_no_failure(text: str) -> None:
    assert clauses(text) == ["II"]
    assert read(text).value("impact") is None


@pytest.mark.parametrize(
    "text",
    [
        "We update the number and your API rejects it.",
        "We got blocked after the update.",
        "The API refuses the update with 400.",
    ],
)
def test_what_is_turned_down_by_others_is_a_failure(text: str) -> None:
    assert read(text).value("impact") == "outage"


def test_who_stays_on_a_version_although_told_to_upgrade_did_not_take_it() -> None:
    assert clauses("We still run SDK 1.0 although you told us to upgrade.") == ["II"]
    assert clauses("We still run SDK 1.0 and calls fail.") == []


@pytest.mark.parametrize(
    "text",
    [
        "It crashed at 10:00 UTC and was back at 10:45 UTC.",
        "Es fiel um 10:00 UTC aus und war um 10:45 UTC wieder da.",
        "Falla a las 10:00 UTC y se ha resuelto a las 10:45 UTC.",
    ],
)
def test_an_interval_ends_when_it_is_said_to_be_over(text: str) -> None:
    ten = datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert interval_of(text, DAY) == (ten, ten.replace(minute=45))
    assert interval_of("It failed at 10:00 UTC, we opened a ticket at 12:00 UTC.", DAY) == (None, None)
    assert interval_of("It failed at 10:00 UTC and was back at 25:00 UTC.", DAY) == (None, None)


def test_words_that_are_cited_are_those_that_tell() -> None:
    assert words("I cannot log in to the console.", "category") == "log in"


@pytest.mark.parametrize(
    "text",
    [
        "No sabemos por qué fallan las llamadas.",
        "I don't understand why no SMS is delivered.",
        "Não sabemos por que as chamadas falham.",
        "Wir wissen nicht, warum Anrufe scheitern.",
    ],
)
def test_not_to_know_why_something_fails_is_to_say_that_it_does(text: str) -> None:
    assert priority(text) == "P1"


@pytest.mark.parametrize(
    "text",
    [
        "No sabemos por qué fallan más llamadas cada minuto.",
        "Las llamadas fallan en producción, cada vez más clientes se quejan, no conecta ninguna.",
        "Cada vez mais chamadas falham.",
    ],
)
def test_more_that_fails_is_nothing_that_is_over(text: str) -> None:
    assert all((found.fact, found.value) != ("ongoing", "no") for found in read(text).facts)
    assert priority(text) in ("P1", "P2")
