"""The command by itself: what it refuses before it asks anyone, and that each refusal says what to do."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from upheld.cli.app import app

ROOT = Path(__file__).parents[2]
POLICIES, DOCS = ROOT / "deploy" / "policies", ROOT / "docs"
NOWHERE = {
    "UPHELD_KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
    "UPHELD_DATABASE_URL": "postgresql://owner:hunter2@127.0.0.1:1/upheld",
    "UPHELD_INTAKE_URL": "http://127.0.0.1:1",
    "UPHELD_API_KEY": "uph_0a_0123456789abcdef",
    "UPHELD_SUPPORT_PHONE": None,
}
COMMANDS = [
    "up", "run", "demo", "migrate", "topics create", "topics check", "policy validate", "policy show",
    "policy diff", "policy apply", "policy accept", "account set", "account renew", "key create",
    "key revoke", "key list", "issue report", "ticket list", "ticket show", "ticket trace", "ticket watch",
    "ticket reply", "ticket update", "ticket priority", "ticket exclude", "ticket replan", "triage try",
    "triage evaluate", "triage explain", "notifications tail", "dead-letters list", "dead-letters show",
    "dead-letters redrive", "dead-letters discard", "sla scenarios", "sla run", "incident list", "incident show",
    "ticket link", "ticket unlink", "ticket resolve", "report attainment", "report detection",
    "sla replay", "ticket evidence",
]  # fmt: skip


def upheld(*arguments: str, stdin: str | None = None, **env: str | None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin, env={**NOWHERE, **env}, prog_name="upheld")


def words(text: str) -> str:
    """Without the frames and line ends that a terminal's width makes."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", text).split())


def test_the_version_is_printed() -> None:
    result = upheld("--version")

    assert result.stdout == "upheld 0.1.0\n"
    assert result.exit_code == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = upheld(*command.split(), "--help")

    assert result.exit_code == 0
    assert f"upheld {command}" in words(result.stdout).partition(" Examples: $ ")[2]


def test_no_command_is_without_help() -> None:
    def names(group: object, before: str = "") -> list[str]:
        found = []
        for name, command in getattr(group, "commands", {}).items():
            inner = names(command, f"{before}{name} ")
            found += inner or [f"{before}{name}"]
        return found

    assert sorted(names(typer.main.get_command(app))) == sorted(COMMANDS)


