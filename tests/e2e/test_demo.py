"""`upheld demo` as anyone runs it: it starts everything, plays, judges, prints, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import asyncpg
import psutil
from aiokafka.admin import AIOKafkaAdminClient

from tests.support.processes import gone, until
from upheld.stack import Stack

COMMAND = [sys.executable, "-m", "upheld", "demo", "--json", "--exit"]


def children(process: subprocess.Popen[bytes]) -> list[int]:
    return [child.pid for child in psutil.Process(process.pid).children(recursive=True)]


def test_the_demo_ends_with_exactly_what_should_have_arrived(tmp_path: Path) -> None:
    with (tmp_path / "progress").open("wb") as progress:
        command = [*COMMAND, "--svg", str(tmp_path / "demo.svg")]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=progress, timeout=240, check=False)

    told = (tmp_path / "progress").read_text()[-6000:]
    assert done.returncode == 0, told + done.stdout.decode()[-6000:]
    said: dict[str, Any] = json.loads(done.stdout)
    assert (said["ok"], said["missing"], said["repeated"], said["unexpected"], said["wrong"]) == (True, [], [], [], [])
    assert {ticket["case"]: (ticket["priority"], ticket["state"]) for ticket in said["tickets"]} == {
        "calls fail": ("P1", "resolved"),
        "answered late": ("P1", "in progress"),
        "delayed codes": ("P2", "open"),
        "staging is down": ("P3", "open"),
        "search is slow": ("P2", "open"),
        "facts missing": ("P2", "in progress"),
        "unknown account": ("P2", "open"),
        "own firewall": ("P2", "open"),
        "a question": ("P3", "closed"),
        "page incident": ("P2", "resolved"),
        "pictures fail": ("P2", "resolved"),
        "monitor alarm": ("P2", "resolved"),
    }
    excluded = {ticket["case"]: ticket["exclusions"] for ticket in said["tickets"]}
    (ruled,) = excluded["own firewall"]
    assert (ruled["clause"], ruled["state"], ruled["by"]) == ("B.5.a", "accepted", "Gil Berg")
    assert ruled["evidence"] == "our firewall drops the media packets"
    assert len(said["notifications"]) == 87
    assert {item["channel"] for item in said["notifications"]} == {"email", "webhook"}
    assert [letter["reason"] for letter in said["dead_letters"]] == ["began_at: Input should have timezone info"]
    assert [item["case"] for item in said["duplicates_dropped"]] == ["answered late"] * 3
    assert 0 < said["latency_ms"]["p50"] <= said["latency_ms"]["p99"]
    assert set(said["latency_ms"]["hops"]) == {"intake", "triage", "status-monitor", "notifier"}
    picture = (tmp_path / "demo.svg").read_text()
    assert picture.startswith("<svg ")
    assert picture.count("UP-1001") >= 1
    assert "url(http" not in picture.replace('"', "")


def test_ctrl_c_in_mid_play_stops_everything_with_130(stack: Stack, tmp_path: Path) -> None:
    progress = tmp_path / "progress"
    with progress.open("wb") as out:
        process = subprocess.Popen(
            COMMAND, stdout=subprocess.PIPE, stderr=out, env=os.environ | stack.environment, start_new_session=True
        )
    until(lambda: "TicketOpened" in progress.read_text(), within=90)
    running = children(process)

    process.send_signal(signal.SIGINT)
    out_of_it, _ = process.communicate(timeout=60)

    assert process.returncode == 130, progress.read_text()[-6000:]
    assert out_of_it == b""
    assert len(running) >= 4
    until(lambda: all(gone(pid) for pid in running))
    assert asyncio.run(_left(stack)) == []


async def _left(stack: Stack) -> list[str]:
    """What the demo made on servers that are not its own, and is still there."""
    conn = await asyncpg.connect(stack.database_url)
    try:
        databases = await conn.fetch("SELECT datname FROM pg_database WHERE datname LIKE 'upheld_demo%'")
    finally:
        await conn.close()
    admin = AIOKafkaAdminClient(bootstrap_servers=stack.kafka)
    await admin.start()
    try:
        topics = [topic for topic in await admin.list_topics() if topic.startswith("upheld_demo")]
    finally:
        await admin.close()
    return [row["datname"] for row in databases] + topics
