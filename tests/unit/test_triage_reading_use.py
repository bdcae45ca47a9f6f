"""How often it fails, by which way it still works, and what tells that it is in use though nobody says production."""

from __future__ import annotations

import pytest

from services.triage.domain.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "Calls fail. It happens every now and then.",
        "No SMS arrives. Random, cannot be reproduced.",
        "Every request fails. We could not reproduce it afterwards.",
        "The app could not join a room, and at other times it cannot publish.",
        "The API was temporarily unreachable this morning.",
        "Answers come very late; it seems better now.",
        "Anrufe brechen ab. Das passiert nur hin und wieder.",
        "Les appels n'aboutissent pas. Ça arrive de temps en temps.",
        "Las llamadas se cortan. Ocurre al azar.",
        "As mensagens não chegam. Acontece de vez em quando.",
    ],
)
def test_what_is_said_by_itself_of_how_often_it_happens_makes_it_intermittent(text: str) -> None:
    assert read(text).value("impact") == "intermittent"


@pytest.mark.parametrize(
    "text",
    [
        "Calls fail. We usually make three hundred.",
        "Every call fails. We make 900 a day.",
        "For several days no call has connected.",
        "For a few hours every call has failed.",
        "Seit mehreren Stunden geht keine SMS raus.",
    ],
)
def test_how_often_something_is_done_and_for_how_long_it_fails_make_it_no_smaller(text: str) -> None:
    assert read(text).value("impact") == "outage"


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("Incoming calls do not reach us. The whole platform is affected; outbound is fine.", "outage"),
        ("Inbound texts have stopped; it hits all of our customers, outgoing works.", "outage"),
        ("Incoming calls do not arrive, outgoing calls are fine.", "degraded"),
        ("Incoming calls fail for one customer; outbound is fine.", "degraded"),
    ],
)
def test_one_direction_is_a_part_unless_it_fails_for_all(text: str, impact: str) -> None:
    assert read(text).value("impact") == impact


@pytest.mark.parametrize(
    ("text", "workaround"),
    [
        ("Every message through the API fails; from the console it still works.", "available"),
        ("The API rejects every message, sending by hand works.", "available"),
        ("Alle Sendungen über die API scheitern, über das Portal klappt es.", "available"),
        ("Tous les envois échouent par l'API, depuis la console ça marche.", "available"),
        ("No sale ningún SMS; probamos con el número de reserva y por ahí sí salen.", "available"),
        ("What we send from the console is accepted, but never arrives.", None),
        ("The console works but every call fails.", None),
    ],
)
def test_another_way_by_which_it_works_is_a_workaround(text: str, workaround: str | None) -> None:
    assert read(text).value("workaround") == workaround


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("We get an error mail every night although all texts were delivered.", "none"),
        ('Our log says "all circuits down" on each call, yet every call gets through.', "none"),
        ("Our monitor shows errors, and calls drop.", "degraded"),
        ("Our monitor shows errors; all texts come late.", "degraded"),
    ],
)
def test_an_error_that_is_only_written_down_while_everything_passes_is_no_failure(text: str, impact: str) -> None:
    assert read(text).value("impact") == impact


@pytest.mark.parametrize(
    "text",
    [
        "A user told us that calls fail.",
        "A client of our product complains that texts come late.",
        "Some of our calls drop.",
        "Vodafone bloquea nuestros SMS.",
        "After years of use every call fails.",
        "Every day two or three participants cannot connect to their meeting.",
        "No answer comes from our public text line.",
        "It worked in spring, our site is live, and no text arrives.",
        "None of our live texts go out.",
        "Les SMS ne partent pas en prod.",
        "Nothing is received, neither in staging nor in production.",
    ],
)
def test_what_is_in_use_is_production(text: str) -> None:
    assert read(text).value("environment") == "production"


@pytest.mark.parametrize(
    ("text", "environment"),
    [
        ("My calls drop.", None),
        ("Several people agree that the sample fails.", None),
        ("The upload to the App Store fails.", None),
        ("Every call fails; trunk and dispatch rule are set up.", None),
        ("Calls fail in TestFlight although we have a production push credential.", "staging"),
        ("Das läuft noch nicht in Produktion, und Anrufe scheitern.", "development"),
        ("No live system fails.", "development"),
    ],
)
def test_what_only_looks_like_use_is_none(text: str, environment: str | None) -> None:
    assert read(text).value("environment") == environment


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Our number does not work with you yet because the port is still pending.", "number porting"),
        ("Balance answers take seven minutes.", "incident"),
        ("Texts only work reliably to British numbers.", "incident"),
        ("Codes need half an hour to arrive.", "incident"),
        ("Calls end when the tab is closed. We ask whether that is on purpose.", "question"),
        ("More routes have been asked for, and texts fail.", "incident"),
    ],
)
def test_the_matter_is_what_it_is_about(text: str, category: str) -> None:
    assert read(text).value("category") == category


