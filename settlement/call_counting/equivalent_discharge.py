"""Equivalent full discharges: energy discharged on peak-season days over rated energy, a real number."""

from collections.abc import Mapping
from fractions import Fraction

READS = ("season_discharge_kwh_e4",)


def calls(season_discharge_kwh_e4: Mapping[int, int]) -> Fraction:
    """The number of calls, exact.

    Shape   discharged energy on season days by the rated energy that was in force, both in 1e-4 kWh
    Raises  ZeroDivisionError never: a rated energy is positive in every Station
    Source  沪府办发〔2024〕28号 六（二） gives the 210 calls and no counting rule; this is one reading of it
    Check   tests/cases/equivalent_discharge.toml
    """
    return sum(
        (Fraction(energy, rated) for rated, energy in season_discharge_kwh_e4.items()),
        start=Fraction(0),
    )
