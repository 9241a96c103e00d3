"""Which formulas apply with which figures, what profiles fix, and what the month comes to in the end."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from settlement.assessed import AssessedMonth, AssessedUnit
from settlement.assessing import assessed_month, assessment_items, formulas
from tariffs.citation import Confirmation
from tariffs.settings import read_settings
from tariffs.versions import Library
from tariffs.vocabulary.errors import PolicyNotCovered, SettingsError

ON = date(2025, 7, 1)
SHIPPED = Library()
July = Callable[..., AssessedMonth]
Made = Callable[..., Any]
OUTAGE = {"factor": "0.5", "max_hours": "72", "peak_factor": "1"}
DEVIATION = {"factor": "1", "plan_tolerance_ratio": "0.02", "power_tolerance_ratio": "0.01"}
MWH = 10_000_000


def names(items: tuple[Any, ...]) -> list[str]:
    return [item.name for item in items]


def test_the_profile_none_assesses_nothing(settings: Made) -> None:
    assert () == assessment_items(settings("none", unplanned_outage=OUTAGE), SHIPPED, ON)


def test_the_formulas_with_a_table_apply_in_alphabetical_order_and_the_cap_comes_last(settings: Made) -> None:
    chosen = settings(
        "own",
        returned={"ratio": "0.5"},
        month_cap={"factor": "1", "hours": "10"},
        unplanned_outage=OUTAGE,
        plan_deviation=DEVIATION,
    )
    items = assessment_items(chosen, SHIPPED, ON)
    assert ["plan_deviation", "unplanned_outage", "month_cap", "returned"] == names(items)
    assert [None] * 4 == [item.citation for item in items]
    assert Decimal("0.02") == items[0].terms.plan_tolerance_ratio


def test_every_formula_of_the_set_is_there() -> None:
    wanted = (
        "agc_availability",
        "agc_performance",
        "availability",
        "call_shortfall",
        "discipline",
        "order_shortfall",
        "plan_deviation",
        "primary_frequency",
        "unplanned_outage",
    )
    assert wanted == formulas()


@pytest.mark.parametrize(
    ("profile", "tables", "says"),
    [
        ("own", {"plan_deviation": {"factor": "1"}}, "[assessment.plan_deviation] lacks plan_tolerance_ratio"),
        ("own", {"month_cap": {"hours": "1"}, "unplanned_outage": OUTAGE}, "[assessment.month_cap] lacks factor"),
        ("own", {"plan_deviatoin": DEVIATION}, "write [assessment.plan_deviation]"),
        ("own", {"unplanned_outage": {**OUTAGE, "max_hour": "3"}}, "did you mean max_hours"),
        ("own", {"unplanned_outage": {**OUTAGE, "factor": "-1"}}, "factor is not negative"),
        ("own", {"plan_deviation": {**DEVIATION, "plan_tolerance_ratio": "2"}}, "plan_tolerance_ratio lies between"),
        ("own", {"returned": {"ratio": "1.5"}, "unplanned_outage": OUTAGE}, "ratio lies between 0 and 1"),
        ("own", {"discipline": {"cny_per_case": "1"}}, "cny_per_case must be a table"),
        ("own", {}, "the assessment profile own has no formula"),
        ("own", {"month_cap": {"factor": "1", "hours": "1"}}, "the assessment profile own has no formula"),
        ("shanxi_2023", {}, "the assessment profile shanxi_2023 has no formula"),
        ("own", {"order_shortfall": {"factor": "1"}, "call_shortfall": {"factor": "1"}}, "assess the same failure"),
        ("shanxi_2023", {"unplanned_outage": OUTAGE}, "shanxi_2023 fixes these figures"),
        ("shanxi_2023", {"call_shortfall": {}, "month_cap": {"hours": "60"}}, "hours = 35"),
        ("jiangsu_2022", {"discipline": {"communication_cny_per_case": "10000"}}, "jiangsu_2022 fixes these figures"),
        ("jiangsu_2022", {"discipline": {"protection_cny_per_case": "999"}}, "jiangsu_2022: 1000 to 50000"),
        ("jiangsu_2022", {"discipline": {"automation_cny_per_case": "20001"}}, "jiangsu_2022: 10000 to 20000"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_and_named(
    settings: Made, profile: str, tables: dict[str, dict[str, str]], says: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        assessment_items(settings(profile, **tables), SHIPPED, ON)
    assert says in str(refused.value)


def test_shanxi_gives_every_item_its_factor_and_the_month_its_cap(settings: Made) -> None:
    """Printed: 0.8 for each item; station capacity x 0.8 x 35 h."""
    own = {key: figure for key, figure in OUTAGE.items() if key != "factor"}
    outage, cap = assessment_items(settings("shanxi_2023", unplanned_outage=own), SHIPPED, ON)
    assert Decimal("0.8") == outage.terms.factor
    assert (Decimal("0.8"), Decimal(35)) == (cap.terms.factor, cap.terms.hours)
    assert {("shanxi/assessment", Confirmation.PUBLIC_COPY)} == {
        (item.citation.series, item.citation.confirmation) for item in (outage, cap) if item.citation
    }


def test_jiangsu_fixes_its_sums_without_any_table(settings: Made) -> None:
    """Printed: 100 000 and 10 000 元 a case, 5 000 元 for each 10 MW and month."""
    (item,) = assessment_items(settings("jiangsu_2022"), SHIPPED, ON)
    assert {"dispatch_discipline": 100_000, "communication": 10_000} == item.terms.cny_per_case
    assert {"remote_control": 5_000} == item.terms.cny_per_10_mw_month


@pytest.mark.parametrize("figure", ["1000", "50000"])
def test_jiangsu_takes_a_sum_at_the_edge_of_its_range(settings: Made, figure: str) -> None:
    chosen = settings("jiangsu_2022", discipline={"protection_cny_per_case": figure})
    (item,) = assessment_items(chosen, SHIPPED, ON)
    assert Decimal(figure) == item.terms.cny_per_case["protection"]


def test_jiangsu_assesses_energy_with_the_users_own_figures_beside_its_sums(settings: Made) -> None:
    discipline, outage = assessment_items(settings("jiangsu_2022", unplanned_outage=OUTAGE), SHIPPED, ON)
    assert None is not discipline.citation
    assert None is outage.citation


def test_a_profile_does_not_count_before_its_day(settings: Made) -> None:
    with pytest.raises(PolicyNotCovered):
        assessment_items(settings("shanxi_2023", call_shortfall={}), SHIPPED, date(2023, 1, 12))


def test_the_tables_of_a_settings_file_are_read_as_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "huchu.toml"
    path.write_text(
        'season_calendar = "jun_sep_dec_feb"\nobligation_year_from = "06-01"\ncall_counting = "equivalent_discharge"\n'
        'assessment_profile = "own"\n[assessment.discipline]\nfactor = 0.8\nlate_hours_per_case = 0.3\nlate_max_hours = 5\n',
        encoding="utf-8",
    )
    (item,) = assessment_items(read_settings(path), SHIPPED, ON)
    assert {"late": Decimal("0.3")} == item.terms.hours_per_case
    assert {"late": Decimal(5)} == item.terms.max_hours


@pytest.mark.parametrize(
    ("end", "quantities"),
    [
        ("2025-07-03T10:00", [2_320 * MWH]),
        ("2025-07-03T22:00", [2_800 * MWH]),
        ("2025-07-03T23:00", [2_840 * MWH, -40 * MWH]),
    ],
    ids=["below the cap", "exactly at it", "above it"],
)
def test_energy_above_the_cap_is_relieved(
    settings: Made, july: July, outage: Made, end: str, quantities: list[int]
) -> None:
    """0.8 x 100 MW x 0.5 x hours; the cap of Shanxi is 100 MW x 0.8 x 35 h = 2 800 MWh, 70 of these hours."""
    chosen = settings("shanxi_2023", unplanned_outage={"max_hours": "744", "peak_factor": "0.5"})
    month = july(outage=(outage("2025-07-01T00:00", end),))
    assessed = assessed_month(month, assessment_items(chosen, SHIPPED, ON)).assessed
    assert quantities == [each.quantity_e4 for each in assessed]
    assert 2_800 * MWH >= sum(each.quantity_e4 for each in assessed)


def test_what_a_profile_fixes_is_cited_and_what_the_user_gives_is_not(
    settings: Made, july: July, incident: Made
) -> None:
    chosen = settings("jiangsu_2022", unplanned_outage=OUTAGE)
    month = july(incidents=(incident("communication"),))
    case, outage = assessed_month(month, assessment_items(chosen, SHIPPED, ON)).assessed
    assert ["jiangsu/assessment"] == [source.series for source in case.sources]
    assert () == outage.sources


def test_the_relief_shows_the_cap_and_the_sum(settings: Made, july: July, outage: Made) -> None:
    chosen = settings("own", unplanned_outage=OUTAGE, month_cap={"factor": "0.8", "hours": "5"})
    month = july(outage=(outage("2025-07-01T00:00", "2025-07-01T10:00"),))
    _, relief = assessed_month(month, assessment_items(chosen, SHIPPED, ON)).assessed
    assert "封顶：100 MW × 0.8 × 5 h = 400 MWh；400 MWh − 合计 500 MWh = -100 MWh" == relief.formula.zh
    assert "month_cap" == relief.name


def test_fixed_sums_are_outside_the_cap_and_the_return(
    settings: Made, july: July, outage: Made, incident: Made
) -> None:
    """500 MWh capped at 400 MWh, a quarter of which is returned; the case stays."""
    chosen = settings(
        "own",
        discipline={"breach_cny_per_case": "1"},
        unplanned_outage=OUTAGE,
        month_cap={"factor": "0.8", "hours": "5"},
        returned={"ratio": "0.25"},
    )
    month = july(outage=(outage("2025-07-01T00:00", "2025-07-01T10:00"),), incidents=(incident("breach"),))
    case, *energies = assessed_month(month, assessment_items(chosen, SHIPPED, ON)).assessed
    assert AssessedUnit.CASES is case.unit
    assert [500 * MWH, -100 * MWH, -100 * MWH] == [each.quantity_e4 for each in energies]
    assert "returned" == energies[-1].name
    assert "返还：−25% × 400 MWh = -100 MWh" == energies[-1].formula.zh


def test_a_return_of_nothing_has_no_line(settings: Made, july: July) -> None:
    chosen = settings("own", unplanned_outage=OUTAGE, returned={"ratio": "0.25"})
    assert ["unplanned_outage"] == names(assessed_month(july(), assessment_items(chosen, SHIPPED, ON)).assessed)


def test_an_amount_rests_on_figures_without_standing_and_says_so(settings: Made, july: July) -> None:
    items = assessment_items(settings("own", unplanned_outage=OUTAGE), SHIPPED, ON)
    assert ["assessment_without_standing"] == [found.code for found in assessed_month(july(), items).findings]


def test_an_input_that_no_formula_reads_is_told(settings: Made, july: July, incident: Made, agc: Made) -> None:
    items = assessment_items(settings("own", discipline={"breach_cny_per_case": "1"}), SHIPPED, ON)
    found = assessed_month(july(incidents=(incident("breach"),), agc=agc()), items).findings
    assert ["--agc"] == [each.evidence["option"] for each in found if each.code == "assessment_input_unused"]


def test_refusals_of_several_formulas_come_together(settings: Made, july: July) -> None:
    items = assessment_items(
        settings("own", plan_deviation=DEVIATION, agc_performance={"factor": "1", "hours": "1"}), SHIPPED, ON
    )
    codes = [found.code for found in assessed_month(july(), items).findings]
    assert ["assessment_input_missing"] * 2 == codes[:2]


def test_a_month_without_a_settled_day_has_no_assessment(settings: Made, july: July, incident: Made) -> None:
    items = assessment_items(settings("own", plan_deviation=DEVIATION), SHIPPED, ON)
    result = assessed_month(july(seasons={}, incidents=(incident("x"),)), items)
    assert ((), ()) == (result.assessed, result.findings)
