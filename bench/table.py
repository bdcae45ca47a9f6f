"""What is shown: one table, a line a figure, with what ran beside, and whether it reaches what it must."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bench.figures import LIMITS, Json, short_falls


def show(console: Console, results: Json) -> None:
    """The table, and a sentence for each figure that falls short."""
    table = Table(title="Upheld, measured", title_justify="left", pad_edge=False)
    for name, justify in (("figure", "left"), ("measured", "right"), ("beside", "left"), ("must be", "left")):
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    limits = {limit.path: limit for limit in LIMITS}
    for path, value in _figures(results):
        limit = limits.get(path)
        good = limit is None or limit.holds(value)
        table.add_row(
            path,
            Text(f"{value:,g}", style="" if good else "bold red"),
            _beside(path, results.get("detail", {})),
            f"{limit.rule} {limit.value:g}" if limit else "",
        )
    console.print(table)
    for sentence in short_falls(results):
        console.print(f"falls short: {sentence}")


def _figures(results: Json) -> Iterator[tuple[str, float]]:
    """Every figure with its path, in the order of the results; the detail is not shown."""
    for name, value in results.items():
        if name not in ("detail", "measured", "machine"):
            yield from _leaves(name, value)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, float]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(f"{path}.{name}", inner)
    elif isinstance(value, int | float):
        yield path, value


def _beside(path: str, detail: Json) -> str:
    """What the figure is compared with, and how far its rounds lay apart."""
    names = path.split(".")
    match names:
        case ["ratio_to_raw", service]:
            one = detail["ratio"][service]
            ours, raw = one["events_per_s"], one["raw_events_per_s"]
            return f"{ours['median']:,}/s ({_apart(ours)}); raw loop {raw['median']:,}/s ({_apart(raw)})"
        case ["latency_ms", rate, share]:
            one = detail["latency"]
            return f"{_apart(one[rate][share])}; raw hop {one['raw_hop_ms'][share]['median']:g} ms"
        case ["pipeline_issues_per_s"]:
            return _apart(detail["pipeline"]["issues_per_s"])
        case ["delivery_ratio", channel]:
            one = detail["delivery"][channel]
            ours, bare = one["issues_per_s"], one["bare_per_s"]
            return f"{ours['median']:,}/s ({_apart(ours)}); bare loop {bare['median']:,}/s ({_apart(bare)})"
        case ["http_accept_per_s", how]:
            return _apart(detail["accept"][how]["per_s"])
        case ["http_accept_p99_ms", how]:
            return _apart(detail["accept"][how]["p99_ms"])
        case ["accept_ratio_to_alerta"]:
            return f"Alerta {detail['accept']['alerta']['per_s']['median']:,}/s"
        case ["accept_ratio_to_django_helpdesk"]:
            return f"django-helpdesk {detail['accept']['django_helpdesk']['per_s']['median']:,}/s"
        case ["engine_us", part]:
            one = detail["engine"][part]
            return f"{_apart(one['us'])}; json.loads and dumps {one['json_us']['median']:g} us"
        case ["engine_rested_us", part]:
            return f"once every 20 ms; {detail['engine'][part]['us']['median']:g} us in a row"
        case ["sweep", many]:
            one = detail["sweep"][many]
            return f"{_apart(one['cpu_s'])}; swept in {one['seconds']['median']:g} s"
        case _:
            return ""


def _apart(one: Json) -> str:
    return f"±{one['spread'] / 2:.0%}"
