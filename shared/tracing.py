"""Traces, where UPHELD_TRACES asks for them: one trace an issue, from its report to those who were told.

- While traces are off nothing imports this module, and nothing of OpenTelemetry's SDK.
- An event carries its trace in the header `traceparent`. Whoever handles it puts the span that does so in its place,
  so all that follows (events, deliveries, what time brings later) goes on from there.
- Work for many at once (a batch, a send, a group commit) is one span that is linked to each. Where all of it belongs to
  one trace it is a part of that trace, and so is its SQL; else it is a trace of its own.
- Nothing but these spans begins a trace: what polls and sweeps ask the database is not told.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

import structlog
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.asyncpg import AsyncPGInstrumentor
from opentelemetry.instrumentation.httpx import HTTPX2ClientInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanLimits, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import Decision, Sampler, SamplingResult
from opentelemetry.trace import Link, NonRecordingSpan, SpanContext, SpanKind, StatusCode, TraceFlags

from shared.envelope import Received, Record, trace_of

if TYPE_CHECKING:
    from shared.db import Tx

Attributes = Mapping[str, str | int]
_KAFKA: dict[str, str | int] = {"messaging.system": "kafka"}
_MOST_LINKS = 1000
"""A batch has no more records than this, by default."""


class Misconfigured(ValueError):
    """A variable that asks for something that is not there."""


def start(service: str) -> Tracing:
    """The traces of this process, sent by OTLP as the standard `OTEL_` variables say. Raises Misconfigured."""
    for name in ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"):
        if os.environ.get(name, "http/protobuf") != "http/protobuf":
            raise Misconfigured(f"{name} is {os.environ[name]!r}: traces are sent by http/protobuf only")
    provider = provider_of(service)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    instrument(provider)
    structlog.configure(processors=[_name_trace, *structlog.get_config()["processors"]])
    return Tracing(provider)


def provider_of(service: str) -> TracerProvider:
    """The service's own; the environment may name it otherwise, and choose another sampler."""
    resource = Resource.create()
    if str(resource.attributes["service.name"]).startswith("unknown_service"):
        resource = resource.merge(Resource({"service.namespace": "upheld", "service.name": service}))
    provider = TracerProvider(resource=resource, shutdown_on_exit=False, span_limits=SpanLimits(max_links=_MOST_LINKS))
    provider.sampler = _Begun(provider.sampler)
    return provider


def instrument(provider: TracerProvider) -> None:
    """What asyncpg and httpx2 do, as spans; with the present names of things, unless the environment says otherwise."""
    os.environ.setdefault("OTEL_SEMCONV_STABILITY_OPT_IN", "database,http")
    AsyncPGInstrumentor().instrument(tracer_provider=provider)  # type: ignore[no-untyped-call]
    HTTPX2ClientInstrumentor().instrument(tracer_provider=provider)


class _Begun(Sampler):
    """Asks the sampler of the environment, but never lets a client's call begin a trace."""

    def __init__(self, sampler: Sampler) -> None:
        self._sampler = sampler

    def should_sample(
        self,
        parent_context: Context | None,
        trace_id: int,
        name: str,
        kind: SpanKind | None = None,
        *args: Any,
        **kw: Any,
    ) -> SamplingResult:
        if kind is SpanKind.CLIENT and not trace.get_current_span(parent_context).get_span_context().is_valid:
            return SamplingResult(Decision.DROP)
        return self._sampler.should_sample(parent_context, trace_id, name, kind, *args, **kw)

    def get_description(self) -> str:
        return f"Begun({self._sampler.get_description()})"


