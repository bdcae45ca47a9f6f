"""Policies: an SLA as versioned data, from the text of a YAML file to a checked, frozen value.

Pure: text in, `Policy` out; callers keep what they parsed, by its SHA-256, which is that of the file's bytes.
Nothing is guessed: an unknown key, a cell left out or a clause that the document lacks is an error.
"""

from shared.policy.form import (
    CLOCKS,
    FACTS,
    Calendar,
    CatalogueService,
    Escalation,
    FactValue,
    Holidays,
    Plan,
    Policy,
    Priority,
    Rule,
)
from shared.policy.parse import PolicyError, parse_policy
from shared.policy.source import Fault
from shared.policy.values import DAYS, days_of, duration, iso
from shared.policy.versions import Policies, Published

__all__ = [
    "CLOCKS",
    "DAYS",
    "FACTS",
    "Calendar",
    "CatalogueService",
    "Escalation",
    "FactValue",
    "Fault",
    "Holidays",
    "Plan",
    "Policies",
    "Policy",
    "PolicyError",
    "Priority",
    "Published",
    "Rule",
    "days_of",
    "duration",
    "iso",
    "parse_policy",
]
