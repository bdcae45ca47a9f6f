"""The form of a policy file, whole: an SLA of this kind in all that it can vary.

Every part is frozen and refuses keys that it does not have.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PrivateAttr,
    StrictBool,
    StrictStr,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from shared.events import Category, Environment, Impact, Initiator, PolicyRef, Target, Workaround
from shared.policy import holidays
from shared.policy.values import Day, Duration, Key, Moment, Warning, Week, Words, Zone

ClockName = Literal["notification", "first_response", "update", "first_resolution", "total_resolution"]
CLOCKS: tuple[str, ...] = get_args(ClockName)
PauseReason = Literal["awaiting customer", "maintenance", "exclusion"]
FactValue = bool | str
FACTS: dict[str, tuple[FactValue, ...]] = {
    "environment": get_args(Environment),
    "impact": get_args(Impact),
    "workaround": get_args(Workaround),
    "category": get_args(Category),
    "ongoing": (True, False, "unknown"),
    "initiator": get_args(Initiator),
}
"""What a rule may ask of, and the values each can have."""


class Form(BaseModel):
    """A part of the file: frozen, and it refuses keys that it does not have."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True, use_attribute_docstrings=True
    )


class Document(Form):
    """The published SLA: its clauses in our own words."""

    title: Words
    url: Words
    clauses: dict[Key, Words]


class Escalation(Form):
    after: Duration
    to: Words


class Support(Form):
    """Where help is; a phone number that is left out must come from the settings."""

    phone: Words | None = None
    documentation: Words
    plans: Words
    contact: Words
    escalation: tuple[Escalation, ...] = ()


class CatalogueService(Form):
    """A service of the platform, and the components of the status page that show it; its carriers' apart."""

    key: Key
    name: Words
    components: tuple[Words, ...] = ()
    carrier_components: tuple[Words, ...] = ()


class Priority(Form):
    key: Key
    clause: Key


When = Annotated[
    dict[str, tuple[StrictBool | StrictStr, ...]],
    WithJsonSchema(
        {
            "type": "object",
            "properties": {
                fact: {"type": "array", "items": {"enum": list(values)}, "minItems": 1}
                for fact, values in FACTS.items()
            },
            "additionalProperties": False,
        }
    ),
]


class Rule(Form):
    """Holds when every fact named has one of the values named; without `when`, always."""

    id: Key
    when: When = Field(default_factory=dict)
    priority: Key
    clause: Key
    final: StrictBool = False
    """No agent lifts the priority above this rule's."""

    def holds(self, facts: Mapping[str, FactValue]) -> bool:
        return all(facts[fact] in values for fact, values in self.when.items())


class ExclusionClause(Form):
    key: Key
    clause: Key
    name: Words


class Holidays(Form):
    country: Annotated[StrictStr, StringConstraints(pattern="^[A-Z]{2}$")] | None = None
    subdivision: Words | None = None
    add: tuple[Day, ...] = ()
    drop: tuple[Day, ...] = ()

    @model_validator(mode="after")
    def _known(self) -> Holidays:
        if (wrong := holidays.fault(self.country, self.subdivision)) is not None:
            raise ValueError(wrong)
        return self


class Calendar(Form):
    """`always`, or local windows of a zone's week, less its holidays."""

    always: StrictBool = False
    zone: Zone | None = None
    week: Week = Field(default_factory=dict)
    holidays: Holidays | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Calendar:
        if self.always and (self.zone or self.week or self.holidays):
            raise ValueError("is always or has zone and week, not both")
        if not self.always and not (self.zone and any(self.week.values())):
            raise ValueError("has no hours: write `always: true`, or zone and week")
        return self


class Promise(Form):
    target: Duration
    calendar: Key


class Cadence(Form):
    every: Duration
    calendar: Key


def _none_means_none(value: object) -> object:
    if value is None:
        raise ValueError("is empty: write a target, or none where nothing is promised")
    return None if value == "none" else value


def _spelled_out(value: object) -> object:
    return dict.fromkeys(CLOCKS, "none") if value == "none" else value


class _OrNone:
    """For the schema: the word `none` stands where nothing is promised."""

    @staticmethod
    def __get_pydantic_json_schema__(core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        inner = handler(core)
        choices = [choice for choice in inner.get("anyOf", [inner]) if choice != {"type": "null"}]
        return {"anyOf": [*choices, {"const": "none"}]}


PromiseCell = Annotated[Promise | None, BeforeValidator(_none_means_none), _OrNone]
CadenceCell = Annotated[Cadence | None, BeforeValidator(_none_means_none), _OrNone]


class Cells(Form):
    """The five clocks of a priority: all are written, `none` where nothing is promised."""

    notification: PromiseCell
    first_response: PromiseCell
    update: CadenceCell
    first_resolution: PromiseCell
    total_resolution: PromiseCell

    def target(self, clock: str) -> Target | None:
        cell: Promise | Cadence | None = getattr(self, clock)
        if cell is None:
            return None
        return Target(duration=cell.every if isinstance(cell, Cadence) else cell.target, calendar=cell.calendar)


class Plan(Form):
    """What one support plan promises, and how its clocks run."""

    cells: dict[Key, Annotated[Cells, BeforeValidator(_spelled_out), _OrNone]] = Field(alias="targets")
    pauses: dict[PauseReason, tuple[ClockName, ...]] = Field(default_factory=dict)
    warnings: dict[ClockName, tuple[Warning, ...]] = Field(default_factory=dict)
    response_met_by: Literal["person", "initial"] = "person"
    closed_counts: StrictBool = False

    @cached_property
    def targets(self) -> dict[str, dict[str, Target | None]]:
        """Priority, then clock; None is "no guarantee"."""
        return {key: {clock: cells.target(clock) for clock in CLOCKS} for key, cells in self.cells.items()}


class Material(Form):
    """What makes an amended cell a material degradation."""

    targets: Literal["longer", "any"] = "longer"
    calendars: Literal["fewer-hours"] = "fewer-hours"


class CoverageClauses(Form):
    """What to cite where the targets hang on the account; where it is left out, the clause of the priority."""

    term: Key | None = None
    plan: Key | None = None


class Policy(Form):
    """A version of an SLA, whole. Immutable; its identity is its SHA-256."""

    policy: Key
    version: Key
    effective: Moment
    document: Document
    support: Support
    services: tuple[CatalogueService, ...] = Field(min_length=1)
    priorities: tuple[Priority, ...] = Field(min_length=1)
    """By rank, the most urgent first."""
    rules: tuple[Rule, ...] = Field(min_length=1)
    ask_for: tuple[Words, ...] = ()
    exclusions: tuple[ExclusionClause, ...] = ()
    calendars: dict[Key, Calendar] = Field(min_length=1)
    plans: dict[Key, Plan] = Field(min_length=1)
    coverage: CoverageClauses = CoverageClauses()
    material: Material = Material()

    _text: str = PrivateAttr(default="")
    _sha256: str = PrivateAttr(default="")

    @property
    def text(self) -> str:
        return self._text

    @property
    def sha256(self) -> str:
        return self._sha256

    @cached_property
    def ref(self) -> PolicyRef:
        return PolicyRef(id=self.policy, version=self.version, sha256=self.sha256)

    @cached_property
    def ranks(self) -> dict[str, int]:
        """0 is the most urgent."""
        return {priority.key: rank for rank, priority in enumerate(self.priorities)}

    @cached_property
    def service_keys(self) -> frozenset[str]:
        return frozenset(service.key for service in self.services)

    def clause_of(self, priority: str) -> str | None:
        """The clause that defines a priority."""
        return next((item.clause for item in self.priorities if item.key == priority), None)
