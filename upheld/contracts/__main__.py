"""`python -m upheld.contracts write | check`: make the contracts' files, or say what a change breaks."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from shared.envelope import Malformed, Record, decode
from upheld.cli.common import JsonFlag, examples, print_json
from upheld.contracts.baseline import Baseline, baseline
from upheld.contracts.gate import broken_events, broken_routes
from upheld.contracts.promises import promises

app = typer.Typer(no_args_is_help=True, help="The published contracts: files made from the code.")
Root = Annotated[Path, typer.Option(help="The repository.", exists=True, file_okay=False)]
HERE = Path()


@app.command(epilog=examples("make contracts", "python -m upheld.contracts write --json"))
def write(root: Root = HERE, as_json: JsonFlag = False) -> None:
    """Write docs/asyncapi.yaml, docs/openapi/, schemas/, and the golden message of an event that has none yet.

    A golden message that is there is never changed: delete it first, where its change is meant.
    """
    from upheld.contracts.documents import documents, golden_messages  # brings the examples: not for the gate

    made = documents()
    made |= {path: text for path, text in golden_messages().items() if not (root / path).exists()}
    gone = [
        path.relative_to(root).as_posix()
        for folder in ("schemas", "docs/openapi")
        for path in (root / folder).glob("*.json")
        if path.relative_to(root).as_posix() not in made
    ]
    changed = [path for path, text in made.items() if not _is(root / path, text)]
    for path in changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(made[path])
    for path in gone:
        (root / path).unlink()
    if as_json:
        print_json({"written": changed, "removed": gone})
        return
    for path in changed:
        typer.echo(f"wrote {path}")
    for path in gone:
        typer.echo(f"removed {path}")
    if not changed and not gone:
        typer.echo("The contracts' files are as the code makes them.")


@app.command(epilog=examples("python -m upheld.contracts check", "python -m upheld.contracts check --json"))
def check(root: Root = HERE, as_json: JsonFlag = False) -> None:
    """Say what the code as it is now breaks of the contracts published before; exit code 1 if anything."""
    before = baseline(root)
    found = broken_since(before)
    if as_json:
        print_json({"compared_with": before.says, "broken": found})
    else:
        what = f"contracts compared with {before.says}"
        typer.echo(what + ("" if before.files else "; there are none there yet"))
        for sentence in found:
            typer.echo(f"  {sentence}", err=True)
        if found:
            typer.echo("Others rely on these contracts: CONTRIBUTING.md says how they may change.", err=True)
    if found:
        raise typer.Exit(1)


def broken_since(before: Baseline) -> list[str]:
    """What the code as it is now breaks of these contracts, a sentence each."""
    now = promises()
    was = {path: json.loads(text) for path, text in before.files.items()}
    events = [
        {Path(path).stem: schema for path, schema in files.items() if path.startswith("schemas/")}
        for files in (was, now)
    ]
    found = broken_events(*events)
    for path, document in was.items():
        if path.startswith("docs/openapi/"):
            if path in now:
                found += [f"{Path(path).stem}: {sentence}" for sentence in broken_routes(document, now[path])]
            else:
                found.append(f"{Path(path).stem} serves nothing any more: who calls it finds nobody.")
        elif path.startswith("tests/contracts/") and (why := _unread(document)) is not None:
            found.append(f"{Path(path).stem}: the golden message published before is refused now: {why}.")
    return found


def _unread(message: dict[str, object]) -> str | None:
    """Why this golden message cannot be read; none when it can."""
    topic, key, headers, value = (message[name] for name in ("topic", "key", "headers", "value"))
    assert isinstance(headers, dict)
    raw = tuple((name, str(text).encode()) for name, text in headers.items())
    record = Record(str(topic), 0, 0, str(key).encode(), json.dumps(value).encode(), raw, datetime.now(UTC))
    try:
        decode(record)
    except Malformed as error:
        return str(error)
    return None


def _is(path: Path, text: str) -> bool:
    return path.exists() and path.read_text() == text


if __name__ == "__main__":
    app()
