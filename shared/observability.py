"""Logs (structlog, JSON or console) and the metrics that every service has (Prometheus).

One canonical line a batch: service, events, outcome, milliseconds.
"""

import logging
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import structlog
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

from shared.settings import Settings

disable_created_metrics()  # type: ignore[no-untyped-call]
log: structlog.stdlib.BoundLogger = structlog.get_logger()


def configure_logging(settings: Settings, service: str) -> None:
    """One line an event, on stderr; colours only on a terminal."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: Any
    if settings.log_format == "json":
        renderer = structlog.processors.JSONRenderer(default=str)
        shared.append(structlog.processors.format_exc_info)
    else:
        renderer = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    level = getattr(logging, settings.log_level.upper())
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service)
    # Libraries speak through the same line format, and only when something is wrong.
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer], foreign_pre_chain=shared
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(level, logging.WARNING))


SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
"""Bounds of what customers wait for: from one hop to five minutes."""
BATCH_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The numbers of one service process. What counts rare things begins at 0, so that the first one is an increase."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.info = self._gauge("upheld_info", "1, with the version that runs", "version")
        self.ready = self._gauge("upheld_ready", "1 while nothing is missing; /readyz says what is")
        self.batches = self._counter("upheld_batches", "Batches by outcome", "outcome")
        self.events = self._counter("upheld_events", "Records consumed by topic and outcome", "topic", "outcome")
        self.batch_seconds = self._histogram(
            "upheld_batch_seconds", "Time from a batch's arrival to its commit", buckets=BATCH_SECONDS
        )
        self.record_age = self._histogram(
            "upheld_record_age_seconds", "Time from the append of a batch's oldest record to the batch's commit"
        )
        self.lag = self._gauge("upheld_lag", "Records not yet handled", "topic", "partition")
        self.lag_seconds = self._gauge(
            "upheld_lag_seconds", "How long ago all of the partition was handled; 0 while it is", "topic", "partition"
        )
        self.stopped = self._gauge("upheld_consumer_stopped", "1 while the service does not consume because of a bug")
        self.gaps = self._counter("upheld_sequence_gaps", "Gaps seen in a ticket's sequence")
        self.dead = self._gauge("upheld_dead_letters", "Dead letters that wait for someone", "state")
        self.relay_leading = self._gauge("upheld_relay_leading", "1 in the process that puts the outbox on Kafka")
        self.outbox_age = self._gauge("upheld_outbox_age_seconds", "Age of the oldest event that is not out yet")
        self.outbox_rows = self._counter("upheld_relayed", "Events put on Kafka", "topic")
        self.http = self._histogram(
            "upheld_http_seconds", "Time from a request to the head of its answer", "method", "route", "status"
        )
        self.acts = self._counter("upheld_acts", "HTTP acts by kind and status", "kind", "status")
        self.issue_to_notification = self._histogram(
            "upheld_issue_to_notification_seconds",
            "Time from an issue (accepted, appended or first observed) to the first notification that was accepted",
        )
        self.clock_entries = self._counter(
            "upheld_clock_entries", "What happened to promised clocks: met, breached, at-risk, ...", "clock", "kind"
        )
        self.clocks_due = self._gauge("upheld_clocks_due", "Tickets on which something came due and is not swept yet")
        self.pages_failing = self._gauge("upheld_page_failing_seconds", "How long a page could not be read", "page")
        self.deliveries = self._counter("upheld_deliveries", "Deliveries by channel and outcome", "channel", "outcome")
        self.delivery_seconds = self._histogram(
            "upheld_delivery_seconds", "Time from when a delivery was owed to its acceptance", "channel"
        )
        self.deliveries_open = self._gauge("upheld_deliveries_open", "Deliveries that are owed", "channel")
        self.deliveries_oldest = self._gauge(
            "upheld_deliveries_oldest_seconds", "For how long the oldest of them is owed", "channel"
        )
        self.waiting = self._gauge("upheld_notifications_waiting", "Notifications that wait for a contact")
        self.info.labels(service, version("upheld")).set(1)
        for rare in (self.gaps, self.stopped, self.relay_leading):
            rare.labels(service)
        for outcome in ("handled", "retried", "waits"):
            self.batches.labels(service, outcome)

    def _counter(self, name: str, says: str, *labels: str) -> Counter:
        return Counter(name, says, ["service", *labels], registry=self.registry)

    def _gauge(self, name: str, says: str, *labels: str) -> Gauge:
        return Gauge(name, says, ["service", *labels], registry=self.registry)

    def _histogram(self, name: str, says: str, *labels: str, buckets: Sequence[float] = SECONDS) -> Histogram:
        return Histogram(name, says, ["service", *labels], registry=self.registry, buckets=buckets)
