"""The bench runs: tiny counts on the real stack, with the real services as processes."""

from bench.measures import pipeline
from bench.run import QUICK, Bench
from upheld.stack import Stack


def _bench(stack: Stack) -> Bench:
    return Bench(stack, QUICK, lambda _: None)


async def test_the_pipeline_owes_one_delivery_an_issue_and_its_cost_is_told_by_process(stack: Stack) -> None:
    found = await pipeline.measure(_bench(stack))

    assert found["pipeline_issues_per_s"] > 0
    assert found["detail"]["owed_per_issue"] == 1.0
    assert set(found["pipeline_cpu_s_per_1000"]) >= {"intake", "triage", "status_monitor", "notifier", "total"}
