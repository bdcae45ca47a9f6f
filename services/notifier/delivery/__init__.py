"""The delivery: claims what is owed, hands it to the channels, and settles what became of it."""

from services.notifier.delivery.run import deliver
from services.notifier.delivery.settle import OUTCOMES

__all__ = ["OUTCOMES", "deliver"]