def test_a_group_without_a_command_shows_what_there_is_and_exits_with_2() -> None:
    result = upheld("ticket")

    assert result.exit_code == 2
    assert "trace" in result.output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("issue report --began-at 2026-01-01T00:00:00", "Invalid value for '--began-at': '2026-01-01T00:00:00' has no "
         "time zone: write 2026-01-01T00:00:00Z if it is UTC, or 2026-01-01T00:00:00+01:00."),
        ("policy show --account a --at 2027-02-01", "'2027-02-01' is a date: write 2027-02-01T00:00:00Z if it is UTC, "
         "or 2027-02-01T00:00:00+01:00."),
        ("policy show --account a --at 2027-02-01+01:00", "'2027-02-01+01:00' is a date: write a time too, such as "
         "2027-02-01T00:00:00+01:00."),
        ("policy show --account a --at 2027-02-01Z", "'2027-02-01Z' is a date: write a time too, such as "
         "2027-02-01T00:00:00+00:00."),
        ("policy show --account a --at 2027-02-31", "'2027-02-31' is no time: write 2026-11-24T08:30:00Z"),
        ("policy show --account a --at 9999-12-31T23:59:59-05:00", "'--at': '9999-12-31T23:59:59-05:00' lies outside "
         "the years 1 to 9999 in UTC."),
        ("report attainment --from 0001-01-01T00:00:00+05:00", "'0001-01-01T00:00:00+05:00' lies outside the years"),
        ("sla replay --policy a --to 0001-01-01T00:00:00+05:00", "'0001-01-01T00:00:00+05:00' lies outside the years"),
        ("account set a --term-end 9999-12-31T23:59:59-05:00", "'9999-12-31T23:59:59-05:00' lies outside the years"),
        ("issue report --began-at 999999d", "'--began-at': '999999d' lies outside the years 1 to 9999 in UTC."),
        ("ticket exclude UP-1 --from 0001-01-01T00:00:00+05:00", "'0001-01-01T00:00:00+05:00' lies outside the years"),
        ("issue report --began-at yesterday", "'yesterday' is no time: write 2026-11-24T08:30:00Z, `now`, or how long "
         "ago, such as 20m, 2h or 3d."),
        ("issue report --impact total", "Invalid value for '--impact': Value error, 'total' is not one of 'outage', "
         "'degraded', 'intermittent', 'none', 'unknown'."),
        ("ticket update UP-1 --state done", "'done' is not one of 'open', 'in progress', 'awaiting customer', "
         "'monitoring', 'resolved', 'closed'."),
        ("ticket update UP-1 --if-match -1", "Invalid value for '--if-match'"),
        ("ticket priority UP-1 P1", "Missing option '--reason'."),
        ("ticket replan UP-1", "Missing option '--reason'."),
        ("run portal", "'portal' is not one of 'intake', 'triage', 'status-monitor', 'notifier'."),
        ("dead-letters show intake first", "Invalid value for 'ID'"),
        ("tickets", "No such command 'tickets'."),
    ],
)  # fmt: skip
def test_a_wrong_argument_is_named_with_what_would_be_right(arguments: str, sentence: str) -> None:
    result = upheld(*arguments.split())

    assert result.exit_code == 2
    assert sentence in words(result.stderr)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("issue report --reporter Ann", "--description is missing"),
        ("issue report --description broken", "--reporter is missing"),
        ("issue report --kafka --reporter Ann", "--description is missing"),
        ("issue report --source crm", "--source over HTTP the API key says who speaks"),
        ("issue report --kafka --idempotency-key a", "--idempotency-key with --kafka give --issue-id"),
        ("ticket reply UP-1", "TEXT write it, or state a fact, or --close"),
        ("ticket update UP-1", "--state or --message is missing"),
        ("ticket update UP-1 --ask", "--message is missing"),
        ("ticket exclude UP-1 --clause B.5.a --reason x", "--accept or --reject is missing"),
        ("key create --role customer", "--account is missing"),
        ("key create --role upstream", "--source is missing"),
        ("account set acme --email ann", "--email write ann@acme.example"),
        ("account set acme --webhook acme.example", "--webhook write https://host/path"),
        ("account set acme --webhook https://a.example --secret hunter2", "--secret write whsec_"),
        ("account set acme --secret hunter2", "--secret one for each --webhook"),
        ("ticket reply UP-1 hello --idempotency-key ä", "An idempotency key has 1 to 200 printable ASCII characters."),
        ("ticket reply UP-1 \udcff", "An argument is not valid UTF-8."),
        ("dead-letters discard triage 1", "--yes is missing"),
        ("policy apply nowhere.yaml", "nowhere.yaml cannot be read: No such file or directory."),
    ],
)
def test_what_is_missing_is_named_before_anyone_is_asked(arguments: str, sentence: str) -> None:
    result = upheld(*arguments.split())

    assert result.exit_code == 2
    assert sentence in words(result.stderr)
    assert result.stdout == ""


def test_without_an_api_key_the_command_says_how_to_make_one() -> None:
    result = upheld("ticket", "list", UPHELD_API_KEY=None)

    assert result.exit_code == 2
    assert "UPHELD_API_KEY is not set" in result.stderr
    assert "upheld key create" in result.stderr


def test_a_setting_that_is_wrong_is_named_as_its_variable() -> None:
    result = upheld("ticket", "list", UPHELD_SMTP_PORT="mail")

    assert result.exit_code == 2
    assert "UPHELD_SMTP_PORT  Input should be a valid integer" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "what", "hint"),
    [
        ("ticket list", "intake does not answer at http://127.0.0.1:1", "Start it: upheld run intake"),
        ("notifications tail", "Kafka at 127.0.0.1:1: Unable to bootstrap", "UPHELD_KAFKA_BOOTSTRAP_SERVERS"),
        ("topics check", "Kafka at 127.0.0.1:1: Unable to bootstrap", "upheld up brings its own"),
        ("topics create", "Kafka at 127.0.0.1:1: Unable to bootstrap", "upheld up brings its own"),
        ("key create --role agent", "Kafka at 127.0.0.1:1: Unable to bootstrap", "upheld up brings its own"),
        ("migrate", "Postgres at 127.0.0.1:1/upheld:", "UPHELD_DATABASE_URL"),
        ("run intake", "Postgres at 127.0.0.1:1/upheld:", "UPHELD_DATABASE_URL"),
    ],
)
def test_what_cannot_be_reached_is_named_with_what_to_start(arguments: str, what: str, hint: str) -> None:
    result = upheld(*arguments.split())

    assert result.exit_code == 3
    assert what in result.stderr
    assert hint in result.stderr
    assert "hunter2" not in result.output


def test_a_policy_that_holds_is_described_and_not_published_with_check() -> None:
    result = upheld("policy", "apply", "--check", str(POLICIES / "demo.yaml"))

    assert result.exit_code == 0
    assert result.stdout.startswith("The file holds: policy ")


