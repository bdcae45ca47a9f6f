"""One trace an issue, across Kafka, Postgres and HTTP, seen by an exporter in memory; and the metrics of the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest_asyncio
from opentelemetry.instrumentation.asyncpg import AsyncPGInstrumentor
from opentelemetry.instrumentation.httpx import HTTPX2ClientInstrumentor
from opentelemetry.instrumentation.utils import suppress_instrumentation
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind

from shared.envelope import Envelope
from shared.events import Contact, IssueReported, Reporter
from shared.tracing import Tracing, instrument, provider_of
from tests.support.desk import SECRET
from tests.support.feeds import FakePage, serve
from tests.support.scrape import scrape
from tests.support.space import Message, Space, make_space
from tests.support.waiting import until
from upheld.receivers import WebhookReceiver
from upheld.stack import Stack

SERVICES = ["intake", "triage", "status-monitor", "notifier"]
CUSTOMER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
CRM = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
ERP = "00-a3ce929d0e0e47364bf92f3577b34da6-00f067aa0ba902b8-01"


@dataclass
class Traced:
    """Four traced services, an account with a webhook, a page that shows nothing yet, and what was exported."""

    space: Space
    hook: WebhookReceiver
    page: FakePage
    exporter: InMemorySpanExporter

    def of(self, trace: str | int) -> list[ReadableSpan]:
        """The spans of a trace, in the order of their beginning."""
        wanted = int(trace.split("-")[1], 16) if isinstance(trace, str) else trace
        spans = [span for span in self.exporter.get_finished_spans() if span.context.trace_id == wanted]
        return sorted(spans, key=lambda span: span.start_time or 0)

    def way_to(self, trace: str, span: int) -> list[ReadableSpan]:
        """From the first span of a trace down to this one."""
        by_id = {each.context.span_id: each for each in self.of(trace)}
        way: list[ReadableSpan] = []
        while (found := by_id.get(span)) is not None:
            way.insert(0, found)
            span = parent(found)
        return way

    async def told(self, issue: str) -> Message:
        """The first NotificationSent of this issue's ticket."""

        async def found() -> Message | None:
            opened = [m for m in await self.space.read("tickets") if m.headers["ce_type"] == "upheld.ticketopened.v1"]
            tickets = {m.key for m in opened if m.json["issue"]["issue_id"] == issue}
            return next((m for m in await self.space.read("notifications") if m.key in tickets), None)

        return await until(f"somebody was told of {issue}", found)

    async def spans(self, trace: str | int, service: str, name: str) -> list[ReadableSpan]:
        """The spans with this name that a service ended in a trace, once there is one."""

        async def found() -> list[ReadableSpan]:
            return [span for span in self.of(trace) if span.name == name and of_service(span) == service]

        return await until(f"{service} ended {name}", found)


def of_service(span: ReadableSpan) -> str:
    return str(span.resource.attributes["service.name"])


def about(span: ReadableSpan) -> dict[str, Any]:
    return dict(span.attributes or {})


def parent(span: ReadableSpan) -> int:
    assert span.parent is not None
    return span.parent.span_id


def linked(span: ReadableSpan) -> set[int]:
    return {link.context.span_id for link in span.links}


def span_id(traceparent: str) -> int:
    return int(traceparent.split("-")[2], 16)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def traced(prepared: Stack) -> AsyncIterator[Traced]:
    exporter = InMemorySpanExporter()
    providers = []

    def tracing_of(service: str) -> Tracing:
        provider = provider_of(service)
        provider.add_span_processor(SimpleSpanProcessor(exporter))
        providers.append(provider)
        return Tracing(provider)

    instrument(tracing_of("client").provider)
    try:
        async with WebhookReceiver() as hook, serve(FakePage()) as page:
            space = await make_space(
                prepared.kafka,
                prepared.database_url,
                webhook_allow_private=True,
                status_pages=f"northwind={page.url}",
                poll_seconds=0.5,
            )
            space.traces = tracing_of
            await space.start(*SERVICES)
            await space.policy()
            contact = Contact(name="Hook", channel="webhook", address=hook.url(), secret=SECRET)
            await space.account("acme", plan="business", services=("voice",), contacts=[contact])
            yield Traced(space, hook, page, exporter)
            await space.stop()
    finally:
        AsyncPGInstrumentor().uninstrument()
        HTTPX2ClientInstrumentor().uninstrument()
        for provider in providers:
            provider.shutdown()


