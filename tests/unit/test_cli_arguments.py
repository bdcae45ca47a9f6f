"""Arguments that say nothing, or two things at once, are named before anyone is asked."""

from __future__ import annotations

import shlex

import pytest

from tests.unit.test_cli import upheld, words

EMPTY = [
    ("policy accept demo@2 --account acme --by ''", "--by"),
    ("policy accept demo@2 --account acme --by ' '", "--by"),
    ("policy accept demo@2 --account '' --by Ann", "--account"),
    ("policy accept '' --account acme --by Ann", "POLICY"),
    ("policy show ''", "[POLICY]"),
    ("policy show --account ''", "--account"),
    ("policy diff '' b.yaml", "A"),
    ("account set ''", "ID"),
    ("account set acme --name ''", "--name"),
    ("account set acme --plan ''", "--plan"),
    ("account set acme --service voice --service ''", "--service"),
    ("account set acme --locale ''", "--locale"),
    ("account renew ''", "ID"),
    ("account renew acme --by ''", "--by"),
    ("key create --role agent --name ''", "--name"),
    ("key create --role customer --account ''", "--account"),
    ("key create --role upstream --source ''", "--source"),
    ("key revoke ''", "KEY_ID"),
    ("issue report --kafka --source ''", "--source"),
    ("ticket show ''", "NUMBER"),
    ("ticket resolve UP-1 ''", "INCIDENT"),
    ("ticket priority UP-1 '' --reason x", "PRIORITY"),
    ("ticket priority UP-1 P1 --reason ''", "--reason"),
    ("ticket replan UP-1 --reason ''", "--reason"),
    ("ticket exclude UP-1 --accept --clause '' --reason x", "--clause"),
    ("notifications tail --ticket ''", "--ticket"),
    ("report attainment --account ''", "--account"),
    ("report attainment --priority ''", "--priority"),
    ("sla replay --policy a.yaml --account ''", "--account"),
]


@pytest.mark.parametrize(("line", "name"), EMPTY)
def test_a_name_that_is_empty_is_refused_as_the_argument_that_it_is(line: str, name: str) -> None:
    result = upheld(*shlex.split(line))

    assert result.exit_code == 2
    assert f"Invalid value for '{name}': must not be empty." in words(result.stderr)


@pytest.mark.parametrize("line", ["policy accept demo@2 --account acme --by", "account renew acme --by"])
def test_a_name_that_is_longer_than_an_event_can_hold_is_refused(line: str) -> None:
    result = upheld(*line.split(), "A" * 201)

    assert result.exit_code == 2
    assert "Invalid value for '--by': has 201 characters, more than 200." in words(result.stderr)


def test_an_exclusion_cannot_be_accepted_and_rejected_at_once() -> None:
    result = upheld(*["ticket", "exclude", "UP-1", "--clause", "B.5.a", "--reason", "x", "--accept", "--reject"])

    assert result.exit_code == 2
    assert "--accept or --reject  leave one of them out" in result.stderr


@pytest.mark.parametrize("command", ["report attainment", "report detection", "sla replay --policy a.yaml"])
@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("2026-04-01", "2026-03-01"),
        ("2026-03-01", "2026-03-01"),
        ("2026-03-01T01:00:00+01:00", "2026-03-01"),
        ("1h", "2h"),
    ],
)
def test_a_report_of_no_time_is_refused(command: str, begin: str, end: str) -> None:
    result = upheld(*command.split(), "--from", begin, "--to", end)

    assert result.exit_code == 2
    assert "There is no time from " in result.stderr
    assert "--to  must be after --from" in result.stderr


def test_a_report_of_some_time_is_asked_for() -> None:
    result = upheld("report", "attainment", "--from", "2026-03-01", "--to", "2026-03-01T00:00:01Z")

    assert "There is no time" not in result.stderr
