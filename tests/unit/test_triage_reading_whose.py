"""Whose doing it is, as people tell it: a sentence or two of each clause of SLA B.5, and of none."""

from __future__ import annotations

import pytest

from services.triage.domain.reading import read


def clauses(text: str) -> list[str]:
    return [proposal.clause for proposal in read(text).exclusions]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Our calls have no audio; the session border controller drops the RTP after a change on our side.", "a"),
        ("Webhooks time out. Our endpoint takes 20 seconds to answer.", "a"),
        ("Inbound messages are not stored: our database rejects the emoji.", "a"),
        ("Calls fail with 'permission denied'. The user had blocked the microphone in the browser.", "a"),
        ("Nobody can log in to the softphone since the passwords were changed by our admin.", "a"),
        ("Texts are sent twice because our cron job runs on two servers.", "a"),
        ("No SMS goes out from our CRM, the plugin is no longer compatible with the CRM's new version.", "a"),
        ("Agents cannot hear callers when they use a Bluetooth headset; with a cable headset all is fine.", "a"),
        ("Calls are cut after 30 seconds since the office moved to a new internet router.", "a"),
        ("The app's code called the API with an empty recipient after our last refactoring.", "a"),
        ("Incoming calls are not shown because our app does not handle the push.", "a"),
        ("The IVR hangs. The reporter's own server answers the webhook with 500.", "a"),
        ("SMS alerts stopped: the server's disk was full.", "a"),
        ("Verification mails and texts are delayed, our queue worker was stuck.", "a"),
        ("Calls fail from the hospital's network only, its proxy does not let WebSockets through.", "a"),
        ("The hotel's PBX sends the wrong codec, calls are silent.", "a"),
        ("The widget is blank; a Chrome extension blocks it.", "a"),
        ("Video is black on one laptop, its camera driver is broken.", "a"),
        ("Registration fails from Docker; on the host itself it works.", "a"),
        ("Since the migration to Kubernetes our pods cannot resolve the API's name.", "a"),
        ("Unsere Firewall verwirft die Pakete, Gespräche sind einseitig.", "a"),
        ("Notre serveur ne répond pas aux webhooks, les appels sont coupés.", "a"),
        ("Nuestro proxy bloquea el tráfico de voz y las llamadas no tienen audio.", "a"),
        ("O nosso firewall bloqueia as portas e as chamadas ficam mudas.", "a"),
        ("The message is rejected since the number lacks the plus sign.", "b"),
        ("Calls fail: the application has no answer URL.", "b"),
        ("SMS to Canada fails. Geographic permissions for it are not enabled in the account.", "b"),
        ("The template fails because it was sent with two variables instead of three.", "b"),
        ("Recipients in the US get nothing, our brand is not registered for A2P.", "b"),
        ("MMS fails, the picture is larger than the 5 MB that are allowed.", "b"),
        ("The token is rejected because it was signed with the wrong secret.", "b"),
        ("Messages to a user fail as he has opted out with STOP.", "b"),
        ("WhatsApp free-form messages fail outside of the 24-hour window.", "b"),
        ("The SDK is called before it is initialised.", "b"),
        ("The account is suspended for sending unsolicited messages.", "b"),
        ("Two devices use the same identity, so the first one is thrown out.", "b"),
        ("La petición falla porque falta el prefijo del país.", "b"),
        ('L\'envoi échoue : le paramètre "from" manque.', "b"),
        ("A mensagem é recusada porque o número está sem o código do país.", "b"),
        ('Der Aufruf schlägt fehl, weil das Feld "to" fehlt.', "b"),
        ("Calls stutter on the train.", "d"),
        ("The connection is lost when users are on 2G.", "d"),
        ("Users with a slow internet line get no video.", "d"),
        ("Calls between the office and the cloud lose packets; traceroute shows the loss at our ISP.", "d"),
        ("Video fails in Opera Mini, which the list of supported browsers does not name.", "d"),
        ("Since the earthquake calls to the region fail.", "e"),
        ("A strike at the operator keeps the line from being repaired, calls fail.", "e"),
        ("Texts to Myanmar are blocked by order of the military government.", "e"),
        ("AT&T marks our calls as spam and people do not answer.", "f"),
        ("A Spanish operator rejects our alphanumeric sender, others take it.", "f"),
        ("Verizon users get the texts hours late, everybody else at once.", "f"),
        ("Reports say delivered, users of one network say they got nothing.", "f"),
        ("Calls to Jio numbers are silent, to Airtel numbers they are fine.", "f"),
        ("Texts to ported numbers fail because the operator's routing data is old.", "f"),
        ("30008 for all texts to Nigeria, other countries fine.", "f"),
        ("SMS a clientes de Claro no llegan, a los de Movistar sí.", "f"),
        ("SMS an Vodafone-Nummern kommen nicht an, an O2 schon.", "f"),
        ("WhatsApp templates stay in review at Meta for a week, so we cannot send.", "g"),
        ("Sends fail since our WhatsApp account was disabled.", "g"),
        ("Apple's push service rejects our certificate, calls do not ring.", "g"),
        ("Messages from Facebook do not arrive since Meta changed its API.", "g"),
        ("Zapier does not pass our texts on.", "g"),
        ("Google blocks the number's RCS agent.", "g"),
    ],
)
def test_whose_doing_it_is_follows_from_what_is_said_of_a_thing(text: str, clause: str) -> None:
    assert clauses(text)[:1] == [clause]


@pytest.mark.parametrize(
    "text",
    [
        "Calls fail at random; our network and devices were checked.",
        "Our firewall is open for your ranges, still no call comes in.",
        "We changed nothing and the code is the same, but sending fails.",
        "Calls fail on all devices and in all browsers.",
        "Restarting our PBX did not help, the trunk stays down.",
        "Your servers do not answer our PBX.",
        "The SDK crashes on Android 13.",
        "Your webhook reached us with an empty body.",
        "Our server gets 500 from your API.",
        "Carrier fees are wrong on the invoice.",
        "Is the WhatsApp API down?",
        "Texts are late on every network.",
        "The delivery reports of AT&T are missing in your console.",
        "Since your update on Monday our calls have no audio.",
        "After we upgraded to your SDK 5, calls crash.",
        "How do I open the firewall for media?",
        "Our provider, you, cannot tell which carrier is to blame.",
        "We do not know whether our proxy or your edge drops the call.",
        "Numbers of two carriers are missing from the list to buy.",
        "Outbound calls fail with 403, credentials were verified.",
        "Our users on iOS cannot register since this morning, on Android neither.",
        "The template is approved by Meta, yet sends fail with 500.",
        "Error 11200 is shown although our server logs no request.",
        "Number port to the new carrier takes too long.",
        "Messages in German are shown with wrong characters.",
        "Calls to landlines fail since noon.",
        "Please add support for Firefox.",
        "Sometimes there is no audio on either side.",
        "No incoming call reaches our PBX, other trunks on it work.",
        "Texts to France are delayed, to Germany they are fine.",
    ],
)
def test_a_failure_by_itself_excludes_nothing(text: str) -> None:
    assert clauses(text) == []
