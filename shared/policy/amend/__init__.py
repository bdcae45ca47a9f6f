"""Amendments of an SLA: two versions compared, and what an account holds when they change (no material degradation).

Pure: versions in, verdicts out, each with its reason.
"""

from shared.policy.amend.agreed import Line, line_of
from shared.policy.amend.cells import Cell, cell_of, compare_cells
from shared.policy.amend.diff import Change, Difference, diff
from shared.policy.amend.effect import Effect, Held, effect
from shared.policy.amend.held import HeldCell, HeldExclusion, HeldOutcome, Holding, Kept, hold
from shared.policy.amend.outcomes import Outcome, decide
from shared.policy.amend.verdicts import MIRRORED, Part, Verdict

__all__ = [
    "MIRRORED",
    "Cell",
    "Change",
    "Difference",
    "Effect",
    "Held",
    "HeldCell",
    "HeldExclusion",
    "HeldOutcome",
    "Holding",
    "Kept",
    "Line",
    "Outcome",
    "Part",
    "Verdict",
    "cell_of",
    "compare_cells",
    "decide",
    "diff",
    "effect",
    "hold",
    "line_of",
]
