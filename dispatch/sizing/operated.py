"""A size operated over its whole life under one scenario: every year planned with the energy that is left, and verified."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import nan

from dispatch.sizing.awards import award_terms_of, awarded_kwh
from dispatch.sizing.ground import Ground
from dispatch.sizing.health import YearHealth, health_path_by_year
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.inputs.scenario import CallsOf, Scenario
from dispatch.sizing.planned import PlannedYear, planned_year
from dispatch.sizing.supports import lease_fen, support_fen
from dispatch.sizing.typical import YearKind, kind_of
from dispatch.sizing.years import YearFigures
from dispatch.station.degradation import cycle_fade
from tariffs.vocabulary.money import rounded
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, FEN_PER_CNY, KWH_PER_MWH

NO_CALLS = nan


@dataclass(frozen=True, slots=True, kw_only=True)
class Operated:
    """The life of a size under a scenario.

    Shape   one entry a year of operation in `years` and `health`; `planned` has the plan of each year in use, the same
            object for years that are alike
    """

    scenario: Scenario
    size: Size
    years: tuple[YearFigures, ...]
    health: tuple[YearHealth, ...]
    planned: tuple[PlannedYear, ...]

    @property
    def first(self) -> PlannedYear:
        """The first year of operation."""
        return self.planned[0]


def operated(ground: Ground, scenario: Scenario, size: Size) -> Operated:
    """The life of a size: each year planned with the energy it begins with, which the years before have left.

    Raises  NoSchedule if the calls cannot be made in some year; Refused if the station is not settled at the regulated
            prices; InputError if the award has no rate
    """
    project = ground.project
    known: dict[tuple[YearKind, Decimal], PlannedYear] = {}
    planned: list[PlannedYear] = []

    def fade_of(year_no: int, ratio: float) -> float:
        # six decimals, as the path of health has them: a longer ratio would make a rating of odd digits
        key = kind_of(ground, scenario, year_no), Decimal(str(ratio))
        if key not in known:
            known[key] = planned_year(ground, key[0], size, key[1])
        planned.append(known[key])
        return _faded(planned[-1], ground)

    health = health_path_by_year(project.fade, project.augmentation, project.project.life_years, fade_of)
    years = [
        year_figures(ground, scenario, size, each, _moved(plan)) for each, plan in zip(health, planned, strict=False)
    ]
    idle = [idle_year(ground, scenario, each) for each in health[len(planned) :]]
    return Operated(scenario=scenario, size=size, years=(*years, *idle), health=tuple(health), planned=tuple(planned))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What a whole year moves and earns from energy: fen, 1e-4 kWh, full discharges of what is left on season days."""

    charge_fen: int
    discharge_fen: int
    charge_kwh_e4: int
    discharge_kwh_e4: int
    season_calls: float


def year_figures(ground: Ground, scenario: Scenario, size: Size, health: YearHealth, moved: Moved) -> YearFigures:
    """The figures of a year in use: its energy, and the award, support and lease that go with it."""
    plant, year_no = ground.project.project, health.year_no
    of_rated = scenario.calls_of is CallsOf.RATED_ENERGY
    return YearFigures(
        year_no=year_no,
        first_on=plant.year(year_no)[0],
        regime=scenario.regime_in(year_no),
        energy_ratio=health.energy_ratio,
        added_mwh=health.added_ratio * float(size.energy_mwh),
        charge_kwh_e4=moved.charge_kwh_e4,
        discharge_kwh_e4=moved.discharge_kwh_e4,
        season_calls=moved.season_calls * (health.energy_ratio if of_rated else 1.0),
        charge_fen=moved.charge_fen,
        discharge_fen=moved.discharge_fen,
        award_fen=award_fen(ground, scenario, size, year_no, moved.discharge_kwh_e4),
        capacity_support_fen=support_fen(ground, scenario, size, year_no),
        capacity_lease_fen=lease_fen(scenario, size, year_no),
    )


def award_fen(ground: Ground, scenario: Scenario, size: Size, year_no: int, discharge_kwh_e4: int) -> int:
    """What the award pays for the energy of a year, fen; nothing after its years.

    Source  沪府办发〔2024〕28号 六（三）; 沪发改规范〔2025〕5号
    """
    terms = award_terms_of(ground, scenario)
    if terms is None or year_no > terms.years:
        return 0
    kwh = awarded_kwh(Fraction(discharge_kwh_e4, ENERGY_UNITS_PER_KWH), size, terms, KWH_PER_MWH)
    return rounded(kwh * Fraction(terms.rate_cny_per_kwh) * FEN_PER_CNY)


def _moved(plan: PlannedYear) -> Moved:
    share = plan.typical.share
    return Moved(
        charge_fen=rounded(plan.charge_fen * share),
        discharge_fen=rounded(plan.discharge_fen * share),
        charge_kwh_e4=rounded(plan.charge_kwh_e4 * share),
        discharge_kwh_e4=rounded(plan.discharge_kwh_e4 * share),
        season_calls=plan.season_calls * float(share) if plan.typical.knows_seasons else NO_CALLS,
    )


def _faded(plan: PlannedYear, ground: Ground) -> float:
    fade = ground.project.fade
    if not fade.cycle_life:
        return 0.0
    return cycle_fade(plan.count, fade.cycle_life, fade.end_of_life_ratio) * float(plan.typical.share)


def idle_year(ground: Ground, scenario: Scenario, health: YearHealth) -> YearFigures:
    """A year after the store is out of use: nothing moves, nothing is paid."""
    year_no = health.year_no
    return YearFigures(
        year_no=year_no,
        first_on=ground.project.project.year(year_no)[0],
        regime=scenario.regime_in(year_no),
        energy_ratio=0.0,
        added_mwh=0.0,
        charge_kwh_e4=0,
        discharge_kwh_e4=0,
        season_calls=0.0,
        charge_fen=0,
        discharge_fen=0,
        award_fen=0,
        capacity_support_fen=0,
        capacity_lease_fen=0,
    )
