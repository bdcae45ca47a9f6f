"""The command as a process of its own: what operators do with dead letters, keys and the stream of notifications."""

from __future__ import annotations

import json
import re

from tests.integration.test_cli.conftest import House
from tests.support.command import Done, interrupt, said
from tests.support.waiting import until


async def test_an_issue_that_is_refused_over_kafka_is_found_discarded_and_gone(house: House) -> None:
    reported = await house.upheld(
        "issue",
        "report",
        "--kafka",
        "--source",
        "crm",
        "--description",
        "Fax fails",
        "--service",
        "fax",
        "--wait",
        "2.5",
    )
    admin = house.keys["admin"]
    listed = (await house.upheld("dead-letters", "list", "--service", "intake", "--json", key=admin)).json
    (letter,) = listed["dead_letters"]
    shown = await house.upheld("dead-letters", "show", "intake", str(letter["id"]), "--json", key=admin)
    redriven = await house.upheld("dead-letters", "redrive", "intake", str(letter["id"]), key=admin)
    discarded = await house.upheld("dead-letters", "discard", "intake", str(letter["id"]), "--yes", key=admin)
    after = await house.upheld("dead-letters", "list", key=admin)

    assert reported.code == 3
    assert "no ticket was opened within 2.5 s" in reported.err
    assert "upheld dead-letters list --service intake" in reported.err
    assert (letter["service"], letter["state"], letter["kind"]) == ("intake", "dead", "refused")
    assert "'fax' is no service of the catalogue" in letter["reason"]
    assert json.loads(shown.json["value"])["description"] == "Fax fails"
    assert redriven.code == 1
    assert "still fails" in redriven.err
    assert discarded.out == f"intake {letter['id']} was discarded.\n"
    assert after.out == "No dead letters.\n"


async def test_the_tail_tells_of_notifications_as_they_are_sent(house: House) -> None:
    async with house.upheld.running("notifications", "tail", "--json") as tail:
        await said(tail.stderr, "Waiting for notifications")
        number = await house.report(environment="staging")
        told = json.loads(await said(tail.stdout, number))

        code = await interrupt(tail)

    before = await house.upheld(
        "notifications", "tail", "--from-beginning", "--no-follow", "--ticket", number, "--json"
    )
    in_words = await house.upheld("notifications", "tail", "--from-beginning", "--no-follow", "--ticket", number)
    assert code == 130
    assert (told["source"], told["type"]) == ("notifier", "upheld.notificationsent.v1")
    assert (told["data"]["number"], told["data"]["status"], told["data"]["outcome"]) == (number, "Initial", "accepted")
    assert before.lines[0] == told
    assert re.search(rf"{number} +P3 +Initial +email .* accepted", in_words.out)


async def test_a_service_that_is_away_is_named_and_the_others_are_listed(house: House) -> None:
    away = house.upheld.having(UPHELD_NOTIFIER_URL="http://127.0.0.1:1")

    done = await away("dead-letters", "list", "--json", key=house.keys["admin"])

    assert done.code == 3
    assert json.loads(done.out)["silent"] == ["notifier"]
    assert "Start it: upheld run notifier" in done.err


async def _lists(house: House, key: str) -> Done:
    return await house.upheld("ticket", "list", "--limit", "1", key=key)


async def test_a_key_works_as_soon_as_it_is_printed_and_no_more_once_it_is_revoked(house: House) -> None:
    made = await house.upheld("key", "create", "--role", "agent", "--name", "Kim")
    key = made.out.strip()
    works = await _lists(house, key)
    revoked = await house.upheld("key", "revoke", key.split("_")[1])

    async def refused() -> Done | None:
        done = await _lists(house, key)
        return done if done.code else None

    ended = await until("the key is refused", refused)
    listed = await house.upheld("key", "list", "--json")
    assert works.code == 0
    assert revoked.out == f"Revoked: {key.split('_')[1]}, Kim (agent)\n"
    assert "not known here, or was revoked" in ended.err
    assert {"Kim": True}.items() <= {item["name"]: item["revoked"] for item in listed.json["keys"]}.items()
    assert "secret" not in listed.out
