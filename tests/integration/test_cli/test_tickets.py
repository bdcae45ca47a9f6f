"""The command as a process of its own: what people and machines do with issues and tickets."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

from tests.integration.test_cli.conftest import House
from tests.support.command import interrupt, said


async def test_an_issue_that_is_reported_is_shown_with_its_priority_clause_and_clocks(house: House) -> None:
    reported = await house.upheld(
        "issue", "report", "--reporter", "Ann", "--service", "voice", "--began-at", "20m", "--ongoing",
        "--description", "Calls fail", "--environment", "production", "--impact", "outage", key=house.keys["acme"],
    )  # fmt: skip
    assert reported.code == 0, reported.err
    number = reported.out.strip()
    await house.shows(number, "Initial was sent", lambda ticket: bool(ticket["notifications"]))

    as_text, as_json = await asyncio.gather(
        house.upheld("ticket", "show", number, key=house.keys["acme"]),
        house.upheld("ticket", "show", number, "--json", key=house.keys["acme"]),
    )

    assert as_text.code == 0
    assert f"{number}  P1  open" in as_text.out
    assert "B.3.P1" in as_text.out
    assert re.search(r"first response +│ running │ 1 h", as_text.out)
    assert re.search(r"Initial +│ email", as_text.out)
    assert "\x1b" not in as_text.out
    assert as_json.json["priority"] == "P1"
    assert [reason["clause"] for reason in as_json.json["reasons"]] == ["B.3.P1"]


async def test_a_priority_is_explained_by_the_words_it_rests_on_and_a_proposal_is_for_agents(house: House) -> None:
    reported = await house.upheld(
        "issue", "report", "--reporter", "Ann", "--description",
        "In production some calls to Vodafone fail, Vodafone confirmed a fault.", key=house.keys["acme"],
    )  # fmt: skip
    number = reported.out.strip()
    await house.shows(number, "it is assessed", lambda ticket: ticket["priority"] is not None)

    for_agent, for_customer, as_json = await asyncio.gather(
        house.upheld("triage", "explain", number, key=house.keys["agent"]),
        house.upheld("triage", "explain", number, key=house.keys["acme"]),
        house.upheld("triage", "explain", number, "--json", key=house.keys["agent"]),
    )

    assert for_agent.out.startswith(f"{number} P2")
    assert re.search(r"impact +degraded +read +“some calls to Vodafone fail”", for_agent.out)
    assert "exclusion B.5.f proposed" in for_agent.out
    assert "exclusion" not in for_customer.out
    assert as_json.json["priority"] == "P2"
    assert as_json.json["reasons"][0]["rule"] == "degraded"


async def test_an_agent_rules_on_an_exclusion_and_explain_shows_by_whom_and_why(house: House) -> None:
    number = await house.report(description="No calls go out in production. Our firewall blocks the packets.")
    await house.shows(
        number, "it is proposed", lambda ticket: [x["state"] for x in ticket["exclusions"]] == ["proposed"]
    )
    because = ("--clause", "B.5.a", "--reason", "Your firewall dropped our packets")

    done = await house.upheld(
        "ticket", "exclude", number, *because, "--accept", "--from", "2h", "--to", "now", key=house.keys["agent"]
    )
    again = await house.upheld("ticket", "exclude", number, *because, "--accept", "--json", key=house.keys["agent"])
    await house.shows(number, "it is accepted", lambda ticket: ticket["exclusions"][0]["state"] == "accepted")
    nowhere, forbidden, explained = await asyncio.gather(
        house.upheld(
            "ticket", "exclude", number, "--accept", "--clause", "B.9", "--reason", "x", key=house.keys["agent"]
        ),
        house.upheld("ticket", "exclude", number, *because, "--accept", key=house.keys["acme"]),
        house.upheld("triage", "explain", number, key=house.keys["acme"]),
    )

    assert done.out == f"{number}: B.5.a accepted, assessment 2.\n"
    assert (again.json["changed"], again.json["exclusion"]["by"]) == (False, "Gil")
    assert (nowhere.code, forbidden.code) == (1, 1)
    assert re.search(r"clause +must be one of B\.5\.a, B\.5\.b", nowhere.err)
    assert re.search(r"exclusion B\.5\.a accepted from .*Z to .*Z: “Our firewall blocks the packets”", explained.out)
    assert re.search(r"by Gil, .*Z: Your firewall dropped our packets", explained.out)


async def test_an_agent_has_a_ticket_planned_anew_and_is_told_what_it_follows(house: House) -> None:
    number = await house.report()
    await house.shows(number, "it is assessed", lambda ticket: ticket["priority"] is not None)

    done = await house.upheld("ticket", "replan", number, "--reason", "They upgraded", key=house.keys["agent"])
    as_json = await house.upheld("ticket", "replan", number, "--reason", "x", "--json", key=house.keys["agent"])

    policy = "plan business, plivo 2024-12-20"
    assert done.out == f"{number}: follows {policy} already, nothing is changed (assessment 1).\n"
    assert (as_json.json["changed"], as_json.json["plan"]) == (False, "business")


async def test_a_file_and_options_together_make_an_issue(house: House, tmp_path: Path) -> None:
    file = tmp_path / "issue.yaml"
    file.write_text(
        "reporter: {name: Ann, email: ann@acme.example}\ndescription: SMS are late\nservices: [sms]\n"
        "began_at: 2026-01-02T03:04:05Z\nexamples: [a1, b2]\n"
    )

    done = await house.upheld(
        "issue", "report", "--file", str(file), "--impact", "degraded", "--json", key=house.keys["acme"]
    )

    assert set(done.json) == {"ticket", "issue_id", "duplicate"}
    issue = (await house.show(done.json["ticket"]["number"]))["issue"]
    assert issue["reporter"] == {"name": "Ann", "email": "ann@acme.example", "account": "acme"}
    assert (issue["services"], issue["impact"], issue["examples"]) == (["sms"], "degraded", ["a1", "b2"])
    assert issue["began_at"] == "2026-01-02T03:04:05Z"


async def test_the_same_idempotency_key_opens_one_ticket(house: House) -> None:
    options = ("issue", "report", "--reporter", "Ann", "--description", "Once", "--idempotency-key", "mine", "--json")

    first, second = (
        await house.upheld(*options, key=house.keys["acme"]),
        await house.upheld(*options, key=house.keys["acme"]),
    )

    assert first.json["ticket"] == second.json["ticket"]


async def test_an_upstream_system_reports_over_kafka_and_learns_the_number(house: House) -> None:
    options = (
        "issue",
        "report",
        "--kafka",
        "--source",
        "crm",
        "--account",
        "acme",
        "--reporter",
        "Bo",
        "--issue-id",
        "4711",
        "--description",
        "No SMS since noon",
        "--json",
    )

    first = await house.upheld(*options)
    second = await house.upheld(*options)

    assert first.json == {"ticket": first.json["ticket"], "issue_id": "4711", "duplicate": False}
    assert second.json == {"ticket": first.json["ticket"], "issue_id": "4711", "duplicate": True}
    shown = await house.upheld("ticket", "show", first.json["ticket"]["number"], key=house.keys["crm"])
    assert "No SMS since noon" in shown.out


async def test_the_list_is_filtered_paged_and_each_account_s_own(house: House) -> None:
    numbers = {await house.report(), await house.report(), await house.report()}

    everything, page, closed, other = await asyncio.gather(
        house.upheld("ticket", "list", "--all", "--limit", "2", "--json", key=house.keys["acme"]),
        house.upheld("ticket", "list", "--limit", "1", key=house.keys["acme"]),
        house.upheld("ticket", "list", "--state", "closed", key=house.keys["agent"]),
        house.upheld("ticket", "list", "--account", "acme", "--json", key=house.keys["birch"]),
    )

    assert numbers <= {ticket["number"] for ticket in everything.json["tickets"]}
    assert everything.json["next"] is None
    assert "There are more: --all, or --cursor " in page.err
    assert closed.out == "No tickets.\n"
    assert other.json == {"tickets": [], "next": None}


async def test_another_account_s_ticket_is_not_there(house: House) -> None:
    number = await house.report()

    shown, replied = await asyncio.gather(
        house.upheld("ticket", "show", number, key=house.keys["birch"]),
        house.upheld("ticket", "reply", number, "mine?", key=house.keys["birch"]),
    )

    for done in (shown, replied):
        assert done.code == 1
        assert done.err == f"error: intake: There is no ticket {number}.\n"


async def test_what_a_service_refuses_is_named_by_field(house: House) -> None:
    done = await house.upheld(
        "issue",
        "report",
        "--reporter",
        "Ann",
        "--description",
        "x",
        "--service",
        "fax",
        "--began-at",
        "2999-01-01T00:00:00Z",
        key=house.keys["acme"],
    )

    assert done.code == 1
    assert "services  'fax' is no service of the catalogue" in done.err
    assert "began_at  is in the future" in done.err
    assert done.out == ""


async def test_an_agent_asks_the_customer_answers_and_the_ticket_is_resolved(house: House) -> None:
    number = await house.report(environment="production", impact="degraded", services=["voice"])
    await house.shows(
        number, "it is assessed", lambda ticket: ticket["priority"] == "P2" and "status-monitor" in ticket["sequences"]
    )
    agent, customer = house.keys["agent"], house.keys["acme"]

    asked = await house.upheld("ticket", "update", number, "--ask", "--message", "Which numbers?", key=agent)
    answered = await house.upheld("ticket", "reply", number, "All of +49", "--workaround", "none", key=customer)
    await house.shows(number, "the answer ended the wait", lambda ticket: ticket["state"] == "in progress")
    raised = await house.upheld("ticket", "priority", number, "P1", "--reason", "Nothing works", key=agent)
    resolved = await house.upheld(
        "ticket", "update", number, "--state", "resolved", "--message", "Routes are back", "--json", key=agent
    )
    stale, illegal, forbidden = await asyncio.gather(
        house.upheld("ticket", "update", number, "--message", "Late", "--if-match", "1", key=agent),
        house.upheld("ticket", "update", number, "--state", "open", key=agent),
        house.upheld("ticket", "update", number, "--message", "Mine", key=customer),
    )

    assert asked.out.startswith(f"{number}: awaiting customer, Action Required is sent")
    assert answered.out == f"{number}: the reply was added.\n"
    assert raised.out == f"{number}: P1, assessment {raised.out.split()[-1]}\n"
    assert (resolved.json["state"], resolved.json["status"]) == ("resolved", "Resolved")
    assert (stale.code, illegal.code, forbidden.code) == (1, 1, 1)
    assert "has moved on" in stale.err
    assert "no step from resolved to open" in illegal.err
    assert "needs the role agent" in forbidden.err


async def test_a_trace_shows_every_event_with_its_service(house: House) -> None:
    number = await house.report(environment="staging")
    await house.shows(number, "Initial was sent", lambda ticket: bool(ticket["notifications"]))

    as_text, as_json = await asyncio.gather(
        house.upheld("ticket", "trace", number, key=house.keys["acme"]),
        house.upheld("ticket", "trace", number, "--json", key=house.keys["acme"]),
    )

    entries = as_json.json["entries"]
    assert [entry["service"] for entry in entries] == ["intake", "triage", "status-monitor", "notifier"]
    for name in ("TicketOpened", "PriorityAssigned", "StatusChanged", "NotificationSent"):
        assert name in as_text.out


async def test_watching_ends_when_the_ticket_is_resolved(house: House) -> None:
    number = await house.report(environment="staging")
    async with house.upheld.running(
        "ticket", "watch", number, "--until", "resolved", "--interval", "0.2", "--json", key=house.keys["agent"]
    ) as watching:
        assert watching.stdout is not None
        first = json.loads(await said(watching.stdout, "ticketopened"))
        await house.shows(number, "Initial", lambda ticket: "status-monitor" in ticket["sequences"])
        await house.upheld(
            "ticket", "update", number, "--state", "resolved", "--message", "Done", key=house.keys["agent"]
        )
        rest = [json.loads(line) for line in (await watching.stdout.read()).decode().splitlines()]

        assert await watching.wait() == 0
    assert first["service"] == "intake"
    assert any(entry["data"].get("state_to") == "resolved" for entry in rest)
    assert len({(entry["service"], entry["id"]) for entry in rest}) == len(rest)


async def test_ctrl_c_ends_a_watch_without_a_trace(house: House) -> None:
    number = await house.report()
    async with house.upheld.running("ticket", "watch", number, key=house.keys["agent"]) as watching:
        await said(watching.stdout, "TicketOpened")

        code = await interrupt(watching)

        assert watching.stderr is not None
        assert (code, (await watching.stderr.read()).decode()) == (130, "")
