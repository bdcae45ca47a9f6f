"""Identities are functions of what they name."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from shared import ids


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_different_parts_have_different_names_and_the_same_the_same(one: list[str], other: list[str]) -> None:
    assert (ids.named(*one) == ids.named(*other)) == (one == other)


def test_identities_never_change_from_one_release_to_the_next() -> None:
    issue = ids.issue_uid("acme", "i-1")

    assert issue == UUID("c786905f-1910-53ce-98bc-ead24f0da460")
    assert ids.ticket_id(issue) == UUID("f22a590f-94a5-53de-acf9-d047d139ec17")
    assert ids.event_id("intake/1", "upheld.ticketopened.v1", "t", 0) == "22ad332f-299f-59f6-ae2f-29c57be71fbc"
