"""What `upheld account set` refuses before it asks anyone, and which contacts it doubts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from shared.events import Contact
from tests.unit.test_cli import upheld, words
from upheld.cli.contacts import doubts_of

ACME = {"id": "acme", "name": "Acme", "plan": "gold", "term": {"start": "2026-01-01T00:00:00Z"}}


@pytest.mark.parametrize("name", ["Mars/X", "", "../etc/passwd"])
def test_a_time_zone_that_does_not_exist_is_refused_as_an_option(name: str) -> None:
    result = upheld("account", "set", "acme", "--time-zone", name)

    assert result.exit_code == 2
    assert f"{name!r} is no time zone: write an IANA name, such as Europe/Berlin" in words(result.stderr)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"time_zone": "Mars/X"}, "time_zone  'Mars/X' is no time zone: write an IANA name, such as Europe/Berlin"),
        (
            {"contacts": [{"name": "Ann", "channel": "email", "address": "not an address"}]},
            "contacts.0.address  'not an address' is no e-mail address: write ann@acme.example",
        ),
        (
            {"contacts": [{"name": "Hook", "channel": "webhook", "address": "acme.example"}]},
            "contacts.0.address  'acme.example' is no URL to send to: write https://host/path",
        ),
        (
            {"contacts": [{"name": "H", "channel": "webhook", "address": "https://a.example", "secret": "hunter2"}]},
            "contacts.0.secret  write whsec_ and the base64 of 24 to 64 random bytes",
        ),
    ],
)
def test_what_could_never_be_used_of_an_account_file_is_refused_with_its_field(
    tmp_path: Path, said: dict[str, Any], fault: str
) -> None:
    file = tmp_path / "acme.yaml"
    file.write_text(yaml.safe_dump(ACME | said))

    result = upheld("account", "set", "acme", "--file", str(file))

    assert result.exit_code == 2
    assert fault in result.stderr


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("acme.yaml", "id: acme\nplan: gold\nplan: basic\n", "'plan' is written 2 times (line 3)."),
        ("acme.yaml", "contacts:\n  - {name: Ann, name: Bea}\n", "'name' is written 2 times (line 2)."),
        ("acme.json", '{"contacts": [{"name": "Ann", "name": "Bea"}]}', "'name' is written 2 times."),
        ("acme.yaml", "- acme\n", "must be a mapping of keys to values (line 1)."),
        ("acme.json", "[]", "must hold one mapping of field names to values."),
    ],
)
def test_a_file_that_says_a_field_twice_or_holds_no_fields_is_refused(
    tmp_path: Path, name: str, text: str, fault: str
) -> None:
    file = tmp_path / name
    file.write_text(text)

    result = upheld("account", "set", "acme", "--file", str(file))

    assert result.exit_code == 2
    assert fault in result.stderr


def test_a_contact_that_will_be_told_nothing_is_doubted() -> None:
    wanting = Contact(name="Ann", channel="email", address="ann@acme.example", priorities=("P1", "P9"))
    unsigned = Contact(name="Hook", channel="webhook", address="https://acme.example/hook")
    usual = Contact(name="Bea", channel="email", address="bea@acme.example", priorities=("P1",))

    assert list(doubts_of([wanting, unsigned, usual], ["P1", "P2"])) == [
        "No published policy has the priority P9 of which Ann wants to be told; there are P1, P2.",
        "Hook at https://acme.example/hook has no secret to sign with: nothing will be sent there.",
    ]
    assert list(doubts_of([wanting], [])) == []
