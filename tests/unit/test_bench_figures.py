"""The bench's arithmetic, and what is made of it."""

import io

from rich.console import Console

from bench import profiling, results, table
from bench.figures import LIMITS, Limit, middle, per_1000, percentile, rounds, short_falls, spread
from bench.multiply import Column, copied
from bench.world import reported, sliced


def test_a_percentile_is_the_smallest_value_that_so_many_do_not_exceed() -> None:
    values = [5.0, 1.0, 4.0, 2.0, 3.0]

    assert percentile(values, 0.5) == 3.0
    assert percentile(values, 0.99) == 5.0
    assert percentile(values, 0.2) == 1.0
    assert percentile([7.0], 0.01) == 7.0


def test_rounds_are_told_by_their_median_and_how_far_they_lie_apart() -> None:
    assert spread([90.0, 100.0, 110.0]) == 0.2
    assert rounds([1004.4, 990.6, 1010.2], 0) == {"median": 1004, "spread": 0.02, "rounds": [1004, 991, 1010]}


def test_cpu_is_told_per_thousand_by_process_with_its_total() -> None:
    assert per_1000({"intake": 3.0, "postgres": 1.5}, 5000) == {"intake": 0.6, "postgres": 0.3, "total": 0.9}
    assert middle([{"total": 1.0}, {"total": 3.0}, {"total": 2.0}]) == {"total": 2.0}


def test_a_figure_that_does_not_reach_its_limit_is_named_and_one_that_was_not_measured_is_not() -> None:
    assert short_falls({"ratio_to_raw": {"intake": 0.7, "triage": 0.49}, "growth_1m": 1.21}) == [
        "ratio_to_raw.triage is 0.49, not at least 0.5",
        "growth_1m is 1.21, not at most 1.2",
    ]


def test_the_limits_are_those_that_were_promised() -> None:
    assert {limit.path: (limit.rule, limit.value) for limit in LIMITS} == {
        "ratio_to_raw.intake": ("at least", 0.7),
        "ratio_to_raw.triage": ("at least", 0.5),
        "ratio_to_raw.status_monitor": ("at least", 0.5),
        "ratio_to_raw.notifier": ("at least", 0.5),
        "latency_ms.50.p50": ("at most", 35),
        "latency_ms.200.p50": ("at most", 60),
        "latency_ms.200.p99": ("at most", 150),
        "pipeline_issues_per_s": ("at least", 2000),
        "pipeline_cpu_s_per_1000.total": ("at most", 0.8),
        "delivery_ratio.webhook": ("at least", 0.6),
        "delivery_ratio.email": ("at least", 0.6),
        "http_accept_per_s.alone": ("at least", 1500),
        "http_accept_p99_ms.alone": ("at most", 50),
        "accept_ratio_to_alerta": ("at least", 10),
        "growth_1m": ("at most", 1.2),
        "sweep_ratio_1m": ("at most", 1.2),
    }


def test_a_part_that_is_measured_again_leaves_the_others_as_they_were() -> None:
    before = {
        "pipeline_issues_per_s": 1000,
        "latency_ms": {"50": {"p50": 30.0}},
        "detail": {"pipeline": {"a": 1}, "latency": {"b": 2}},
        "measured": {"pipeline": {"at": "then", "commit": "c1", "seconds": 9}, "latency": {"at": "then"}},
    }
    found = {"pipeline_issues_per_s": 2000, "detail": {"a": 3}}

    after = results.merged(before, "pipeline", found, 12.4, "c2", 0.0312)

    assert after["pipeline_issues_per_s"] == 2000
    assert after["latency_ms"] == {"50": {"p50": 30.0}}
    assert after["detail"] == {"pipeline": {"a": 3}, "latency": {"b": 2}}
    assert after["measured"]["latency"] == {"at": "then"}
    assert after["measured"]["pipeline"]["commit"] == "c2"
    assert after["measured"]["pipeline"]["seconds"] == 12
    assert after["measured"]["pipeline"]["others_cores"] == 0.031


def test_the_table_shows_each_figure_with_what_ran_beside_and_says_what_falls_short() -> None:
    shown = io.StringIO()
    whole = {
        "ratio_to_raw": {"intake": 0.5},
        "detail": {
            "ratio": {
                "intake": {
                    "events_per_s": {"median": 5000, "spread": 0.1},
                    "raw_events_per_s": {"median": 10000, "spread": 0.04},
                }
            }
        },
    }

    table.show(Console(file=shown, width=150), whole)

    lines = shown.getvalue().splitlines()
    assert any("0.5" in line and "5,000/s (±5%); raw loop 10,000/s (±2%)" in line for line in lines)
    assert lines[-1] == "falls short: ratio_to_raw.intake is 0.5, not at least 0.7"


def test_a_limit_finds_no_figure_where_the_results_have_another_shape() -> None:
    limit = Limit("latency_ms.50.p50", "at most", 35, "")

    assert limit.of({"latency_ms": 12}) is None
    assert limit.of({"latency_ms": {"50": {"p50": 12}}}) == 12.0


def test_every_issue_of_the_bench_is_another_one_and_has_all_its_facts() -> None:
    warm_up, counted = sliced(reported(5), [2, 3])

    assert (len(warm_up), len(counted)) == (2, 3)
    assert len({item.header("ce_id") for item in [*warm_up, *counted]}) == 5
    assert [item.key for item in warm_up] == [b"account-0", b"account-1"]
    assert b'"environment":"production"' in warm_up[0].value


def test_a_profile_counts_functions_alone_and_with_what_they_called_and_leaves_waiting_out() -> None:
    found = profiling.Profile("triage", "a drain")

    profiling.add_samples(
        found,
        [
            "run (shared/service/app.py);on_tickets (services/triage/handlers.py) 3",
            "run (shared/service/app.py);on_tickets (services/triage/handlers.py);dump (pydantic/main.py) 5",
            "run (shared/service/app.py);EpollSelector.select (selectors.py) 40",
            "",
        ],
    )

    assert found.samples == 8
    assert found.waiting == 40
    assert found.alone == {"on_tickets (services/triage/handlers.py)": 3, "dump (pydantic/main.py)": 5}
    assert found.within["on_tickets (services/triage/handlers.py)"] == 8
    assert found.parts == {"services/triage": 3, "pydantic": 5}


def test_a_copied_ticket_has_other_ids_an_earlier_time_and_the_same_size() -> None:
    def expression(name: str, kind: str, *, unique: bool = True, distinct: int = 500, length: int = 0) -> str:
        return copied(Column(name, kind, unique, distinct, length), 500)

    assert expression("ticket_id", "uuid", unique=False) == "md5(t.\"ticket_id\"::text || '/' || g)::uuid"
    assert expression("id", "text", length=36) == "md5(t.\"id\" || '/' || g)::uuid::text"
    assert expression("id", "text", length=32) == "md5(t.\"id\" || '/' || g)"
    assert expression("number", "text", length=7) == "t.\"number\" || '-' || g"
    assert expression("destination", "text", distinct=100, length=30) == 't."destination"'
    assert expression("state", "text", unique=False) == 't."state"'
    assert expression("opened_at", "timestamp with time zone") == "t.\"opened_at\" - g * interval '1 second'"
    assert expression("next_due", "timestamp with time zone") == "t.\"next_due\" + interval '30 days'"
