"""A tally: exact integers of a month that add up over months; what counting rules and shortfalls rest on."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from tariffs.vocabulary.money import kwh_text
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH

Tally = Mapping[tuple[str, int], int]
"""Energy in 1e-4 kWh (or 1e-4 of one piece, for what is counted) by a name and by the energy of one full call, 1e-4 kWh."""

_PART: Final = re.compile(r"([a-z_]+):(\d+)\.(\d{4}):(\d+)\.(\d{4})")
ONE_E4: Final = 10_000
"""One call in the integers of a tally, 1e-4."""
CARRIED: Final = "open_"
"""Entries whose name begins so are a state at the end of a month: they are read by the next month and not added up."""


def added(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies, entry by entry; a state at the end of a month is left out."""
    total: dict[tuple[str, int], int] = {}
    for tally in tallies:
        for key, amount in tally.items():
            if not key[0].startswith(CARRIED):
                total[key] = total.get(key, 0) + amount
    return total


def of_name(tally: Tally, name: str) -> dict[int, int]:
    """The entries of one name by the energy of one full call."""
    return {reference: amount for (entry, reference), amount in tally.items() if entry == name}


def tally_text(tally: Tally) -> str:
    """A tally as `name:energy of one call:amount` joined by `;`, four decimals each."""
    return ";".join(
        f"{name}:{kwh_text(reference)}:{kwh_text(amount)}" for (name, reference), amount in sorted(tally.items())
    )


def tally_of_text(text: str) -> Tally | None:
    """The tally that a text holds; nothing where it is none."""
    found: dict[tuple[str, int], int] = {}
    for part in text.split(";") if text else ():
        match = _PART.fullmatch(part)
        if match is None:
            return None
        name, *digits = match.groups()
        whole, fraction, amount, amount_fraction = (int(each) for each in digits)
        reference = whole * ENERGY_UNITS_PER_KWH + fraction
        found[(name, reference)] = amount * ENERGY_UNITS_PER_KWH + amount_fraction
    return found
