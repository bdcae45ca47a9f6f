"""The command's policies over a real Kafka: published once, kept from degrading, accepted, renewed."""

from __future__ import annotations

import json
import secrets
from asyncio import gather
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.support.amended import GOLD, MARCH, target, version
from tests.support.command import Command
from tests.support.space import make_space
from upheld.stack import Stack

V1 = version("1")
SLOWER = {"P1": GOLD["targets"]["P1"] | {"first_response": target("PT4H"), "update": target("PT1H", key="every")}}
V2 = version("2", plans={"gold": GOLD | {"targets": GOLD["targets"] | SLOWER}})
LONGER = "longer target: PT4H instead of PT1H"


@pytest_asyncio.fixture(loop_scope="session")
async def upheld(prepared: Stack) -> AsyncIterator[Command]:
    """The command, and topics with nothing on them."""
    space = await make_space(prepared.kafka, prepared.database_url)
    yield Command.of(space.settings).having(UPHELD_SUPPORT_PHONE="+1 555 0100")


async def test_an_amendment_is_published_once_and_keeps_each_account_until_it_agrees(
    upheld: Command, tmp_path: Path
) -> None:
    first, second, other = (tmp_path / f"{secrets.token_hex(3)}.yaml" for _ in range(3))
    first.write_text(V1.text)
    second.write_text(V2.text)
    other.write_text(V1.text + "# other words\n")

    before = await upheld("policy", "apply", str(first), "--json")
    term = ("--term-start", MARCH.isoformat(), "--term-end", "2027-01-01T00:00:00Z")
    await gather(*(upheld("account", "set", id, "--plan", "gold", *term) for id in ("acme", "birch")))
    again, refused, asked = await gather(
        upheld("policy", "apply", str(first), "--json"),
        upheld("policy", "apply", str(other)),
        upheld("policy", "apply", str(second), "--dry-run", "--json"),
    )
    applied = await upheld("policy", "apply", str(second))
    held = await upheld("policy", "show", "--account", "acme", "--json")
    accepted = await upheld("policy", "accept", "sample@2", "--account", "acme", "--by", "Ann", "--json")
    renewal = await upheld("account", "renew", "birch", "--until", "2028-01-01T00:00:00Z", "--json")
    holds, later, listed, compared = await gather(
        upheld("policy", "show", "--account", "acme", "--json"),
        upheld("policy", "show", "--account", "birch", "--at", "2027-01-01T00:00:00Z", "--json"),
        upheld("policy", "show", "--json"),
        upheld("policy", "diff", "sample@1", V2.sha256[:12], "--json"),
    )

    assert (before.json["published"], again.json["published"]) == (True, False)
    assert refused.code == 1
    assert "sample 1 is published already, with other contents: a version is immutable." in refused.err
    assert V1.sha256 in refused.err
    assert (asked.json["published"], asked.json["kept"]) == (False, 2)
    (kept,) = asked.json["accounts"][0]["kept"]
    assert (kept["priority"], kept["clock"], kept["reason"], kept["held"]["version"]) == (
        "P1", "first_response", LONGER, "1",
    )  # fmt: skip
    assert "acme, birch (plan gold): keeps what would be a material degradation" in applied.out
    assert f"gold P1 first response: PT1H on always as in sample 1, not PT4H on always: {LONGER}" in applied.out
    assert "gold P1 update: PT1H on always, before PT2H on always" in applied.out
    assert {
        cell["clock"]: (cell["target"], cell["version"]["version"])
        for cell in held.json["cells"]
        if cell["priority"] == "P1" and cell["target"] != "none"
    } == {
        "first_response": ("PT1H on always", "1"),
        "update": ("PT1H on always", "2"),
        "total_resolution": ("PT8H on always", "2"),
    }
    assert (accepted.json["version"], accepted.json["accepted"]) == ("2", ["acme"])
    assert {cell["version"]["version"] for cell in holds.json["cells"]} == {"2"}
    assert renewal.json["renewed"] == "2027-01-01T00:00:00+00:00"
    assert {cell["version"]["version"] for cell in later.json["cells"]} == {"2"}
    assert [(item["version"], item["state"]) for item in listed.json["versions"]] == [
        ("1", "superseded"),
        ("2", "in effect"),
    ]
    assert compared.json["summary"] == {"better": 1, "equal": 18, "worse": 1, "incomparable": 0, "material": 1}


async def test_an_older_version_is_told_to_be_superseded_and_is_accepted_by_nobody_who_agreed_on_a_later_one(
    upheld: Command, tmp_path: Path
) -> None:
    file, older = tmp_path / "two.yaml", tmp_path / "older.yaml"
    file.write_text(version("2").text)
    older.write_text(version("1", effective=MARCH.replace(year=2025)).text)
    term = ("--plan", "gold", "--term-start", "2025-06-01T00:00:00Z")

    await upheld("policy", "apply", str(file))
    asked = await upheld("policy", "apply", str(older), "--dry-run")
    applied = await upheld("policy", "apply", str(older), "--json")
    await gather(*(upheld("account", "set", id, *term) for id in ("acme", "birch")))
    await upheld("policy", "accept", "sample@2", "--account", "acme", "--by", "Ann")
    refused = await upheld("policy", "accept", "sample@1", "--account", "birch", "--account", "acme", "--by", "Bea")
    holds = await upheld("policy", "show", "--account", "acme", "--json")

    warning = "warning: sample 1 is superseded by sample 2, effective 2026-03-01 00:00:00Z."
    assert warning in asked.err
    assert warning in applied.err
    assert applied.json["published"]
    assert applied.json["superseded_by"]["version"] == "2"
    assert refused.code == 1
    assert "sample 1 is older than what was agreed on already: nothing is recorded." in refused.err
    assert "acme  agreed on sample 2, effective 2026-03-01 00:00:00Z" in refused.err
    assert holds.json["agreed"]["version"] == "2"


async def test_a_file_is_validated_shown_and_compared_without_asking_anyone(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(V1.text.replace("PT8H", "eight hours"))
    (tmp_path / "one.yaml").write_text(V1.text)
    (tmp_path / "two.yaml").write_text(V2.text)
    upheld = Command({"UPHELD_KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1"})

    one, two = (str(tmp_path / f"{name}.yaml") for name in ("one", "two"))
    valid, invalid, said, shown, compared = await gather(
        upheld("policy", "validate", one, "--json"),
        upheld("policy", "validate", one, str(wrong), "--json"),
        upheld("policy", "validate", str(wrong)),
        upheld("policy", "show", one, "--json"),
        upheld("policy", "diff", one, two),
    )

    assert valid.json["files"] == [
        {
            "file": one, "valid": True, "policy": "sample", "version": "1",
            "sha256": V1.sha256, "effective": "2026-03-01T00:00:00+00:00", "errors": [],
        }
    ]  # fmt: skip
    assert invalid.code == 2
    (fault,) = json.loads(invalid.out)["files"][1]["errors"]
    assert fault["field"] == "plans.gold.targets.P1.total_resolution.target"
    assert fault["line"] == 1 + V1.text[: V1.text.index("PT8H")].count("\n")
    assert fault["message"].startswith("must be an ISO 8601 duration")
    assert said.code == 2
    assert f"must be an ISO 8601 duration in weeks to seconds, such as PT15M (line {fault['line']})" in said.err
    assert shown.json["file"]["plans"]["gold"]["pauses"] == {"awaiting customer": ["total_resolution"]}
    assert LONGER in compared.out
    assert "sample 1 -> sample 2: 1 better, 18 equal, 1 worse, 0 incomparable, 1 material" in compared.out
