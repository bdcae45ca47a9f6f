"""What was published before: the contracts of the last release, else of where main stood, read from git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDERS = ("schemas", "docs/openapi", "tests/contracts")


@dataclass(frozen=True, slots=True)
class Baseline:
    """The files of FOLDERS as they were, by path; `says` is what they were taken from."""

    says: str
    files: Mapping[str, str]


def baseline(root: Path) -> Baseline:
    """What to compare with.

    The newest release tag below HEAD; without one the commit where this branch left main; on main the commit before
    it. A shallow clone compares with its HEAD, and what is no clone at all with the files that lie there.
    """
    revision, says = _revision(root)
    if revision is None:
        files = [path for folder in FOLDERS for path in (root / folder).glob("*.json")]
        return Baseline(says, {path.relative_to(root).as_posix(): path.read_text() for path in files})
    listed = _git(root, "ls-tree", "-r", "--name-only", revision, "--", *FOLDERS) or ""
    names = [name for name in listed.splitlines() if name.endswith(".json")]
    return Baseline(says, {name: _git(root, "show", f"{revision}:{name}") or "" for name in names})


def _revision(root: Path) -> tuple[str | None, str]:
    head = _git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    top = _git(root, "rev-parse", "--show-toplevel")
    if head is None or top is None or Path(top).resolve() != root.resolve():
        return None, "the files as they lie here, since this is no clone"
    tag = _git(root, "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*")
    if tag is not None:
        return tag, f"the release {tag}"
    for main in ("main", "origin/main"):
        base = _git(root, "merge-base", "HEAD", main)
        if base is not None and base != head:
            return base, f"commit {base[:10]}, where this branch left {main}"
    parent = _git(root, "rev-parse", "--verify", "--quiet", "HEAD^")
    if parent is not None:
        return parent, f"commit {parent[:10]}, the one before HEAD, since there is no release yet"
    return head, f"commit {head[:10]}, HEAD itself, since this clone has no history"


def _git(root: Path, *arguments: str) -> str | None:
    """What git prints; None where it fails, or where there is none."""
    # Whoever runs the checks trusts the checkout: it may belong to another user.
    command = ["git", "-C", str(root), "-c", f"safe.directory={root.resolve()}", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60)
    except OSError:
        return None
    return done.stdout.rstrip("\n") if done.returncode == 0 else None
