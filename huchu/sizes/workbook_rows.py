"""The rows of a scenario's sheet: labels, units, and the formula of each in terms of the others.

In a formula [name] is the cell of that row in the same column, [name@prev] and [name@next] its neighbours,
[name@all] the row from year 0 to the last, [name@years] from year 1, [name@before] all but the last, [name@to] from
year 0 to here, [name@first] year 0, [name@total] the cell under 合计. Other names are those of the assumptions.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from dispatch.sizing.finance.lines import LINES
from huchu.sizes.workbook_parts import (
    AGAIN_TEXT,
    AMBIGUOUS_TEXT,
    COUNT,
    ENERGY,
    FACTOR,
    MONEY,
    NEVER_TEXT,
    NONE_TEXT,
    PERCENT,
    YEARS,
)
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.units import KW_PER_MW, KWH_PER_MWH

CNY: Final = "元"
OF_LINES: Final = {line.name: line.words for line in LINES}


class Reach(Enum):
    """In which columns a row has its formula."""

    ALL = "all"
    YEARS = "years"
    FIRST = "first"
    BUT_LAST = "but_last"
    LAST = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of years: what it shows, how, and its formula; without one it holds inputs."""

    name: str
    words: Words
    unit: str = CNY
    number_format: str = MONEY
    formula: str = ""
    at_start: str = ""
    """The formula in year 0 where it is another."""
    at_end: str = ""
    """The formula in the last year where it is another."""
    reach: Reach = Reach.YEARS
    is_summed: bool = True
    is_strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """One measure: a formula in the column of totals."""

    name: str
    words: Words
    unit: str
    number_format: str
    formula: str


def _line(name: str, formula: str, reach: Reach = Reach.YEARS) -> Row:
    return Row(name=name, words=OF_LINES[name], formula=formula, reach=reach)


def _settled(name: str) -> Row:
    words = OF_LINES[name]
    return Row(name=f"{name}_settled", words=Words(f"{words.zh}（结算口径）", f"{words.en}, as settled"))


