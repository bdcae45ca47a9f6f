"""The specification's own AsyncAPI parser, which runs on Node; npm puts it into the cache folder on the first use."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.support.node import node_environment
from upheld.stack.cache import provide

_SOURCE = Path(__file__).with_name("asyncapi_parser")


def parsed(documents: Sequence[str], programs: Path) -> list[dict[str, Any]]:
    """What the parser says of each: valid, faults (errors and warnings), channels, operations.

    `programs` is a folder for node and npm, where the machine has none.
    """
    environment = os.environ | node_environment(programs)
    environment["PATH"] = f"{programs}{os.pathsep}{environment['PATH']}"

    def install(scratch: Path) -> None:
        shutil.copytree(_SOURCE, scratch, dirs_exist_ok=True)
        _run(["npm", "ci", "--ignore-scripts"], scratch, environment)

    wanted = hashlib.sha256((_SOURCE / "package-lock.json").read_bytes()).hexdigest()
    folder = provide(f"asyncapi-parser-{wanted[:12]}", install, lambda text: print(text, file=sys.stderr))
    script = (_SOURCE / "parse.js").read_text()
    said: list[dict[str, Any]] = json.loads(
        _run(["node", "--input-type=module", "--eval", script], folder, environment, given=json.dumps(documents))
    )
    return said


def _run(command: list[str], folder: Path, environment: dict[str, str], given: str = "") -> str:
    done = subprocess.run(
        command, cwd=folder, env=environment, input=given, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}"
    return done.stdout
