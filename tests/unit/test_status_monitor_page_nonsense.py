"""Whatever a status page answers, it is understood or named, and breaks nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.status_monitor.domain import incidents
from services.status_monitor.domain.incidents import Seen
from services.status_monitor.domain.statuspage import read_page
from tests.support.status import THE_POLICY

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

Json = dict[str, Any]

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
