"""intake's rules: what opens a ticket, what adds to it, what is only said again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from services.intake import domain
from services.intake.domain import ReplyIn, Report, Ticket
from shared.events import Detection, IssueReported, Reporter

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ISSUE = IssueReported(
    issue_id="i", description="down", reporter=Reporter(name="Ann", account="acme"), impact="degraded"
)


def ticket(issue: IssueReported = ISSUE) -> Ticket:
    report = Report(issue, "upstream", NOW)
    return Ticket(report.ticket_id, "UP-1", "acme", "upstream", issue, 1, NOW)


def test_the_clocks_run_from_what_was_observed_else_from_the_log_else_from_now() -> None:
    seen = Detection(origin="page", source="page", incident_id="x", observed_at=NOW - timedelta(minutes=3))

    observed = domain.open_ticket(Report(ISSUE.model_copy(update={"detection": seen}), "s", NOW), "UP-1", NOW)
    appended = domain.open_ticket(Report(ISSUE, "s", NOW - timedelta(minutes=1)), "UP-1", NOW)
    accepted = domain.open_ticket(Report(ISSUE, "s", None), "UP-1", NOW)

    assert observed.clock_start == NOW - timedelta(minutes=3)
    assert appended.clock_start == NOW - timedelta(minutes=1)
    assert accepted.clock_start == NOW


def test_a_ticket_tells_what_was_said_to_be_unknown_from_what_was_not_said() -> None:
    said = ISSUE.model_copy(update={"environment": "unknown"})

    assert domain.open_ticket(Report(said, "s", None), "UP-1", NOW).unknown == ("environment",)
    assert domain.open_ticket(Report(ISSUE, "s", None), "UP-1", NOW).unknown == ()


def test_what_was_not_said_is_not_said_on_the_topic_either() -> None:
    silent = IssueReported(issue_id="i", description="down")
    unknown = IssueReported(issue_id="i", description="down", environment="unknown")

    for issue, said in ((silent, ()), (unknown, ("environment",))):
        read = IssueReported.model_validate_json(issue.encode())
        assert read == issue
        assert domain.open_ticket(Report(read, "s", None), "UP-1", NOW).unknown == said


def test_an_issue_belongs_to_its_account_else_to_its_source() -> None:
    nobody = ISSUE.model_copy(update={"reporter": None})

    assert Report(ISSUE, "a", None).ticket_id == Report(ISSUE, "b", None).ticket_id
    assert Report(nobody, "a", None).ticket_id != Report(nobody, "b", None).ticket_id


def test_the_same_issue_again_says_nothing() -> None:
    assert domain.say_again(ticket(), Report(ISSUE, "upstream", NOW), "r", NOW) == (ticket(), None)


def test_facts_that_are_not_stated_again_are_not_taken_back() -> None:
    again = ISSUE.model_copy(update={"impact": "unknown"})

    assert domain.say_again(ticket(), Report(again, "upstream", NOW), "r", NOW)[1] is None


def test_other_facts_are_stated_anew_and_only_those() -> None:
    again = ISSUE.model_copy(update={"impact": "outage", "services": ("voice",)})

    after, said = domain.say_again(ticket(), Report(again, "upstream", NOW), "r", NOW)

    assert said is not None
    assert (said.origin, said.impact, said.services, said.environment, said.body) == (
        "source",
        "outage",
        ("voice",),
        None,
        None,
    )
    assert after.sequence == 2
    assert after.issue == again


def test_began_at_may_run_a_little_ahead_but_not_lie_in_the_future() -> None:
    near = ISSUE.model_copy(update={"began_at": NOW + timedelta(minutes=5)})
    far = ISSUE.model_copy(update={"began_at": NOW + timedelta(minutes=6)})

    assert domain.objections(near, None, NOW) == []
    assert domain.objections(far, None, NOW) == [("began_at", "is in the future: 2026-03-02T09:06:00+00:00")]


def test_a_reply_says_something() -> None:
    with pytest.raises(ValidationError, match="a reply says something"):
        ReplyIn.model_validate_json("{}")


def test_the_first_accepted_notice_meets_the_notification_clock_in_the_view() -> None:
    clocks = [
        {"clock": "notification", "state": "running", "due": NOW.isoformat()},
        {"clock": "update", "state": "running"},
    ]

    assert domain.clocks_with_notification(clocks, NOW)[0]["state"] == "met"
    assert domain.clocks_with_notification(clocks, NOW + timedelta(seconds=1))[0]["state"] == "late"
    assert domain.clocks_with_notification(clocks, None) == clocks


def test_a_customer_does_not_see_an_exclusion_that_is_only_proposed() -> None:
    data = {"exclusions": [{"clause": "B.5.f", "state": "proposed"}, {"clause": "B.5.a", "state": "accepted"}]}

    assert domain.for_customer("upheld.priorityassigned.v1", data) == {
        "exclusions": [{"clause": "B.5.a", "state": "accepted"}]
    }
