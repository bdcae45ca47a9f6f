"""The alerts and the dashboard: valid, tried one by one, explained, and about metrics that there are."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.metrics import MetricWrapperBase

from shared.observability import Metrics
from shared.settings import SERVICES, Settings
from tests.support.promtool import fetch, promtool

ROOT = Path(__file__).parents[2]
HERE = ROOT / "deploy" / "observability"
RULES = sorted((HERE / "rules").glob("*.yml"))
TESTS = sorted((HERE / "rules" / "tests").glob("*.yml"))
ALERTS: list[dict[str, Any]] = [
    rule for file in RULES for group in yaml.safe_load(file.read_text())["groups"] for rule in group["rules"]
]
NAMES = [alert["alert"] for alert in ALERTS]
DASHBOARD = json.loads((HERE / "grafana" / "dashboards" / "upheld.json").read_text())
QUERIES = [target["expr"] for panel in DASHBOARD["panels"] for target in panel.get("targets", ())]
OF_PROMETHEUS = {"up": {"job", "instance", "service"}}
OF_EVERY_PROCESS = {
    name: {"job", "instance", "service"}
    for name in ("process_start_time_seconds", "process_cpu_seconds_total", "process_resident_memory_bytes")
}


def series() -> dict[str, set[str]]:
    """The names under which the metrics of the code are asked for, with their labels."""
    suffixes = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_count", "_sum")}
    found: dict[str, set[str]] = {}
    for metric in vars(Metrics("any")).values():
        if isinstance(metric, MetricWrapperBase):
            (family,) = metric.describe()
            for suffix in suffixes[family.type]:
                found[family.name + suffix] = {*metric._labelnames, *({"le"} if suffix == "_bucket" else ())}
    return found


def asked(expression: str) -> Iterator[tuple[str, set[str]]]:
    """Each metric in an expression, with the labels by which it is chosen."""
    for name, chosen in re.findall(r"\b(up|process_\w+|upheld_\w+)\b(?:\{([^}]*)\})?", expression):
        yield name, set(re.findall(r"(\w+)\s*=", re.sub(r'"[^"]*"', "", chosen)))


def test_prometheus_takes_the_configuration_and_the_rules() -> None:
    ran = promtool("check", "config", "prometheus.yml", cwd=HERE)

    assert ran.returncode == 0, ran.stdout
    assert ran.stdout.count("rules found") == len(RULES) == 3
    assert [promtool("check", "rules", "--lint-fatal", file).returncode for file in RULES] == [0, 0, 0]


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.stem)
def test_each_alert_fires_when_it_should_and_only_then(file: Path) -> None:
    ran = promtool("test", "rules", file.name, cwd=file.parent)

    assert ran.returncode == 0, ran.stdout


def test_there_is_a_case_in_which_an_alert_fires_and_one_in_which_it_does_not() -> None:
    cases = [
        (test["alertname"], bool(test["exp_alerts"]))
        for file in TESTS
        for case in yaml.safe_load(file.read_text())["tests"]
        for test in case["alert_rule_test"]
    ]

    assert set(cases) == {(name, fires) for name in NAMES for fires in (True, False)}
    assert len(NAMES) == 21


def test_a_rule_that_is_wrong_is_found_out_by_its_cases(tmp_path: Path) -> None:
    shutil.copytree(HERE / "rules", tmp_path / "rules")
    rules = tmp_path / "rules" / "flow.yml"
    rules.write_text(rules.read_text().replace("(upheld_lag_seconds) > 60", "(upheld_lag_seconds) > 50"))

    ran = promtool("test", "rules", "flow.yml", cwd=tmp_path / "rules" / "tests")

    assert ran.returncode == 1
    assert "UpheldBehind" in ran.stdout


@pytest.mark.parametrize("alert", ALERTS, ids=NAMES)
def test_each_alert_leads_to_its_line_in_the_run_book(alert: dict[str, Any]) -> None:
    page, _, anchor = alert["annotations"]["runbook"].partition("#")
    line = re.search(rf"^### {alert['alert']}\n(\S.+)$", (ROOT / page).read_text(), re.MULTILINE)

    assert page == "docs/operate.md"
    assert anchor == alert["alert"].lower()
    assert line is not None
    assert alert["annotations"]["summary"]
    assert alert["labels"]["severity"] in ("page", "ticket")


def test_the_run_book_has_no_alert_that_does_not_exist() -> None:
    assert sorted(re.findall(r"^### (Upheld\w+)$", (ROOT / "docs/operate.md").read_text(), re.MULTILINE)) == sorted(
        NAMES
    )


@pytest.mark.parametrize("expression", [*(alert["expr"] for alert in ALERTS), *QUERIES])
def test_rules_and_dashboard_ask_for_metrics_that_the_code_has_by_labels_that_they_have(expression: str) -> None:
    known = {**series(), **OF_PROMETHEUS, **OF_EVERY_PROCESS}
    wanted = list(asked(expression))

    assert wanted
    assert [(name, chosen) for name, chosen in wanted if name not in known or not chosen <= known[name]] == []
    grouped = {label for by in re.findall(r"\b(?:by|on) \(([^)]*)\)", expression) for label in by.split(", ")}
    assert grouped <= set[str]().union(*(known[name] for name, _ in wanted))


def test_each_metric_of_the_code_is_on_the_dashboard_or_in_an_alert() -> None:
    used = {name for expression in [*QUERIES, *(alert["expr"] for alert in ALERTS)] for name, _ in asked(expression)}

    families = {re.sub(r"_(bucket|count|sum)$", "", name) for name in series()}
    assert families - {re.sub(r"_(bucket|count|sum)$", "", name) for name in used} == set()


def test_every_query_of_the_dashboard_is_one_that_prometheus_understands(tmp_path: Path) -> None:
    rules = [
        {"record": f"panel:{place}", "expr": query.replace("$__rate_interval", "1m")}
        for place, query in enumerate(QUERIES)
    ]
    (tmp_path / "queries.yml").write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}))

    ran = promtool("check", "rules", tmp_path / "queries.yml")

    assert ran.returncode == 0, ran.stdout
    assert f"{len(QUERIES)} rules found" in ran.stdout


def test_the_dashboard_s_panels_say_what_they_show_and_do_not_overlap() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        cells = {(place["x"] + across, place["y"] + down) for across in range(place["w"]) for down in range(place["h"])}
        assert not cells & taken, panel["title"]
        assert place["x"] + place["w"] <= 24
        assert panel["type"] == "row" or panel["description"]
        taken |= cells


def test_grafana_finds_its_source_and_prometheus_every_service() -> None:
    (source,) = yaml.safe_load((HERE / "grafana/provisioning/datasources/prometheus.yml").read_text())["datasources"]
    (job,) = yaml.safe_load((HERE / "prometheus.yml").read_text())["scrape_configs"]
    sources = {target["datasource"]["uid"] for panel in DASHBOARD["panels"] for target in panel.get("targets", ())}

    assert sources == {source["uid"]}
    assert {each["labels"]["service"]: each["targets"] for each in job["static_configs"]} == {
        name: [f"{name}:{Settings().port_of(name)}"] for name in SERVICES
    }
    assert job["job_name"] == "upheld"
    assert job["honor_labels"] is True


def test_without_promtool_and_apt_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(
        RuntimeError, match=r"no apt-get to fetch one with\. Install it \(Debian: apt install prometheus\)"
    ):
        fetch(tmp_path)
