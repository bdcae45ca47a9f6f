"""Traces that are off cost nothing; on, they are sent by OTLP as the standard variables say."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, cast

import pytest
import structlog
from opentelemetry.instrumentation.asyncpg import AsyncPGInstrumentor
from opentelemetry.instrumentation.httpx import HTTPX2ClientInstrumentor
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from services.status_monitor.domain import due, states
from services.status_monitor.domain.ticket import Ticket
from services.status_monitor.handlers.book import Book
from services.status_monitor.store.tickets import Row
from shared.envelope import Envelope
from shared.outbox import Outgoing
from shared.refdata import Policies
from shared.service.app import StartError
from shared.service.process import tracing_of
from shared.settings import Settings
from shared.tracing import start
from tests.support.status import TICKET, at, opened

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Collector(HTTPServer):
    """Takes what an OTLP exporter sends, and keeps it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taker)
        self.paths: list[str] = []
        self.taken: list[ExportTraceServiceRequest] = []

    @property
    def spans(self) -> list[tuple[str, str]]:
        """Service and name of each span."""
        return [
            (next(a.value.string_value for a in each.resource.attributes if a.key == "service.name"), span.name)
            for request in self.taken
            for each in request.resource_spans
            for scope in each.scope_spans
            for span in scope.spans
        ]


class _Taker(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        self.server.paths.append(self.path)
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.taken.append(ExportTraceServiceRequest.FromString(body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    with Collector() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
        configured = structlog.get_config()
        yield server
        structlog.configure(**configured)
        AsyncPGInstrumentor().uninstrument()
        HTTPX2ClientInstrumentor().uninstrument()
        server.shutdown()
        thread.join()


def test_traces_are_off_unless_asked_for_and_then_nothing_of_them_is_loaded() -> None:
    code = (
        "import sys; from shared.service.app import App; from shared.service.process import tracing_of\n"
        "from shared.settings import Settings\n"
        "from services.intake.app import service as a; from services.triage.app import service as b\n"
        "from services.status_monitor.app import service as c; from services.notifier.app import service as d\n"
        "apps = [App(each, Settings(), tracing_of(Settings(), each.name)) for each in (a, b, c, d)]\n"
        "assert not any(app.tracing or app.db.tracing or app.web.api._native_telemetry.enabled() for app in apps)\n"
        "print(sorted(name for name in sys.modules if name.startswith(('shared.tracing', 'opentelemetry.sdk',"
        " 'opentelemetry.exporter', 'opentelemetry.instrumentation'))))"
    )

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)

    assert (ran.stdout, ran.stderr) == ("[]\n", "")


def test_spans_are_sent_by_otlp_under_the_service_s_name(collector: Collector) -> None:
    tracing = start("intake")
    with tracing.work("acts", [TRACE]):
        said = tracing.current()
    tracing.provider.shutdown()

    assert collector.paths == ["/v1/traces"]
    assert collector.spans == [("intake", "acts")]
    assert said is not None
    assert said.split("-")[1] == TRACE.split("-")[1]


def test_name_and_sampler_are_those_of_the_environment(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "upheld-eu")
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "parentbased_always_off")

    tracing = start("intake")
    with tracing.work("not sampled"):
        said = tracing.current()
    with tracing.work("sampled by who called", [TRACE]):
        pass
    tracing.provider.shutdown()

    assert collector.spans == [("upheld-eu", "sampled by who called")]
    assert said is not None
    assert said.endswith("-02"), "what is not sampled is passed on as such"


def test_a_line_of_the_log_names_its_trace(collector: Collector, capsys: pytest.CaptureFixture[str]) -> None:
    structlog.configure(processors=[structlog.processors.JSONRenderer(sort_keys=True)])
    tracing = start("intake")
    logger = structlog.get_logger()

    with tracing.work("acts", [TRACE]):
        logger.warning("batch")
    logger.warning("idle")
    tracing.provider.shutdown()

    within, outside = capsys.readouterr().out.splitlines()
    assert '"trace_id": "0af7651916cd43dd8448eb211c80319c"' in within
    assert outside == '{"event": "idle"}'


def test_a_protocol_that_is_not_spoken_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")

    with pytest.raises(
        StartError, match="OTEL_EXPORTER_OTLP_PROTOCOL is 'grpc': traces are sent by http/protobuf only"
    ):
        tracing_of(Settings(traces=True), "intake")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "shared.tracing")
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)

    with pytest.raises(StartError, match=r"UPHELD_TRACES is on, but opentelemetry\S+ is not installed: pip install"):
        tracing_of(Settings(traces=True), "intake")


def test_an_event_goes_on_with_its_cause_s_trace_and_else_with_that_of_the_work_that_makes_it() -> None:
    cause = Envelope("1", "crm", "upheld.issuereported.v1", None, NOW, traceparent=TRACE)
    other = TRACE.replace("b7ad", "0000")

    def trace_of(cause: Envelope | None, work: str | None) -> str | None:
        return Outgoing(opened(), "id", NOW, cause).envelope("intake", work).traceparent

    assert trace_of(cause, other) == TRACE
    assert trace_of(None, other) == other
    assert trace_of(None, None) is None


def test_what_time_brings_belongs_to_the_trace_in_which_the_ticket_was_opened() -> None:
    cause = Envelope("e-1", "intake", "upheld.ticketopened.v1", "UP-1", at(0), 1, TRACE, "thread")
    rows = {TICKET: Row(Ticket(ticket_id=TICKET), None, at(0))}
    with Book(cast(Any, None), rows, Policies(()), at(0)).turn(TICKET, cause) as turn:
        states.on_opened(turn, opened(), cause=cause)

    later = Book(cast(Any, None), rows, Policies(()), at(1))
    with later.turn(TICKET) as turn:
        due.sweep(turn, at(1), at(1))

    (initial,) = [out.envelope("status-monitor") for out in later._out]
    assert (initial.sequence, initial.traceparent, initial.correlation_id) == (1, TRACE, "thread")
