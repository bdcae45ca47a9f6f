"""What is read from every labelled text, written down whole: a change of any reading shows.

Where a change is meant: .venv/bin/python -m tests.support.readings
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from services.triage.domain.reading import read

FIXTURES = Path(__file__).parents[1] / "fixtures" / "triage"
READINGS = FIXTURES / "readings.json"


def readings() -> dict[str, Any]:
    """By the case's id: facts with their words, and the keys of proposed exclusions with theirs."""
    found = {}
    for path in sorted(FIXTURES.glob("*-?.jsonl")):
        for line in path.read_text().splitlines():
            case = json.loads(line)
            told = read(f"{case['title']}\n{case['summary']}")
            facts = {item.fact: [item.value, item.words] for item in told.facts}
            found[case["id"]] = facts | {item.clause: list(item.words) for item in told.exclusions}
    return found


def main() -> None:
    lines = (f"{json.dumps(id)}: {json.dumps(told, ensure_ascii=False)}" for id, told in readings().items())
    READINGS.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
