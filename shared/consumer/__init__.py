"""The batch-first consumer: what has arrived is one transaction, and no record is without a recorded outcome."""

from shared.consumer.failures import Refused, Waiting

__all__ = ["Refused", "Waiting"]
