"""Paired cycles: full charges and full discharges on peak-season days, and a call needs one of each."""

from fractions import Fraction

from settlement.activity import CountingTerms, SeasonActivity
from settlement.tally import Tally, of_name
from tariffs.vocabulary.errors import SettingsError, Words

READS = ("spans",)
CHARGE, DISCHARGE = "charge", "discharge"


def tally(activity: SeasonActivity, terms: CountingTerms) -> Tally:  # noqa: ARG001 every rule is called alike
    """What a month adds: energy charged and discharged on counted season days, by the energy of one full call.

    Shape   `charge` and `discharge` in 1e-4 kWh at the grid meter, no efficiency applied, so that sums stay exact
    """
    energies: dict[tuple[str, int], int] = {}
    for span in activity.spans:
        for name, energy in ((CHARGE, span.charge_kwh_e4), (DISCHARGE, span.discharge_kwh_e4)):
            key = (name, span.reference_kwh_e4)
            energies[key] = energies.get(key, 0) + energy
    return energies


def calls(tally: Tally, terms: CountingTerms) -> Fraction:
    """The number of calls of a sum of tallies, exact: the lesser of charging times efficiency and of discharging.

    Shape   with `pair_by_mean` half the sum of both directions; the lesser is taken of the sums to date, so what was
            charged in one month pairs with what is discharged in the next; the efficiency is that of the terms, which
            the caller fills with the station's round trip where the settings name none
    Raises  SettingsError if the lesser is asked for and no efficiency is given
    Source  the wording 完全充放电 of provincial rules; 沪府办发〔2024〕28号 六（二） gives no counting rule
    Check   tests/cases/call_counting/paired_cycles.toml
    """
    charged, discharged = _full(tally, CHARGE), _full(tally, DISCHARGE)
    if terms.pair_by_mean:
        return (charged + discharged) / 2
    if terms.pairing_efficiency_ratio is None:
        raise SettingsError(
            Words("配对循环缺少充放电效率", "paired cycles lack an efficiency"),
            found=Words(
                "设置没有 pairing_efficiency_ratio，电站没有 round_trip_efficiency 或充、放电效率",
                "no pairing_efficiency_ratio in the settings, no round_trip_efficiency or efficiencies of the station",
            ),
            do=Words(
                '填写两者之一，或设 paired_cycles_form = "mean_of_legs"',
                'give one of the two, or set paired_cycles_form = "mean_of_legs"',
            ),
        )
    return min(charged * Fraction(terms.pairing_efficiency_ratio), discharged)


def _full(tally: Tally, name: str) -> Fraction:
    energies = of_name(tally, name)
    return sum((Fraction(energy, reference) for reference, energy in energies.items()), start=Fraction(0))