INPUT_ROWS: Final = (
    Row(
        name="energy_ratio",
        words=Words("年初可用容量比例", "Share of rated energy when the year begins"),
        unit="1",
        number_format=PERCENT,
        is_summed=False,
    ),
    Row(
        name="season_calls",
        words=Words("迎峰期调用次数", "Full discharges on season days"),
        unit="次 times",
        number_format=YEARS,
    ),
    Row(
        name="added_mwh",
        words=Words("年前扩容", "Energy added before the year"),
        unit="MWh",
        number_format=ENERGY,
    ),
    Row(name="charge_mwh", words=Words("充电量", "Charged"), unit="MWh", number_format=ENERGY),
    Row(name="discharge_mwh", words=Words("放电量", "Discharged"), unit="MWh", number_format=ENERGY),
    *(_settled(name) for name in ("charge", "discharge", "award", "capacity_support", "capacity_lease")),
)
GROWN: Final = "(1+cost_cost_growth_ratio)^([year_no]-1)"
CASH_ROWS: Final = (
    _line("charge", "ROUND([charge_settled]/finance_vat_divisor,2)"),
    _line("discharge", "ROUND([discharge_settled]/finance_vat_divisor,2)"),
    _line("award", "[award_settled]"),
    _line("capacity_support", "ROUND([capacity_support_settled]/IF([taxed@total]=1,finance_vat_divisor,1),2)"),
    _line("capacity_lease", "ROUND([capacity_lease_settled]/finance_vat_divisor,2)"),
    _line(
        "fixed_cost",
        f"-ROUND((cost_fixed_cost_cny_per_kw_year*size_power_mw*{KW_PER_MW}"
        f"+cost_fixed_cost_cny_per_kwh_year*size_energy_mwh*{KWH_PER_MWH}+cost_fixed_cost_cny_per_year)*{GROWN},2)",
    ),
    _line("variable_cost", f"-ROUND(cost_variable_cost_cny_per_mwh*[discharge_mwh]*{GROWN},2)"),
    _line(
        "investment",
        f"-ROUND(cost_power_cost_cny_per_kw*size_power_mw*{KW_PER_MW}"
        f"+cost_energy_cost_cny_per_kwh*size_energy_mwh*{KWH_PER_MWH}+cost_fixed_investment_cny,2)",
        Reach.FIRST,
    ),
    _line(
        "augmentation",
        f"-ROUND([added_mwh@next]*{KWH_PER_MWH}*augmentation_energy_cost_cny_per_kwh"
        "*(1+augmentation_price_growth_ratio)^[year_no],2)",
        Reach.BUT_LAST,
    ),
    _line("residual", "-ROUND(finance_residual_ratio*(SUM([investment@all])+SUM([augmentation@all])),2)", Reach.LAST),
    _line("tax", "-ROUND(finance_income_tax_ratio*[taxable],2)"),
    Row(
        name="net",
        words=OF_LINES["net"],
        formula="ROUND(SUM([charge]:[tax]),2)",
        reach=Reach.ALL,
        is_strong=True,
    ),
)
TAX_ROWS: Final = (
    Row(name="spent", words=Words("投资合计", "Spent"), formula="-[investment]-[augmentation]", reach=Reach.ALL),
    Row(
        name="written_off",
        words=Words("累计折旧", "Depreciation to date"),
        formula='ROUND((1-finance_residual_ratio)*(SUMIFS([spent@all],[year_no@all],"<="&([year_no]'
        "-finance_depreciation_years))+SUMPRODUCT(([year_no@all]>[year_no]-finance_depreciation_years)"
        "*([year_no@all]<[year_no])*([year_no]-[year_no@all])*[spent@all])/finance_depreciation_years),2)",
        at_end="ROUND(SUM([spent@all])-[residual],2)",
        is_summed=False,
    ),
    Row(
        name="book",
        words=Words("账面净值", "Book value"),
        formula="ROUND(SUM([spent@to])-[written_off],2)",
        reach=Reach.ALL,
        is_summed=False,
    ),
    _line("depreciation", "ROUND([written_off@prev]-[written_off],2)"),
    _line("profit", "ROUND(SUM([charge]:[variable_cost])+[depreciation],2)"),
    _line("loss_used", "SUM([loss_first]:[loss_last])"),
    Row(
        name="taxable",
        words=Words("应纳税所得额", "Taxable profit"),
        formula="MAX(0,ROUND([profit]-[loss_used],2))",
    ),
)


def _crossing(sums: str) -> str:
    crossed = f"AND([{sums}@prev]<0,[{sums}]>=0)"
    return f'IF({crossed},[year_no@prev]-[{sums}@prev]/([{sums}]-[{sums}@prev]),"")'


VALUE_ROWS: Final = (
    Row(
        name="factor",
        words=Words("折现系数", "Discount factor"),
        unit="1",
        number_format=FACTOR,
        formula="1/(1+finance_discount_ratio)^[year_no]",
        reach=Reach.ALL,
        is_summed=False,
    ),
    _line("discounted", "ROUND([net]*[factor],2)", Reach.ALL),
    Row(
        name="cumulative",
        words=OF_LINES["cumulative"],
        formula="ROUND([cumulative@prev]+[net],2)",
        at_start="[net]",
        reach=Reach.ALL,
        is_summed=False,
    ),
    Row(
        name="discounted_cumulative",
        words=OF_LINES["discounted_cumulative"],
        formula="ROUND(SUMPRODUCT([net@to],[factor@to]),2)",
        reach=Reach.ALL,
        is_summed=False,
    ),
    Row(
        name="paid_back",
        words=Words("转正时点", "Turns positive"),
        unit="年 years",
        number_format=YEARS,
        formula=_crossing("cumulative"),
        is_summed=False,
    ),
    Row(
        name="discounted_paid_back",
        words=Words("折现转正时点", "Turns positive, discounted"),
        unit="年 years",
        number_format=YEARS,
        formula=_crossing("discounted_cumulative"),
        is_summed=False,
    ),
    Row(
        name="sign",
        words=Words("现金流符号", "Sign of the flow"),
        unit="1",
        number_format=COUNT,
        formula="IF([net]=0,[sign@prev],SIGN([net]))",
        at_start="SIGN([net])",
        reach=Reach.ALL,
        is_summed=False,
    ),
)
STORED: Final = "+".join(
    f"SUMPRODUCT([{name}@all],[factor@all])"
    for name in ("fixed_cost", "variable_cost", "investment", "augmentation", "residual")
)
ENERGY_WORTH: Final = "SUMPRODUCT([discharge_mwh@all],[factor@all])"


