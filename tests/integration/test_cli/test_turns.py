"""Commands that change the same account or the same version at once: each takes effect, or is refused."""

from __future__ import annotations

import asyncio
from asyncio import gather
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from shared.events import AccountChanged, Contact, Term
from tests.support.amended import MARCH, version
from tests.support.command import Command
from tests.support.space import Space, make_space
from tests.support.waiting import until
from upheld.cli.policies import event_of
from upheld.cli.reference import published_accounts, published_versions
from upheld.cli.turns import turn
from upheld.errors import CommandError
from upheld.stack import Stack

V1, V2 = version("1"), version("2", effective=MARCH.replace(month=4))
ACME = AccountChanged(id="acme", name="acme", plan="gold", term=Term(start=MARCH))


@pytest_asyncio.fixture(loop_scope="session")
async def space(prepared: Stack) -> AsyncIterator[Space]:
    """Topics with a version and an account on them; no service runs."""
    own = await make_space(prepared.kafka, prepared.database_url)
    await own.publish(ACME)
    yield own


@pytest.fixture
def upheld(space: Space) -> Command:
    return Command.of(space.settings).having(UPHELD_SUPPORT_PHONE="+1 555 0100")


async def locks(space: Space, *, granted: bool) -> list[Any]:
    """Who has a turn in this database, or waits for one."""
    conn = await asyncpg.connect(space.settings.database_url.get_secret_value())
    try:
        return list(
            await conn.fetch(
                "SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database "
                "WHERE locktype = 'advisory' AND datname = current_database() AND granted = $1",
                granted,
            )
        )
    finally:
        await conn.close()


async def test_all_that_is_said_of_an_account_at_once_holds(space: Space, upheld: Command) -> None:
    for policy in (V1, V2):
        await space.policy(policy.text)

    done = await gather(
        upheld("policy", "accept", "sample@2", "--account", "acme", "--by", "Ann"),
        upheld("account", "set", "acme", "--name", "Acme Ltd"),
        upheld("account", "set", "acme", "--email", "ann@acme.example"),
        upheld("account", "set", "acme", "--plan", "silver"),
        upheld("account", "set", "acme", "--service", "voice"),
    )

    assert [item.code for item in done] == [0] * 5, [item.err for item in done]
    acme = (await published_accounts(space.settings))["acme"]
    assert (acme.name, acme.plan, acme.services) == ("Acme Ltd", "silver", ("voice",))
    assert [contact.address for contact in acme.contacts] == ["ann@acme.example"]
    assert sorted((item.cause, item.version, item.by) for item in acme.agreed) == [
        ("accepted", V2.sha256, "Ann"),
        ("plan", None, None),
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("account", "set", "acme", "--name", "Acme Ltd"),
        ("account", "renew", "acme", "--until", "2029-01-01T00:00:00Z"),
        ("policy", "accept", "sample@1", "--account", "acme", "--by", "Ann"),
    ],
)
async def test_a_command_waits_for_the_one_that_changes_accounts_and_reads_them_after_it(
    space: Space, upheld: Command, arguments: tuple[str, ...]
) -> None:
    await space.policy(V1.text)
    ended = ACME.model_copy(update={"term": Term(start=MARCH, end=MARCH.replace(year=2028))})
    contact = Contact(name="Ann", channel="email", address="ann@acme.example")

    async with turn(space.settings, "accounts") as mine:
        second = asyncio.create_task(upheld(*arguments))
        await until("the second waits", lambda: locks(space, granted=False), within=60)
        await mine.publish([ended.model_copy(update={"contacts": (contact,)})])
    done = await second

    assert done.code == 0, done.err
    acme = (await published_accounts(space.settings))["acme"]
    assert acme.contacts == (contact,)
    assert acme != ended.model_copy(update={"contacts": (contact,)})


async def test_of_two_contents_of_one_version_at_once_one_is_published_and_the_other_refused(
    space: Space, upheld: Command, tmp_path: Path
) -> None:
    file = tmp_path / "other.yaml"
    file.write_text(V1.text + "# other words\n")

    async with turn(space.settings, "policies") as mine:
        second = asyncio.create_task(upheld("policy", "apply", str(file)))
        await until("the second waits", lambda: locks(space, granted=False), within=60)
        await mine.publish([event_of(V1)])
    done = await second

    assert done.code == 1
    assert "sample 1 is published already, with other contents: a version is immutable." in done.err
    assert [item.policy.sha256 for item in (await published_versions(space.settings)).versions] == [V1.sha256]


async def test_who_lost_the_turn_is_told_so_and_publishes_nothing(space: Space) -> None:
    async with turn(space.settings, "accounts") as mine:
        ((holder,),) = await locks(space, granted=True)
        owner = await asyncpg.connect(space.settings.database_url.get_secret_value())
        await owner.execute("SELECT pg_terminate_backend($1)", holder)
        await owner.close()
        with pytest.raises(CommandError) as told:
            await mine.publish([ACME.model_copy(update={"name": "Acme Ltd"})])

    assert told.value.message == "Another command may have changed the accounts meanwhile: nothing is published."
    assert (await published_accounts(space.settings))["acme"].name == "acme"


async def test_turns_of_other_topics_and_of_other_installations_do_not_wait(space: Space) -> None:
    other = space.settings.model_copy(update={"topic_prefix": "other."})

    async with (
        asyncio.timeout(30),
        turn(space.settings, "accounts"),
        turn(space.settings, "policies"),
        turn(other, "accounts"),
    ):
        assert len(await locks(space, granted=True)) == 3


async def test_without_postgres_nothing_is_published_and_it_is_said_what_is_needed(
    space: Space, upheld: Command
) -> None:
    nowhere = upheld.having(UPHELD_DATABASE_URL="postgresql://owner:hunter2@127.0.0.1:1/upheld")

    done = await nowhere("account", "set", "acme", "--name", "Acme Ltd")

    assert done.code == 3
    assert "Postgres at 127.0.0.1:1/upheld" in done.err
    assert "hunter2" not in done.err
    assert (await published_accounts(space.settings))["acme"].name == "acme"
