"""Which data working hours are computed with here: time zones, and public holidays."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import TZPATH


@cache
def hours_versions() -> dict[str, str]:
    """`{"tzdata": "2025b", "holidays": "0.83"}`; `unknown` where the machine's zones do not say."""
    return {"tzdata": _zones(), "holidays": version("holidays")}


def _zones() -> str:
    """The machine's zones come before the package `tzdata`, as zoneinfo looks them up."""
    for folder in map(Path, TZPATH):
        if (folder / "Europe").is_dir():
            return next((found for name, head in _SAYS if (found := _said(folder / name, head))), "unknown")
    try:
        return version("tzdata")
    except PackageNotFoundError:
        return "unknown"


_SAYS = (("+VERSION", ""), ("tzdata.zi", "# version "))


def _said(file: Path, head: str) -> str | None:
    try:
        with file.open(encoding="utf-8") as lines:
            first = lines.readline().strip()
    except (OSError, UnicodeDecodeError):
        return None
    return first.removeprefix(head) if first.startswith(head) else None
