"""The bench runs: tiny counts on the real stack, with the real services as processes."""

from bench.measures import pipeline, ratio, sweep
from bench.run import QUICK, Bench
from bench.world import reported, sliced
from upheld.stack import Stack


def _bench(stack: Stack) -> Bench:
    return Bench(stack, QUICK, lambda _: None)


async def test_the_pipeline_owes_one_delivery_an_issue_and_its_cost_is_told_by_process(stack: Stack) -> None:
    found = await pipeline.measure(_bench(stack))

    assert found["pipeline_issues_per_s"] > 0
    assert found["detail"]["owed_per_issue"] == 1.0
    assert set(found["pipeline_cpu_s_per_1000"]) >= {"intake", "triage", "status_monitor", "notifier", "total"}


async def test_a_service_stands_beside_a_raw_loop_that_handles_the_same_records_and_writes_as_many_rows(
    stack: Stack,
) -> None:
    found = await ratio.compare(_bench(stack), "intake", sliced(reported(80), [20, 60]))

    assert found["events_per_s"]["median"] > 0
    assert found["raw_events_per_s"]["median"] > 0
    # An issue and its TicketOpened, read back for the view, are two events.
    assert found["rows_per_event"]["tickets"][0] == 0.5
    assert found["out_per_event"][0] == 0.5


async def test_every_ticket_that_comes_due_is_warned_of_once_and_its_cost_is_told_for_each_number_of_open_ones(
    stack: Stack,
) -> None:
    found = await sweep.measure(_bench(stack))

    assert list(found["sweep"]) == ["open_1000", "open_1500", "open_2000"]
    assert all(cost > 0 for cost in found["sweep"].values())
    assert found["sweep_ratio_1m"] > 0
    assert set(found["detail"]["open_1000"]["cpu_s_per_1000"]) >= {"status_monitor", "total"}