@pytest.mark.parametrize(
    "text",
    [
        "Replies leave up to 50 minutes late; it gets bad again from 8.",
        "Half of our texts are lost. If we send again, they come.",
        "Calls fail. Please tell us when it is back.",
        "Calls fail. The fault on their side is being repaired.",
        "Viele Nachrichten fehlen. Wenn wir sie neu senden, kommen sie wieder.",
        "Algunas llamadas tienen eco. Si se vuelve a marcar normalmente se arregla.",
        "Since then a third of the calls loop back to the greeting.",
        "Photos are lost; we now shrink them to half the size and only then it works.",
    ],
)
def test_what_hangs_on_something_or_is_awaited_is_not_over(text: str) -> None:
    assert read(text).value("ongoing") != "no"


@pytest.mark.parametrize(
    "text",
    [
        "Calls failed this morning. Now all work again.",
        "Texts were late last night; since six all is normal again.",
        "Las llamadas fallaban, pero ya vuelven a entrar todas.",
    ],
)
def test_what_works_now_is_over(text: str) -> None:
    assert read(text).value("ongoing") == "no"


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("otp success rate 0.00 on all regions", "outage"),
        ("otp success rate 0.70 on all regions, errors rise", "degraded"),
        ("We see failed calls since Monday.", "degraded"),
        ("The number of failed calls has doubled.", "degraded"),
        ("The API rejected requests all morning.", "outage"),
        ("All participants are thrown out after a few seconds.", "outage"),
        ("People who text us never get an answer.", "outage"),
        ("People who joined last never get an answer.", "degraded"),
        ("All our texts fail. We have only templates there.", "outage"),
        ("No inbound message reaches any of our numbers. Outbound is OK.", "outage"),
        ("Three orders of one office were posted, but no text came.", "degraded"),
        ("Each inbound call is answered, stays silent and drops; inbound calls are dead.", "outage"),
    ],
)
def test_how_much_of_it_fails_follows_from_all_that_is_said(text: str, impact: str) -> None:
    assert read(text).value("impact") == impact


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The console stays white after log in, calls fail.", "incident"),
        ("The token is written into the log. It should be masked.", "question"),
        ("We sometimes pass an invalid number; how should that be handled?", "question"),
    ],
)
def test_what_should_be_otherwise_is_a_wish_where_nothing_fails(text: str, category: str) -> None:
    assert read(text).value("category") == category


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("Track the errors of undelivered texts so that invalid numbers can be removed.", None),
        ("Add an option to retry texts that fail.", None),
        ("We have to migrate before version 2 is switched off.", None),
        ("Updates of the status fail.", "outage"),
        ("No sound on iPhones.", "degraded"),
        ("No sound on any iPhone.", "outage"),
        ("One-time codes do not come through.", "outage"),
        ("All our users are cut off.", "outage"),
    ],
)
def test_a_task_is_no_failure_and_a_device_is_a_part(text: str, impact: str | None) -> None:
    assert read(text).value("impact") == impact


@pytest.mark.parametrize(
    "text",
    [
        "No customer gets the code.",
        "Algún cliente no recibe el código.",
        "9 % of the calls drop.",
        "A nurse cannot join.",
    ],
)
def test_whose_customers_and_shares_are_told_of_is_in_production(text: str) -> None:
    assert read(text).value("environment") == "production"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("I bought a number yesterday, but it does not show up.", "number procurement"),
        ("The typings say that it is a number. Compiles only with a cast.", "development"),
        ("Where do I see why a message was not delivered?", "question"),
        ("Three needs were posted, but no text came.", "incident"),
        ("A new user asked for the verification text and got none.", "incident"),
        ("Create an endpoint for callbacks\nErrors are caught, but not when sending fails later.", "question"),
    ],
)
def test_what_was_bought_asked_or_is_to_be_done_is_the_matter(text: str, category: str) -> None:
    assert read(text).value("category") == category


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("The last good transcription came at 19:19, so the service has not been working for 15 hours.", "outage"),
        ("Now and then one of the messages is not pushed.", "intermittent"),
        ("All numbers must be registered by 1 June.", None),
        ("The registration is complete, the approval is awaited.", None),
        ("A volunteer placed a call, but no phone rang.", "degraded"),
        ("Some users got nothing although the API returned 200.", "degraded"),
    ],
)
def test_what_is_due_or_awaited_is_no_failure_and_one_occasion_is_a_part(text: str, impact: str | None) -> None:
    assert read(text).value("impact") == impact


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("Texts are not late, they are lost, every one.", "outage"),
        ("Texts are late, all of them.", "degraded"),
        ("Not only calls to mobiles fail, all calls do.", "outage"),
        ("Not only Movistar delays our texts, all carriers do.", "degraded"),
        ("Customers in France cannot register, nor can anybody else.", "outage"),
        ("Customers in France cannot register, others can.", "degraded"),
        ("Calls fail whether or not the caller is on hold, without exception.", "outage"),
        ("Calls fail when the caller is on hold.", "degraded"),
        ("All texts through region A are lost. Region B delivers them.", "degraded"),
        ("All texts through region A are lost. Region B does not deliver them.", "outage"),
        ("Every time a customer calls, the call is cut immediately.", "outage"),
        ("Every time a customer calls, the call is cut after ten minutes.", "degraded"),
    ],
)
def test_what_is_added_says_whether_it_is_all_of_them(text: str, impact: str) -> None:
    assert read(text).value("impact") == impact
