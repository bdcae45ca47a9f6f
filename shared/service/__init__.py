"""What a service is made of: its card, its runtime, its HTTP side and its supervision."""

from shared.service.acts import Act
from shared.service.app import App, Service, Timer
from shared.service.cursors import cursor_of, position_of
from shared.service.http import Caller, Problem, allow, answers, body
from shared.service.reader import FOR_A_MOMENT, Apart

__all__ = [
    "FOR_A_MOMENT",
    "Act",
    "Apart",
    "App",
    "Caller",
    "Problem",
    "Service",
    "Timer",
    "allow",
    "answers",
    "body",
    "cursor_of",
    "position_of",
]
