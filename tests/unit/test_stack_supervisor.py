"""The supervisor starts again what dies, and leaves nothing behind."""

import os
import queue
import signal
import subprocess
import sys
import textwrap

import pytest

from tests.support.processes import gone, until
from upheld.supervisor import Child, Supervisor

SERVES = [sys.executable, "-uc", "import os, time; print('up', os.getpid()); time.sleep(600)"]


class Lines:
    """What the children printed, by name, in order."""

    def __init__(self) -> None:
        self._lines: queue.Queue[tuple[str, str]] = queue.Queue()

    def __call__(self, name: str, line: str) -> None:
        self._lines.put((name, line))

    def next(self) -> tuple[str, str]:
        return self._lines.get(timeout=15)


def test_a_child_that_is_killed_is_started_again_and_counted() -> None:
    lines = Lines()
    with Supervisor([Child("intake", SERVES)], on_line=lines) as supervisor:
        first = int(lines.next()[1].split()[1])

        supervisor.kill("intake")

        assert lines.next() == ("intake", "ended with status 137; is started again in 0.2 s")
        second = int(lines.next()[1].split()[1])
        assert second != first
        assert supervisor.pids == {"intake": second}
        assert supervisor.restarts == {"intake": 1}


def test_a_child_that_keeps_dying_is_started_at_growing_intervals() -> None:
    lines = Lines()
    with Supervisor([Child("triage", [sys.executable, "-c", "raise SystemExit(3)"])], on_line=lines):
        said = [lines.next()[1] for _ in range(3)]

    assert said == [
        "ended with status 3; is started again in 0.2 s",
        "ended with status 3; is started again in 0.4 s",
        "ended with status 3; is started again in 0.8 s",
    ]


def test_each_child_has_its_own_environment_beside_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPHELD_OURS", "ours")
    command = [
        sys.executable, "-uc", "import os, time; print(os.environ['UPHELD_OURS'], os.environ['ITS']); time.sleep(600)"
    ]  # fmt: skip
    lines = Lines()
    with Supervisor([Child("a", command, {"ITS": "a"}), Child("b", command, {"ITS": "b"})], on_line=lines):
        said = sorted([lines.next(), lines.next()])

    assert said == [("a", "ours a"), ("b", "ours b")]


def test_stopping_asks_first_and_kills_after_the_grace() -> None:
    polite = (
        "import signal, sys, time; signal.signal(15, lambda *_: sys.exit(print('bye'))); print('up'); time.sleep(9)"
    )
    stubborn = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up'); time.sleep(600)"
    lines = Lines()
    children = [Child("polite", [sys.executable, "-uc", polite]), Child("stubborn", [sys.executable, "-uc", stubborn])]
    with Supervisor(children, on_line=lines, grace=0.5) as supervisor:
        assert sorted([lines.next(), lines.next()]) == [("polite", "up"), ("stubborn", "up")]
        pids = supervisor.pids

        supervisor.stop()

    assert lines.next() == ("polite", "bye")
    assert [gone(pid) for pid in pids.values()] == [True, True]
    assert supervisor.restarts == {}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_children_end_with_their_supervisor(number: signal.Signals) -> None:
    code = f"""
        from upheld.supervisor import Child, Supervisor
        with Supervisor([Child("intake", {SERVES!r})]) as supervisor:
            supervisor.wait()
        print("stopped")
    """
    owner = subprocess.Popen([sys.executable, "-uc", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    child = int(owner.stdout.readline().split()[-1])

    os.kill(owner.pid, number)

    assert owner.wait(15) == (-9 if number == signal.SIGKILL else 0)
    until(lambda: gone(child))
    assert owner.stdout.read() == ("" if number == signal.SIGKILL else "stopped\n")
    owner.stdout.close()
