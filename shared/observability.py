"""Logs (structlog, JSON or console) and the metrics that every service has (Prometheus).

One canonical line a batch: service, events, outcome, milliseconds.
"""

import logging
import sys
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from shared.settings import Settings

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


class Metrics:
    """The numbers of one service process."""

    def __init__(self, service: str) -> None:
        self.registry = registry = CollectorRegistry()
        labels = {"service": service}
        self._labels = labels
        self.batches = Counter("upheld_batches", "Batches by outcome", ["service", "outcome"], registry=registry)
        self.events = Counter(
            "upheld_events", "Records consumed by topic and outcome", ["service", "topic", "outcome"], registry=registry
        )
        self.batch_seconds = Histogram(
            "upheld_batch_seconds",
            "Time from a batch's arrival to its commit",
            ["service"],
            registry=registry,
            buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
        )
        self.lag = Gauge("upheld_lag", "Records not yet handled", ["service", "topic", "partition"], registry=registry)
        self.outbox_age = Gauge(
            "upheld_outbox_age_seconds", "Age of the oldest event that is not out yet", ["service"], registry=registry
        )
        self.outbox_rows = Counter("upheld_relayed", "Events put on Kafka", ["service", "topic"], registry=registry)
        self.dead = Gauge(
            "upheld_dead_letters", "Dead letters that wait for someone", ["service", "state"], registry=registry
        )
        self.gaps = Counter("upheld_sequence_gaps", "Gaps seen in a ticket's sequence", ["service"], registry=registry)
        self.acts = Counter(
            "upheld_acts", "HTTP acts by kind and status", ["service", "kind", "status"], registry=registry
        )
        self.deliveries = Counter(
            "upheld_deliveries",
            "Deliveries by channel and outcome",
            ["service", "channel", "outcome"],
            registry=registry,
        )
        self.deliveries_open = Gauge(
            "upheld_deliveries_open", "Deliveries that are owed", ["service", "channel"], registry=registry
        )
        self.waiting = Gauge(
            "upheld_notifications_waiting", "Notifications that wait for a contact", ["service"], registry=registry
        )
        self.clocks_due = Gauge(
            "upheld_clocks_due", "Clocks past their due time that are not swept yet", ["service"], registry=registry
        )
        self.pages_failing = Gauge(
            "upheld_page_failing_seconds", "How long a page could not be read", ["service", "page"], registry=registry
        )
        self.stopped = Gauge(
            "upheld_consumer_stopped",
            "1 while the service does not consume because of a bug",
            ["service"],
            registry=registry,
        )
        self.stopped.labels(service).set(0)
        self.service = service
