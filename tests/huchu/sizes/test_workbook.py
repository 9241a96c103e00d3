"""The workbook of a project: it holds Python's figures, and LibreOffice reckons the same from its formulas."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import fastexcel
import pytest

from dispatch.sizing.finance.lines import LINES
from dispatch.sizing.inputs.costs import VatBasis
from huchu.sizes.workbook import workbook_bytes
from huchu.sizes.workbook_parts import sheet_name

RowsOf = Callable[[Path, str], dict[str, list[str | None]]]
CENT = 0.01
OTHER_INPUTS = {
    "finance_discount_ratio": "0.09",
    "finance_income_tax_ratio": "0.15",
    "finance_loss_carry_years": "1",
    "finance_depreciation_years": "15",
    "finance_residual_ratio": "0.1",
    "finance_vat_basis": "without_vat",
    "cost_energy_cost_cny_per_kwh": "651.3",
    "cost_cost_growth_ratio": "0.04",
}


@pytest.fixture(scope="module")
def books(
    good_and_bad: Any,
    odd_rates: Any,
    changed_book: Callable[..., Path],
    recomputed: Callable[[Sequence[Path]], list[Path]],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Path]:
    """Recomputed: as they are, with odd rates of return, and with other inputs; wrong figures stood in all formulas."""
    folder = tmp_path_factory.mktemp("books")
    plain = good_and_bad.write(folder / "source.xlsx")
    odd = odd_rates.write(folder / "odd_source.xlsx")
    made = [
        changed_book(plain, folder / "plain.xlsx", {}),
        changed_book(odd, folder / "odd.xlsx", {}),
        changed_book(plain, folder / "other.xlsx", OTHER_INPUTS),
    ]
    return {path.stem: path for path in recomputed(made)}


def differences(rows: dict[str, list[str | None]], scenario: Any) -> list[str]:
    """The cells of a recomputed sheet that are not Python's figures to 0.01 元 (rates and years: to a millionth)."""
    wrong = []
    for line in LINES:
        cells = rows[line.words.en][1:]
        for row, cell in zip(scenario.cash_flow.rows, cells, strict=False):
            expected = getattr(row, line.column) / 100
            if abs(float(cell or 0) - expected) > CENT:
                wrong.append(f"{line.name} {row.year_no}: {cell} is not {expected}")
    for label, expected, most in measured(scenario.measures):
        found = rows[label][0] or ""
        same = found == expected if isinstance(expected, str) else abs(float(found) - expected) <= most
        if not same:
            wrong.append(f"{label}: {found} is not {expected}")
    return wrong


def measured(found: Any) -> list[tuple[str, float | str, float]]:
    never, none = "不回收 / never", "无 / none"
    rate = "不唯一 / ambiguous" if found.zero_rates else none
    paid, paid_discounted = found.payback.years, found.discounted_payback.years
    return [
        ("Net present value, NPV", found.npv_fen / 100, CENT),
        ("Internal rate of return, IRR", rate if found.irr_ratio is None else found.irr_ratio, 1e-6),
        ("Sign changes of the flow", found.sign_changes, 0),
        ("Rates at which NPV is zero", len(found.zero_rates), 0),
        ("Levelised cost of storage, before tax", _cny(found.lcos_cny_per_mwh), CENT),
        ("Storage cost alone, energy bought left out", _cny(found.storage_cost_cny_per_mwh), CENT),
        ("Payback", never if paid is None else paid, 1e-6),
        ("Discounted payback", never if paid_discounted is None else paid_discounted, 1e-6),
        ("After the payback", _again(found.payback), 0),
        ("After the discounted payback", _again(found.discounted_payback), 0),
        ("Check: NPV less the last discounted sum", 0.0, 0),
    ]


def _again(payback: Any) -> str:
    return "" if payback.negative_again_in_year is None else "其后再转负 / negative again later"


def _cny(amount: Decimal | None) -> float | str:
    return "无 / none" if amount is None else float(amount)


def sheets_of(scenarios: Sequence[Any]) -> list[tuple[str, Any]]:
    return [(sheet_name(number, each.name), each) for number, each in enumerate(scenarios, start=1)]


def differences_in_book(book: Path, scenarios: Sequence[Any], rows_of: RowsOf) -> str:
    return "\n".join(
        f"{name}: {each}"
        for name, scenario in sheets_of(scenarios)
        for each in differences(rows_of(book, name), scenario)
    )


def test_a_viewer_that_does_not_reckon_shows_the_figures_of_python(
    good_and_bad: Any, rows_of: RowsOf, tmp_path: Path
) -> None:
    book = good_and_bad.write(tmp_path / "book.xlsx")
    assert "" == differences_in_book(book, good_and_bad.scenarios, rows_of)


