"""`upheld sla`: scenarios of an SLA's clocks, played by the clocks themselves; nothing has to run for it."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from upheld.cli.common import JsonFlag, clean, complain, console, examples, group, print_json
from upheld.cli.values import read_text
from upheld.errors import Misused
from upheld.sla import Case, run_files
from upheld.sla.compare import shipped

sla = group("The clocks of an SLA: what they say in scenarios.")


@sla.callback()
def _group() -> None:
    pass


@sla.command("scenarios", epilog=examples("upheld sla scenarios", "upheld sla scenarios --json | jq .passed"))
def scenarios(as_json: JsonFlag = False) -> None:
    """Play the scenarios that ship: where other products went wrong, what clocks must do, doubtful points.

    Exit code 1 when one of them fails.
    """
    _report(run_files((str(path), path.read_text("utf-8")) for path in shipped()), as_json)


@sla.command("run", epilog=examples("upheld sla run my-case.yaml", "upheld sla run --json cases/*.yaml | jq .failed"))
def run(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Scenario files, YAML; - reads stdin.")],
    as_json: JsonFlag = False,
) -> None:
    """Play scenario files and compare what the clocks say with what they expect.

    A file holds a policy (its parts that matter, or the name of one that ships), a plan, events, the time at which the
    clocks are read, and what they must say then. Exit code 1 when one fails, 2 when a file is not one.
    """
    _report(run_files((file, read_text(file)) for file in files), as_json)


def _report(cases: list[Case], as_json: bool) -> None:
    failed = [case for case in cases if not case.passed]
    if as_json:
        print_json(
            {
                "passed": len(cases) - len(failed),
                "failed": len(failed),
                "cases": [{"name": case.name, "passed": case.passed, "difference": case.difference} for case in cases],
            }
        )
    else:
        out = console()
        for case in cases:
            mark = ("passed  ", "green") if case.passed else ("FAILED  ", "bold red")
            out.print(Text.assemble(mark, clean(case.name)), soft_wrap=True)
            for field, values in () if case.faults else case.difference.items():
                expected, found = clean(values["expected"]), clean(values["found"])
                out.print(Text.assemble("        ", (field, "bold"), f": expected {expected}, found {found}"))
        out.print(f"{len(cases) - len(failed)} passed, {len(failed)} failed")
    for case in failed:
        if case.faults:
            errors = [(f"{fault.field} (line {fault.line})", fault.message) for fault in case.faults]
            complain(Misused(f"{case.file} is no scenario that can be played.", errors=errors))
    if failed:
        raise typer.Exit(2 if any(case.faults for case in failed) else 1)
