"""What an agent may ask for here, and how that is refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.events import WORDS, Description, Instant, Name

Why = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True), *WORDS]


class Body(BaseModel):
    """Strict about types and names; docstrings of fields are their descriptions."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, populate_by_name=True, use_attribute_docstrings=True
    )


class PriorityIn(Body):
    """An agent's decision, with the reason that the customer can be given."""

    priority: Name
    reason: Why


class ExclusionIn(Body):
    """An agent's ruling on an exclusion of SLA B.5, proposed or not, with the reason that the customer can be given."""

    clause: Name
    """As the policy numbers it, such as B.5.a."""
    ruling: Literal["accept", "reject"]
    reason: Why
    evidence: Description | None = None
    """What shows it; needed where nothing of this clause is proposed. Left out, it is the proposal's."""
    from_: Annotated[Instant | None, Field(alias="from")] = None
    """Accepted to the extent of an interval: its begin. Left out, it is that of what is amended, else the proposal's,
    else that of the clocks. With reject: of the accepted interval that is taken back, where there are several."""
    to: Instant | None = None
    """Its end, which does not count. Left out, it is that of what is amended, else the proposal's; without one it goes
    on. With reject: of the accepted interval that is taken back."""


class PlanIn(Body):
    """An agent's word that the ticket is to follow what its account holds now and the policy in effect now, and why."""

    reason: Why


class Refusal(Exception):
    """The act is refused: `status` as HTTP knows it, and a sentence that says what would be right."""

    def __init__(self, status: int, detail: str, *, field: str = "", message: str = "", **more: object) -> None:
        super().__init__(detail)
        self.status, self.detail, self.more = status, detail, more
        self.errors = [{"field": field, "message": message or detail}] if field else []
