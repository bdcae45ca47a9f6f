"""What a reader knows and a page need not say: what not to try, when to press Ctrl-C, what to put in place of what.

A command that is not named here is run as it stands, to its end, and must exit with 0.
"""

from __future__ import annotations

import re

NOT_RUN = {
    "make test": "it is what runs this",
    "make demo": "it is `upheld demo`",
    "upheld demo": "tests/e2e/test_demo.py runs it, to its verdict",
    "make check": "the same gate runs it beside the tests (.ci/run); it takes a minute",
    "make contracts": "it writes into the checkout; tests/unit/test_contracts.py holds what it writes",
    "upheld sla scenarios": "tests/unit/test_sla_scenarios.py plays each; it takes seconds",
    "make bench": "it takes minutes, and a machine to itself",
    "make mutation": "it takes minutes; tests/unit/test_mutation.py has its rules",
    "export UPHELD_KAFKA_SECURITY_PROTOCOL=SASL_SSL": "tests/integration/test_secured_kafka.py has such a broker",
    "export UPHELD_KAFKA_USERNAME=upheld-intake": "the same",
    "docker compose": "there may be no Docker engine",
    "upheld ticket link UP-1003 UP-1007": "no incident is here; by HTTP: integration/test_status_monitor_incidents.py",
    "upheld ticket unlink UP-1003 UP-1007": "the same",
    "upheld ticket resolve UP-1003 UP-1007": "the same",
    "upheld incident show UP-1007": "the same",
}
"""The commands that are not run, whatever their options, each with the reason."""

UNTIL = {
    "upheld run intake": "started",
    "upheld ticket watch UP-1001": "TicketOpened",
    "upheld notifications tail": "Waiting for notifications",
    "python examples/python/consume_notifications.py": " accepted",
    "node examples/node/consume_notifications.js": " accepted",
}
"""Commands that go on: with these words they have done what they are for, and Ctrl-C ends them."""

EXITS = {
    "upheld ticket watch UP-1001": 130,
    "upheld notifications tail": 130,
    "python examples/python/consume_notifications.py": 130,
    "upheld ticket update UP-1001 --acknowledge": 1,  # nothing is at risk by then
    "upheld dead-letters redrive intake 7": 1,  # it still fails
}
"""Exit codes other than 0."""

PLACES = {
    "UP-1001": re.compile(r"^(UP-\d+)$", re.MULTILINE),
    "3f9a1c0b7d21": re.compile(r"Key ([0-9a-f]{12}) for "),
    "whsec_...": re.compile(r"(whsec_[\w+/=]+)"),
    "intake 7": re.compile(r"│ (intake +│ \d+)"),
}
"""What a reader puts in place of a page's example: the last that the page's own commands printed."""


def is_run(command: str) -> bool:
    return not any(command == name or command.startswith(f"{name} ") for name in NOT_RUN)


def in_place(command: str, heard: str) -> str:
    """The command with what was heard so far."""
    for example, pattern in PLACES.items():
        if example in command and (found := pattern.findall(heard)):
            command = command.replace(example, " ".join(re.findall(r"[^\s│]+", found[-1])))
    return command


def masked(line: str) -> str:
    """A line without what differs from run to run."""
    return re.sub(r"UP-\d+", "UP-n", line)
