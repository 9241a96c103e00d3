"""A project sized from end to end, what it says of itself, and what it refuses."""

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dispatch.outcome import NoSchedule
from dispatch.sizing import notes
from dispatch.sizing.inputs.project import Project, Size
from dispatch.sizing.report import SizingReport, size_project
from tariffs.settings import Settings
from tariffs.vocabulary.errors import InputError, PolicyNotCovered, Refused, UsageError, Words

ProjectOf = Callable[..., Project]
SizeOf = Callable[[str, str], Size]
ReportOf = Callable[..., SizingReport]
Scenario = dict[str, Any]
MARKET: Scenario = {"name": "market", "regime": "market", "signals": "p.csv"}
REGULATED: Scenario = {"name": "regulated", "regime": "regulated"}
SUBSIDY = {"capacity_support": "local_subsidy", "capacity_support_cny_per_kw_year": 100}
CODES = set(tomllib.loads((Path(notes.__file__).parent / "findings.toml").read_text(encoding="utf-8")))
ONE_SIZE = {"min_power_mw": 20, "max_power_mw": 20, "min_duration_h": 2, "max_duration_h": 2}


@pytest.fixture(scope="module")
def sized(project_of: ProjectOf, prices_of: Any, settings: Settings) -> ReportOf:
    """A report of a project with the same prices in every scenario that has any."""

    def made(
        *scenario: Scenario, prices: Any = None, given: Size | None = None, base: str | None = None, **changed: Any
    ) -> SizingReport:
        project = project_of(*scenario, **changed)
        frame = prices_of() if prices is None else prices
        signals = {each.name: frame for each in project.scenario if each.signals}
        return size_project(project, settings=settings, signals=signals, size=given, scenario=base)

    return made


def codes_of(report: SizingReport) -> set[str]:
    """The codes of the catalogue of sizing that were told."""
    return {each.code for each in report.findings} & CODES


CODE_CASES: dict[str, tuple[tuple[Scenario, ...], dict[str, Any]]] = {
    "size_not_worth_building": ((MARKET,), {"cost": {"power_cost_cny_per_kw": 90_000}, "size": ONE_SIZE}),
    "regulated_prices_go_on": ((REGULATED,), {"project": {"life_years": 6}, "size": ONE_SIZE}),
    "support_not_paid": (
        ({**MARKET, **SUBSIDY},),
        {"project": {"in_annual_plan": False}, "size": ONE_SIZE},
    ),
    "rate_of_return_doubtful": (
        (MARKET,),
        {"cost": {"power_cost_cny_per_kw": 0, "energy_cost_cny_per_kwh": 0}, "size": ONE_SIZE},
    ),
    "store_out_of_use": (
        (MARKET,),
        {"fade": {"calendar_fade_per_year": Decimal("0.2"), "least_energy_ratio": Decimal("0.9")}, "size": ONE_SIZE},
    ),
    "cycle_life_too_short": ((MARKET,), {"fade": {"cycle_life": [[Decimal("0.5"), 9000]]}, "size": ONE_SIZE}),
    "scenario_not_judged": ((MARKET, REGULATED), {"size": {**ONE_SIZE, "min_power_mw": 5, "max_power_mw": 5}}),
    # a loss of the first year that no later year may use is tax saved in the linear program
    "linear_program_differs": (
        (MARKET,),
        {
            "project": {"life_years": 4},
            "cost": {"energy_cost_cny_per_kwh": 400},
            "finance": {"income_tax_ratio": Decimal("0.25"), "loss_carry_years": 0, "depreciation_years": 1},
            "size": ONE_SIZE,
        },
    ),
}


@pytest.mark.parametrize("code", [*CODE_CASES, "year_made_whole"])
def test_what_there_is_to_know_is_told(sized: ReportOf, prices_of: Any, code: str) -> None:
    scenarios, changed = CODE_CASES.get(code, ((MARKET,), {"size": ONE_SIZE}))
    report = sized(*scenarios, prices=prices_of(days=364) if code == "year_made_whole" else None, **changed)
    assert {code} <= codes_of(report)


def test_a_plain_project_has_nothing_to_tell(sized: ReportOf) -> None:
    assert set() == codes_of(sized(MARKET, given=Size(power_mw=Decimal(20), energy_mwh=Decimal(40))))


def test_every_code_of_the_catalogue_is_reached_by_a_case() -> None:
    assert {*CODE_CASES, "year_made_whole"} == CODES


def test_the_years_without_support_are_named(sized: ReportOf, size_of: SizeOf) -> None:
    lease = {"power_ratio": 1, "price_cny_per_kw_year": 100, "years": 2}
    report = sized({**MARKET, **SUBSIDY, "lease": lease}, project={"life_years": 3}, given=size_of("20", "40"))
    (told,) = [each for each in report.findings if each.code == "support_not_paid"]
    assert "year(s) 1-2: its capacity is leased" in told.message.en