def issue(id: str) -> IssueReported:
    return IssueReported(
        issue_id=id,
        reporter=Reporter(name="Ann", account="acme"),
        services=("voice",),
        environment="production",
        impact="outage",
        description="Calls fail with 503",
        began_at=datetime.now(UTC),
        ongoing=True,
    )


async def test_an_issue_over_http_is_one_trace_from_the_customer_s_own_span_to_the_customer_s_receiver(
    traced: Traced,
) -> None:
    key = await traced.space.key("customer", account="acme")
    body = issue("by-http").model_dump(mode="json", exclude_none=True, exclude={"initiator"})

    async with traced.space.http("intake", key) as client:
        with suppress_instrumentation():  # the customer is another process, whose spans are not ours
            answer = await client.post("/v1/issues", json=body, headers={"traceparent": CUSTOMER})
    assert answer.status_code == 201, answer.text
    sent = await traced.told("by-http")
    handled = span_id(sent.headers["traceparent"])
    deliveries = await traced.spans(CUSTOMER, "notifier", "deliver webhook")
    settles = await traced.spans(CUSTOMER, "notifier", "settle")
    await traced.spans(CUSTOMER, "intake", "send tickets")

    assert sent.headers["traceparent"].split("-")[1] == CUSTOMER.split("-")[1]
    way = traced.way_to(CUSTOMER, handled)
    assert [(of_service(span), span.name, span.kind) for span in way] == [
        ("intake", "POST /v1/issues", SpanKind.SERVER),
        ("triage", "process tickets", SpanKind.CONSUMER),
        ("status-monitor", "process tickets", SpanKind.CONSUMER),
        ("notifier", "process tickets", SpanKind.CONSUMER),
    ]
    server, triage, *_ = way
    assert parent(server) == span_id(CUSTOMER)
    assert about(server)["http.route"] == "/v1/issues"
    assert about(server)["http.response.status_code"] == 201
    assert linked(triage) == {server.context.span_id}
    assert about(triage) == {
        "messaging.system": "kafka",
        "messaging.destination.name": "tickets",
        "messaging.operation.name": "process",
        "messaging.operation.type": "process",
        "messaging.batch.message_count": 1,
    }
    (acts,) = await traced.spans(CUSTOMER, "intake", "acts")
    assert parent(acts) == server.context.span_id
    (deliver,) = [span for span in deliveries if about(span)["upheld.delivery"] == sent.json["notification_id"]]
    assert [deliver.kind, parent(deliver)] == [SpanKind.CLIENT, handled]
    assert handled in {parent(span) for span in settles}
    (receipt,) = [receipt for receipt in traced.hook.receipts if receipt.id == sent.json["notification_id"]]
    assert receipt.headers["traceparent"] == f"00-{CUSTOMER.split('-')[1]}-{deliver.context.span_id:016x}-01"


async def test_every_service_s_sql_is_in_the_trace_and_nothing_in_it_hangs_in_the_air(traced: Traced) -> None:
    await traced.spans(CUSTOMER, "notifier", "settle")
    spans = traced.of(CUSTOMER)
    of_span = {span.context.span_id: of_service(span) for span in spans}

    sql = [span for span in spans if about(span).get("db.system.name") == "postgresql"]

    assert {of_span[parent(span)] for span in sql} == set(SERVICES)
    assert any("INSERT INTO inbox" in about(span)["db.query.text"] for span in sql)
    assert {parent(span) for span in spans} - of_span.keys() == {span_id(CUSTOMER)}


