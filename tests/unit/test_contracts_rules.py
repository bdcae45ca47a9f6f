"""Which changes of a schema break whom: each that fails, with its sentence, and each that is allowed."""

from __future__ import annotations

import pytest

from tests.support.contracts import BEFORE, Change, after, fields, needs
from upheld.contracts.rules import INBOUND, LOGGED, OUTBOUND, Sides, broken


@pytest.mark.parametrize("sides", [INBOUND, OUTBOUND, LOGGED])
@pytest.mark.parametrize(
    "change",
    [
        lambda s: None,
        lambda s: fields(s).update(colour={"type": "string"}),
        lambda s: fields(s)["state"]["enum"].append("paused"),
        lambda s: s["$defs"]["Target"]["properties"].update(calendar={"type": "string"}),
        lambda s: s.update(description="other words"),
        lambda s: fields(s)["note"].pop("default"),
    ],
    ids=["nothing", "optional field", "enum member", "optional field within", "description", "default"],
)
def test_this_breaks_nobody(change: Change, sides: Sides) -> None:
    assert broken(BEFORE, after(change), sides) == []


INBOUND_BREAKS: list[tuple[str, Change, str]] = [
    (
        "new required field",
        needs("colour", {"type": "string"}),
        "`colour` is required now: who writes without it is refused, and so is what lies in the log. "
        "Give it a default.",
    ),
    (
        "optional field required",
        needs("at"),
        "`at` is required now: who writes without it is refused, and so is what lies in the log. Give it a default.",
    ),
    (
        "new required field within",
        lambda s: s["$defs"]["Target"]["required"].append("calendar"),
        "`targets.*.calendar` is required now: who writes without it is refused, and so is what lies in the log. "
        "Give it a default.",
    ),
    (
        "retyped field",
        lambda s: fields(s)["count"].update(type="string"),
        "`count` was integer, is string: who writes integer is refused. Keep taking it, or add another field.",
    ),
    (
        "null no longer taken",
        lambda s: fields(s).update(note={"type": "string"}),
        "`note` was string or null, is string: who writes null is refused. Keep taking it, or add another field.",
    ),
    (
        "retyped items",
        lambda s: fields(s)["tags"].update(items={"type": "integer"}),
        "`tags[]` was string, is integer: who writes string is refused. Keep taking it, or add another field.",
    ),
    (
        "string becomes a time",
        lambda s: fields(s)["id"].update(format="date-time"),
        "`id` was string, is string (date-time): who writes string is refused. Keep taking it, or add another field.",
    ),
    (
        "any string becomes an enum",
        lambda s: fields(s)["id"].update(enum=["a", "b"]),
        "`id` takes only 'a' or 'b' now: who writes anything else is refused.",
    ),
    (
        "lower limit",
        lambda s: fields(s)["id"].update(maxLength=100),
        "`id` had maxLength 200, has 100: who writes what lies between is refused. Keep the limit.",
    ),
    (
        "new limit",
        lambda s: fields(s)["count"].update(maximum=9),
        "`count` had maximum no limit, has 9: who writes what lies between is refused. Keep the limit.",
    ),
    (
        "higher floor",
        lambda s: fields(s)["count"].update(minimum=1),
        "`count` had minimum 0, has 1: who writes what lies between is refused. Keep the limit.",
    ),
    (
        "new pattern",
        lambda s: fields(s)["id"].update(pattern="^[a-z]+$"),
        "`id` must match ^[a-z]+$ now: who writes what was right before is refused. Keep the pattern.",
    ),
    (
        "no further fields",
        lambda s: s.update(additionalProperties=False),
        "the whole takes no further fields now: who sends one is refused. Read over them.",
    ),
    (
        "removed field of a closed body",
        lambda s: s["$defs"]["Actor"]["properties"].pop("name"),
        "`actor.name` was removed: who sends it is refused. Keep the field.",
    ),
    (
        "removed field",
        lambda s: fields(s).pop("note"),
        "`note` was removed: what is said there would be passed over in silence. Keep the field.",
    ),
    (
        "removed enum member",
        lambda s: fields(s)["state"]["enum"].remove("closed"),
        "`state` no longer knows 'closed': who writes it is refused, and who reads waits for it in vain. "
        "Keep the member.",
    ),
]


