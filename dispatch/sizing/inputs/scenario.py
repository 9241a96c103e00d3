"""One scenario: the regime that a station sells under, its prices, and the support that goes with it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from dispatch.sizing.inputs.checks import out_of_range, too_fine
from tariffs.settings import CapacitySupport
from tariffs.station_parts import ID_PATTERN, LARGEST_YEARLY_PRICE
from tariffs.vocabulary.errors import RecordProblems, Words


class Regime(Enum):
    """Whose prices a station has."""

    REGULATED = "regulated"
    MARKET = "market"


class AwardBasis(Enum):
    """Where the award of the city comes from."""

    NONE = "none"
    DOCUMENT = "document"
    OWN = "own"


class ScheduledFor(Enum):
    """What the schedule of a year makes as large as possible."""

    ENERGY_AND_AWARD = "energy_and_award"
    ENERGY = "energy"


class CallsOf(Enum):
    """What a full discharge of a store that has faded is measured by: the plan does not say."""

    USABLE_ENERGY = "usable_energy"
    """The energy that is left: the station is derated as it fades."""
    RATED_ENERGY = "rated_energy"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseTerms:
    """`[scenario.lease]`: the share of the power that is leased out, for so many years from the first."""

    power_ratio: Decimal
    price_cny_per_kw_year: Decimal
    years: int
    lessee_is_new_energy: bool = True

    def __post_init__(self) -> None:
        problems = [
            *out_of_range(self, ("power_ratio",), 0, 1),
            *out_of_range(self, ("price_cny_per_kw_year",), 0, LARGEST_YEARLY_PRICE),
            *out_of_range(self, ("years",), 1, 60),
            *too_fine(self, ("price_cny_per_kw_year",)),
        ]
        if problems:
            raise RecordProblems(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`[[scenario]]`: one regime with its prices and support, for the whole life.

    Raises  RecordProblems with every figure that is out of its range, or that does not go with another
    """

    name: str
    title_zh: str = ""
    title_en: str = ""
    regime: Regime
    """Of the first years."""
    market_from_year: int | None = None
    """With `regulated`: the number of the year from which market prices apply."""
    signals: str = ""
    """File of market prices of one year, in the form of signals.csv, beside the project file."""
    price_growth_ratio: Decimal = Decimal(0)
    """By which market prices grow from year to year; they are those of the first year."""
    calls: Decimal | None = None
    """Full discharges asked of the season days of a year; by default the plan's pro rata where the regulated prices apply, else none."""
    calls_of: CallsOf = CallsOf.USABLE_ENERGY
    max_cycles_per_day: Decimal | None = None
    award: AwardBasis = AwardBasis.NONE
    award_rate_cny_per_kwh: Decimal | None = None
    award_years: int | None = None
    scheduled_for: ScheduledFor = ScheduledFor.ENERGY_AND_AWARD
    capacity_support: CapacitySupport = CapacitySupport.NONE
    capacity_support_cny_per_kw_year: Decimal | None = None
    """Own rate of the subsidy, or the coal capacity price of the place where it is not to be that of the document."""
    net_load_peak_h: Decimal | None = None
    """Longest net-load peak: shorter stations get that share of the national capacity price."""
    capacity_support_years: int | None = None
    """For how many years; left out, the whole life."""
    lease: LeaseTerms | None = None

    def __post_init__(self) -> None:
        problems = [
            *out_of_range(self, ("price_growth_ratio",), Decimal("-0.5"), 1),
            *out_of_range(self, ("calls",), 0, 20_000),
            *out_of_range(self, ("award_rate_cny_per_kwh",), 0, 10),
            *out_of_range(self, ("capacity_support_cny_per_kw_year",), 0, LARGEST_YEARLY_PRICE),
            *out_of_range(self, ("award_years", "capacity_support_years"), 1, 60),
            *out_of_range(self, ("market_from_year",), 2, 60),
            *out_of_range(self, ("net_load_peak_h",), Decimal("0.01"), 24),
            *out_of_range(self, ("max_cycles_per_day",), Decimal("0.01"), 48),
            *too_fine(self, ("capacity_support_cny_per_kw_year",)),
            *self._unfitting(),
        ]
        if problems:
            raise RecordProblems(problems)

    def _unfitting(self) -> list[Words]:
        sells_at_market = self.regime is Regime.MARKET or self.market_from_year is not None
        rules = [
            (
                not ID_PATTERN.fullmatch(self.name),
                Words(
                    f"name {self.name!r} 只能用字母、数字、- 和 _", f"name {self.name!r}: only letters, digits, - and _"
                ),
            ),
            (
                sells_at_market and not self.signals,
                Words("按市场电价须给出 signals", "market prices need signals"),
            ),
            (
                self.regime is Regime.MARKET and self.market_from_year is not None,
                Words("market_from_year 只与 regulated 同用", "market_from_year goes with regulated only"),
            ),
            (
                not sells_at_market and bool(self.signals),
                Words(
                    "全期按方案电价，不用 signals", "signals are of no use where the regulated prices apply throughout"
                ),
            ),
            (
                self.calls_of is CallsOf.RATED_ENERGY and self.calls is None,
                Words("rated_energy 须给出 calls", "calls_of = rated_energy goes with a number of calls"),
            ),
            (
                (self.award is AwardBasis.OWN) != (self.award_rate_cny_per_kwh is not None),
                Words('award_rate_cny_per_kwh 与 award = "own" 同用', 'award_rate_cny_per_kwh goes with award = "own"'),
            ),
            (
                self.capacity_support is CapacitySupport.LOCAL_SUBSIDY
                and self.capacity_support_cny_per_kw_year is None,
                Words(
                    "local_subsidy 须给出 capacity_support_cny_per_kw_year",
                    "local_subsidy needs capacity_support_cny_per_kw_year",
                ),
            ),
            (
                self.capacity_support is CapacitySupport.NATIONAL_CAPACITY_PRICE and self.net_load_peak_h is None,
                Words(
                    "national_capacity_price 须给出 net_load_peak_h", "national_capacity_price needs net_load_peak_h"
                ),
            ),
        ]
        return [words for broken, words in rules if broken]

    def regime_in(self, year_no: int) -> Regime:
        """Whose prices apply in a year of operation, 1 the first."""
        if self.regime is Regime.REGULATED and self.market_from_year is not None and year_no >= self.market_from_year:
            return Regime.MARKET
        return self.regime

    @property
    def regimes(self) -> tuple[Regime, ...]:
        """The regimes that apply in some year, the first years' first."""
        if self.regime is Regime.REGULATED and self.market_from_year is not None:
            return Regime.REGULATED, Regime.MARKET
        return (self.regime,)


def idle_figures(scenario: Scenario) -> tuple[str, ...]:
    """Names of figures of a scenario that are given and play no part under its regime and its support."""
    supported = scenario.capacity_support is not CapacitySupport.NONE
    parts = {
        "price_growth_ratio": Regime.MARKET in scenario.regimes,
        "award_years": scenario.award is not AwardBasis.NONE,
        "capacity_support_cny_per_kw_year": supported,
        "capacity_support_years": supported,
        "net_load_peak_h": scenario.capacity_support is CapacitySupport.NATIONAL_CAPACITY_PRICE,
    }
    return tuple(name for name, plays in parts.items() if not plays and getattr(scenario, name))
