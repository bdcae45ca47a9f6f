"""Texts that differ by little and mean another thing: how much of it, where, and whose doing it is."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from services.triage.domain.reading import read
from services.triage.domain.reading.forms import forms
from services.triage.domain.reading.interval import interval_of
from tests.support.readings import NEAR, near

TEN = datetime(2026, 3, 2, 10, tzinfo=UTC)


def fact(text: str, name: str) -> str | None:
    return read(text).value(name)


def clauses(text: str) -> list[str]:
    return [proposal.clause for proposal in read(text).exclusions]


def test_every_short_text_is_read_as_written_down() -> None:
    written = json.loads(NEAR.read_text())

    for text, told in near().items():
        assert told == written[text], f"{text!r}: where the change is meant, python -m tests.support.readings"


# how much of it


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("Every call drops.", "outage"),
        ("Jeder Anruf wird getrennt.", "outage"),
        ("Chaque appel raccroche.", "outage"),
        ("Every call drops after ten minutes.", "degraded"),
        ("Jeder Anruf wird nach Minuten getrennt.", "degraded"),
        ("Every call drops now and then.", "intermittent"),
        ("Die Anrufe werden getrennt.", "degraded"),
    ],
)
def test_that_calls_end_is_an_outage_where_each_of_them_does_and_at_once(text: str, impact: str) -> None:
    assert fact(text, "impact") == impact


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("Users who join last cannot call.", "degraded"),
        ("Calls fail for agents whose phones are new.", "degraded"),
        ("All users who use the app cannot log in.", "outage"),
        ("No user who dials in can connect.", "outage"),
        ("Customers who buy tickets wait. SMS is down.", "outage"),
    ],
)
def test_those_who_do_something_are_a_part_unless_it_is_all_of_them_or_said_elsewhere(text: str, impact: str) -> None:
    assert fact(text, "impact") == impact


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("Calls fail, the others do not.", "degraded"),
        ("Calls work, some of our numbers do not.", "degraded"),
        ("No call since nine.", "outage"),
        ("No call log since nine.", "degraded"),
    ],
)
def test_what_is_said_of_some_or_of_a_part_of_it_is_not_said_of_all(text: str, impact: str) -> None:
    assert fact(text, "impact") == impact


@pytest.mark.parametrize("text", ["All callers hear a tone.", "The others hear music."])
def test_that_something_is_heard_does_not_say_that_all_is_well(text: str) -> None:
    assert fact(text, "impact") == "degraded"


# where, until when, and what it is about


def test_a_negation_reaches_an_environment_that_stands_near_it() -> None:
    assert fact("Calls fail. This is not what we pay you for in production.", "environment") == "production"
    assert fact("Calls fail. This is not yet in production.", "environment") == "development"


def test_where_it_only_says_what_it_is_not_no_environment_is_read() -> None:
    assert fact("Not our staging system.", "environment") is None


@pytest.mark.parametrize("text", ["Es geht nichts. Umgehung haben wir keine.", "Eine Umgehung haben wir nicht."])
def test_a_way_around_that_is_denied_at_the_end_is_none(text: str) -> None:
    assert fact(text, "workaround") == "none"


@pytest.mark.parametrize(
    "text", ["Calls fail, which should be fixed by now.", "Calls lag, which should have been fixed."]
)
def test_what_should_have_been_fixed_is_not(text: str) -> None:
    assert fact(text, "ongoing") is None


def test_a_matter_takes_more_signs_than_the_failure_beside_it() -> None:
    once = "Calls fail. The invoice is wrong."

    assert fact(f"{once} The invoice is wrong too.", "category") == "incident"
    assert fact(f"{once} The invoice is too high. Whose invoice is it?", "category") == "billing"


def test_a_moment_that_is_named_twice_is_a_begin_and_no_interval() -> None:
    named = "2026-03-02 10:00 UTC"

    assert interval_of(f"from {named}, again {named}", date(2026, 3, 2)) == (TEN, None)
    assert interval_of(f"from {named} to 2026-03-02 10:01 UTC", None) == (TEN, TEN.replace(minute=1))


def test_a_german_verb_has_its_participle_and_no_other_language_has_that() -> None:
    assert "geklappt" in forms("klapp/en", "de")
    assert not any(form.startswith("ge") for form in forms("livr/er", "fr"))


# whose doing it is


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("No calls connect since the storm", ["e"]),
        ("No calls connect since a storm of callbacks.", []),
        ("Texts to one network fail, the network has an outage.", ["f"]),
        ("Texts fail, our team is working on it. They are shown as delivered.", []),
        ("Texts to Vodafone fail. Vodafone has an outage.", ["f"]),
        ("Texts to Vodafone fail. Vodafone does not say on any of its own pages that it has an outage.", []),
        ("Texts to Vodafone fail. We suspect Vodafone.", []),
        ("Texts to landlines fail. They are shown as delivered.", ["f"]),
        ("The texts are undelivered. The dashboard says delivered.", ["f"]),
        ("Texts to Vodafone fail. They are marked as delivered.", ["f"]),
        ("Texts to Vodafone fail. They are marked as delivered. Texts to Telekom fail too.", []),
        ("The client fails. The system requirements are not met.", ["d"]),
    ],
)
def test_carriers_storms_and_requirements_count_where_they_are_said_to_do_it(text: str, found: list[str]) -> None:
    assert clauses(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Callbacks fail. They were answered by our handler with 502.",
        "Our old office router garbles the audio.",
        "Both your and our firewall block the packets.",
        "Your calls fail, our proxy blocks your packets.",
        "Calls fail. The root cause was on our side.",
        "Calls fail. It turned out that it was us.",
        "Calls failed. It was our mistake.",
        "We found a bug in our code.",
        "No calls go out. Our firewall blocks the packets.",
        "Calls are silent. Replacing the router solved it.",
    ],
)
def test_what_a_thing_of_the_customer_does_is_its_doing(text: str) -> None:
    assert clauses(text) == ["a"]


@pytest.mark.parametrize(
    "text",
    [
        "Echo behind our router.",
        "Errors behind our firewall.",
        "Calls fail. Our app was updated last week and is not to blame.",
        "Calls are silent. The new router solved it.",
        "Calls are silent. Our proxy solves the names.",
        "Callbacks fail. They were answered by our handler with 502. Without the proxy to no avail.",
        "Your firewall blocks the packets.",
    ],
)
def test_a_thing_of_the_customer_that_is_only_named_or_not_to_blame_is_not(text: str) -> None:
    assert clauses(text) == []


def test_of_two_clauses_as_well_founded_the_more_particular_one_comes_first() -> None:
    forbidden = "Sends are refused, which the guidelines forbid."
    choppy = "Calls are choppy on hotel Wi-Fi. It works without the extension. After rebooting it works again."

    assert clauses(f"{forbidden} We patched your SDK.") == ["c", "b"]
    assert clauses(f"The import fails on Node 14, Node 16 or newer is needed. {forbidden}") == ["b", "d"]
    assert clauses(choppy) == ["d", "a"]


def test_one_sign_said_twice_counts_once() -> None:
    once = "Texts fail. They are shown as delivered."

    assert clauses(once) == clauses(f"{once} They are marked as delivered.") == []
