"""Each service's events/s as a ratio to the raw loop's.

Measured: from the instant at which a service's input topic holds records (made by the real services before it) until it
has handled, committed and published all of them. One service runs, alone. An event is a record that it handles; intake
handles each issue, and its own TicketOpened when that comes back for the view.
Beside: the raw loop (`bench/raw.py`) in the same way on the same records, writing as many rows of the same size as the
service wrote (`ratio_to_raw`). In the detail also `to_own_rows`: the raw loop without the rows of inbox, sequences and
outbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from bench.drain import Drain, Round
from bench.figures import Json, middle, per_1000, rounds
from bench.gate import Progress, read_all
from bench.house import House, house_on
from bench.raw import IN, Shape, start_raw
from bench.run import Bench
from bench.shape import shape_of
from bench.world import Item, reference, reported, sliced
from shared.events import IssueReported, PriorityAssigned, StatusChanged, TicketOpened
from shared.settings import SERVICES, schema_of

Kind = type[IssueReported] | type[TicketOpened] | type[PriorityAssigned] | type[StatusChanged]
INPUT: dict[str, tuple[Kind, ...]] = {
    "intake": (IssueReported,),
    "triage": (TicketOpened,),
    "status-monitor": (TicketOpened, PriorityAssigned),
    "notifier": (StatusChanged,),
}
OUTPUT: dict[str, str | None] = {
    "intake": TicketOpened.type_name(),
    "triage": PriorityAssigned.type_name(),
    "status-monitor": StatusChanged.type_name(),
    "notifier": None,  # nothing is sent here: NotificationSent comes from the delivery
}
CLOSED = "http://127.0.0.1:9"
"""A webhook receiver's address at which nobody listens: what is owed is not sent."""


async def measure(bench: Bench) -> Json:
    """{ratio_to_raw, detail}"""
    bench.tell("ratio: recording what the services say of the issues")
    tape = await record(bench, [bench.sizes.warm_up, *[bench.sizes.drained] * bench.sizes.rounds])
    ratios, detail = {}, {}
    for service in SERVICES:
        found = await compare(bench, service, tape.inputs(service))
        ratios[schema_of(service)] = found["ratio"]
        detail[schema_of(service)] = found
    return {"ratio_to_raw": ratios, "detail": detail}


@dataclass(frozen=True, slots=True)
class Tape:
    """What was said of each part's tickets, in the order of time; and the issues themselves."""

    issues: list[list[Item]]
    tickets: list[list[Item]]

    def inputs(self, service: str) -> list[list[Item]]:
        """The input of a service, part by part."""
        types = {kind.type_name() for kind in INPUT[service]}
        return [
            [item for item in (*issues, *tickets) if item.header("ce_type") in types]
            for issues, tickets in zip(self.issues, self.tickets, strict=True)
        ]


async def record(bench: Bench, sizes: Sequence[int], *services: str) -> Tape:
    """Let the real services say what they say of so many issues, part by part."""
    issues = sliced(reported(sum(sizes)), sizes)
    chosen = services or ("intake", "triage", "status-monitor")
    async with house_on(bench.stack) as house, Progress(house.settings) as progress:
        await house.publish(reference(webhook=CLOSED))
        await house.start(*chosen)
        drains = [Drain.of(house, progress, service) for service in chosen]
        for part in issues:
            await drains[0].round(part)
            for drain in drains[1:]:
                await drain.settled()
        said = sorted(await read_all(house.settings, "tickets"), key=lambda item: item.header("ce_time"))
    of = {item.header("ce_id"): place for place, part in enumerate(issues) for item in part}
    parts: list[list[Item]] = [[] for _ in sizes]
    for item in said:
        parts[of[item.header("ce_correlationid")]].append(item)
    return Tape(issues, parts)


async def compare(bench: Bench, service: str, parts: Sequence[Sequence[Item]]) -> Json:
    """A service beside the raw loop on the same records: the first part warms up, each other one is a round."""
    async with house_on(bench.stack) as house, Progress(house.settings) as progress:
        await house.publish(reference(webhook=CLOSED))
        bench.tell(f"ratio: {service}")
        await house.start(service)
        drain = Drain.of(house, progress, service)
        done = [await drain.round(part) for part in parts][1:]
        await house.stop(service)
        said = [item for item in await read_all(house.settings, "tickets") if item.header("ce_type") == OUTPUT[service]]
        handled = [item for part in parts for item in part] + (said if service == "intake" else [])
        each = len(handled) / sum(map(len, parts))
        mean = sum(len(item.value) for item in said) // max(len(said), 1)
        whole, own = await shape_of(house, service, len(handled), len(said), mean)
        to_whole = await _raw(bench, house, progress, service, whole, handled)
        to_own = await _raw(bench, house, progress, service, own, handled)
    ours = [each * len(part) / one.seconds for one, part in zip(done, parts[1:], strict=True)]
    theirs = [len(handled) / one.seconds for one in to_whole]
    return {
        "ratio": round(median(ours) / median(theirs), 3),
        "to_own_rows": round(median(ours) / median(len(handled) / one.seconds for one in to_own), 3),
        "events_per_s": rounds(ours, 0),
        "raw_events_per_s": rounds(theirs, 0),
        "cpu_s_per_1000": middle([per_1000(one.cpu, round(each * len(parts[1]))) for one in done]),
        "raw_cpu_s_per_1000": middle([per_1000(one.cpu, len(handled)) for one in to_whole]),
        "rows_per_event": {name: [round(often, 3), size] for name, (often, size) in whole.rows.items()},
        "out_per_event": [round(whole.out, 3), mean],
    }


async def _raw(
    bench: Bench, house: House, progress: Progress, service: str, shape: Shape, handled: Sequence[Item]
) -> list[Round]:
    """Rounds of the raw loop over all that the service handled; the first one warms up."""
    bench.tell(f"ratio: the raw loop with {service}'s rows")
    await start_raw(house, shape)
    drain = Drain(house, progress, {"raw": [IN]})
    items = [replace(item, topic=IN) for item in handled]
    done = [await drain.round(items) for _ in range(bench.sizes.rounds + 1)]
    await house.stop("raw")
    return done[1:]
