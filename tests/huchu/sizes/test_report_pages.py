"""The pictures and the two pages of a sized project: its figures are on them, and they stay two whatever comes."""

import io
import pickle
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdf
import pytest

from dispatch.sizing.best import Best
from dispatch.sizing.finance.cash_flow import CashFlow
from dispatch.sizing.finance.measures import Payback
from dispatch.sizing.inputs.project import Size, project_from_table
from dispatch.sizing.report import Judged, SizingReport, size_project
from huchu.plots.size_drawn import size_png
from huchu.plots.size_picture import SizePictures
from huchu.sizes.pdf import report_bytes, write_report
from huchu.sizes.pdf_tables import shown_years
from huchu.sizes.pictures import first_scenarios, pngs, size_pictures
from huchu.sizes.sentences import answer, cut
from tariffs.settings import read_settings
from tariffs.vocabulary.errors import InputError, Words

SETTINGS = Path(__file__).resolve().parents[3] / "huchu" / "samples" / "size" / "huchu.toml"
SIZE = Size(power_mw=Decimal(20), energy_mwh=Decimal(50))
LONG_ZH, LONG_EN = "名称很长的情景，条件很多，" * 9, "a title with very many conditions and words " * 9
DIGESTS = {"project.toml": "ab12" * 16, "huchu.toml": "cd34" * 16}


@pytest.fixture(scope="module")
def report() -> SizingReport:
    """20 MW / 50 MWh for two years at the regulated prices; too small for them below 10 MW."""
    table = {
        "project": {
            "id": "P-1",
            "name": "样例电站",
            "first_on": date(2026, 7, 1),
            "life_years": 2,
            "round_trip_efficiency": Decimal("0.86"),
        },
        "size": {
            "min_power_mw": Decimal(8),
            "max_power_mw": Decimal(20),
            "min_duration_h": Decimal(2),
            "max_duration_h": Decimal(3),
            "max_energy_mwh": Decimal(55),
        },
        "cost": {"power_cost_cny_per_kw": Decimal(50), "energy_cost_cny_per_kwh": Decimal(60)},
        "finance": {"discount_ratio": Decimal("0.06")},
        "scenario": [
            {"name": "plan", "regime": "regulated", "title_zh": "方案电价", "title_en": "regulated"},
            {"name": "few", "regime": "regulated", "calls": Decimal(100)},
        ],
    }
    return size_project(project_from_table(table), settings=read_settings(SETTINGS), size=SIZE)


@pytest.fixture(scope="module")
def pictures(report: SizingReport) -> Mapping[str, bytes]:
    return pngs(size_pictures(report))


@pytest.fixture(scope="module")
def pages(report: SizingReport, pictures: Mapping[str, bytes]) -> list[str]:
    return texts_of(report_bytes(report, pictures, DIGESTS))


