"""The time that a text names: from when to when, where it says so in UTC, or with an offset.

Two times of day are one interval where the second is told to be the end ("and was back at 10:45 UTC").

A time of day without a zone tells nobody which moment it is, so it is left out; one without a date is of the day on
which it was written.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

_MOMENT = re.compile(r"\b(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)\b")
_HOURS = re.compile(
    r"\b(\d{1,2})[:.h](\d\d)(?: ?(?:UTC|GMT|Z))? ?(?:-|–|to|till|until|and|bis|und|a|y|hasta|à|et|às|até|e) ?"
    r"(\d{1,2})[:.h](\d\d) ?(?:UTC|GMT|Z)\b"
)
_SINCE = re.compile(r"\b(?:since|from|seit|ab|desde|depuis|as of) (\d{1,2})[:.h](\d\d) ?(?:UTC|GMT|Z)\b", re.IGNORECASE)
_AT = r"(?: +(?:again|at|by|around|since|um|gegen|a|hacia|sobre|vers|às|as|por|volta|das|las|la|à|o))*"
_END = re.compile(
    r"\b(?:back|again|up|over|ended|restored|recovered|resolved|fixed|mended|until|wieder|behoben|vorbei|beendet|da|bis"
    r"|volvió|restablecid[oa]s?|restableció|resuelt[oa]|recuperad[oa]|terminó|hasta|rétablie?s?|revenue?s?|résolue?s?"
    r"|terminée?|jusqu'à|voltou|voltaram|restabelecid[oa]s?|resolvid[oa]|normalizad[oa]|terminou|até)"
    + _AT
    + r" +(\d{1,2})[:.h](\d\d) ?(?:UTC|GMT|Z)\b"
    r"|\b(\d{1,2})[:.h](\d\d) ?(?:UTC|GMT|Z) (?:it was |alles )?(?:back|again|over|wieder|behoben|vorbei|beendet)\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b(\d{1,2})[:.h](\d\d) ?(?:UTC|GMT|Z)\b")

Interval = tuple[datetime | None, datetime | None]


def interval_of(text: str, day: date | None) -> Interval:
    """From and to, as far as the text names them; the day is that on which it was written."""
    moments = [found for match in _MOMENT.finditer(text) if (found := _moment(*match.groups())) is not None]
    if len(moments) >= 2 and moments[0] < moments[1]:
        return moments[0], moments[1]
    if moments:
        return moments[0], None
    if day is None:
        return None, None
    if (hours := _HOURS.search(text)) is not None:
        begins, ends = _on(day, hours[1], hours[2]), _on(day, hours[3], hours[4])
        if begins is not None and ends is not None:
            return begins, ends if ends > begins else ends + timedelta(days=1)
    if (end := _END.search(text)) is not None and (start := _TIME.search(text, 0, end.start())) is not None:
        begins, ends = _on(day, start[1], start[2]), _on(day, end[1] or end[3], end[2] or end[4])
        if begins is not None and ends is not None:
            return begins, ends if ends > begins else ends + timedelta(days=1)
    if (since := _SINCE.search(text)) is not None:
        return _on(day, since[1], since[2]), None
    return None, None


def _moment(day: str, hour: str, zone: str) -> datetime | None:
    offset = "+00:00" if zone in ("Z", "UTC", "GMT") else zone
    try:
        return datetime.fromisoformat(f"{day}T{hour}{offset}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _on(day: date, hour: str, minute: str) -> datetime | None:
    try:
        return datetime.combine(day, time(int(hour), int(minute)), UTC)
    except ValueError:
        return None
