"""The receivers that accept at once (`upheld/receivers.py`, a process of its own), for everything that is delivered."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.house import BenchError, House
from upheld.stack import free_port


@dataclass(frozen=True, slots=True)
class Receivers:
    """Where they are, and what they noted."""

    mail_port: int
    hook_port: int
    notes: Path

    @property
    def hook(self) -> str:
        return f"http://127.0.0.1:{self.hook_port}"

    def lines(self) -> list[dict[str, object]]:
        """What was received so far."""
        return [json.loads(line) for line in self.notes.read_text().splitlines()]


async def start_receivers(house: House) -> Receivers:
    """Start both for this installation, and have its services send mail there."""
    found = Receivers(free_port(), free_port(), house.folder / "receipts.jsonl")
    ports = ["--mail-port", str(found.mail_port), "--webhook-port", str(found.hook_port)]
    house.run("receivers", [sys.executable, "-m", "upheld.receivers", *ports, "--notes", str(found.notes)])
    house.environment |= {
        "UPHELD_SMTP_HOST": "127.0.0.1",
        "UPHELD_SMTP_PORT": str(found.mail_port),
        "UPHELD_MAIL_FROM": "Upheld <support@upheld.example>",
    }
    for _ in range(600):
        house.check()
        if '"webhook"' in house.log("receivers").read_text():
            return found
        await asyncio.sleep(0.02)
    raise BenchError(f"the receivers do not start:\n{house.last_words('receivers')}")
