"""Identities are functions of what they name."""

from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from shared import ids


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_different_parts_have_different_names_and_the_same_the_same(one: list[str], other: list[str]) -> None:
    assert (ids.named(*one) == ids.named(*other)) == (one == other)


@given(st.lists(st.text(st.characters(codec="utf-8")), max_size=4))
def test_an_identity_is_a_uuid_of_version_5_as_an_object_and_as_text(parts: list[str]) -> None:
    whole = "\x1f".join(f"{len(part)}:{part}" for part in parts)
    made = uuid5(UUID("6f6a1d0e-5c1b-5f1a-9a53-0b7a9c2e4d11"), whole)

    assert ids.named(*parts) == made
    assert ids.text_of(*parts) == str(made)


def test_identities_never_change_from_one_release_to_the_next() -> None:
    issue = ids.issue_uid("acme", "i-1")

    assert issue == "c786905f-1910-53ce-98bc-ead24f0da460"
    assert ids.ticket_id(issue) == UUID("f22a590f-94a5-53de-acf9-d047d139ec17")
    assert ids.event_id("intake/1", "upheld.ticketopened.v1", "t", 0) == "22ad332f-299f-59f6-ae2f-29c57be71fbc"
