"""Scenarios: what happened to a ticket, written down with what its clocks must say; played by the clocks themselves.

`form.py` is a file's form, `read.py` reads one, `policies.py` its policies, `play.py` plays it, `compare.py` compares;
`scenarios/` are those that ship: where other products went wrong (`elsewhere`), what clocks must do (`semantics`),
doubtful points (`settled`).
"""

from upheld.sla.compare import Case, run_files
from upheld.sla.read import Scenario, ScenarioError, read_scenario

__all__ = ["Case", "Scenario", "ScenarioError", "read_scenario", "run_files"]
