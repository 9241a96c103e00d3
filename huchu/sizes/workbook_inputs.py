"""The sheet of assumptions: every figure of the project file; those that formulas use are cells with a name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from dispatch.sizing.inputs.costs import Finance, VatBasis
from dispatch.sizing.inputs.project import Project, Size
from huchu.sizes.workbook_parts import ASSUMPTIONS, Styles, cell, write_formula
from settlement.export.workbook import Column, set_print, set_widths, write_table, write_text
from tariffs.glossary import terms
from tariffs.vocabulary.errors import Words

COLUMNS: Final = (
    Column(zh="项目", en="Item", width=30),
    Column(zh="英文", en="In English", width=46),
    Column(zh="键", en="Key in the project file", width=40),
    Column(zh="取值", en="Figure", width=20),
    Column(zh="单位", en="Unit", width=16),
)
FIGURE: Final = 3
UNIT: Final = 4
HEADING_ROW: Final = 3
PLAIN: Final = "General"
DIVISOR: Final = "finance_vat_divisor"
RECORD_COLUMNS: Final = (
    Column(zh="项目", en="Item", width=30),
    Column(zh="英文", en="In English", width=46),
    Column(zh="键", en="Key in the project file", width=40),
    Column(zh="取值", en="As given", width=20, wraps=True),
    Column(zh="单位", en="Unit", width=16),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """One figure that formulas use: its key in the project file, words and unit."""

    key: str
    words: Words
    unit: str

    @property
    def name(self) -> str:
        """Its name in formulas."""
        return self.key.replace(".", "_")


ASSUMED: Final = (
    Assumption(key="size.power_mw", words=Words("额定功率", "Rated power"), unit="MW"),
    Assumption(key="size.energy_mwh", words=Words("额定容量", "Rated energy"), unit="MWh"),
    Assumption(
        key="cost.power_cost_cny_per_kw", words=Words("单位功率投资", "Investment for a kW of power"), unit="元/kW"
    ),
    Assumption(
        key="cost.energy_cost_cny_per_kwh", words=Words("单位容量投资", "Investment for a kWh of energy"), unit="元/kWh"
    ),
    Assumption(key="cost.fixed_investment_cny", words=Words("固定投资", "Investment that hangs on no size"), unit="元"),
    Assumption(
        key="cost.fixed_cost_cny_per_kw_year",
        words=Words("年固定成本（功率）", "Fixed cost for a kW and year"),
        unit="元/kW·年",
    ),
    Assumption(
        key="cost.fixed_cost_cny_per_kwh_year",
        words=Words("年固定成本（容量）", "Fixed cost for a kWh and year"),
        unit="元/kWh·年",
    ),
    Assumption(
        key="cost.fixed_cost_cny_per_year", words=Words("年固定成本（其他）", "Other fixed cost a year"), unit="元/年"
    ),
    Assumption(
        key="cost.variable_cost_cny_per_mwh",
        words=Words("变动成本（每放电 MWh）", "Variable cost for a MWh discharged"),
        unit="元/MWh",
    ),
    Assumption(
        key="cost.cost_growth_ratio", words=Words("运维成本年增长率", "Yearly growth of running cost"), unit="1"
    ),
    Assumption(
        key="augmentation.energy_cost_cny_per_kwh",
        words=Words("扩容单价（今日价）", "Price of added energy, of today"),
        unit="元/kWh",
    ),
    Assumption(
        key="augmentation.price_growth_ratio",
        words=Words("扩容单价年变化率", "Yearly change of the price of added energy"),
        unit="1",
    ),
    Assumption(key="finance.discount_ratio", words=Words("折现率", "Discount rate"), unit="1"),
    Assumption(key="finance.income_tax_ratio", words=Words("所得税税率", "Rate of income tax"), unit="1"),
    Assumption(
        key="finance.loss_carry_years", words=Words("亏损结转年限", "Years for which a loss is carried"), unit="年"
    ),
    Assumption(key="finance.depreciation_years", words=Words("折旧年限", "Years of depreciation"), unit="年"),
    Assumption(key="finance.residual_ratio", words=Words("残值率", "Residual ratio"), unit="1"),
    Assumption(key="finance.vat_basis", words=Words("电价是否含增值税入账", "Whether prices enter with VAT"), unit=""),
    Assumption(key="finance.vat_ratio", words=Words("增值税税率", "Rate of VAT"), unit="1"),
)


def write_assumptions(styles: Styles, sheet: Worksheet, project: Project, size: Size) -> None:
    """Writes the figures that formulas use as named cells, and below them all others as they were given."""
    book = styles.book
    write_text(sheet, 0, 0, "假设 Assumptions", book.title)
    sheet.set_row(0, 26)
    note = (
        "改动蓝色单元格，各表随即重算；各年电量与收入属于本规模，改变规模或电价须重新运行 huchu size"
        " / change a blue cell and all sheets follow; the yearly figures are of this size: run huchu size again for another"
    )
    write_text(sheet, 1, 0, note, book.note)
    free = write_table(book, sheet, HEADING_ROW, COLUMNS, [])
    given = _given(project, size)
    for assumption in ASSUMED:
        _write_assumption(styles, sheet, free, assumption, given[assumption.key])
        free += 1
    _write_divisor(styles, sheet, free, project.finance)
    free += 2
    write_text(
        sheet, free, 0, "以下不进入公式，改动须重新运行 / the rest is in no formula: run again to change it", book.note
    )
    write_table(book, sheet, free + 1, RECORD_COLUMNS, _records(given))
    set_widths(sheet, COLUMNS)
    sheet.freeze_panes(HEADING_ROW + 1, 0)
    sheet.hide_gridlines(2)
    set_print(sheet, HEADING_ROW, project.project.id)


def names_of_cells() -> Iterator[tuple[str, str]]:
    """Every name that formulas use, with the cell that it stands for."""
    first = HEADING_ROW + 1
    for down, name in enumerate([*(each.name for each in ASSUMED), DIVISOR]):
        yield name, f"='{ASSUMPTIONS}'!{cell(first + down, FIGURE)}"


def _write_assumption(styles: Styles, sheet: Worksheet, row: int, assumption: Assumption, figure: Any) -> None:
    text = styles.book.text
    for column, words in enumerate((assumption.words.zh, assumption.words.en, assumption.key)):
        write_text(sheet, row, column, words, text)
    write_text(sheet, row, UNIT, assumption.unit, text)
    style = styles.figure(PLAIN, is_input=True)
    if isinstance(figure, Enum):
        write_text(sheet, row, FIGURE, str(figure.value), style)
        choices = [basis.value for basis in VatBasis]
        sheet.data_validation(row, FIGURE, row, FIGURE, {"validate": "list", "source": choices})
    else:
        sheet.write_number(row, FIGURE, figure, style)


def _write_divisor(styles: Styles, sheet: Worksheet, row: int, finance: Finance) -> None:
    for column, words in enumerate(("增值税除数", "What amounts with VAT are divided by", "")):
        write_text(sheet, row, column, words, styles.book.text)
    write_text(sheet, row, UNIT, "1", styles.book.text)
    formula = f'IF(finance_vat_basis="{VatBasis.WITHOUT_VAT.value}",1+finance_vat_ratio,1)'
    divisor = 1 + float(finance.vat_ratio) if finance.vat_basis is VatBasis.WITHOUT_VAT else 1
    write_formula(sheet, (row, FIGURE), formula, styles.figure(PLAIN), divisor)


def _given(project: Project, size: Size) -> dict[str, Any]:
    """Every figure of the project by its key; the size is the chosen one beside its limits."""
    found = {"size.power_mw": size.power_mw, "size.energy_mwh": size.energy_mwh}
    for table in ("project", "size", "cost", "fade", "augmentation", "finance"):
        found |= _fields(table, getattr(project, table))
    for scenario in project.scenario:
        found |= _fields(f"scenario.{scenario.name}", scenario)
    return found


def _fields(above: str, record: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in fields(record):
        figure = getattr(record, each.name)
        if is_dataclass(figure):
            found |= _fields(f"{above}.{each.name}", figure)
        else:
            found[f"{above}.{each.name}"] = figure
    return found


def _records(given: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    used = {each.key for each in ASSUMED}
    for key, figure in given.items():
        if key in used or figure is None or figure in ("", ()):
            continue
        entry = terms().get(key.rpartition(".")[2], {})
        yield entry.get("zh", ""), entry.get("en", ""), key, _text(figure), entry.get("unit", "")


def _text(figure: Any) -> str:
    if isinstance(figure, Enum):
        return str(figure.value)
    if isinstance(figure, bool):
        return str(figure).lower()
    if isinstance(figure, Decimal):
        return f"{figure:f}"
    if isinstance(figure, date):
        return figure.isoformat()
    if isinstance(figure, tuple):
        return "; ".join(_text(each) for each in figure)
    return str(figure)
