"""Which changes of a schema break whom: pure rules over two versions of a JSON Schema.

Two parties can be broken. Writers: the new schema must still take what was right before, be it from those who send it
or from the log, where every message is read again. Readers: they must still find what they were promised. Both may
rely on what they were told: fields, types and enum members may be added, and are read over by whom they do not concern.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

Json = dict[str, Any]

_LIMITS = {
    "minLength": (0, -1),
    "minItems": (0, -1),
    "minimum": (-math.inf, -1),
    "maxLength": (math.inf, 1),
    "maxItems": (math.inf, 1),
    "maximum": (math.inf, 1),
}
"""Each with what holds where it is absent, and the direction in which it gives more room."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Whom a change could break: those who write what we read, those who read what we write, or both."""

    writers: bool
    readers: bool


INBOUND = Sides(writers=True, readers=False)
OUTBOUND = Sides(writers=False, readers=True)
LOGGED = Sides(writers=True, readers=True)
"""Written by one service, read by others, and by our own from the log's beginning."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where we are: both documents, for their references, and the path of the field."""

    before: Json
    after: Json
    sides: Sides
    path: str = ""

    def at(self, step: str) -> _Place:
        return replace(self, path=f"{self.path}{step}" if step.startswith("[") else f"{self.path}.{step}".strip("."))

    @property
    def name(self) -> str:
        return f"`{self.path}`" if self.path else "the whole"


def broken(before: Json, after: Json, sides: Sides, *, within: tuple[Json, Json] | None = None) -> list[str]:
    """What the change from one schema to the other breaks, a sentence each; empty when nobody is broken.

    `within` are the documents that their references point into, where those are not the schemas themselves.
    """
    roots = within or (before, after)
    return list(dict.fromkeys(_compare(before, after, _Place(roots[0], roots[1], sides))))


def _compare(before: Json, after: Json, place: _Place) -> Iterator[str]:
    was, now = _kinds(before, place.before), _kinds(after, place.after)
    lost = sorted(kind for kind in was if not any(_takes(other, kind) for other in now))
    new = sorted(kind for kind in now if not any(_takes(other, kind) for other in was))
    if place.sides.writers and lost:
        yield (
            f"{place.name} was {_or(was)}, is {_or(now)}: who writes {_or(lost)} is refused. Keep taking it, or add "
            "another field."
        )
    elif place.sides.readers and new:
        yield (
            f"{place.name} was {_or(was)}, is {_or(now)}: who reads it does not know {_or(new)}. Keep the type, or add "
            "another field."
        )
    for kind, one in was.items():
        other = now.get(kind) or next((s for k, s in now.items() if _takes(k, kind)), None)
        if other is not None:
            yield from _values(one, other, place)
            yield from _limits(one, other, place)
            yield from _fields(one, other, place)
            if isinstance(one.get("items"), dict) and isinstance(other.get("items"), dict):
                yield from _compare(one["items"], other["items"], place.at("[]"))


def _values(before: Json, after: Json, place: _Place) -> Iterator[str]:
    was, now = _members(before), _members(after)
    if was is not None and now is not None:
        for member in was:
            if member not in now:
                yield (
                    f"{place.name} no longer knows {member!r}: who writes it is refused, and who reads waits for it in "
                    "vain. Keep the member."
                )
    elif now is not None and place.sides.writers:
        yield f"{place.name} takes only {_or(map(repr, now))} now: who writes anything else is refused."


def _limits(before: Json, after: Json, place: _Place) -> Iterator[str]:
    if not place.sides.writers:
        return
    for limit, (absent, sign) in _LIMITS.items():
        one, other = before.get(limit, absent), after.get(limit, absent)
        if sign * other < sign * one:
            was = one if limit in before else "no limit"
            yield (
                f"{place.name} had {limit} {was}, has {other}: who writes what lies between is refused. Keep the limit."
            )
    if after.get("pattern") not in (None, before.get("pattern")):
        yield (
            f"{place.name} must match {after['pattern']} now: who writes what was right before is refused. Keep the "
            "pattern."
        )


def _fields(before: Json, after: Json, place: _Place) -> Iterator[str]:
    was, now = before.get("properties", {}), after.get("properties", {})
    needed, needs = set(before.get("required", ())), set(after.get("required", ()))
    for name, field in was.items():
        there = place.at(name)
        if name not in now:
            yield f"{there.name} was removed: {_missed(before, after, place.sides)}. Keep the field."
            continue
        yield from _compare(field, now[name], there)
        if name in needed - needs and place.sides.readers:
            yield f"{there.name} was always there and may be absent now: who reads relies on it. Keep it required."
    for name in sorted(needs - needed):
        if place.sides.writers:
            yield (
                f"{place.at(name).name} is required now: who writes without it is refused, and so is what lies in the "
                "log. Give it a default."
            )
    yield from _others(before, after, place)


def _missed(before: Json, after: Json, sides: Sides) -> str:
    if sides.readers:
        return "who reads it finds nothing there"
    if after.get("additionalProperties", True) is False:
        return "who sends it is refused"
    return "what is said there would be passed over in silence"


def _others(before: Json, after: Json, place: _Place) -> Iterator[str]:
    """The fields that have no names of their own."""
    was, now = before.get("additionalProperties", True), after.get("additionalProperties", True)
    if isinstance(was, dict) and isinstance(now, dict):
        yield from _compare(was, now, place.at("*"))
    elif now is False and was is not False and place.sides.writers:
        yield f"{place.name} takes no further fields now: who sends one is refused. Read over them."


def _kinds(schema: Json, root: Json) -> dict[str, Json]:
    """The alternatives of a schema by type, such as `string (date-time)` or `null`; references followed."""
    if "$ref" in schema:
        return _kinds(_found(schema["$ref"], root), root)
    for many in ("anyOf", "oneOf", "allOf"):
        if many in schema:
            found: dict[str, Json] = {}
            for part in schema[many]:
                for kind, one in _kinds(part, root).items():
                    found[f"{kind} {one.get('title')}" if kind in found else kind] = one
            return found
    given = schema.get("type") or [_type_of(value) for value in _members(schema) or ()] or ["anything"]
    types = dict.fromkeys([given] if isinstance(given, str) else given)
    form = schema.get("format")
    return {f"{kind} ({form})" if form else kind: schema for kind in types}


def _found(reference: str, root: Json) -> Json:
    found: Any = root
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return dict(found)


def _members(schema: Json) -> list[Any] | None:
    if "const" in schema:
        return [schema["const"]]
    return schema.get("enum")


def _type_of(value: object) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer"
        case None:
            return "null"
    return "string"


def _takes(wide: str, narrow: str) -> bool:
    return wide in (narrow, "anything") or (wide, narrow) == ("number", "integer") or narrow.startswith(f"{wide} (")


def _or(names: Iterable[str]) -> str:
    return " or ".join(names)
