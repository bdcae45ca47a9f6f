"""From what a Statuspage v2 page answers to issues, observations and maintenances, with all that real pages do."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from services.status_monitor.domain import incidents
from services.status_monitor.domain.components import keyed
from services.status_monitor.domain.incidents import Found, Seen
from services.status_monitor.domain.statuspage import read_page
from tests.support.status import THE_POLICY

FIXTURES = Path(__file__).parents[1] / "fixtures" / "statuspage"

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

NAMES = ("unresolved", "incidents", "components", "active")

Json = dict[str, Any]


def documents(*names: str) -> dict[str, Any]:
    return {name: json.loads((FIXTURES / f"{name}.json").read_text()) for name in names or NAMES}


class Monitor:
    """What was said of one page over several readings."""

    def __init__(self, first_read: datetime | None = None) -> None:
        self.known: dict[str, Seen] = {}
        self.first_read = first_read

    def read(self, documents: Json, now: datetime = NOW, policy: Any = THE_POLICY) -> dict[str, Found]:
        read = read_page("status.northwind.example", documents)
        assert read.problems == ()
        found = {}
        for incident in read.incidents:
            new = incidents.observe(
                incident,
                self.known.get(incident.id),
                read.page,
                read.name,
                keyed(read.components or ()),
                policy,
                self.first_read,
                now,
            )
            if new is not None:
                self.known[incident.id] = new.seen
                found[incident.id] = new
        self.first_read = self.first_read or now
        return found


def edited(change: Any) -> Json:
    """The fixtures, with a change to the outage in both lists."""
    docs = copy.deepcopy(documents())
    for name in ("unresolved", "incidents"):
        change(next(item for item in docs[name]["incidents"] if item["id"] == "k3outage0001"))
    return docs


def an_update(**fields: Any) -> Json:
    return {
        "id": "u9outage0001",
        "status": "monitoring",
        "body": "A fix is in place.",
        "created_at": "2026-03-02T09:40:00Z",
        "updated_at": "2026-03-02T09:40:00Z",
        "display_at": "2026-03-02T09:40:00Z",
        "affected_components": None,
        **fields,
    }


def test_an_incident_is_an_issue_of_the_provider_with_what_its_components_show() -> None:
    issue = Monitor().read(documents())["k3outage0001"].issue

    assert issue is not None
    assert (issue.initiator, issue.reporter, issue.environment, issue.category) == (
        "provider",
        None,
        "production",
        "incident",
    )
    assert (issue.impact, issue.services, issue.ongoing) == ("outage", ("sms",), True)
    assert issue.began_at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert issue.description == (
        "Messages are not accepted & not delivered\nWe are looking into errors of the SMS API.\n\nVoice works."
    )
    assert issue.detection is not None
    assert (
        issue.detection.origin,
        issue.detection.incident_id,
        issue.detection.components,
        issue.detection.observed_at,
    ) == ("page", "k3outage0001", ("Outbound SMS", "SMS API"), NOW)


def test_updates_are_told_in_the_order_in_which_they_are_shown_as_plain_text() -> None:
    found = Monitor().read(documents())["k3outage0001"]

    assert [(item.id, item.state, item.message) for item in found.observations] == [
        (
            "n0rthw1ndpg7/k3outage0001/u1outage0001/2026-03-02T09:01:30.600000+00:00",
            "in progress",
            "We are looking into errors of the SMS API.\n\nVoice works.",
        ),
        (
            "n0rthw1ndpg7/k3outage0001/u2outage0001/2026-03-02T09:05:00+00:00",
            "in progress",
            "We are continuing to investigate this issue.",
        ),
        (
            "n0rthw1ndpg7/k3outage0001/u3outage0001/2026-03-02T09:10:02.100000+00:00",
            "in progress",
            "A database does not answer.\n\n- SMS API: down\n- Outbound SMS: slow",
        ),
    ]


def test_what_was_over_when_the_page_was_first_read_opens_no_ticket() -> None:
    monitor = Monitor()

    first = monitor.read(documents())
    again = monitor.read(edited(lambda incident: None), NOW + timedelta(hours=1))

    assert first["k1old0000001"].issue is None
    assert first["k2backfilled"].issue is None
    assert first["k1old0000001"].observations == []
    assert again == {}


def test_an_old_incident_that_comes_into_the_list_later_opens_no_ticket() -> None:
    found = Monitor(first_read=datetime(2026, 3, 1, tzinfo=UTC)).read(documents())

    assert (found["k1old0000001"].issue, found["k2backfilled"].issue) == (None, None)


def test_an_incident_that_came_and_went_between_two_readings_is_an_issue_that_is_over() -> None:
    found = Monitor(first_read=datetime(2026, 2, 10, 10, 0, tzinfo=UTC)).read(documents())["k1old0000001"]

    assert found.issue is not None
    assert (found.issue.ongoing, found.issue.ended_at) == (False, datetime(2026, 2, 10, 12, 30, tzinfo=UTC))
    assert [item.state for item in found.observations] == ["in progress", "monitoring", "resolved"]


def test_without_components_the_incidents_own_impact_is_degraded_at_most() -> None:
    issue = Monitor().read(documents())["k4bare000001"].issue

    assert issue is not None
    assert (issue.impact, issue.services) == ("degraded", ())


def test_nothing_new_says_nothing() -> None:
    monitor = Monitor()
    monitor.read(documents())

    assert monitor.read(documents(), NOW + timedelta(minutes=1)) == {}


def test_a_new_update_is_told_and_the_same_facts_are_not_reported_again() -> None:
    monitor = Monitor()
    monitor.read(documents())

    found = monitor.read(
        edited(
            lambda incident: (incident["incident_updates"].append(an_update()), incident.update(status="monitoring"))
        )
    )["k3outage0001"]

    assert found.issue is None
    assert [(item.state, item.message) for item in found.observations] == [("monitoring", "A fix is in place.")]


def test_an_edited_body_is_another_observation_and_an_edit_that_changes_no_word_is_none() -> None:
    monitor = Monitor()
    monitor.read(documents())

    def touch(incident: Json) -> None:
        incident["incident_updates"][0]["updated_at"] = "2026-03-02T09:31:00Z"
        incident["incident_updates"][2].update(body="We know more.", updated_at="2026-03-02T09:32:00Z")

    (told,) = monitor.read(edited(touch))["k3outage0001"].observations

    assert told.id == "n0rthw1ndpg7/k3outage0001/u2outage0001/2026-03-02T09:32:00+00:00"
    assert (told.message, told.edited) == ("We know more.", True)
    assert told.at == datetime(2026, 3, 2, 9, 5, tzinfo=UTC)


def test_another_impact_is_reported_again_under_the_same_id() -> None:
    monitor = Monitor()
    first = monitor.read(documents())["k3outage0001"]
    docs = edited(lambda incident: incident["components"][0].update(status="partial_outage"))
    docs["components"]["components"][1]["status"] = "partial_outage"

    second = monitor.read(docs, NOW + timedelta(minutes=5))["k3outage0001"]

    assert first.issue is not None
    assert second.issue is not None
    assert second.issue.issue_id == first.issue.issue_id
    assert (first.issue.impact, second.issue.impact) == ("outage", "degraded")
    assert second.issue.detection is not None
    assert second.issue.detection.observed_at == NOW
    assert (incidents.report_identity(first.seen), incidents.report_identity(second.seen)) == (
        "n0rthw1ndpg7/k3outage0001/report/1",
        "n0rthw1ndpg7/k3outage0001/report/2",
    )


def test_a_service_that_is_named_later_is_reported_again() -> None:
    monitor = Monitor()
    monitor.read(documents())

    found = monitor.read(
        edited(
            lambda incident: incident["incident_updates"].append(
                an_update(affected_components=[{"name": "voice api", "new_status": "partial_outage"}])
            )
        )
    )["k3outage0001"]

    assert found.issue is not None
    assert found.issue.services == ("sms", "voice")


def test_a_component_shown_as_well_while_its_incident_is_open_lowers_nothing() -> None:
    monitor = Monitor()
    monitor.read(documents())

    def well(incident: Json) -> None:
        for component in incident["components"]:
            component["status"] = "operational"

    docs = edited(well)
    for component in docs["components"]["components"]:
        component["status"] = "operational"

    assert monitor.read(docs)["k3outage0001"].issue is None


def test_carriers_connectivity_is_the_service_that_they_carry() -> None:
    found = Monitor().read(
        edited(
            lambda incident: (
                incident.update(components=[]),
                incident.update(
                    incident_updates=[
                        an_update(
                            affected_components=[{"name": "Voice carriers - Europe", "new_status": "partial_outage"}]
                        )
                    ]
                ),
            )
        )
    )

    issue = found["k3outage0001"].issue
    assert issue is not None
    assert (issue.services, issue.impact) == (("voice",), "degraded")


def test_an_incident_that_is_resolved_without_an_update_that_says_so_is_resolved() -> None:
    monitor = Monitor()
    monitor.read(documents())
    docs = edited(
        lambda incident: incident.update(
            status="resolved", resolved_at="2026-03-02T09:50:00Z", updated_at="2026-03-02T09:50:00Z"
        )
    )

    (told,) = monitor.read(docs, NOW + timedelta(minutes=30))["k3outage0001"].observations

    assert (told.state, told.message) == ("resolved", "Messages are not accepted & not delivered: resolved")
    assert monitor.read(docs, NOW + timedelta(minutes=31)) == {}


def test_a_postmortem_leaves_the_state_alone_and_an_unseen_resolution_is_made_up_for() -> None:
    monitor = Monitor()
    monitor.read(documents())

    found = monitor.read(
        edited(
            lambda incident: (
                incident.update(status="postmortem"),
                incident["incident_updates"].append(an_update(status="postmortem", body="What happened.")),
            )
        )
    )["k3outage0001"]

    assert [(item.state, item.message) for item in found.observations] == [
        (None, "What happened."),
        ("resolved", "Messages are not accepted & not delivered: postmortem"),
    ]


def test_an_incident_without_a_policy_names_no_service_until_there_is_one() -> None:
    monitor = Monitor()

    before = monitor.read(documents(), policy=None)["k3outage0001"].issue
    after = monitor.read(documents())["k3outage0001"].issue

    assert before is not None
    assert after is not None
    assert (before.services, after.services) == ((), ("sms",))


def test_planned_work_shown_as_an_incident_opens_no_ticket() -> None:
    found = Monitor().read(edited(lambda incident: incident.update(impact="maintenance")))

    assert "k3outage0001" not in found


def test_an_entry_that_cannot_be_read_does_not_hide_the_others() -> None:
    docs = documents()
    docs["incidents"]["incidents"][0] = {"id": 5, "incident_updates": "none"}
    docs["components"] = {"error": "?"}

    read = read_page("status.northwind.example", docs, ["active: the page answers 504"])

    assert {incident.id for incident in read.incidents} == {
        "k1old0000001",
        "k2backfilled",
        "k3outage0001",
        "k4bare000001",
    }
    assert read.complete
    assert read.problems == (
        "active: the page answers 504",
        "incidents: entry 0 cannot be read (id)",
        "components: no list `components` in the answer",
    )


def test_a_reading_without_one_of_the_lists_is_not_complete() -> None:
    assert not read_page("p", documents("unresolved")).complete
    assert read_page("p", {}).page == "p"
