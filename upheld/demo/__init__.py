"""The demo: a whole installation on this machine, a scenario played on it, and a verdict on what arrived.

scenario  who is a customer, what is reported, what must come of it    page    a simulated status page
run       the order of things from start to stop                       house   the services, as they run
play      the acts                                                     log     what is said on the topics
gather    the evidence                                                 judge   what is right and what is not
latency   how long it took, and where                                  show    the live view and the tables
picture   what was shown, as SVG
"""

from __future__ import annotations

from pathlib import Path


def run_demo(json_output: bool, exit_when_done: bool, svg: Path | None = None) -> int:
    """Play the demo; returns the exit code. `svg` is where a picture of the end goes."""
    from upheld.demo.run import run_demo as run

    return run(json_output, exit_when_done, svg)