def _payback(row: str, sums: str) -> str:
    return f'IF([{sums}@first]>=0,0,IF(COUNT([{row}@years])=0,"{NEVER_TEXT}",MIN([{row}@years])))'


def _again(name: str, sums: str) -> str:
    return (
        f"IF(ISNUMBER([{name}@total]),"
        f'IF(COUNTIFS([year_no@all],">"&[{name}@total],[{sums}@all],"<0")>0,"{AGAIN_TEXT}",""),"")'
    )


MEASURES: Final = (
    Single(
        name="npv",
        words=Words("净现值 NPV", "Net present value, NPV"),
        unit=CNY,
        number_format=MONEY,
        formula="ROUND([net@first]+NPV(finance_discount_ratio,[net@years]),2)",
    ),
    Single(
        name="irr",
        words=Words("内部收益率 IRR", "Internal rate of return, IRR"),
        unit="1",
        number_format=PERCENT,
        formula=f'IF([roots@total]=1,IRR([net@all],[guess@total]),IF([roots@total]=0,"{NONE_TEXT}","{AMBIGUOUS_TEXT}"))',
    ),
    Single(
        name="sign_changes",
        words=Words("现金流变号次数", "Sign changes of the flow"),
        unit="次 times",
        number_format=COUNT,
        formula="SUMPRODUCT(--([sign@before]*[sign@years]<0))",
    ),
    Single(
        name="roots",
        words=Words("净现值为零的折现率个数", "Rates at which NPV is zero"),
        unit="个",
        number_format=COUNT,
        formula="IF([sign_changes@total]=0,0,SUM([rates@flags]))",
    ),
    Single(
        name="guess",
        words=Words("收益率搜索起点", "Where the search for the IRR starts"),
        unit="1",
        number_format=PERCENT,
        formula="IF([roots@total]=1,SUMPRODUCT([rates@flags],[rates@middles]),0)",
    ),
    Single(
        name="lcos",
        words=Words("度电成本 LCOS（税前）", "Levelised cost of storage, before tax"),
        unit="元/MWh",
        number_format=MONEY,
        formula=f'IF({ENERGY_WORTH}>0,ROUND(-({STORED}+SUMPRODUCT([charge@all],[factor@all]))/{ENERGY_WORTH},2),"{NONE_TEXT}")',
    ),
    Single(
        name="storage_cost",
        words=Words("仅储能成本（不含购电）", "Storage cost alone, energy bought left out"),
        unit="元/MWh",
        number_format=MONEY,
        formula=f'IF({ENERGY_WORTH}>0,ROUND(-({STORED})/{ENERGY_WORTH},2),"{NONE_TEXT}")',
    ),
    Single(
        name="payback",
        words=Words("静态投资回收期", "Payback"),
        unit="年 years",
        number_format=YEARS,
        formula=_payback("paid_back", "cumulative"),
    ),
    Single(
        name="payback_again",
        words=Words("静态回收后", "After the payback"),
        unit="",
        number_format=COUNT,
        formula=_again("payback", "cumulative"),
    ),
    Single(
        name="discounted_payback",
        words=Words("动态投资回收期", "Discounted payback"),
        unit="年 years",
        number_format=YEARS,
        formula=_payback("discounted_paid_back", "discounted_cumulative"),
    ),
    Single(
        name="discounted_payback_again",
        words=Words("动态回收后", "After the discounted payback"),
        unit="",
        number_format=COUNT,
        formula=_again("discounted_payback", "discounted_cumulative"),
    ),
    Single(
        name="check",
        words=Words("核对：净现值与累计折现之差", "Check: NPV less the last discounted sum"),
        unit=CNY,
        number_format=MONEY,
        formula="ROUND([npv@total]-[discounted_cumulative@last],2)",
    ),
)