def test_a_policy_without_a_phone_number_is_told_so_unless_the_setting_has_it() -> None:
    silent = upheld("policy", "apply", "--check", str(POLICIES / "plivo.yaml"))
    told = upheld("policy", "apply", "--check", str(POLICIES / "plivo.yaml"), UPHELD_SUPPORT_PHONE="+1 555 0100")

    assert silent.exit_code == 0
    assert "UPHELD_SUPPORT_PHONE is not set" in silent.stderr
    assert told.stderr == ""


def test_every_fault_of_a_policy_is_a_line_with_its_field() -> None:
    text = (POLICIES / "plivo.yaml").read_text().replace("effective: ", "effectiv: ", 1)

    result = upheld("policy", "apply", "-", stdin=text)

    assert result.exit_code == 2
    assert "effective" in result.stderr
    assert "is missing" in result.stderr
    assert "effectiv  " in result.stderr
    assert "correct its spelling" in result.stderr


def test_a_misspelt_field_of_an_account_file_is_refused_with_its_path(tmp_path: Path) -> None:
    file = tmp_path / "acme.yaml"
    file.write_text(
        "id: acme\nname: Acme\nplan: gold\nterm: {start: 2026-01-01T00:00:00Z}\n"
        "contacts: [{name: A, channel: email, adress: a@acme.example}]\n"
    )

    result = upheld("account", "set", "acme", "--file", str(file))

    assert result.exit_code == 2
    assert "contacts.0.adress  is no field here" in result.stderr


def test_an_account_file_of_another_account_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "acme.json"
    file.write_text('{"id": "acme"}')

    result = upheld("account", "set", "birch", "--file", str(file))

    assert result.exit_code == 2
    assert "is account 'acme', not 'birch'" in result.stderr


def test_a_term_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "acme.yaml"
    file.write_text("name: Acme\nplan: gold\nterm: {start: 2026-01-01T00:00:00Z}\n")

    result = upheld("account", "set", "acme", "--file", str(file), "--term-end", "2025-01-01T00:00:00Z")

    assert result.exit_code == 2
    assert "--term-end  must be after --term-start" in result.stderr


def test_an_issue_file_for_kafka_is_checked_before_it_is_published(tmp_path: Path) -> None:
    file = tmp_path / "issue.json"
    file.write_text('{"description": "broken", "impact": "total", "severity": 1}')

    unknown = upheld("issue", "report", "--kafka", "--file", str(file))
    file.write_text('{"description": "broken", "impact": "total"}')
    wrong = upheld("issue", "report", "--kafka", "--file", str(file))

    assert (unknown.exit_code, wrong.exit_code) == (2, 2)
    assert "severity  is no field here" in unknown.stderr
    assert "impact  Input should be 'outage', 'degraded', 'intermittent', 'none' or 'unknown'" in wrong.stderr


def test_up_needs_the_support_phone_before_it_starts_anything() -> None:
    nothing = {"UPHELD_KAFKA_BOOTSTRAP_SERVERS": None, "UPHELD_DATABASE_URL": None}

    result = upheld("up", **nothing)

    assert result.exit_code == 2
    assert "UPHELD_SUPPORT_PHONE  is not set" in result.stderr


def test_up_says_which_of_the_two_addresses_is_missing() -> None:
    result = upheld("up", UPHELD_DATABASE_URL=None, UPHELD_SUPPORT_PHONE="+1 555 0100")

    assert result.exit_code == 3
    assert "UPHELD_DATABASE_URL is not set" in result.stderr


def test_a_policy_that_no_service_would_take_is_refused_before_it_is_published() -> None:
    text = (POLICIES / "plivo.yaml").read_text() + "# " + "x" * 300_000

    result = upheld("policy", "apply", "-", stdin=text)

    assert result.exit_code == 2
    assert "more than the 262144 that the services take" in result.stderr


def documented() -> list[tuple[str, list[str]]]:
    """Every line of the handbook that runs the command."""
    text = "".join((DOCS / name).read_text() for name in ("commands.md", "operate.md"))
    lines = re.findall(r"^\$ (?:export \w+=\$\()?upheld (.*?)\)?$", text, flags=re.MULTILINE)
    return [(line, shlex.split(line, comments=True)) for line in lines]


@pytest.mark.parametrize(("line", "arguments"), documented())
def test_what_the_handbook_says_can_be_typed(line: str, arguments: list[str]) -> None:
    command: Any = typer.main.get_command(app)
    while arguments and arguments[0] in getattr(command, "commands", {}):
        command = command.commands[arguments.pop(0)]
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}

    assert not hasattr(command, "commands"), line
    assert {word for word in arguments if word.startswith("-")} <= options
