"""What is said beside the matter changes no priority: greetings, calls for help, what was tried, who was told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from services.triage.domain.evaluation import LabelledCase, try_case
from services.triage.domain.reading import read
from shared.policy import parse_policy

PLIVO = parse_policy((Path(__file__).parents[2] / "deploy" / "policies" / "plivo.yaml").read_text())
REPORTS = [
    LabelledCase("a", "Calls fail", "Every call that our agents place fails.", "P1", environment="production"),
    LabelledCase("b", "Texts late", "Some of our texts come an hour late.", "P2", environment="production"),
    LabelledCase("c", "Three parts", "Our texts go out in three parts, other vendors send one.", "P2"),
    LabelledCase("d", "Music", "The music keeps playing for two people until a third dials in.", "P2"),
    LabelledCase("e", "Early", "Since the clocks changed our reminders leave an hour too soon.", "P2"),
    LabelledCase("f", "Voice", "Are there plans for more voices? We'd like a Welsh one.", "P3"),
    LabelledCase("g", "Route down", "No call leaves. We use the second line as a stopgap.", "P2"),
]
ASIDES = [
    "The status page is green.",
    "Please help.",
    "A ticket has been opened with support.",
    "The maintainer asks for logs.",
    "Asks what could be the cause.",
    "Support has not answered.",
    "Restarting did not help.",
    "Another user reports the same.",
    "The logs are attached.",
    "Thanks in advance.",
    "It is urgent.",
]


@pytest.mark.parametrize("case", REPORTS, ids=lambda case: case.title)
@pytest.mark.parametrize("aside", ASIDES)
def test_what_is_said_aside_changes_no_priority(case: LabelledCase, aside: str) -> None:
    case = replace(case, environment="production")
    told = replace(case, summary=f"{case.summary} {aside}")

    assert try_case(case, PLIVO).assessment.priority == case.label
    assert try_case(told, PLIVO).assessment.priority == case.label


def test_a_greeting_leaves_what_follows_it_a_statement() -> None:
    assert read("Hello, the status says answered while the phone still rings.").value("impact") == "degraded"


def test_that_support_has_not_answered_is_no_failure() -> None:
    assert read("Our support ticket has got no answer.").value("impact") is None


def test_a_way_that_there_is_stays_where_something_else_was_tried_in_vain() -> None:
    assert read("No call leaves. We use the fallback. Restarting did not help.").value("workaround") == "available"
    assert read("No call leaves. We tried the fallback, to no avail.").value("workaround") == "none"


def test_trying_again_is_not_that_it_is_over() -> None:
    assert read("Patients are thrown out. They can dial in again.").value("ongoing") is None
    assert read("Patients were thrown out. Now all can dial in again.").value("ongoing") == "no"


@pytest.mark.parametrize(
    "text",
    [
        "We haven't received a single message on any of the 60 numbers.",
        "Registration answers 503 for every one of our users.",
        "Messaging is at a full stop.",
    ],
)
def test_all_of_so_many_is_no_part_of_them(text: str) -> None:
    assert read(text).value("impact") == "outage"


def test_a_refresh_that_cures_it_is_a_way_around() -> None:
    assert read("Agents can no longer answer; a refresh always cures it.").value("workaround") == "available"
