"""Writes settings.md and metrics.md from the code: `make docs`. A test says when they are no longer current."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import get_args

from prometheus_client.metrics import MetricWrapperBase
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from shared.observability import Metrics
from shared.settings import Settings, Unit

HERE = Path(__file__).parent
SETTINGS = """\
# Settings

All come from the environment; nothing else configures a service or the command. An empty one is as good as none.
Secrets are never printed.
[run.md](run.md) says which ones an installation sets, and what `upheld up` and `upheld demo` read besides.
`make docs` writes this page from `shared/settings.py`.
"""
METRICS = """\
# Metrics

Each service serves its own at `/metrics`, for Prometheus; all have the label `service` too.
[operate.md](operate.md) says which ones to look at, and when. `make docs` writes this page from
`shared/observability.py`.
"""


def pages() -> dict[str, str]:
    """The generated pages by their file names."""
    return {"settings.md": settings_page(), "metrics.md": metrics_page()}


def settings_page() -> str:
    meanings = docstrings(Settings)
    rows = [
        (f"`UPHELD_{name.upper()}`", _default(field.default), _unit(field), meanings[name])
        for name, field in Settings.model_fields.items()
    ]
    return f"{SETTINGS}\n{table(('variable', 'default', 'unit', 'meaning'), rows)}"


def metrics_page() -> str:
    rows = []
    for metric in vars(Metrics("any")).values():
        if isinstance(metric, MetricWrapperBase):
            (family,) = metric.describe()
            name = f"{family.name}_total" if family.type == "counter" else family.name
            labels = ", ".join(f"`{label}`" for label in metric._labelnames if label != "service")
            rows.append((f"`{name}`", family.type, labels, family.documentation))
    return f"{METRICS}\n{table(('metric', 'type', 'labels', 'meaning'), rows)}"


def docstrings(model: type) -> dict[str, str]:
    """What stands under each field of a class, on one line. A field without such words is a KeyError to its reader."""
    (tree,) = ast.parse(inspect.getsource(model)).body
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for field, words in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(words, ast.Expr) and isinstance(words.value, ast.Constant):
            found[ast.unparse(field.target)] = " ".join(str(words.value.value).split())
    return found


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """In Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _default(value: object) -> str:
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if value is None or value == "":
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _unit(field: FieldInfo) -> str:
    if units := [item.name for item in field.metadata if isinstance(item, Unit)]:
        return units[0]
    if field.annotation is bool:
        return "`true` or `false`"
    return ", ".join(f"`{word}`" for word in get_args(field.annotation) if isinstance(word, str))


if __name__ == "__main__":
    for name, text in pages().items():
        (HERE / name).write_text(text)
