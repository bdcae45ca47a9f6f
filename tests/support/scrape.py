"""A service's metrics, as Prometheus reads them."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

from shared.service import App
from shared.service.state import tell_state
from tests.support.space import Space


async def scrape(space: Space, app: App) -> dict[tuple[str, ...], float]:
    """Samples by name and the values of their labels, sorted by label, without the service's; as of this moment."""
    await tell_state(app)
    async with space.http(app.name) as client:
        text = (await client.get(f"http://127.0.0.1:{app.web.port}/metrics")).text
    return {
        (sample.name, *(value for name, value in sample.labels.items() if name != "service")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
