"""From what a Statuspage v2 page answers to issues, observations and maintenances, with all that real pages do."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.status_monitor.domain import incidents
from services.status_monitor.domain.components import keyed
from services.status_monitor.domain.incidents import Found, Seen
from services.status_monitor.domain.maintenances import gone_from_active, windows_of
from services.status_monitor.domain.plaintext import plain
from services.status_monitor.domain.statuspage import PageRead, read_page
from services.status_monitor.domain.ticket import Window
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


def window_of(read: PageRead, known: dict[str, Window], now: datetime = NOW) -> list[Window]:
    return windows_of(read, known, THE_POLICY, now)


def test_a_maintenance_begins_when_it_goes_into_progress_and_ends_when_it_is_completed() -> None:
    during = read_page("p", documents())
    after_docs = documents("unresolved", "incidents", "components", "active", "maintenances")
    after_docs["active"]["scheduled_maintenances"] = []
    after_docs["components"]["components"] = []

    (begun,) = window_of(during, {})
    (ended,) = window_of(read_page("p", after_docs), {begun.key: begun})

    assert (begun.key, begun.name, begun.services) == (
        "n0rthw1ndpg7/maintenance/m1gateway001",
        "Voice gateways are replaced",
        ("voice",),
    )
    assert (begun.begin, begun.end) == (datetime(2026, 3, 2, 8, 30, 0, 500_000, tzinfo=UTC), None)
    assert ended.end == datetime(2026, 3, 2, 10, 10, tzinfo=UTC)
    assert gone_from_active(read_page("p", after_docs), [begun.key])
    assert not gone_from_active(during, [begun.key])


def test_a_maintenance_that_is_not_listed_any_more_ends_now_and_one_that_was_not_asked_for_does_not() -> None:
    (begun,) = window_of(read_page("p", documents()), {})
    gone = documents("unresolved", "incidents", "active")
    gone["active"]["scheduled_maintenances"] = []

    assert [item.end for item in window_of(read_page("p", gone), {begun.key: begun})] == [NOW]
    assert window_of(read_page("p", documents("unresolved", "incidents")), {begun.key: begun}) == []


def test_a_component_under_maintenance_that_no_maintenance_names_is_one_itself() -> None:
    docs = documents()
    docs["active"]["scheduled_maintenances"] = []

    (begun,) = window_of(read_page("p", docs), {})
    assert (begun.key, begun.name, begun.services) == ("n0rthw1ndpg7/component/c0voiceapi01", "Voice API", ("voice",))

    docs["components"]["components"][4]["status"] = "operational"
    assert [item.end for item in window_of(read_page("p", docs), {begun.key: begun})] == [NOW]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a &lt; b &amp; c", "a < b & c"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("x<script>alert(1)</script>y", "xy"),
        ('see <a href="https://e.example/x">there</a>', "see there (https://e.example/x)"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("a\x00b", "ab"),
        ("  many   blanks \r\n\r\n\r\n\r\nend ", "many blanks\n\nend"),
    ],
)
def test_bodies_become_plain_text(html: str, text: str) -> None:
    assert plain(html) == text


def test_long_bodies_are_cut() -> None:
    assert plain("x" * 20_000) == "x" * 9_999 + "…"


json_ = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "name", "status", "incidents", "incident_updates", "components", "page", "display_at"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(document=json_)
def test_no_answer_whatever_breaks_the_reading(document: Any) -> None:
    read_page(
        "p",
        {
            "unresolved": document,
            "incidents": {"incidents": [document]},
            "components": document,
            "active": {"scheduled_maintenances": document},
        },
    )


odd_times = st.sampled_from(
    [
        None,
        "2026-03-02T09:00:00Z",
        "0001-01-01T00:00:00+02:00",
        "9999-12-31T23:59:59.999999-08:00",
        "2062-01-01T00:00:00",
    ]
)
odd_words = st.sampled_from([None, "", "SMS API", "\ud800", "a\x00b", "<p>x", "x" * 300])
odd_updates = st.fixed_dictionaries(
    {"id": st.sampled_from(["u1", "u2", ""]), "status": st.sampled_from([*incidents.STATES, "new", "scheduled"])},
    optional={
        "body": odd_words,
        "display_at": odd_times,
        "created_at": odd_times,
        "updated_at": odd_times,
        "affected_components": st.none()
        | st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "name": odd_words,
                    "code": odd_words,
                    "new_status": st.sampled_from(["major_outage", "odd", None]),
                },
            ),
            max_size=2,
        ),
    },
)
odd_incidents = st.fixed_dictionaries(
    {"id": st.sampled_from(["i1", "i2", " "]), "status": st.sampled_from([*incidents.STATES, "new", "completed"])},
    optional={
        "name": odd_words,
        "impact": st.sampled_from(["none", "minor", "critical", "maintenance", "odd", None]),
        "started_at": odd_times,
        "resolved_at": odd_times,
        "created_at": odd_times,
        "shortlink": odd_words,
        "components": st.none()
        | st.lists(
            st.fixed_dictionaries({}, optional={"name": odd_words, "id": odd_words, "status": odd_words}), max_size=2
        ),
        "incident_updates": st.none() | st.lists(odd_updates, max_size=3),
    },
)


@given(readings=st.lists(st.lists(odd_incidents, max_size=3), min_size=1, max_size=3))
def test_whatever_an_incident_says_it_is_understood_or_named_and_breaks_nothing(readings: list[list[Json]]) -> None:
    known: dict[str, Seen] = {}
    reported: set[str] = set()

    for listed in readings:
        read = read_page("p", {"unresolved": {"incidents": []}, "incidents": {"incidents": listed}})
        found, _ = incidents.observe_all(read, known, THE_POLICY, NOW - timedelta(days=1), NOW)
        for item in found:
            known[item.seen.incident] = Seen.model_validate_json(item.seen.model_dump_json())
            identity = incidents.report_identity(item.seen)
            assert item.issue is None or identity not in reported
            reported |= {identity} if item.issue else set()
            for said in item.observations:
                said.model_dump_json().encode()
                assert said.message