class Tracing:
    """The spans of one service process."""

    def __init__(self, provider: TracerProvider) -> None:
        self.provider = provider
        self._tracer = provider.get_tracer("upheld")

    def current(self) -> str | None:
        """The span that runs now, as events carry it."""
        return _said(trace.get_current_span().get_span_context())

    def fail(self, reason: str) -> None:
        """The span that runs now did not come to what it was for."""
        trace.get_current_span().set_status(StatusCode.ERROR, reason)

    @contextmanager
    def work(
        self,
        name: str,
        causes: Iterable[str | None] = (),
        attributes: Attributes | None = None,
        kind: SpanKind = SpanKind.INTERNAL,
    ) -> Iterator[None]:
        """One piece of work for all these causes (each the `traceparent` of what asks for it, where it has one)."""
        contexts = [_parsed(cause) for cause in causes]
        known = {context.span_id: context for context in contexts if context is not None}
        one = len({context.trace_id for context in known.values()}) == 1 and all(contexts)
        parent = _under(next(iter(known.values())) if one else None)
        links = [Link(context) for context in known.values()]
        with self._tracer.start_as_current_span(name, parent, kind, attributes, links):
            yield

    def batch(self, records: Sequence[Record]) -> AbstractContextManager[None]:
        """The handling of these records: entered for as long as it takes, commit included."""
        topics = {record.topic for record in records}
        return self.work(
            _over("process", topics),
            [record.header("traceparent") for record in records],
            {
                **_KAFKA,
                **_destination(topics),
                "messaging.operation.name": "process",
                "messaging.operation.type": "process",
                "messaging.batch.message_count": len(records),
            },
            SpanKind.CONSUMER,
        )

    def adopt(self, tx: Tx, received: Sequence[Received[Any]]) -> list[Received[Any]]:
        """These events with the span that handles them as their trace.

        It is the batch's own where that is part of their trace; else each has a span of its own, linked to the batch's
        and ended by the commit: without one there was nothing of it.
        """
        batch = trace.get_current_span()
        current = batch.get_span_context()
        contexts = [_parsed(item.envelope.traceparent) for item in received]
        ours = {context.trace_id if context else None for context in contexts}
        if current.is_valid and (ours == {current.trace_id} or (ours == {None} and len(received) == 1)):
            return [_within(item, _said(current)) for item in received]
        begun = getattr(batch, "start_time", None)
        links = [Link(current)] if current.is_valid else []
        adopted = []
        for item, context in zip(received, contexts, strict=True):
            span = self._tracer.start_span(
                f"process {item.record.topic}", _under(context), SpanKind.CONSUMER, _of(item), links, start_time=begun
            )
            tx.after_commit(span.end)
            adopted.append(_within(item, _said(span.get_span_context())))
        return adopted

    def send(self, topics: Sequence[str], headers: Sequence[Mapping[str, str]]) -> AbstractContextManager[None]:
        """The sending of events with these headers, a topic each."""
        distinct = set(topics)
        return self.work(
            _over("send", distinct),
            [each.get("traceparent") for each in headers],
            {
                **_KAFKA,
                **_destination(distinct),
                "messaging.operation.name": "send",
                "messaging.operation.type": "send",
                "messaging.batch.message_count": len(topics),
            },
            SpanKind.PRODUCER,
        )

    @contextmanager
    def call(self, name: str, cause: str | None, attributes: Attributes) -> Iterator[None]:
        """A call to somebody outside, which this cause asks for."""
        with self._tracer.start_as_current_span(name, _under(_parsed(cause)), SpanKind.CLIENT, attributes):
            yield


def _name_trace(_logger: Any, _method: str, line: Any) -> Any:
    """The trace and the span in which a line was logged, so that one leads to the other."""
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        line["trace_id"], line["span_id"] = f"{context.trace_id:032x}", f"{context.span_id:016x}"
    return line


def _parsed(traceparent: str | None) -> SpanContext | None:
    if trace_of(traceparent) is None or traceparent is None:
        return None
    _, trace_id, span_id, flags = traceparent.split("-")
    context = SpanContext(int(trace_id, 16), int(span_id, 16), is_remote=True, trace_flags=TraceFlags(int(flags, 16)))
    return context if context.is_valid else None


def _under(parent: SpanContext | None) -> Context:
    """A context with this parent, or with none: never that of whatever runs around it."""
    return Context() if parent is None else trace.set_span_in_context(NonRecordingSpan(parent), Context())


def _said(context: SpanContext) -> str | None:
    if not context.is_valid:
        return None
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"


def _within(item: Received[Any], traceparent: str | None) -> Received[Any]:
    return item._replace(envelope=item.envelope._replace(traceparent=traceparent))


def _over(verb: str, topics: set[str]) -> str:
    return f"{verb} {next(iter(topics))}" if len(topics) == 1 else verb


def _destination(topics: set[str]) -> Attributes:
    return {"messaging.destination.name": next(iter(topics))} if len(topics) == 1 else {}


def _of(item: Received[Any]) -> Attributes:
    record, envelope = item.record, item.envelope
    return {
        **_KAFKA,
        "messaging.operation.name": "process",
        "messaging.operation.type": "process",
        "messaging.destination.name": record.topic,
        "messaging.destination.partition.id": str(record.partition),
        "messaging.kafka.offset": record.offset,
        "messaging.message.id": envelope.id,
        "cloudevents.event_id": envelope.id,
        "cloudevents.event_source": envelope.source,
        "cloudevents.event_type": envelope.type,
    }
