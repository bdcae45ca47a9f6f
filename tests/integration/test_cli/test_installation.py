"""The command as a process of its own: from an empty database and no topics to a running installation."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import httpx2
import psutil
import pytest_asyncio
from pydantic import SecretStr

from shared.settings import Settings
from tests.support.amended import GOLD, MARCH, target, version
from tests.support.command import Command, interrupt, said
from tests.support.processes import gone
from tests.support.space import POLICIES, address
from tests.support.waiting import until
from upheld.stack import Stack


@pytest_asyncio.fixture(loop_scope="session")
async def upheld(stack: Stack) -> AsyncIterator[Command]:
    """The command, where nothing is installed yet."""
    name = f"t{secrets.token_hex(4)}"
    owner = await asyncpg.connect(stack.database_url)
    try:
        await owner.execute(f"CREATE DATABASE {name}")
        yield Command.of(
            Settings(
                kafka_bootstrap_servers=stack.kafka,
                database_url=SecretStr(address(stack.database_url, name)),
                topic_prefix=f"{name}.",
                partitions=2,
            )
        )
    finally:
        await owner.close()


async def test_what_is_not_installed_is_named_with_the_command_that_installs_it(upheld: Command) -> None:
    unprepared = await upheld("run", "intake", "--port", "0")
    lacking = await upheld("topics", "check", "--json")
    created = await upheld("topics", "create")
    again = await upheld("topics", "create", "--json")
    checked = await upheld("topics", "check")
    unmigrated = await upheld("run", "intake", "--port", "0")
    migrated = await upheld("migrate", "--json")
    nothing = await upheld("migrate")

    assert unprepared.code == 3
    assert "upheld migrate" in unprepared.err or "upheld topics create" in unprepared.err
    assert "Traceback" not in unprepared.err
    assert lacking.code == 1
    assert len(json.loads(lacking.out)["missing"]) == 7
    assert (created.out.count("(2 partitions)"), created.out.count("(1 partition)")) == (4, 3)
    assert again.json == {"created": []}
    assert (checked.code, checked.out) == (0, "All topics are there.\n")
    assert unmigrated.code == 3
    assert "upheld migrate" in unmigrated.err
    assert "intake: shared/0001_core.sql" in migrated.json["applied"]
    assert nothing.out == "Every schema is up to date.\n"


async def test_a_database_that_does_not_exist_is_named_without_its_password(upheld: Command) -> None:
    url = address(upheld.environment["UPHELD_DATABASE_URL"], "nowhere").replace("postgres@", "postgres:hunter2@", 1)

    done = await upheld.having(UPHELD_DATABASE_URL=url)("migrate")

    assert done.code == 3
    assert 'database "nowhere" does not exist' in done.err
    assert "createdb" in done.err
    assert "hunter2" not in done.err


async def test_a_service_runs_until_it_is_told_to_stop(upheld: Command) -> None:
    await upheld("topics", "create")
    await upheld("migrate")

    async with upheld.running("run", "intake", "--port", "0") as intake:
        await said(intake.stderr, '"event": "started"')
        intake.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(intake.wait(), 30)

    assert code == 0


async def test_reference_data_is_published_whole_and_changed_in_part(upheld: Command, tmp_path: Path) -> None:
    await upheld("topics", "create")

    policy = await upheld("policy", "apply", str(POLICIES / "plivo.yaml"), "--json")
    made = await upheld(
        "account",
        "set",
        "acme",
        "--name",
        "Acme Ltd",
        "--plan",
        "business",
        "--service",
        "voice",
        "--term-start",
        "2026-01-01T00:00:00Z",
        "--email",
        "Ann <ann@acme.example>",
        "--webhook",
        "https://acme.example/hook",
        "--json",
    )
    changed = await upheld("account", "set", "acme", "--plan", "gold", "--term-end", "2027-01-01T00:00:00Z", "--json")
    incomplete = await upheld("account", "set", "birch", "--name", "Birch")
    unknown = await upheld("key", "revoke", "nobody")

    assert (policy.json["policy"], policy.json["published"], policy.json["phone"]) == ("plivo", True, None)
    assert "UPHELD_SUPPORT_PHONE" in policy.err
    secret = made.json["secrets"]["https://acme.example/hook"]
    assert secret.startswith("whsec_")
    assert made.json["account"]["contacts"] == [
        {"name": "Ann", "channel": "email", "address": "ann@acme.example", "statuses": [], "priorities": []},
        {"name": "webhook", "channel": "webhook", "address": "https://acme.example/hook", "statuses": [],
         "priorities": [], "secret": secret},
    ]  # fmt: skip
    account = changed.json["account"]
    assert (account["name"], account["plan"], account["services"]) == ("Acme Ltd", "gold", ["voice"])
    assert account["term"] == {"start": "2026-01-01T00:00:00Z", "end": "2027-01-01T00:00:00Z"}
    assert [contact["address"] for contact in account["contacts"]] == ["ann@acme.example", "https://acme.example/hook"]
    assert secret not in changed.out
    assert "No published policy has a plan 'gold'; there are basic, business, personalized, priority." in changed.err
    assert (incomplete.code, unknown.code) == (2, 1)
    assert "--plan  is missing" in incomplete.err
    assert "There is no key nobody." in unknown.err


async def test_up_brings_an_installation_that_mends_itself_and_ends_with_ctrl_c(upheld: Command) -> None:
    upheld = upheld.having(UPHELD_SUPPORT_PHONE="+1 555 0100", UPHELD_STACK="environment")
    async with upheld.running("up", "--port", "0", "--json") as up:
        assert up.stdout is not None
        assert up.stderr is not None
        logs = asyncio.create_task(up.stderr.read())
        ready = json.loads(await up.stdout.readuntil(b"\n}\n"))
        children = psutil.Process(up.pid).children(recursive=True)
        here = upheld.having(
            **{f"UPHELD_{name.replace('-', '_').upper()}_URL": url for name, url in ready["services"].items()}
        )
        listed = await here("ticket", "list", key=ready["keys"]["agent"])
        letters = await here("dead-letters", "list", key=ready["keys"]["admin"])
        (intake,) = [child for child in children if child.cmdline()[2:5] == ["upheld", "run", "intake"]]
        os.kill(intake.pid, signal.SIGKILL)

        async def ready_again() -> bool:
            async with httpx2.AsyncClient(trust_env=False) as http:
                try:
                    return (await http.get(ready["services"]["intake"] + "/readyz")).status_code == 200
                except httpx2.TransportError:
                    return False

        async def is_gone() -> bool:
            return gone(intake.pid)

        await until("intake is gone", is_gone)
        await until("intake is back", ready_again, within=60)
        again = await here("ticket", "list", key=ready["keys"]["agent"])
        everyone = psutil.Process(up.pid).children(recursive=True)
        code = await interrupt(up)
        said_at_the_end = (await logs).decode()

    assert listed.out == "No tickets.\n"
    assert letters.out == "No dead letters.\n"
    assert again.out == "No tickets.\n"
    assert code == 130
    assert "Stopping." in said_at_the_end
    assert "Traceback" not in said_at_the_end
    assert all(gone(child.pid) for child in everyone)


async def test_up_puts_a_policy_into_effect_as_apply_does(upheld: Command, tmp_path: Path) -> None:
    upheld = upheld.having(UPHELD_SUPPORT_PHONE="+1 555 0100", UPHELD_STACK="environment")
    slower = target("PT4H") | {"calendar": "always"}
    plans = {"gold": GOLD | {"targets": GOLD["targets"] | {"P1": GOLD["targets"]["P1"] | {"first_response": slower}}}}
    first, other, second = (tmp_path / f"{name}.yaml" for name in ("first", "other", "second"))
    first.write_text(version("1").text)
    other.write_text(version("1").text + "# other words\n")
    second.write_text(version("2", plans=plans).text)
    await upheld("topics", "create")
    before = await upheld("policy", "apply", str(first), "--json")
    await upheld("account", "set", "acme", "--plan", "gold", "--term-start", MARCH.isoformat())
    listed = await upheld("policy", "show", "--json")

    refused = await upheld("up", "--port", "0", "--policy", str(other))
    async with upheld.running("up", "--port", "0", "--policy", str(second)) as up:
        told = await said(up.stderr, "acme (plan gold): keeps")
        await interrupt(up)
    async with upheld.running("up", "--port", "0", "--policy", str(first)) as up:
        await said(up.stderr, "Published before: policy sample 1.")
        await interrupt(up)
    after = await upheld("policy", "show", "--json")

    assert before.json["published"]
    assert refused.code == 1
    assert "sample 1 is published already, with other contents: a version is immutable." in refused.err
    assert "material" in told
    versions = {item["version"]: item["published_at"] for item in after.json["versions"]}
    assert set(versions) == {"1", "2"}
    assert versions["1"] == listed.json["versions"][0]["published_at"]