def test_libreoffice_reckons_what_python_reckons(books: dict[str, Path], good_and_bad: Any, rows_of: RowsOf) -> None:
    assert "" == differences_in_book(books["plain"], good_and_bad.scenarios, rows_of)


def test_libreoffice_reckons_what_python_reckons_at_other_inputs(
    books: dict[str, Path], good_and_bad: Any, rows_of: RowsOf
) -> None:
    finance = replace(
        good_and_bad.project.finance,
        discount_ratio=Decimal("0.09"),
        income_tax_ratio=Decimal("0.15"),
        loss_carry_years=1,
        depreciation_years=15,
        residual_ratio=Decimal("0.1"),
        vat_basis=VatBasis.WITHOUT_VAT,
    )
    cost = replace(
        good_and_bad.project.cost, energy_cost_cny_per_kwh=Decimal("651.3"), cost_growth_ratio=Decimal("0.04")
    )
    other = good_and_bad.reckoned_with(cost, finance)
    assert other[0].measures.npv_fen != good_and_bad.scenarios[0].measures.npv_fen
    assert "" == differences_in_book(books["other"], other, rows_of)


def test_libreoffice_tells_no_rate_two_rates_and_one_apart(
    books: dict[str, Path], odd_rates: Any, rows_of: RowsOf
) -> None:
    told = [
        rows_of(books["odd"], name)["Internal rate of return, IRR"][0] for name, _ in sheets_of(odd_rates.scenarios)
    ]
    assert ["不唯一 / ambiguous", "无 / none"] == told[:2]
    assert odd_rates.scenarios[0].measures.payback.negative_again_in_year == 2
    assert "" == differences_in_book(books["odd"], odd_rates.scenarios, rows_of)


def test_the_example_has_losses_that_lapse_and_losses_that_are_used(good_and_bad: Any) -> None:
    late = good_and_bad.scenarios[1].cash_flow
    lost = sum(-min(0, earned) for earned in late.column("profit_fen"))
    assert 0 < sum(late.column("loss_used_fen")) < lost


def test_the_summary_shows_the_measures_of_every_scenario(
    books: dict[str, Path], good_and_bad: Any, rows_of: RowsOf
) -> None:
    found = rows_of(books["plain"], "摘要 Summary")["Net present value, NPV"]
    expected = [each.measures.npv_fen / 100 for each in good_and_bad.scenarios]
    assert expected == pytest.approx([float(cell or "nan") for cell in found[:4]], abs=CENT)


def test_equal_figures_give_equal_bytes(good_and_bad: Any) -> None:
    made = [workbook_bytes(good_and_bad.project, good_and_bad.size, good_and_bad.scenarios) for _ in range(2)]
    assert made[0] == made[1]


def test_what_the_user_wrote_is_in_no_formula(good_and_bad: Any) -> None:
    """The project is named =1+1 and its scenarios are titled =2+2."""
    book = workbook_bytes(good_and_bad.project, good_and_bad.size, good_and_bad.scenarios)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/")]
        texts = archive.read("xl/sharedStrings.xml").decode()
    formulas = {formula for sheet in sheets for formula in re.findall(r"<f>([^<]*)</f>", sheet)}
    assert not {formula for formula in formulas if "1+1" in formula.replace(" ", "")[:4] or "2+2" in formula}
    assert "=1+1" in texts
    assert "=2+2" in texts


@pytest.mark.parametrize(
    ("name", "safe"), [("plan", "1 plan"), ("a'!B2", "1 aB2"), ("情景", "1"), ("x" * 40, "1 " + "x" * 24)]
)
def test_a_sheet_name_is_safe_inside_a_formula(name: str, safe: str) -> None:
    assert safe == sheet_name(1, name)


def test_every_figure_of_the_project_file_stands_among_the_assumptions(good_and_bad: Any, tmp_path: Path) -> None:
    book = good_and_bad.write(tmp_path / "book.xlsx")
    frame = fastexcel.read_excel(book).load_sheet("假设 Assumptions", header_row=None, dtypes="string").to_polars()
    given = {row[2]: row[3] for row in frame.rows()}
    assert "10.5" == given["size.power_mw"]
    assert "0.065" == given["finance.discount_ratio"]
    assert "20" == given["size.max_power_mw"]
    assert "6" == given["augmentation.in_years"]
    assert "0.86" == given["project.round_trip_efficiency"]
    assert "market" == given["scenario.late.regime"]