@pytest.mark.parametrize(
    ("change", "sentence"), [case[1:] for case in INBOUND_BREAKS], ids=[c[0] for c in INBOUND_BREAKS]
)
def test_this_breaks_those_who_write_what_we_read(change: Change, sentence: str) -> None:
    assert broken(BEFORE, after(change), INBOUND) == [sentence]


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s["required"].remove("state"),
        lambda s: fields(s)["count"].update(type="number"),
        lambda s: fields(s)["at"].pop("format"),
        lambda s: fields(s).update(id={"anyOf": [{"type": "string"}, {"type": "null"}]}),
        lambda s: fields(s).update(state={"type": "string"}),
        lambda s: fields(s)["id"].update(maxLength=400, minLength=0),
        lambda s: s["$defs"]["Actor"].pop("additionalProperties"),
    ],
    ids=["optional", "number", "any string", "nullable", "no enum", "wider limits", "further fields"],
)
def test_writers_may_be_given_more_room(change: Change) -> None:
    assert broken(BEFORE, after(change), INBOUND) == []


OUTBOUND_BREAKS: list[tuple[str, Change, str]] = [
    (
        "removed field",
        lambda s: fields(s).pop("note"),
        "`note` was removed: who reads it finds nothing there. Keep the field.",
    ),
    (
        "removed field within",
        lambda s: s["$defs"]["Target"]["properties"].pop("hours"),
        "`targets.*.hours` was removed: who reads it finds nothing there. Keep the field.",
    ),
    (
        "retyped field",
        lambda s: fields(s)["count"].update(type="string"),
        "`count` was integer, is string: who reads it does not know string. Keep the type, or add another field.",
    ),
    (
        "wider type",
        lambda s: fields(s)["count"].update(type="number"),
        "`count` was integer, is number: who reads it does not know number. Keep the type, or add another field.",
    ),
    (
        "nullable",
        lambda s: fields(s).update(at={"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]}),
        "`at` was string (date-time), is string (date-time) or null: who reads it does not know null. "
        "Keep the type, or add another field.",
    ),
    (
        "no longer always there",
        lambda s: s["required"].remove("state"),
        "`state` was always there and may be absent now: who reads relies on it. Keep it required.",
    ),
    (
        "removed enum member",
        lambda s: fields(s)["state"]["enum"].remove("closed"),
        "`state` no longer knows 'closed': who writes it is refused, and who reads waits for it in vain. "
        "Keep the member.",
    ),
    (
        "another constant",
        lambda s: s["$defs"]["Actor"]["properties"].update(kind={"const": "person"}),
        "`actor.kind` no longer knows 'agent': who writes it is refused, and who reads waits for it in vain. "
        "Keep the member.",
    ),
]


@pytest.mark.parametrize(
    ("change", "sentence"), [case[1:] for case in OUTBOUND_BREAKS], ids=[c[0] for c in OUTBOUND_BREAKS]
)
def test_this_breaks_those_who_read_what_we_write(change: Change, sentence: str) -> None:
    assert broken(BEFORE, after(change), OUTBOUND) == [sentence]


@pytest.mark.parametrize(
    "change",
    [
        needs("colour", {"type": "string"}),
        lambda s: fields(s).update(note={"type": "string"}),
        lambda s: fields(s)["id"].update(maxLength=100, pattern="^[a-z]+$"),
        lambda s: s.update(additionalProperties=False),
    ],
    ids=["always there", "never null", "narrower limits", "no further fields"],
)
def test_readers_may_be_promised_more(change: Change) -> None:
    assert broken(BEFORE, after(change), OUTBOUND) == []
