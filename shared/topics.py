"""The topics: what each is for, and for how long it is kept. Nothing creates one silently."""

from dataclasses import dataclass

DAY = 24 * 3600 * 1000
_BASE = {"max.message.bytes": str(2 * 1024 * 1024)}
_FOR_EVER = {"retention.ms": "-1", "retention.bytes": "-1"}
_TWO_WEEKS = {"retention.ms": str(14 * DAY), "message.timestamp.type": "LogAppendTime"}
_COMPACTED = {"cleanup.policy": "compact", "message.timestamp.type": "LogAppendTime"}


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: a sentence on what it carries, and its settings in Kafka's own words."""

    says: str
    kept: dict[str, str]

    @property
    def settings(self) -> dict[str, str]:
        return {**_BASE, **self.kept}

    @property
    def compacted(self) -> bool:
        """Reference data: little of it, read by all; one partition each, since every fetch names every partition."""
        return self.kept.get("cleanup.policy") == "compact"


TOPICS: dict[str, Topic] = {
    "issues": Topic("Problems within the services, reported by upstream systems and by status-monitor.", _TWO_WEEKS),
    "detections": Topic("What monitors see: a component failed or recovered.", _TWO_WEEKS),
    "tickets": Topic("Everything that happens to a ticket, from TicketOpened on, in order per service.", _FOR_EVER),
    "notifications": Topic("What was sent to whom about a ticket, and what was given up and why.", _FOR_EVER),
    "accounts": Topic("Each account as it is now; a null value deletes it.", _COMPACTED),
    "policies": Topic("Each version of the SLA as data; the key is its SHA-256.", _COMPACTED),
    "access": Topic("Each API key as it is now, without its secret; a null value deletes it.", _COMPACTED),
}
