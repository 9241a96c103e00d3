"""Full-power hours: energy discharged on peak-season days over rated power, and so many hours are one call."""

from decimal import Decimal
from fractions import Fraction

from settlement.activity import CountingTerms, RatedSpan, SeasonActivity
from settlement.tally import Tally, of_name
from tariffs.vocabulary.errors import SettingsError, Words

READS = ("spans",)
DISCHARGE = "discharge"


def tally(activity: SeasonActivity, terms: CountingTerms) -> Tally:
    """What a month adds: the energy discharged on counted season days, by the energy of one full call.

    Shape   `discharge` in 1e-4 kWh; one full call is rated power times `hours_per_call`, without that the rated duration
    Raises  SettingsError if the hours are not above zero, or give an energy that has more than four decimals of a kWh
    """
    energies: dict[tuple[str, int], int] = {}
    for span in activity.spans:
        key = (DISCHARGE, _full_call_kwh_e4(span, terms.hours_per_call))
        energies[key] = energies.get(key, 0) + span.discharge_kwh_e4
    return energies


def calls(tally: Tally, terms: CountingTerms) -> Fraction:  # noqa: ARG001 every rule is called alike
    """The number of calls of a sum of tallies, exact: hours at rated power over the hours of one call.

    Source  江苏 words its yearly floor as 160 calls or 320 hours of a two-hour station: one call is its rated duration;
            沪府办发〔2024〕28号 六（二） gives no counting rule
    Check   tests/cases/call_counting/full_power_hours.toml
    """
    energies = of_name(tally, DISCHARGE)
    return sum((Fraction(energy, reference) for reference, energy in energies.items()), start=Fraction(0))


def _full_call_kwh_e4(span: RatedSpan, hours_per_call: Decimal | None) -> int:
    hours = span.rated_duration_h if hours_per_call is None else Fraction(hours_per_call)
    energy = span.power_kw_e4 * hours
    if hours <= 0 or energy.denominator != 1:
        shown = f"hours_per_call = {hours_per_call}" if hours_per_call is not None else f"{hours} h"
        raise SettingsError(
            Words(
                "每次调用小时数乘额定功率须为正，且最多四位小数千瓦时",
                "rated power times the hours of a call must be above zero, with at most four decimals of a kWh",
            ),
            found=Words(shown, shown),
            do=Words("改 hours_per_call，例如 2", "change hours_per_call, for example to 2"),
        )
    return int(energy)
