"""The crash test: an open loop of issues while everything is killed in mid batch; then it drains, and all must hold.

The same under two mutants must fail: a checker that accuses nobody proves nothing. Seeds are fixed; `python -m
tests.crash.run --seed N --folder F` plays another and keeps what it left behind.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.settings import SERVICES
from tests.crash.checker import check
from tests.crash.checker.evidence import Evidence
from tests.crash.gather import summary
from tests.crash.run import Plan, crash, short, whole
from upheld.stack import Stack, start_stack

SEED = 11


@pytest.fixture(scope="module")
def own_stack() -> Iterator[Stack]:
    """A stack that may be killed; addresses in the environment are other people's."""
    with start_stack(take="local" if "UPHELD_KAFKA_BOOTSTRAP_SERVERS" in os.environ else None) as stack:
        yield stack


def played(stack: Stack, plan: Plan, folder: Path) -> Evidence:
    print(f"\n{plan.mutant or 'the program as it is'}: {folder}", file=sys.stderr)
    return asyncio.run(crash(stack, plan, folder, lambda text: print(text, file=sys.stderr)))


@pytest.mark.timeout(540)
def test_under_faults_everything_holds_and_drains_by_itself(own_stack: Stack, tmp_path: Path) -> None:
    evidence = played(own_stack, whole(SEED), tmp_path)

    struck = Counter((fault.kind, fault.service) for fault in evidence.faults)
    assert {service: struck["kill", service] for service in SERVICES} == dict.fromkeys(SERVICES, 2)
    assert (struck["kafka", None], struck["postgres", None]) == (1, 1)
    assert sum(count for (kind, _), count in struck.items() if kind == "terminate") == 3
    assert all(fault.hit for fault in evidence.faults)
    sent = Counter(note["kind"] for note in evidence.load if note["what"] == "sent")
    first, last = (pick(fault.at for fault in evidence.faults) for pick in (min, max))
    assert sent["issue"] >= 150 * (last - first)
    assert sent["duplicate"] >= 0.04 * sent["issue"]
    assert sent["poison"] >= 10
    acts = Counter(note["act"] for note in evidence.load
                   if note["what"] == "http" and note["status"] == 200 and note["answer"].get("changed"))  # fmt: skip
    assert acts["exclusion"] >= 10
    assert acts["plan"] >= 1
    violations = check(evidence)
    print(summary(evidence), file=sys.stderr)
    assert not violations, f"{Counter(item.invariant for item in violations)}: {violations[:20]}; {tmp_path}"


@pytest.mark.timeout(300)
def test_acknowledging_on_error_is_found_out(own_stack: Stack, tmp_path: Path) -> None:
    evidence = played(own_stack, short(SEED, "acknowledge-on-error", 15), tmp_path)

    violations = check(evidence)
    broken = Counter(item.invariant for item in violations)
    print(f"broken: {dict(broken)}", file=sys.stderr)
    # Records behind the committed offset of which nothing is recorded, and what follows from their loss.
    assert any("passed over" in item.what for item in violations if item.invariant == 4)
    assert broken.keys() - {4, 11}


@pytest.mark.timeout(300)
def test_an_inbox_that_is_off_is_found_out(own_stack: Stack, tmp_path: Path) -> None:
    evidence = played(own_stack, short(SEED, "inbox-off", 15), tmp_path)

    violations = check(evidence)
    broken = Counter(item.invariant for item in violations)
    print(f"broken: {dict(broken)}", file=sys.stderr)
    # A first report that comes again, behind the one that amends it, takes the amendment back.
    assert any("added 1 times, 2 were said" in item.what for item in violations if item.invariant == 4)
