"""Processes that end with whoever started them."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import psutil
import pytest

from tests.support.processes import gone, until
from upheld.stack import Process
from upheld.stack.home import Home, sweep

# Prints its pid and that of a child with a process group of its own, as Postgres' backends have; then waits for ever.
FAMILY = """
    import os, signal, sys, time
    if "stubborn" in sys.argv:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child = os.fork()
    if child == 0:
        os.setsid()
    else:
        print(os.getpid(), child, flush=True)
    time.sleep(600)
"""


def family(*arguments: str) -> list[str]:
    return [sys.executable, "-c", textwrap.dedent(FAMILY), *arguments]


def pids_of(process: Process) -> list[int]:
    assert process.stdout is not None
    return [int(word) for word in process.stdout.readline().split()]


def test_the_pid_is_that_of_the_command_itself() -> None:
    process = Process(family(), output=subprocess.PIPE)

    parent, _ = pids_of(process)

    assert process.pid == parent
    process.stop()
    assert process.stdout is not None
    process.stdout.close()


def test_stopping_ends_the_command_with_its_children_and_removes_its_folders(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    process = Process(family(), output=subprocess.PIPE, remove=[folder])
    pids = pids_of(process)

    process.stop()

    assert process.returncode == 128 + signal.SIGTERM
    assert [gone(pid) for pid in pids] == [True, True]
    assert not folder.exists()
    assert process.stdout is not None
    process.stdout.close()


def test_a_command_that_ignores_its_stop_signal_is_killed_after_the_grace() -> None:
    process = Process(family("stubborn"), output=subprocess.PIPE, grace=0.2)
    pids = pids_of(process)

    process.stop()

    assert [gone(pid) for pid in pids] == [True, True]
    assert process.stdout is not None
    process.stdout.close()


def test_killing_ends_the_children_too_and_keeps_the_folders(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    process = Process(family(), output=subprocess.PIPE, remove=[folder])
    pids = pids_of(process)

    process.kill()

    assert process.returncode == 128 + signal.SIGKILL
    assert [gone(pid) for pid in pids] == [True, True]
    assert folder.exists()
    assert process.stdout is not None
    process.stdout.close()


@pytest.mark.parametrize("victim", ["the owner", "the guard"])
def test_nothing_survives_kill_9(tmp_path: Path, victim: str) -> None:
    owner_code = """
        import sys, time
        from pathlib import Path
        from upheld.stack import Process
        process = Process(sys.argv[2:], remove=[Path(sys.argv[1])])
        time.sleep(600)
    """
    folder = tmp_path / "data"
    folder.mkdir()
    owner = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(owner_code), str(folder), *family()], stdout=subprocess.PIPE
    )
    assert owner.stdout is not None
    command, child = (int(word) for word in owner.stdout.readline().split())
    guard = psutil.Process(command).ppid()

    os.kill(owner.pid if victim == "the owner" else guard, signal.SIGKILL)

    until(lambda: gone(command))
    if victim == "the owner":
        until(lambda: gone(child) and not folder.exists())
    else:
        os.kill(child, signal.SIGKILL)  # a process group of its own, and nobody left to find it
    owner.kill()
    owner.wait()
    owner.stdout.close()


def test_the_output_of_a_command_that_does_not_exist_says_so() -> None:
    process = Process(["/nowhere/at/all"], output=subprocess.PIPE)

    assert process.stdout is not None
    assert process.stdout.read() == b"cannot run /nowhere/at/all: No such file or directory\n"
    assert process.wait(10) == 127
    process.stdout.close()


def test_a_folder_that_a_killed_stack_left_is_removed_by_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    in_use, left = Home("kafka"), Home("kafka")
    os.close(left.lock)
    for folder in (in_use.path, left.path):
        os.utime(folder, (0, 0))
    fresh = tmp_path / "upheld-stack-kafka-fresh"
    fresh.mkdir()

    sweep()

    assert [in_use.path.exists(), left.path.exists(), fresh.exists()] == [True, False, True]
    in_use.remove()
