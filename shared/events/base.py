"""What every contract is made of: the words of the SLA as types, and the base of all events."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints


def _utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("lies outside the years 1 to 9999 in UTC") from None


def _no_nul(value: str) -> str:
    if "\x00" in value:
        raise ValueError("contains U+0000, which no field may hold")
    return value


NO_NUL = (AfterValidator(_no_nul), Field(json_schema_extra={"pattern": r"^[^\u0000]*$"}))
"""No U+0000, for the reader and in the schema."""
WORDS = (AfterValidator(_no_nul), Field(json_schema_extra={"pattern": r"^[^\u0000]*[^\u0000\s][^\u0000]*$"}))
"""The same, and more than white space."""
Instant = Annotated[AwareDatetime, AfterValidator(_utc)]
Text = Annotated[str, *NO_NUL]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200), *NO_NUL]
Description = Annotated[str, StringConstraints(min_length=1, max_length=10_000, strip_whitespace=True), *WORDS]
Examples = Annotated[tuple[Name, ...], Field(max_length=50)]
Services = Annotated[tuple[Name, ...], Field(max_length=50)]
Initiator = Literal["customer", "provider"]
Environment = Literal["production", "staging", "development", "unknown"]
Impact = Literal["outage", "degraded", "intermittent", "none", "unknown"]
Workaround = Literal["none", "available", "unknown"]
Category = Literal[
    "incident",
    "question",
    "development",
    "number procurement",
    "number porting",
    "account",
    "billing",
    "unknown",
]
State = Literal["open", "in progress", "awaiting customer", "monitoring", "resolved", "closed"]
Status = Literal["Initial", "Update", "Resolved", "Informational", "Action Required"]
Audience = Literal["public", "internal"]
Coverage = Literal["covered", "out-of-term", "unknown-account", "provider"]
Role = Literal["customer", "agent", "upstream", "monitor", "admin"]
ComponentStatus = Literal["operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance"]
Json = dict[str, Any]


class Part(BaseModel):
    """A value inside an event: frozen, strict about types, tolerant of fields it does not know."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore", use_attribute_docstrings=True)


class Event(Part):
    """An event. `NAME` makes the CloudEvents type `upheld.<name>.v<version>`; `TOPIC` and `KEY` its place."""

    NAME: ClassVar[str]
    VERSION: ClassVar[int] = 1
    TOPIC: ClassVar[str]
    KEY: ClassVar[str]
    """The field that is the Kafka key: events of one key stay in order."""
    PRODUCER: ClassVar[str | None] = None
    """The one service that may say it; none where anyone outside may."""

    @classmethod
    def type_name(cls) -> str:
        return f"upheld.{cls.NAME}.v{cls.VERSION}"

    def key(self) -> str:
        """The Kafka key of this one; empty where only the producer's source can be it."""
        return str(getattr(self, self.KEY))

    def encode(self) -> bytes:
        """The JSON that is emitted; absent optional facts are left out."""
        return self.model_dump_json(exclude_none=True).encode()
