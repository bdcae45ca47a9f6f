"""promtool: of the PATH, else out of Debian's package `prometheus`, fetched once into the cache without root."""

from __future__ import annotations

import getpass
import io
import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path

from upheld.stack.cache import provide

_ADVICE = "Install it (Debian: apt install prometheus), or put promtool on the PATH."


def promtool(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run it; what it printed is in `stdout`, errors too."""
    program = shutil.which("promtool") or provide("promtool-debian", fetch, print) / "promtool"
    return subprocess.run(
        [program, *arguments], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60
    )


def fetch(into: Path) -> None:
    """Download the package, and take the one program out of it. Raises RuntimeError that says what to install."""
    for tool in ("apt-get", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise RuntimeError(f"There is no promtool, and no {tool} to fetch one with. {_ADVICE}")
    # The machine's package lists may be missing, and only root may write them: then ours are made for this once.
    state, cache = into / "state", into / "cache"
    for folder in (state / "lists" / "partial", cache / "archives" / "partial"):
        folder.mkdir(parents=True)
    ours = [
        f"-oDir::State={state}",
        f"-oDir::State::lists={state / 'lists'}",
        "-oDir::State::status=/var/lib/dpkg/status",
        f"-oDir::Cache={cache}",
    ]
    if _apt(into, [], "download", "prometheus") is not None:
        failed = _apt(into, ours, "update") or _apt(into, ours, "download", "prometheus")
        if failed is not None:
            raise RuntimeError(f"There is no promtool, and apt-get could not fetch one: {failed}\n{_ADVICE}")
    (package,) = into.glob("prometheus_*.deb")
    content = subprocess.run(["dpkg-deb", "--fsys-tarfile", package], capture_output=True, check=True, timeout=120)
    with tarfile.open(fileobj=io.BytesIO(content.stdout)) as tar:
        program = tar.extractfile("./usr/bin/promtool")
        assert program is not None
        (into / "promtool").write_bytes(program.read())
    (into / "promtool").chmod(0o755)
    package.unlink()
    shutil.rmtree(state)
    shutil.rmtree(cache)


def _apt(folder: Path, options: Sequence[str], *command: str) -> str | None:
    """None when it went well, else what it said."""
    ran = subprocess.run(
        ["apt-get", "-q", f"-oAPT::Sandbox::User={getpass.getuser()}", *options, *command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    return None if ran.returncode == 0 else ran.stdout.strip()
