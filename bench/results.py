"""The results as they are kept: the figures by their names, the detail, and where and when each was measured."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.figures import Json

LATEST = Path(__file__).with_name("results") / "latest.json"
_ROOT = Path(__file__).parents[1]


def machine(stack: str, postgres: str) -> Json:
    """What it was measured on."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "postgres": postgres,
        "stack": stack,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def commit() -> str:
    """The commit that is measured, with a + where files were changed since; empty outside a checkout."""
    try:
        said = subprocess.run(
            ["git", "describe", "--always", "--abbrev=12", "--dirty=+"], cwd=_ROOT, capture_output=True, text=True
        )
    except OSError:
        return ""
    return said.stdout.strip()


def merged(before: Json, part: str, found: Json, seconds: float, of: str, others: float) -> Json:
    """The results with those of one measurement renewed; the rest stays as it was.

    `of` is the commit, `others` the cores that something else used meanwhile.
    """
    figures = {name: value for name, value in found.items() if name != "detail"}
    detail = {**before.get("detail", {}), part: found.get("detail", {})}
    measured = {
        **before.get("measured", {}),
        part: {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "commit": of,
            "seconds": round(seconds),
            "others_cores": round(others, 3),
        },
    }
    kept = {name: value for name, value in before.items() if name not in ("detail", "measured")}
    return {**kept, **figures, "detail": detail, "measured": measured}


def load(path: Path) -> Json:
    """What was kept; empty where there is nothing, or nothing that can be read."""
    try:
        found: Any = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def save(path: Path, results: Json) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=2) + "\n")
