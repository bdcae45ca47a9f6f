"""triage's rules: from recorded facts and a version of the policy to a priority that explains itself.

Pure and deterministic: the same recorded inputs and the same policy always give the same assessment.
"""

from services.triage.domain.assess import (
    Assessment,
    assess,
    holding_under,
    is_news,
    lifts_what_is_final,
    rule_held,
)
from services.triage.domain.facts import Customer, Decision, Facts, Inputs, customer_of, restated, stated_facts
from services.triage.domain.rules import Known, Ruling, rule_on
from services.triage.domain.ticket import Account, Concerned, Ticket, add_reply, advance, open_ticket

__all__ = [
    "Account",
    "Assessment",
    "Concerned",
    "Customer",
    "Decision",
    "Facts",
    "Inputs",
    "Known",
    "Ruling",
    "Ticket",
    "add_reply",
    "advance",
    "assess",
    "customer_of",
    "holding_under",
    "is_news",
    "lifts_what_is_final",
    "open_ticket",
    "restated",
    "rule_held",
    "rule_on",
    "stated_facts",
]