async def test_issues_of_one_batch_keep_their_own_traces_and_the_batch_is_linked_to_them(traced: Traced) -> None:
    await traced.space.stop("intake")
    for id, trace in (("crm-1", CRM), ("erp-1", ERP), ("nobody-s", None)):
        envelope = Envelope(id, "crm", IssueReported.type_name(), None, datetime.now(UTC), traceparent=trace)
        await traced.space.put_raw("issues", issue(id).encode(), partition=0, headers=envelope.headers())
    await traced.space.start("intake")

    traces = [(await traced.told(id)).headers["traceparent"] for id in ("crm-1", "erp-1", "nobody-s")]

    sent = [trace.split("-")[1] for trace in traces]
    assert sent[:2] == [CRM.split("-")[1], ERP.split("-")[1]]
    for trace in traces[:2]:
        await traced.spans(trace, "notifier", "deliver webhook")
        assert [of_service(span) for span in traced.way_to(trace, span_id(trace))] == SERVICES
    (crm,) = await traced.spans(CRM, "intake", "process issues")
    (erp,) = await traced.spans(ERP, "intake", "process issues")
    (own,) = await traced.spans(int(sent[2], 16), "intake", "process issues")
    assert [parent(crm), parent(erp), own.parent] == [span_id(CRM), span_id(ERP), None]
    (batch,) = [
        span
        for span in traced.exporter.get_finished_spans()
        if span.name == "process issues" and about(span).get("messaging.batch.message_count") == 3
    ]
    assert batch.parent is None
    assert linked(batch) == {span_id(CRM), span_id(ERP)}
    assert linked(crm) == linked(erp) == linked(own) == {batch.context.span_id}
    assert about(crm)["messaging.destination.partition.id"] == "0"
    assert about(crm)["cloudevents.event_id"] == "crm-1"


async def test_an_incident_s_trace_begins_with_the_reading_of_the_page_that_showed_it(traced: Traced) -> None:
    async def of_page() -> Message | None:
        opened = [m for m in await traced.space.read("tickets") if m.headers["ce_type"] == "upheld.ticketopened.v1"]
        return next((m for m in opened if m.json["source"] == "status-monitor"), None)

    traced.page.load()
    ticket = await until("a ticket of an incident", of_page)

    trace = ticket.headers["traceparent"].split("-")[1]
    (poll,) = await traced.spans(int(trace, 16), "status-monitor", "poll page")
    assert poll.parent is None
    assert about(poll)["upheld.page"] == "northwind"
    calls = [span for span in traced.of(int(trace, 16)) if "url.full" in about(span)]
    assert {parent(span) for span in calls} == {poll.context.span_id}
    assert len(calls) == 4


async def test_what_polls_and_sweeps_ask_the_database_begins_no_trace(traced: Traced) -> None:
    begun = {span.name for span in traced.exporter.get_finished_spans() if span.parent is None}

    assert begun <= {"process", "acts", "poll page", "settle", "send"} | {
        f"{verb} {topic}"
        for verb in ("process", "send")
        for topic in ("issues", "tickets", "notifications", "accounts", "policies", "access")
    }


async def test_whoever_is_on_call_sees_latency_deliveries_clocks_and_who_leads(traced: Traced) -> None:
    await traced.told("nobody-s")
    async with traced.space.http("intake") as client:
        await client.get("/nowhere")
        await client.post("/v1/issues", json={})

    intake, triage, monitor, notifier = [await scrape(traced.space, traced.space.app(service)) for service in SERVICES]

    for samples in (intake, triage, monitor, notifier):
        assert samples["upheld_ready",] == 1
        assert samples["upheld_relay_leading",] == 1
        assert samples["upheld_sequence_gaps_total",] == 0
        assert samples["process_start_time_seconds",] > 0
        assert samples["upheld_record_age_seconds_count",] == samples["upheld_batch_seconds_count",] > 0
    assert intake["upheld_http_seconds_count", "POST", "/v1/issues", "4xx"] == 1
    assert intake["upheld_http_seconds_count", "GET", "none", "4xx"] == 1
    assert monitor["upheld_issue_to_notification_seconds_count",] >= 4
    assert monitor["upheld_clock_entries_total", "first_response", "activated"] >= 4
    assert monitor["upheld_clock_entries_total", "first_response", "breached"] == 0
    assert notifier["upheld_delivery_seconds_count", "webhook"] >= 4
    assert notifier["upheld_deliveries_total", "webhook", "failed"] == 0
    assert notifier["upheld_deliveries_oldest_seconds", "email"] == 0
