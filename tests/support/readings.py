"""What is read from every labelled text, and from short ones, written down whole: a change of any reading shows.

Where a change is meant: .venv/bin/python -m tests.support.readings
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from services.triage.domain.reading import read

FIXTURES = Path(__file__).parents[1] / "fixtures" / "triage"
READINGS = FIXTURES / "readings.json"
NEAR = FIXTURES / "near.json"
DAY = date(2026, 3, 2)
"""On which the short texts were written."""


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


def near() -> dict[str, Any]:
    """By the text, of those that the file names: all that is read."""
    return {text: read(text, DAY).model_dump(mode="json", exclude_none=True) for text in json.loads(NEAR.read_text())}


def main() -> None:
    for path, found in ((READINGS, readings()), (NEAR, near())):
        lines = (f"{_json(key)}: {_json(told)}" for key, told in found.items())
        path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
