"""The command on what is recorded: attainment, another policy, evidence."""

from __future__ import annotations

import asyncio
import hashlib
import json
import signal
from pathlib import Path

import pytest

from tests.integration.test_cli.conftest import House
from tests.support.command import said
from tests.support.space import POLICIES

PLIVO = (POLICIES / "plivo.yaml").read_text()


async def followed(house: House, **facts: object) -> str:
    """A ticket of acme's that is assessed, followed and told of."""
    number = await house.report(environment="production", services=["voice"], **facts)
    await house.shows(number, "Initial was sent", lambda ticket: bool(ticket["notifications"]))
    await house.shows(number, "it is assessed", lambda ticket: ticket["priority"] is not None)
    return number


async def test_a_promise_of_a_ticket_is_counted_for_its_account_alone(house: House) -> None:
    await followed(house, impact="outage")
    options = ("report", "attainment", "--by", "account,clock", "--json")

    ours, strangers = [await house.upheld(*options, key=house.keys[name]) for name in ("acme", "birch")]
    refused = await house.upheld("report", "attainment", "--account", "acme", key=house.keys["birch"])

    assert {(row["account"], row["clock"]) for row in ours.json["rows"]} == {("acme", "first_response")}
    assert ours.json["total"]["open"] >= 1
    assert strangers.json["rows"] == []
    assert refused.code == 1
    assert "This key speaks for account birch" in refused.err


async def test_a_report_on_an_account_or_priority_that_is_not_known_says_so(house: House) -> None:
    nobody, neither, nothing = [
        await house.upheld("report", "attainment", *more, key=house.keys["agent"])
        for more in (
            ("--account", "nobody", "--json"),
            ("--account", "nobody", "--priority", "P9"),
            ("--account", "acme", "--priority", "P1", "--to", "2020-01-01"),
        )
    ]

    assert (nobody.code, nobody.out) == (1, "")
    assert "error: There is no account nobody." in nobody.err
    assert neither.code == 1
    assert "error: There is no account nobody. No policy has a priority P9." in neither.err
    assert (nothing.code, nothing.out) == (0, "Nothing was promised in that time.\n")


async def test_another_policy_is_tried_on_what_is_recorded_and_nothing_changes(house: House, tmp_path: Path) -> None:
    number = await followed(house, impact="degraded")
    other = tmp_path / "other.yaml"
    other.write_text(
        PLIVO.replace("intermittent]}, priority: P2, clause: B.3.P2", "intermittent]}, priority: P1, clause: B.3.P1")
    )
    before = await house.show(number)
    options = ("sla", "replay", "--policy", str(other), "--account", "acme")

    machine, people = [await house.upheld(*options, *more, key=house.keys["agent"]) for more in (("--json",), ())]
    own = ("sla", "replay", "--policy", str(POLICIES / "plivo.yaml"), "--json")
    same = await house.upheld(*own, key=house.keys["agent"])
    forbidden = await house.upheld(*options, key=house.keys["acme"])
    nobody = await house.upheld(*options[:4], "--account", "nobody", "--json", key=house.keys["agent"])

    mine = next(ticket for ticket in machine.json["tickets"] if ticket["number"] == number)
    assert mine["priority"] == {"then": "P2", "now": "P1"}
    assert mine["clocks"] == {}
    assert machine.json["summary"]["changed"] == len(machine.json["tickets"])
    assert f"{number} acme: P1, was P2" in people.out
    assert (same.json["tickets"], same.json["summary"]["changed"]) == ([], 0)
    assert same.json["summary"]["tickets"] >= 1
    assert (forbidden.code, nobody.json["summary"]["tickets"]) == (1, 0)
    assert await house.show(number) == before


async def test_a_replay_that_is_interrupted_says_how_far_it_came(house: House) -> None:
    asked = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        await reader.read()  # until the command goes
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    async with server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        upheld = house.upheld.having(UPHELD_TRIAGE_URL=url)
        options = ("sla", "replay", "--policy", str(POLICIES / "plivo.yaml"))
        async with upheld.running(*options, key=house.keys["agent"]) as process:
            await asyncio.wait_for(asked.wait(), 60)
            process.send_signal(signal.SIGINT)
            told = await said(process.stderr, "Stopped after")
            code = await asyncio.wait_for(process.wait(), 60)

    assert code == 130
    assert told == "Stopped after 0 tickets; nothing was changed.\n"


