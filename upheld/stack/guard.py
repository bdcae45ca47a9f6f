"""Run one command that must not outlive its parent: `guard.py FD USER SIGNAL GRACE DIRS -- COMMAND...`.

A program of its own, standard library only, because the two ways to tie a process to its parent both need one: the
kernel's parent-death signal is bound to the *thread* that forked, and changing the user between fork and exec is
safe only in a process that has no threads.

- FD is one end of a socket; the command's pid goes out on it, and its closing, by `stop` or by the parent's death,
  even by kill -9, ends the command: SIGNAL, after GRACE seconds SIGKILL, and DIRS (separated by `:`) are removed.
- When the command ends by itself, DIRS stay (it may be started again on them).
- Whatever the command started dies with it. When this program is killed, the kernel kills the command.
"""

import ctypes
import os
import pwd
import select
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def main(argv: list[str]) -> int:
    """Run the command to its end or to the parent's; returns the exit status as a shell would say it."""
    split = argv.index("--")
    fd, user, stop_signal, grace, dirs = argv[:split]
    command = argv[split + 1 :]
    lifeline = socket.socket(fileno=int(fd))
    wake, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    stopping = False

    def stop(_number: int, _frame: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGCHLD, lambda *_: None)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    _prctl(_PR_SET_CHILD_SUBREAPER)  # what the command leaves behind becomes ours, and is killed with it

    pid = _spawn(command, user)
    with suppress(OSError):
        lifeline.sendall(f"{pid}\n".encode())

    status: int | None = None
    while status is None and not stopping:
        readable, _, _ = select.select([lifeline.fileno(), wake], [], [])
        if wake in readable:
            os.read(wake, 64)
        if lifeline.fileno() in readable:
            with suppress(OSError):
                stopping = not lifeline.recv(64)
        status = _reap(pid)

    if stopping and status is None:
        _signal_group(pid, int(stop_signal))
        status = _wait(pid, time.monotonic() + float(grace), wake)
    _signal_group(pid, signal.SIGKILL)
    _kill_left_over()
    if stopping:
        for folder in filter(None, dirs.split(":")):
            shutil.rmtree(folder, ignore_errors=True)
    if status is None:
        return 128 + signal.SIGKILL
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


def _spawn(command: list[str], user: str) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        os.setpgid(0, 0)
        if user:
            who = pwd.getpwnam(user)
            os.initgroups(user, who.pw_gid)
            os.setgid(who.pw_gid)
            os.setuid(who.pw_uid)
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # a change of user clears it, so it comes after
        if os.getppid() != parent:
            os._exit(1)
        os.closerange(3, 1024)  # the lifeline and the locks are ours alone
        os.execvp(command[0], command)
    except OSError as error:
        os.write(2, f"cannot run {command[0]}: {error.strerror}\n".encode())
    os._exit(127)


def _prctl(option: int, value: int = 1) -> None:
    """Linux only; elsewhere the lifeline alone must do."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def _reap(pid: int) -> int | None:
    """Collect every child that ended; the wait status of `pid` where it is among them."""
    found = None
    with suppress(ChildProcessError):
        while True:
            ended, status = os.waitpid(-1, os.WNOHANG)
            if not ended:
                break
            if ended == pid:
                found = status
    return found


def _wait(pid: int, until: float, wake: int) -> int | None:
    while True:
        status = _reap(pid)
        left = until - time.monotonic()
        if status is not None or left <= 0:
            return status
        if select.select([wake], [], [], left)[0]:
            os.read(wake, 64)


def _signal_group(pid: int, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def _kill_left_over() -> None:
    """Postgres' backends have process groups of their own: find children by their parent, not by group."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        _reap(-1)
        children = list(_children())
        if not children:
            return
        for child in children:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(child, signal.SIGKILL)
        time.sleep(0.005)


def _children() -> Iterator[int]:
    me = os.getpid()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_bytes().rpartition(b")")[2].split()[1]) == me:
                yield int(stat.parent.name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
