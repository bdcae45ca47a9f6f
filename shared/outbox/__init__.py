"""The outbox: events are rows of the transaction that caused them, and one relay a schema puts them on Kafka."""

from shared.outbox.put import Outgoing, emit

__all__ = ["Outgoing", "emit"]