async def test_a_replay_says_why_a_ticket_that_one_service_alone_has_may_be_passed_over(house: House) -> None:
    await followed(house, impact="outage")

    async def without_tickets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """As triage answers where it refused every TicketOpened."""
        await reader.readuntil(b"\r\n\r\n")
        body = b'{"tickets": [], "next": null}'
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(without_tickets, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        upheld = house.upheld.having(UPHELD_TRIAGE_URL=url)
        options = ("sla", "replay", "--policy", str(POLICIES / "plivo.yaml"))
        done = await upheld(*options, key=house.keys["agent"])

    words = " ".join(done.err.split())
    assert "only one of triage and status-monitor has assessed them" in words
    assert "an event of theirs was refused (`upheld dead-letters list`)" in words


async def test_evidence_is_one_file_with_its_hash_and_the_same_again(house: House, tmp_path: Path) -> None:
    number = await followed(house, impact="outage", description="No calls go out. Our firewall blocks the packets.")
    files = [tmp_path / "one.json", tmp_path / "two.json"]

    done = [
        await house.upheld("ticket", "evidence", number, "--to", str(file), "--json", key=house.keys["agent"])
        for file in files
    ]
    plain = await house.upheld("ticket", "evidence", number, key=house.keys["agent"])
    stranger = await house.upheld("ticket", "evidence", number, key=house.keys["acme"])
    unwritable = await house.upheld("ticket", "evidence", number, "--to", str(tmp_path), key=house.keys["agent"])

    raw = [file.read_bytes() for file in files]
    one, two = map(json.loads, raw)
    assert [each.json["sha256"] for each in done] == [hashlib.sha256(bytes_).hexdigest() for bytes_ in raw]
    assert one.pop("made_at") != two.pop("made_at")
    assert one == two
    assert done[0].json["content_sha256"] == one["content_sha256"]
    assert json.loads(plain.out)["content"] == one["content"]
    assert hashlib.sha256(plain.out.encode()).hexdigest() in plain.err
    content = one["content"]
    assert content["report"]["data"]["issue"]["description"].startswith("No calls go out.")
    assert content["policies"][0]["text"] == PLIVO
    assert content["policies"][0]["sha256"] == hashlib.sha256(PLIVO.encode()).hexdigest()
    assert content["assessments"][0]["said"]["reasons"][0]["clause"] == "B.3.P1"
    assert [item["state"] for item in content["exclusions"]["ruled_or_proposed"]] == ["proposed"]
    assert {entry["kind"] for entry in content["ledger"]} == {"activated", "met"}
    (clock,) = content["clocks"]["readings"]
    assert (clock["clock"], clock["gross"]["state"], clock["net"]["target"]) == ("first_response", "running", "PT1H")
    (calendar,) = content["clocks"]["calendars"]
    assert (calendar["calendar"], set(calendar["computed_with"])) == ("always", {"tzdata", "holidays"})
    (delivery,) = content["notifications"]["deliveries"]
    (sent,) = content["notifications"]["sent"]
    told = (delivery["state"], delivery["destination"], delivery["status"])
    assert told == ("accepted", "n***@acme.example", "Initial")
    assert delivery["id"] == sent["data"]["notification_id"]
    assert sent["data"]["phone"] == "+1 555 0100"
    assert (stranger.code, unwritable.code) == (1, 2)


@pytest.mark.parametrize("path", ["/v1/assessments", "/v1/tickets/UP-1/assessments", "/v1/policies/0"])
async def test_a_customer_does_not_read_what_triage_recorded(house: House, path: str) -> None:
    async with house.space.http("triage", house.keys["acme"]) as http:
        assert (await http.get(path)).status_code == 403


async def test_what_is_recorded_is_read_page_by_page_in_one_order_by_both_services(house: House) -> None:
    numbers = {await followed(house), await followed(house)}
    found: dict[str, list[str]] = {}
    for service, path in (("triage", "/v1/assessments"), ("status-monitor", "/v1/reports/facts")):
        async with house.space.http(service, house.keys["agent"]) as http:
            cursor, pages = None, []
            while not pages or cursor is not None:
                page = (await http.get(path, params={"limit": 1} | ({"cursor": cursor} if cursor else {}))).json()
                pages.append([ticket["id"] for ticket in page["tickets"]])
                cursor = page["next"]
            whole = (await http.get(path)).json()
            none = (await http.get(path, params={"to": "2020-01-01"})).json()
            missing = await http.get("/v1/tickets/UP-0/" + ("assessments" if service == "triage" else "clocks"))
        found[service] = [id for page_ in pages for id in page_]
        assert [ticket["id"] for ticket in whole["tickets"]] == found[service]
        assert numbers <= {ticket["number"] for ticket in whole["tickets"]}
        assert (none["tickets"], missing.status_code) == ([], 404)
    assert found["triage"] == found["status-monitor"] == sorted(found["triage"])


async def test_only_agents_read_the_delivery_log(house: House) -> None:
    number = await followed(house)
    ticket = (await house.show(number))["id"]
    async with house.space.http("notifier", house.keys["acme"]) as http:
        refused = await http.get(f"/v1/tickets/{ticket}/deliveries")
    async with house.space.http("notifier", house.keys["agent"]) as http:
        shown = await http.get(f"/v1/tickets/{ticket}/deliveries")
        nothing = await http.get("/v1/tickets/00000000-0000-0000-0000-000000000000/deliveries")

    assert (refused.status_code, shown.status_code, nothing.status_code) == (403, 200, 404)
    (delivery,) = shown.json()["deliveries"]
    assert (delivery["cause"], delivery["attempts"], delivery["may_have_been_repeated"]) == ("opened", 1, [])
    assert (shown.json()["number"], shown.json()["next"]) == (number, None)
