"""The public holidays of a country, as the library `holidays` knows them.

The library is loaded when the first policy that names a country asks: most name none.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=512)
def of_year(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    """The holidays of a year."""
    from holidays import country_holidays

    return frozenset(country_holidays(country, subdiv=subdivision, years=year))


def fault(country: str | None, subdivision: str | None) -> str | None:
    """What is wrong with the names, if anything: an ISO 3166-1 code, and a subdivision of that country."""
    if country is None:
        return None if subdivision is None else "has a subdivision but no country: name the country"
    from holidays import list_supported_countries

    known = list_supported_countries(include_aliases=False)
    if country not in known:
        return f"{country!r} is no country whose holidays are known: write an ISO 3166-1 code, such as DE"
    if subdivision is not None and subdivision not in known[country]:
        return f"{country} has no {subdivision!r}: one of {', '.join(known[country]) or 'none'}"
    return None
