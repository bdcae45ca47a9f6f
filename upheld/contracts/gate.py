"""The gate: what the contracts of now break of those of before, event by event and route by route. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from upheld.contracts.rules import INBOUND, LOGGED, OUTBOUND, Json, broken

JSON = "application/json"


def broken_events(before: Mapping[str, Json], after: Mapping[str, Json]) -> list[str]:
    """What breaks of the events, by their schemas' names. Who may be broken follows from `x-producer`."""
    return [f"{name}: {sentence}" for name, was in before.items() for sentence in _event(was, after.get(name))]


def _event(was: Json, now: Json | None) -> Iterator[str]:
    if now is None:
        yield "is gone: it lies in the log, and others speak it. Keep it; a new version goes beside it."
        return
    for place in ("topic", "key", "type"):
        if was.get(f"x-{place}") != now.get(f"x-{place}"):
            yield (
                f"its {place} was {was.get(f'x-{place}')}, is {now.get(f'x-{place}')}: who reads or writes it looks "
                "elsewhere, and what lies there loses its order. Make it a new version."
            )
    yield from broken(was, now, INBOUND if now.get("x-producer") is None else LOGGED)


def broken_routes(before: Json, after: Json) -> list[str]:
    """What breaks of a service's routes, by its OpenAPI documents."""
    found = [
        f"{method.upper()} {path}: {sentence}"
        for path, operations in before["paths"].items()
        for method, was in operations.items()
        for sentence in _route(was, after["paths"].get(path, {}).get(method), (before, after))
    ]
    for name, operations in before.get("webhooks", {}).items():
        now = after.get("webhooks", {}).get(name, {}).get("post")
        found += [f"webhook {name}: {sentence}" for sentence in _webhook(operations["post"], now, (before, after))]
    return found


def _route(was: Json, now: Json | None, documents: tuple[Json, Json]) -> Iterator[str]:
    if now is None:
        yield "is gone: who calls it gets 404. Keep it; what replaces it goes beside it."
        return
    yield from _parameters(_by_name(was, documents[0]), _by_name(now, documents[1]), documents)
    for role in sorted(_roles(was) - _roles(now)):
        yield f"the role {role} may not call it any more: who has such a key gets 403."
    if (body := _schema(now.get("requestBody"))) is not None:
        if (asked := _schema(was.get("requestBody"))) is None:
            yield "needs a body now: who sends none is refused."
        else:
            yield from (f"body: {sentence}" for sentence in broken(asked, body, INBOUND, within=documents))
    for status, answer in was["responses"].items():
        if not status.startswith("2"):
            continue
        if status not in now["responses"]:
            yield f"no longer answers {status}: who waits for it takes the new answer for an error."
        elif (one := _schema(answer)) and (other := _schema(now["responses"][status])):
            yield from (f"answer {status}: {sentence}" for sentence in broken(one, other, OUTBOUND, within=documents))


def _webhook(was: Json, now: Json | None, documents: tuple[Json, Json]) -> Iterator[str]:
    """Here the sides are turned: others read the body that we write."""
    if now is None:
        yield "is gone: who waits for it is told nothing any more. Keep it; what replaces it goes beside it."
        return
    if (one := _schema(was.get("requestBody"))) and (other := _schema(now.get("requestBody"))):
        yield from (f"body: {sentence}" for sentence in broken(one, other, OUTBOUND, within=documents))
    for name in _by_name(was, documents[0]):
        if name not in _by_name(now, documents[1]):
            yield f"the {name} is not sent any more: who reads it finds nothing there."


def _parameters(was: Mapping[str, Json], now: Mapping[str, Json], documents: tuple[Json, Json]) -> Iterator[str]:
    for name, parameter in was.items():
        if name not in now:
            yield f"the parameter {name} was removed: what is said there would be passed over in silence."
        else:
            sentences = broken(parameter["schema"], now[name]["schema"], INBOUND, within=documents)
            yield from (f"parameter {name}: {sentence}" for sentence in sentences)
    for name, parameter in now.items():
        if parameter.get("required") and not was.get(name, {}).get("required"):
            yield f"the parameter {name} is required now: who calls without it is refused."


def _by_name(route: Json, document: Json) -> dict[str, Json]:
    found = {}
    for parameter in route.get("parameters", ()):
        if "$ref" in parameter:
            parameter = document["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]
        found[f"{parameter['in']} {parameter['name']}"] = parameter
    return found


def _roles(route: Json) -> set[str]:
    return {role for scheme in route.get("security", ()) for roles in scheme.values() for role in roles}


def _schema(holder: Any) -> Json | None:
    schema: Json | None = ((holder or {}).get("content", {}).get(JSON) or {}).get("schema")
    return schema
