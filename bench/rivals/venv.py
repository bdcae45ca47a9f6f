"""A virtual environment of its own for someone else's software, in the cache folder, from pinned hashes."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from upheld.stack import Progress, StackError
from upheld.stack.cache import provide, run


def python_of(name: str, progress: Progress) -> Path:
    """The Python of the environment made from `<name>.txt` beside this file, on the first use downloaded.

    Raises StackError with what pip said.
    """
    pinned = Path(__file__).with_name(f"{name}.txt")
    version = hashlib.sha256(pinned.read_bytes()).hexdigest()[:12]

    def install(scratch: Path) -> None:
        steps: list[list[str | Path]] = [
            [sys.executable, "-m", "venv", scratch],
            [
                *(scratch / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
                *("--only-binary", ":all:", "--require-hashes", "-r", pinned),
            ],
        ]
        for step in steps:
            failed = run(step, doing=f"installing {name} (pip)", into=scratch, progress=progress)
            if failed is not None:
                raise StackError(f"{name} could not be installed; is the network there?\n{failed}")

    return provide(f"{name}-{version}", install, progress) / "bin" / "python"
