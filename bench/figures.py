"""The bench's arithmetic: rounds, percentiles, ratios, and what the figures must reach. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

Json = dict[str, Any]


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest rank: the smallest value that at least this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]


def spread(values: Sequence[float]) -> float:
    """How far the rounds lie apart: (largest - smallest) / median; 0.1 means ten per cent."""
    middle = median(values)
    return (max(values) - min(values)) / middle if middle else 0.0


def rounds(values: Sequence[float], digits: int = 1) -> Json:
    """What several rounds came to: their median, their spread, and each of them."""
    return {
        "median": rounded(median(values), digits),
        "spread": round(spread(values), 3),
        "rounds": [rounded(value, digits) for value in values],
    }


def rounded(value: float, digits: int) -> float:
    """Rounded, and a whole number where no digits are wanted."""
    return round(value, digits) if digits else round(value)


def per_1000(cpu: Mapping[str, float], count: int) -> dict[str, float]:
    """CPU seconds per thousand of something by process, with their `total`."""
    each = {name: seconds / count * 1000 for name, seconds in cpu.items()}
    return {name: round(seconds, 3) for name, seconds in {**each, "total": sum(each.values())}.items()}


def middle(samples: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The median of each name over all samples."""
    return {name: round(median(sample[name] for sample in samples), 3) for name in samples[0]}


@dataclass(frozen=True, slots=True)
class Limit:
    """What a figure must reach: `path` leads to it in the results."""

    path: str
    rule: Literal["at least", "at most"]
    value: float
    words: str

    def of(self, results: Mapping[str, Any]) -> float | None:
        """The figure; None where it was not measured."""
        found: Any = results
        for name in self.path.split("."):
            if not isinstance(found, Mapping) or name not in found:
                return None
            found = found[name]
        return float(found) if isinstance(found, int | float) else None

    def holds(self, figure: float) -> bool:
        return figure >= self.value if self.rule == "at least" else figure <= self.value


LIMITS = (
    Limit("ratio_to_raw.intake", "at least", 0.7, "intake's events/s to the raw loop's"),
    Limit("ratio_to_raw.triage", "at least", 0.5, "triage's events/s to the raw loop's"),
    Limit("ratio_to_raw.status_monitor", "at least", 0.5, "status-monitor's events/s to the raw loop's"),
    Limit("ratio_to_raw.notifier", "at least", 0.5, "notifier's events/s to the raw loop's"),
    Limit("latency_ms.50.p50", "at most", 35, "ms from IssueReported to NotificationSent at 50/s, median"),
    Limit("latency_ms.200.p50", "at most", 60, "ms at 200/s, median"),
    Limit("latency_ms.200.p99", "at most", 150, "ms at 200/s, p99"),
    Limit("pipeline_issues_per_s", "at least", 2000, "issues/s until every owed delivery is committed"),
    Limit("pipeline_cpu_s_per_1000.total", "at most", 0.8, "CPU seconds per 1,000 issues, all processes"),
    Limit("delivery_ratio.webhook", "at least", 0.6, "issues/s until delivered by webhook to a bare loop's"),
    Limit("delivery_ratio.email", "at least", 0.6, "issues/s until delivered by mail to a bare loop's"),
    Limit("http_accept_per_s.alone", "at least", 1500, "POST /v1/issues per second, 32 connections, intake alone"),
    Limit("http_accept_p99_ms.alone", "at most", 50, "ms of one such request, p99"),
    Limit("accept_ratio_to_alerta", "at least", 10, "accepted/s to Alerta's"),
    Limit("growth_1m", "at most", 1.2, "CPU per issue with 1,000,000 tickets to that with 10,000"),
    Limit("sweep_ratio_1m", "at most", 1.2, "CPU per 1,000 due with 1,000,000 open tickets to that with 100,000"),
)


def short_falls(results: Mapping[str, Any]) -> list[str]:
    """A sentence for each figure that was measured and does not reach its limit."""
    found = []
    for limit in LIMITS:
        figure = limit.of(results)
        if figure is not None and not limit.holds(figure):
            found.append(f"{limit.path} is {figure:g}, not {limit.rule} {limit.value:g}")
    return found
