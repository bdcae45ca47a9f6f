"""`python -m mutation`: a seeded sample of mutants tried; exit code 1 where too few are killed."""

from __future__ import annotations

import fnmatch
import json
import os
import signal
import sys
import time
from typing import Annotated

import typer
from rich.console import Console

from mutation import ground
from mutation.score import LEAST, Fate, Score, Survivor, drawn
from mutation.trial import tried

SEED = 2026
SAMPLE = 300
EVERY = 20
"""Away from a terminal, progress is told each so many mutants."""
EXAMPLES = """Examples:

python -m mutation

python -m mutation --seed 7 --json | jq .percent

python -m mutation --only 'services.status_monitor.domain.calendars.*' --sample 50
"""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
def mutation(
    seed: Annotated[int, typer.Option(help="Another seed is another sample.")] = SEED,
    sample: Annotated[int, typer.Option(min=1, help="How many mutants are tried.")] = SAMPLE,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="PATTERN", help="The sample is drawn from mutants of these names only; may be repeated."),
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="How many at a time.", show_default="one a core")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON; progress goes to stderr.")] = False,
) -> None:
    """Change triage's rules and the clock code in small ways, and see whether the unit tests notice.

    Works in mutants/, a copy of the code; `make clean` removes it. See docs/mutation.md.
    """
    first = os.getpid()  # processes that are forked end as they are told to
    signal.signal(
        signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT) if os.getpid() == first else os._exit(1)
    )
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell's child in the background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ["CI"] = "1"  # laws are tried on the same cases each time (tests/conftest.py)
    console = Console(markup=False, highlight=False, emoji=False, soft_wrap=True, stderr=True)
    try:
        score, survivors, seconds = _run(console, seed, sample, only or ["*"], workers or os.cpu_count() or 1)
    except ground.MutationError as error:
        console.print(f"error: {error}", style="red")
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    if as_json:
        sys.stdout.write(json.dumps(score.shown(survivors, seconds), indent=2, ensure_ascii=False) + "\n")
    else:
        _show(score, survivors)
    if not score.enough:
        raise typer.Exit(1)


def _run(
    console: Console, seed: int, sample: int, only: list[str], workers: int
) -> tuple[Score, list[Survivor], float]:
    began = time.monotonic()
    with console.status("") as status:

        def tell(text: str, moving: bool = False) -> None:
            minutes, seconds = divmod(int(time.monotonic() - began), 60)
            stamped = f"{minutes}:{seconds:02} {text}"
            if console.is_terminal:
                status.update(stamped)
            elif not moving:
                console.print(stamped)

        tell("mutants are made")
        files = ground.prepare(workers)
        tell(f"{len(files):,} mutants; the tests run once, to see which function each comes to")
        known = ground.survey(files)
        names = drawn((name for name in files if any(fnmatch.fnmatch(name, each) for each in only)), sample, seed)
        if not names:
            raise ground.MutationError(f"--only {' '.join(only)}: no mutant has such a name")
        ground.prove(sorted({test for name in names for test in known.tests_of(name)}))
        lost, done = 0, 0

        def ended(name: str, fate: Fate) -> None:
            nonlocal lost, done
            done += 1
            lost += fate in ("survived", "untested")
            tell(f"{done} of {len(names)} mutants tried, {lost} survived", moving=done % EVERY != 0)

        fates = tried(known, names, workers, ended)
    survivors = [
        ground.survivor(known, name, fate) for name, fate in sorted(fates.items()) if fate in ("survived", "untested")
    ]
    return Score(seed, len(files), fates), survivors, time.monotonic() - began


def _show(score: Score, survivors: list[Survivor]) -> None:
    for survivor in survivors:
        print(f"{survivor.file}:{survivor.line} {survivor.fate}  {survivor.name}")
        print(f"  - {survivor.was}\n  + {survivor.now}")
    print(
        f"{score.percent:g} % killed of {len(score.fates)} mutants, drawn from {score.of:,} by seed {score.seed}: "
        f"{score.count('killed')} failed a test, {score.count('timeout')} hung, "
        f"{score.count('survived')} survived, {score.count('untested')} are in no test's way. Needed: {LEAST:g} %."
    )


if __name__ == "__main__":
    app(prog_name="python -m mutation")
