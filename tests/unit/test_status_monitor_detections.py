"""What monitors report: one issue from a trigger to its resolve, in the order in which things were observed."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.status_monitor.domain.detections import Watch, Watched, on_detection, report_identity
from shared.events import DetectionReported, IssueReported
from shared.ids import issue_uid, named, ticket_id
from tests.support.status import THE_POLICY, at


def detection(minutes: float, action: Any = "trigger", **fields: Any) -> DetectionReported:
    return DetectionReported(
        **{
            "source": "probe",
            "dedup_key": "sms/eu",
            "action": action,
            "components": ("SMS API",),
            "status": "major_outage",
            "observed_at": at(minutes),
            "title": "SMS API does not answer",
            **fields,
        }
    )


class Probe:
    """A dedup key and what became of it."""

    def __init__(self) -> None:
        self.state = Watched(source="probe", dedup_key="sms/eu")
        self.issues: list[IssueReported] = []
        self.identities: list[str] = []
        self.resolved: list[Any] = []

    def see(self, minutes: float, action: Any = "trigger", now: float = 1000, **fields: Any) -> Watch:
        watch = on_detection(self.state, detection(minutes, action, **fields), THE_POLICY, at(now))
        self.state = watch.state
        if watch.issue:
            self.issues.append(watch.issue)
            self.identities.append(report_identity(watch.state))
        if watch.observation:
            self.resolved.append(watch.ticket)
        return watch


def test_a_trigger_is_an_issue_of_the_provider_from_when_it_was_observed() -> None:
    watch = Probe().see(10, details="connection refused", link="https://probe.example/1")

    issue = watch.issue
    assert issue is not None
    assert issue.issue_id == str(named("detection", "probe", "sms/eu", at(10).isoformat()))
    assert (issue.initiator, issue.services, issue.impact, issue.environment, issue.ongoing, issue.began_at) == (
        "provider",
        ("sms",),
        "outage",
        "production",
        True,
        at(10),
    )
    assert issue.description == "SMS API does not answer\nconnection refused"
    assert issue.detection is not None
    assert (
        issue.detection.origin,
        issue.detection.source,
        issue.detection.incident_id,
        issue.detection.observed_at,
    ) == ("monitor", "probe", "sms/eu", at(10))


def test_a_repeated_trigger_says_nothing() -> None:
    probe = Probe()
    probe.see(10)
    probe.see(11)
    probe.see(12)

    assert len(probe.issues) == 1


def test_a_trigger_that_shows_another_impact_reports_the_same_issue_again() -> None:
    probe = Probe()
    probe.see(10, status="degraded_performance")
    probe.see(12, status="major_outage")
    probe.see(11, status="degraded_performance")

    assert [issue.impact for issue in probe.issues] == ["degraded", "outage"]
    assert len({issue.issue_id for issue in probe.issues}) == 1
    assert len(set(probe.identities)) == 2


def test_resolve_resolves_its_ticket() -> None:
    probe = Probe()
    first = probe.see(10)
    done = probe.see(20, "resolve")

    assert first.issue is not None
    assert done.ticket == ticket_id(issue_uid("status-monitor", first.issue.issue_id))
    assert done.observation is not None
    assert (done.observation.state, done.observation.kind, done.observation.message) == (
        "resolved",
        "monitor",
        "The monitor reports that it is over: SMS API does not answer",
    )
    assert probe.see(21, "resolve").observation is None


def test_a_trigger_after_resolve_begins_a_new_issue() -> None:
    probe = Probe()
    probe.see(10)
    probe.see(20, "resolve")
    probe.see(30)

    assert len({issue.issue_id for issue in probe.issues}) == 2


def test_what_arrives_late_is_ordered_by_when_it_was_observed() -> None:
    probe = Probe()
    probe.see(10)
    probe.see(20, "resolve")
    probe.see(15)
    probe.see(20)
    assert len(probe.issues) == 1

    probe.see(30)
    probe.see(25, "resolve")
    assert probe.state.open


def test_a_resolve_that_overtakes_its_trigger_leaves_nothing_to_open() -> None:
    probe = Probe()
    probe.see(20, "resolve")
    probe.see(10)

    assert probe.issues == []


def test_planned_work_opens_no_ticket() -> None:
    assert Probe().see(10, status="under_maintenance").issue is None


def test_a_time_in_the_future_is_taken_as_now() -> None:
    probe = Probe()
    probe.see(5000, now=10)
    probe.see(20, "resolve", now=21)

    assert probe.issues[0].began_at == at(10)
    assert len(probe.resolved) == 1


@given(
    events=st.lists(st.tuples(st.integers(0, 50), st.sampled_from(["trigger", "resolve"])), max_size=10),
    order=st.randoms(),
)
def test_what_is_resolved_is_what_was_opened_whatever_the_order(events: list[tuple[int, str]], order: Any) -> None:
    shuffled = [*events]
    order.shuffle(shuffled)
    probe = Probe()

    for minutes, action in shuffled:
        probe.see(minutes, action)

    opened = [ticket_id(issue_uid("status-monitor", issue.issue_id)) for issue in probe.issues]
    assert len(opened) == len(set(opened))
    assert probe.resolved == opened[: len(probe.resolved)]
    assert len(opened) - len(probe.resolved) == (1 if probe.state.open else 0)
    if events:
        _, action = max(events, key=lambda item: (item[0], item[1] == "resolve"))
        if action == "resolve":
            assert not probe.state.open
