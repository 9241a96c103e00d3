"""Equivalent full discharges: energy discharged on peak-season days over rated energy, a real number."""

from fractions import Fraction

from settlement.activity import CountingTerms, SeasonActivity
from settlement.tally import Tally, of_name

READS = ("spans",)
DISCHARGE = "discharge"


def tally(activity: SeasonActivity, terms: CountingTerms) -> Tally:  # noqa: ARG001 every rule is called alike
    """What a month adds: the energy discharged on counted season days, by the energy of one full call.

    Shape   `discharge` in 1e-4 kWh; days with one energy of a call are one entry
    """
    energies: dict[tuple[str, int], int] = {}
    for span in activity.spans:
        key = (DISCHARGE, span.reference_kwh_e4)
        energies[key] = energies.get(key, 0) + span.discharge_kwh_e4
    return energies


def calls(tally: Tally, terms: CountingTerms) -> Fraction:  # noqa: ARG001 every rule is called alike
    """The number of calls of a sum of tallies, exact: discharged energy over the energy of one full call.

    Source  沪府办发〔2024〕28号 六（二） gives the 210 calls and no counting rule; this is one reading of it
    Check   tests/cases/equivalent_discharge.toml
    """
    energies = of_name(tally, DISCHARGE)
    return sum((Fraction(energy, reference) for reference, energy in energies.items()), start=Fraction(0))
