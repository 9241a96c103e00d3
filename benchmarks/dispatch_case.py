"""The instances of the dispatch benchmarks: one station, one horizon, prices from a fixed seed or from the shared series.

Numpy only: every tool gets the same arrays, and every answer is counted again here.
"""

import csv
import gzip
import json
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt

from benchmarks.measure import ROOT
from tariffs.vocabulary.units import HOURS_PER_DAY, MINUTES_PER_HOUR

Floats = npt.NDArray[np.float64]
SHARED = ROOT.parent / "shared" / "data" / "prices" / "cn_province_rt_15min_2022.csv.gz"
SEED = 212
POWER_MW = 100.0
ENERGY_MWH = 200.0
EFFICIENCY = 0.87**0.5
FULL_MWH = ENERGY_MWH / EFFICIENCY
SEASON_CALLS = 210
SEASON_DAYS = 212
SEASON_MONTHS = (1, 2, 6, 7, 8, 9, 12)
FIRST_DAY = date(2025, 1, 1)
SHARED_MINUTES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is to be planned.

    Shape   `prices` is made (always positive), made_negative or shared; `calls` full discharges are asked of the season
            days; `exclusive`: never charging and discharging in the same step
    """

    minutes: int
    days: int = 365
    prices: str = "made"
    calls: float = 0.0
    exclusive: bool = False

    @property
    def hours(self) -> float:
        """Length of a step."""
        return self.minutes / MINUTES_PER_HOUR

    @property
    def steps_per_day(self) -> int:
        """Steps of a day."""
        return HOURS_PER_DAY * MINUTES_PER_HOUR // self.minutes

    @property
    def steps(self) -> int:
        """Number of steps."""
        return self.days * self.steps_per_day

    @property
    def words(self) -> str:
        """The case as the table names it."""
        parts = [{60: "hourly", 15: "15 min"}[self.minutes], f"{self.days} days"]
        parts += [f"{self.calls:.0f} calls"] * (self.calls > 0) + ["exclusive"] * self.exclusive
        parts += [{"made": "", "made_negative": "negative prices", "shared": "shared series"}[self.prices]]
        return ", ".join(part for part in parts if part)


def to_text(case: Case) -> str:
    """A case as an argument of a child."""
    return json.dumps(asdict(case))


def from_text(text: str) -> Case:
    """The case that `to_text` wrote."""
    return Case(**json.loads(text))


@cache
def price_cny_per_mwh(case: Case) -> Floats:
    """Price of each step, whole 0.01 元/MWh; made once, for it is what every tool is given."""
    price = np.round(_shared_price(case) if case.prices == "shared" else _made_price(case), 2)
    price.setflags(write=False)
    return price


@cache
def in_season(case: Case) -> npt.NDArray[np.bool_]:
    """Whether each step lies on a season day: June to September, December to February."""
    days = [(FIRST_DAY + timedelta(days=day)).month in SEASON_MONTHS for day in range(case.days)]
    return np.repeat(np.array(days), case.steps_per_day)


def with_calls(case: Case) -> Case:
    """The same case with 210 calls asked of 212 season days, or as many in proportion."""
    season_days = in_season(case).sum() / case.steps_per_day
    return replace(case, calls=float(round(SEASON_CALLS * season_days / SEASON_DAYS)))


def counted_again(case: Case, charge_mw: Floats, discharge_mw: Floats) -> float:
    """Revenue of a schedule in 元.

    Raises  RuntimeError if the schedule breaks a limit of the case
    """
    stored_mwh = np.cumsum(case.hours * (EFFICIENCY * charge_mw - discharge_mw / EFFICIENCY))
    calls = case.hours * float(discharge_mw[in_season(case)].sum()) / ENERGY_MWH
    power_mw = np.concatenate([charge_mw, discharge_mw])
    both_mw = np.minimum(charge_mw, discharge_mw).max() if case.exclusive else 0.0
    slack = 1e-5
    broken = {
        "a power": power_mw.min() < -slack or power_mw.max() > POWER_MW + slack,
        "the stored energy": stored_mwh.min() < -slack or stored_mwh.max() > FULL_MWH + slack,
        "the end": abs(stored_mwh[-1]) > slack,
        "the calls": calls < case.calls - slack,
        "both at once": both_mw > slack,
    }
    if any(broken.values()):
        raise RuntimeError(f"{case.words}: off limits: {', '.join(name for name, is_so in broken.items() if is_so)}")
    return float(case.hours * (price_cny_per_mwh(case) @ (discharge_mw - charge_mw)))


def _made_price(case: Case) -> Floats:
    """A plausible year: two peaks and a midday hollow of daily changing depth, slow and quick noise, spikes."""
    random = np.random.default_rng([SEED, case.minutes])
    count = case.steps
    hour = (np.arange(count) * case.hours) % HOURS_PER_DAY
    year_turn = 2 * np.pi * np.arange(count) / (365 * case.steps_per_day)
    morning, evening, hollow = (
        np.exp(-(((hour - middle) / width) ** 2)) for middle, width in ((8.5, 2.2), (19.0, 2.2), (13.0, 2.5))
    )
    slow = np.repeat(random.normal(0.0, 45.0, case.days), case.steps_per_day)
    depth = np.repeat(random.beta(0.6, 1.2, case.days), case.steps_per_day)
    quick = random.normal(0.0, 6.0, count)
    spikes = (random.random(count) < 0.001 * case.hours) * random.exponential(400.0, count)
    shape = 80 * morning + 150 * evening - 140 * hollow * (1 + 0.3 * np.sin(year_turn))
    price = 360 + 30 * np.cos(2 * year_turn) + depth * shape + slow + quick + spikes
    if case.prices == "made_negative":
        sunny = np.repeat(random.random(case.days) < 0.15, case.steps_per_day)
        return np.maximum(price - 420.0 * hollow * sunny, -80.0)
    return np.maximum(price, 60.0)


def _shared_price(case: Case) -> Floats:
    with gzip.open(SHARED, "rt", encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    price = np.array([float(row[-1]) for row in rows])[: case.days * HOURS_PER_DAY * MINUTES_PER_HOUR // SHARED_MINUTES]
    return price.reshape(-1, case.minutes // SHARED_MINUTES).mean(axis=1)