def test_a_report_holds_every_scenario_in_the_order_of_the_project(sized: ReportOf, size_of: SizeOf) -> None:
    report = sized(MARKET, REGULATED, {**MARKET, "name": "again"}, base="regulated", given=size_of("20", "40"))
    assert ["market", "regulated", "again"] == [each.scenario.name for each in report.judged]
    assert ("regulated", "regulated") == (report.base.name, report.map.scenario)
    assert report.chosen.scenario.name == "regulated"


def test_the_best_size_of_a_scenario_is_chosen_and_judged_under_all(sized: ReportOf) -> None:
    report = sized(MARKET, REGULATED, size={"max_power_mw": 20, "min_power_mw": 10, "max_duration_h": 4})
    assert report.best is not None
    # 600 元 a day for each MWh up to four hours: the largest size
    assert (20, 80) == (report.size.power_mw, report.size.energy_mwh)
    assert pytest.approx(report.best.npv_cny, abs=2.0) == report.chosen.measures.npv_fen / 100
    # 365 x 4 x 12,000 a year less 1,000,000 and 8,000,000
    assert pytest.approx(17_520_000 * (1 / 1.1 + 1 / 1.21) - 9_000_000, abs=0.01) == report.best.npv_cny


def test_a_size_that_is_given_is_judged_and_none_is_sought_for_its_scenario(sized: ReportOf, size_of: SizeOf) -> None:
    report = sized(MARKET, given=size_of("10", "20"))
    assert report.best is None
    assert 510_165_289 == report.chosen.measures.npv_fen


def test_the_station_that_is_too_small_for_one_scenario_is_told_and_judged_in_the_other(
    sized: ReportOf, size_of: SizeOf
) -> None:
    report = sized(MARKET, REGULATED, given=size_of("5", "10"))
    market, regulated = report.judged
    assert market.at_size is not None
    assert regulated.at_size is None and regulated.refusal is not None
    assert "below 10 MW" in regulated.refusal.en


def test_progress_is_told_in_both_languages(
    project_of: ProjectOf, prices_of: Any, settings: Settings, size_of: SizeOf
) -> None:
    told: list[Words] = []
    size_project(
        project_of(), settings=settings, signals={"market": prices_of()}, size=size_of("10", "20"), progress=told.append
    )
    assert "scenario market" in [each.en for each in told]


def test_a_project_file_finds_its_prices_beside_itself(prices_of: Any, tmp_path: Path, size_of: SizeOf) -> None:
    prices_of().write_parquet(tmp_path / "p.parquet")
    (tmp_path / "project.toml").write_text(
        """
[project]
id = "A"
name = "甲"
first_on = 2026-01-01
life_years = 2
round_trip_efficiency = 1
[size]
max_power_mw = 20
[cost]
power_cost_cny_per_kw = 50
energy_cost_cny_per_kwh = 100
[finance]
discount_ratio = 0.1
income_tax_ratio = 0
residual_ratio = 0
[[scenario]]
name = "market"
regime = "market"
signals = "p.parquet"
""",
        encoding="utf-8",
    )
    report = size_project(tmp_path / "project.toml", size=size_of("10", "20"))
    assert 510_165_289 == report.chosen.measures.npv_fen


def test_an_unknown_scenario_is_refused(sized: ReportOf) -> None:
    with pytest.raises(UsageError, match="there is no scenario markt"):
        sized(MARKET, base="markt")


def test_calls_that_cannot_be_made_are_refused_for_the_chosen_scenario(sized: ReportOf, size_of: SizeOf) -> None:
    with pytest.raises(NoSchedule, match="5000 calls cannot be reached"):
        sized({**MARKET, "calls": 5_000}, given=size_of("10", "20"))


@pytest.mark.parametrize("plant", [{"host": "user"}, {"in_annual_plan": False}])
def test_a_station_that_has_no_regulated_prices_is_refused(
    sized: ReportOf, size_of: SizeOf, plant: dict[str, Any]
) -> None:
    with pytest.raises(Refused, match="not settled at the regulated prices"):
        sized(REGULATED, project=plant, given=size_of("20", "40"))


def test_a_market_project_after_the_term_of_the_plan_is_sized_with_settings_all_the_same(
    sized: ReportOf, size_of: SizeOf
) -> None:
    report = sized(MARKET, project={"first_on": date(2031, 1, 1)}, given=size_of("10", "20"))
    assert 510_165_289 == report.chosen.measures.npv_fen


def test_a_scenario_outside_the_term_of_the_plan_is_told_and_the_others_are_judged(
    sized: ReportOf, size_of: SizeOf
) -> None:
    report = sized(MARKET, REGULATED, project={"first_on": date(2031, 1, 1)}, given=size_of("20", "40"))
    market, regulated = report.judged
    assert market.at_size is not None
    assert regulated.at_size is None and regulated.refusal is not None
    assert "no version in force on 2031-01-01" in regulated.refusal.en
    with pytest.raises(PolicyNotCovered):
        sized(REGULATED, project={"first_on": date(2031, 1, 1)}, given=size_of("20", "40"))


def test_an_award_without_a_rate_is_refused_with_the_way_out(sized: ReportOf, size_of: SizeOf) -> None:
    with pytest.raises(InputError, match="no rate of the award"):
        sized({**MARKET, "award": "document"}, given=size_of("10", "20"))