def texts_of(pdf: bytes) -> list[str]:
    """The text of each page without spaces."""
    return [re.sub(r"\s", "", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def measured(report: SizingReport, **changes: Any) -> SizingReport:
    """The report with other measures of the chosen size."""
    at = report.chosen
    at = replace(at, measures=replace(at.measures, **changes))
    judged = tuple(replace(each, at_size=at) if each.scenario == report.base else each for each in report.judged)
    return replace(report, judged=judged)


def not_worth_building(report: SizingReport) -> SizingReport:
    best = Best(scenario=report.base, size=SIZE, npv_cny=-5e6, is_worth_building=False, linear=None)
    return replace(measured(report, npv_fen=-500_000_000), best=best)


def sixty_years(report: SizingReport) -> SizingReport:
    """The second year again and again, with every line in use."""

    def longer(judged: Judged) -> Judged:
        at = judged.at_size
        assert at is not None
        rows, years = list(at.cash_flow.rows), list(at.operated.years)
        for number in range(3, 61):
            rows.append(
                replace(rows[2], year_no=number, award_fen=5, capacity_lease_fen=7, capacity_support_fen=9, tax_fen=-3)
            )
            years.append(replace(years[1], year_no=number))
        life = replace(at.operated, years=tuple(years))
        return replace(judged, at_size=replace(at, cash_flow=CashFlow(rows=tuple(rows)), operated=life))

    project = replace(report.project, project=replace(report.project.project, life_years=60))
    return replace(
        report, ground=replace(report.ground, project=project), judged=tuple(longer(each) for each in report.judged)
    )


def many_scenarios(report: SizingReport) -> SizingReport:
    """Sixteen scenarios with long titles, every third refused; the size was chosen for the fourteenth."""
    refusal = Words("所要求的调用次数无法完成，" * 9, "the calls asked for cannot be made " * 9)
    judged = []
    for number in range(16):
        scenario = replace(report.base, name=f"s{number}", title_zh=f"{number} {LONG_ZH}", title_en=LONG_EN)
        if number % 3 == 2:
            judged.append(Judged(scenario=scenario, at_size=None, best=None, refusal=refusal))
        else:
            judged.append(replace(report.judged[0], scenario=scenario))
    return replace(report, judged=tuple(judged), base=judged[13].scenario)


def long_words(report: SizingReport) -> SizingReport:
    """Long names, many long notes and drivers, large figures, every assumption given."""
    project = report.project
    plant = replace(project.project, id="X" * 60, name="某新能源公司百万千瓦级独立储能电站示范项目" * 5)
    amount = Decimal("123456.789")
    cost = replace(
        project.cost,
        fixed_investment_cny=amount,
        fixed_cost_cny_per_kw_year=amount,
        fixed_cost_cny_per_kwh_year=amount,
        fixed_cost_cny_per_year=amount,
        variable_cost_cny_per_mwh=amount,
        cost_growth_ratio=Decimal("0.0123"),
    )
    fade = replace(
        project.fade, calendar_fade_per_year=Decimal("0.0123"), cycle_life=((Decimal("0.8"), Decimal(12345)),)
    )
    added = replace(
        project.augmentation,
        in_years=tuple(range(2, plant.life_years + 1)),
        below_ratio=Decimal("0.7"),
        energy_cost_cny_per_kwh=amount,
    )
    found = tuple(replace(each, message=Words(LONG_ZH * 3, LONG_EN * 3)) for each in report.findings) * 5
    drivers = tuple(replace(each, words=Words(LONG_ZH, LONG_EN)) for each in report.sensitivity.drivers) * 4
    known = replace(project, project=plant, cost=cost, fade=fade, augmentation=added)
    return replace(
        report,
        ground=replace(report.ground, project=known),
        size=Size(power_mw=Decimal("1234.567"), energy_mwh=Decimal("12345.678")),
        findings=found,
        sensitivity=replace(report.sensitivity, drivers=drivers),
    )


CASES: dict[str, Callable[[SizingReport], SizingReport]] = {
    "as it is": lambda report: report,
    "not worth building": not_worth_building,
    "sixteen scenarios": many_scenarios,
    "sixty years": sixty_years,
    "long words": long_words,
    "all at once": lambda report: long_words(many_scenarios(sixty_years(not_worth_building(report)))),
}


ODD_RATES: dict[str, Callable[[SizingReport], SizingReport]] = {
    "no rate of return": lambda report: measured(
        report, irr_ratio=None, zero_rates=(), irr_words=Words("没有", "none"), lcos_cny_per_mwh=None
    ),
    "two rates of return, never paid back": lambda report: measured(
        report,
        irr_ratio=None,
        zero_rates=(0.1, 0.2),
        irr_words=Words("不唯一", "ambiguous"),
        payback=Payback(years=None),
        discounted_payback=Payback(years=None),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_there_are_two_pages_and_nothing_collides_or_is_lacking(
    report: SizingReport, case: str, texts_written: Any, caplog: pytest.LogCaptureFixture
) -> None:
    # typst's warnings are refusals, and a glyph that the fonts lack in a picture is a warning, and so an error here
    known, made = CASES[case](report), {}
    for name, picture in size_pictures(known).by_file().items():
        made[name] = png = size_png(picture)
        assert [] == texts_written.faults((int.from_bytes(png[16:20]), int.from_bytes(png[20:24]))), name
        texts_written.boxes.clear()
    pages = texts_of(report_bytes(known, made, {f"{n}.csv": "c" * 64 for n in range(9)}))
    assert 2 == len(pages)
    assert "第1页共2页" in pages[0]
    assert "适用的口径" in pages[1]
    assert "energy_basis=rated_at_grid_meter" in pages[1]
    assert "〓" not in "".join(pages)
    assert [] == caplog.messages


@pytest.mark.parametrize(("case", "shown"), [(case, case.split()[0]) for case in ODD_RATES])
def test_a_rate_of_return_that_is_not_one_is_told_in_words(
    report: SizingReport, pictures: Mapping[str, bytes], case: str, shown: str
) -> None:
    pages = texts_of(report_bytes(ODD_RATES[case](report), pictures, DIGESTS))
    assert 2 == len(pages)
    assert {"no": "无none", "two": "不唯一ambiguous"}[shown] in pages[0]
    assert "见说明seenotes" in pages[0]


def test_the_measures_of_the_report_stand_on_the_first_page(report: SizingReport, pages: list[str]) -> None:
    measures = report.chosen.measures
    assert measures.irr_ratio is not None
    assert measures.payback.years is not None
    npv_thousands = f"{measures.npv_fen / 100_000:,.1f}"
    for shown in (
        "样例电站",
        f"{npv_thousands}千元",
        f"{measures.irr_ratio:.2%}",
        f"{measures.lcos_cny_per_mwh:,.2f}",
        f"{measures.payback.years:.1f}年回收投资",
        "20MW/50MWh",
        "2.5h",
    ):
        assert shown in pages[0], shown


def test_each_scenario_stands_on_the_first_page_with_its_worth(report: SizingReport, pages: list[str]) -> None:
    for each in report.judged:
        assert each.at_size is not None
        assert (each.scenario.title_zh or each.scenario.name) in pages[0]
        assert f"{each.at_size.measures.npv_fen / 100_000:,.1f}" in pages[0]


def test_cash_flow_break_even_assumptions_and_formulas_stand_on_the_second_page(
    report: SizingReport, pages: list[str]
) -> None:
    row = report.chosen.cash_flow.rows[2]
    shown = [f"{row.net_fen / 100_000_000:,.1f}", "50元/kW", "60元/kWh", "86%", "6%"]
    shown += [f"≤{each.figure:,.2f}" for each in report.break_evens if each.name == "energy_cost" and each.figure]
    shown += ["净现值NPV", "内部收益率IRR", "vat_basis=with_vat", "huchu", "project.tomlab12ab12ab12"]
    for text in shown:
        assert text in pages[1], text


def test_the_same_report_gives_the_same_bytes(report: SizingReport, pictures: Mapping[str, bytes]) -> None:
    assert report_bytes(report, pictures, DIGESTS) == report_bytes(report, dict(pictures), DIGESTS)


def test_the_file_is_dated_by_the_first_day_of_operation(report: SizingReport, pictures: Mapping[str, bytes]) -> None:
    particulars = pypdf.PdfReader(io.BytesIO(report_bytes(report, pictures))).metadata
    assert particulars is not None
    assert str(particulars["/CreationDate"]).startswith("D:20260701")


def test_a_written_file_holds_the_bytes(report: SizingReport, pictures: Mapping[str, bytes], tmp_path: Path) -> None:
    write_report(tmp_path / "sizing.pdf", report, pictures, DIGESTS)
    assert report_bytes(report, pictures, DIGESTS) == (tmp_path / "sizing.pdf").read_bytes()


def test_a_name_that_looks_like_markup_is_printed_as_it_is(report: SizingReport, pictures: Mapping[str, bytes]) -> None:
    plant = replace(report.project.project, name='"#panic[x] *y* \\ $z$')
    ground = replace(report.ground, project=replace(report.project, project=plant))
    assert '"#panic[x]*y*\\$z$' in texts_of(report_bytes(replace(report, ground=ground), pictures))[0]


def test_a_character_that_the_fonts_lack_is_marked(report: SizingReport, pictures: Mapping[str, bytes]) -> None:
    plant = replace(report.project.project, name="站\U0001f50b")
    ground = replace(report.ground, project=replace(report.project, project=plant))
    assert "站〓" in texts_of(report_bytes(replace(report, ground=ground), pictures))[0]


def test_a_picture_that_is_none_is_refused_with_words(report: SizingReport, pictures: Mapping[str, bytes]) -> None:
    with pytest.raises(InputError) as refused:
        report_bytes(report, {**pictures, "npv_map.png": b"no picture"})
    assert "PDF" in refused.value.what.zh


def test_what_is_not_worth_building_is_answered_with_no(report: SizingReport) -> None:
    told = answer(not_worth_building(report))
    assert told.zh.startswith("不建：没有规模能收回投入")
    assert told.en.startswith("Do not build: no size earns back what it costs")


def test_the_best_size_is_answered_with_build(report: SizingReport) -> None:
    best = Best(scenario=report.base, size=SIZE, npv_cny=5e6, is_worth_building=True, linear=None)
    assert answer(replace(report, best=best)).zh.startswith("建 20 MW / 50 MWh（2.5 小时）：净现值")


def test_a_given_size_that_loses_money_is_answered_with_no(report: SizingReport) -> None:
    assert answer(measured(report, npv_fen=-5)).en.startswith("Do not build 20 MW / 50 MWh (2.5 h): NPV of")


def test_the_scenario_of_the_size_is_always_among_those_shown(report: SizingReport) -> None:
    known = many_scenarios(report)
    shown = [each.scenario.name for each in first_scenarios(known, 12)]
    assert [*(f"s{number}" for number in range(11)), "s13"] == shown


def test_pictures_can_be_sent_to_another_process(report: SizingReport) -> None:
    made = size_pictures(report)
    assert made == pickle.loads(pickle.dumps(made))


def test_pictures_hold_plain_figures_of_the_report(report: SizingReport) -> None:
    made: SizePictures = size_pictures(report)
    chosen = report.chosen
    assert report.map.npv_cny == made.npv_map.npv_cny
    assert chosen.measures.npv_fen / 100 == made.npv_map.chosen_npv_cny
    assert [each / 100 for each in chosen.cash_flow.net_fen] == list(made.cash_flow.net_cny)
    assert list(chosen.cash_flow.net_fen) == [
        round(100 * sum(amounts)) for amounts in zip(*(part.amounts_cny for part in made.cash_flow.parts), strict=True)
    ]


def test_the_energy_limit_is_drawn_where_it_crosses_the_map(report: SizingReport) -> None:
    """55 MWh: 2.75 hours at 20 MW."""
    (limit,) = size_pictures(report).npv_map.limits
    assert "energy limit" == limit.words.en
    assert 2.75 == pytest.approx(limit.duration_h[-1])


def test_an_investment_limit_is_drawn_as_the_hours_that_it_leaves(report: SizingReport) -> None:
    """2.5 million less 50 元/kW for 20 MW leaves 1.5 million: 25 MWh at 60 元/kWh, below the map, so at its foot."""
    limits = replace(report.project.size, max_energy_mwh=None, max_investment_cny=Decimal(2_500_000))
    ground = replace(report.ground, project=replace(report.project, size=limits))
    (limit,) = size_pictures(replace(report, ground=ground)).npv_map.limits
    assert "investment limit" == limit.words.en
    assert 2.0 == limit.duration_h[-1]
    # 8 MW leave 2.1 million: 35 MWh, 4.375 hours
    assert 4.375 == pytest.approx(limit.duration_h[0])


@pytest.mark.parametrize(
    ("life", "first", "last", "count"),
    [(1, (0, 1), 1, 2), (15, (0, 1, 2), 15, 16), (16, (0, 1, 2), 16, 12), (60, (0, 1, 2), 60, 14)],
)
def test_a_long_life_is_shown_in_sixteen_columns_at_most(
    life: int, first: tuple[int, ...], last: int, count: int
) -> None:
    shown = shown_years(life)
    assert first == shown[: len(first)]
    assert last == shown[-1]
    assert count == len(shown) <= 16
    assert list(shown) == sorted(set(shown))


@pytest.mark.parametrize(("text", "shown"), [("电站", "电站"), ("电站电站电站", "电站电…"), ("abcdefghij", "abcdefg…")])
def test_a_text_is_cut_by_its_room(text: str, shown: str) -> None:
    assert shown == cut(text, 8)
