"""`upheld ticket evidence`: all that a dispute about a ticket needs, in one file."""

from __future__ import annotations

import hashlib
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from shared.settings import Settings
from upheld.cli.common import JsonFlag, console, examples, note, print_json, run, settings_of
from upheld.cli.tickets import NumberArgument
from upheld.client import Client
from upheld.errors import Misused
from upheld.evidence import content_sha256, document, gather

Json = dict[str, Any]


def evidence(
    number: NumberArgument,
    to: Annotated[str | None, typer.Option("--to", metavar="FILE", help="Where to write it. Default: stdout.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Write all that a dispute about a ticket needs into one JSON file, and say its SHA-256; as an agent.

    The report as it was made, facts with the words they rest on, each version of the policy that counted with its text
    and the cells that applied, every assessment with its reasons, the ledger, readings gross and net, calendars with
    holidays, exclusions, links, and every notification: what was sent to whom, when, and when it was accepted.

    The same records give the same bytes, but for made_at. With --json it says file and hashes as JSON (with --to).
    """
    if as_json and to is None:
        raise Misused("The file is JSON already.", errors=[("--json", "leave it out, or write the file with --to")])
    content = run(_gather(settings_of(), number))
    raw = document(content, datetime.now(UTC).isoformat()).encode()
    digest = hashlib.sha256(raw).hexdigest()
    if to is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        note(f"SHA-256 {digest}")
        return
    _write(Path(to), raw)
    if as_json:
        print_json({"number": number, "file": to, "sha256": digest, "content_sha256": content_sha256(content)})
    else:
        console().print(f"{to}: SHA-256 {digest}", soft_wrap=True)


async def _gather(settings: Settings, number: str) -> Json:
    async with Client(settings) as client:
        return await gather(client, number)


def _write(file: Path, raw: bytes) -> None:
    """Raises Misused where it cannot be written."""
    try:
        file.write_bytes(raw)
    except OSError as error:
        raise Misused(f"{file} cannot be written: {error.strerror or error}.") from None


def add_to(ticket: typer.Typer) -> None:
    """Next to what else is read of tickets."""
    ticket.command(
        "evidence",
        epilog=examples(
            "upheld ticket evidence UP-1001 --to UP-1001.json",
            "upheld ticket evidence UP-1001 | jq .content.ledger",
        ),
    )(evidence)
