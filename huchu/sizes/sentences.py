"""What is said of a sized project in a sentence, and how its measures are written: on pictures and pages alike."""

from decimal import Decimal
from typing import Final
from unicodedata import east_asian_width

from dispatch.sizing.best import Best
from dispatch.sizing.finance.measures import Measures
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.inputs.scenario import Scenario
from dispatch.sizing.report import SizingReport
from dispatch.sizing.sensitivity import Sensitivity
from huchu.plots.size_picture import MINUS, MoneyUnit, figure_text, unit_of
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.units import FEN_PER_CNY

NONE_TEXT: Final = "—"
CUT: Final = "…"
NEVER: Final = Words("不回收", "never")


def printed(words: Words) -> Words:
    """Words with the mark 〓 for every character that the shipped fonts lack."""
    from settlement.export.fonts import printable

    return Words(*printable((words.zh, words.en)))


def scenario_words(scenario: Scenario) -> Words:
    """The title of a scenario, or its name where it has none."""
    zh = scenario.title_zh or scenario.title_en or scenario.name
    return printed(Words(zh, scenario.title_en or scenario.name))


def decimal_shown(number: Decimal) -> str:
    """A decimal without zeros at its end, thousands apart."""
    shown = f"{number:,f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown).replace("-", MINUS)


def cut(text: str, most: int) -> str:
    """As much of the beginning of a text as takes at most so many letters' room; a Chinese character takes that of two."""
    if _letters(text) <= most:
        return text
    shown = text[:most]
    while _letters(shown) >= most:
        shown = shown[:-1]
    return f"{shown.rstrip()}{CUT}"


def _letters(text: str) -> int:
    return sum(2 if east_asian_width(each) in "WFA" else 1 for each in text)


def size_text(size: Size) -> str:
    """A size as it is read."""
    return f"{decimal_shown(size.power_mw)} MW / {decimal_shown(size.energy_mwh)} MWh"


def hours_text(size: Size) -> str:
    """The duration of a size, hours, with at most two decimals."""
    return f"{float(size.duration_h):.2f}".rstrip("0").rstrip(".")


def irr_text(measures: Measures) -> str:
    """The rate of return in per cent; a word where there is none or more than one."""
    if measures.irr_ratio is not None:
        return percent_text(measures.irr_ratio)
    return "不唯一 ambiguous" if measures.zero_rates else "无 none"


def percent_text(ratio: float) -> str:
    """A ratio in per cent with two decimals."""
    return f"{ratio:.2%}".replace("-", MINUS)


def payback_text(years: float | None) -> str:
    """Years until the money is back, with one decimal."""
    return f"{NEVER.zh} {NEVER.en}" if years is None else f"{years:.1f}"


def best_text(best: Best | None) -> str:
    """The size that is best for a scenario."""
    if best is None:
        return NONE_TEXT
    return size_text(best.size) if best.is_worth_building else "不建 none"


def cost_text(cost_cny_per_mwh: Decimal | None) -> str:
    """A cost of a MWh with two decimals; a dash where there is none."""
    return NONE_TEXT if cost_cny_per_mwh is None else figure_text(float(cost_cny_per_mwh), 2)


def cny_of(amount_fen: int) -> float:
    """An amount of fen in 元, to be shown."""
    return amount_fen / FEN_PER_CNY


def npv_words(report: SizingReport) -> Words:
    """The net present value of the chosen size with its unit."""
    npv = cny_of(report.chosen.measures.npv_fen)
    return money_words(npv, unit_of([npv]))


def money_words(amount_cny: float, unit: MoneyUnit) -> Words:
    """An amount with its unit."""
    shown = unit.text(amount_cny)
    return Words(f"{shown} {unit.words.zh}", f"{shown} {unit.words.en}")


def map_finding(report: SizingReport) -> Words:
    """What the map says."""
    size, npv = size_text(report.size), npv_words(report)
    if report.best is None:
        return Words(f"{size} 的净现值为 {npv.zh}", f"{size} has a net present value of {npv.en}")
    if report.best.is_worth_building:
        return Words(f"限额之内 {size} 最优：净现值 {npv.zh}", f"{size} is best within the limits: NPV of {npv.en}")
    return Words(
        f"没有规模能收回投入：{size} 净现值 {npv.zh}",
        f"no size earns back what it costs: {size} has an NPV of {npv.en}",
    )


def answer(report: SizingReport) -> Words:
    """What to build and what it is worth, or not to build: one sentence."""
    size, measures, npv = size_text(report.size), report.chosen.measures, npv_words(report)
    hours = hours_text(report.size)
    worth = measures.npv_fen > 0 if report.best is None else report.best.is_worth_building
    if report.best is not None:
        verdict = Words(f"建 {size}", f"Build {size}") if worth else Words("不建：没有规模能收回投入", "Do not build")
    else:
        verdict = Words(f"可建 {size}", f"{size} is worth building")
        if not worth:
            verdict = Words(f"不建 {size}", f"Do not build {size}")
    shown = Words(f"（{hours} 小时）", f" ({hours} h)")
    if report.best is not None and not worth:
        shown = Words(
            f"，最接近的 {size}（{hours} 小时）", f": no size earns back what it costs; the nearest, {size} ({hours} h)"
        )
        return Words(f"{verdict.zh}{shown.zh}净现值 {npv.zh}。", f"{verdict.en}{shown.en}, has an NPV of {npv.en}.")
    return Words(
        f"{verdict.zh}{shown.zh}：净现值 {npv.zh}{_rates(measures).zh}。",
        f"{verdict.en}{shown.en}: NPV of {npv.en}{_rates(measures).en}.",
    )


def _rates(measures: Measures) -> Words:
    """Rate of return, cost and payback, each where there is one."""
    zh, en = "", ""
    if measures.irr_ratio is not None:
        rate = percent_text(measures.irr_ratio)
        zh, en = f"{zh}，内部收益率 {rate}", f"{en}, IRR {rate}"
    if measures.lcos_cny_per_mwh is not None:
        cost = cost_text(measures.lcos_cny_per_mwh)
        zh, en = f"{zh}，度电成本 {cost} 元/MWh", f"{en}, LCOS {cost} CNY/MWh"
    years = measures.payback.years
    if years is None:
        return Words(f"{zh}，投资不能回收", f"{en}, never paid back")
    return Words(f"{zh}，{years:.1f} 年回收投资", f"{en}, paid back after {years:.1f} years")


def tornado_finding(known: Sensitivity) -> Words:
    """What the tornado says: the driver that moves most, and between which present values."""
    if not known.drivers:
        return Words("没有可变动的假设", "there is no assumption to change")
    first = known.drivers[0]
    unit = unit_of([known.npv_cny, first.npv_low_cny, first.npv_high_cny])
    zh, en = (
        " → ".join(_npv_shown(npv, unit, lost) for npv in (first.npv_low_cny, first.npv_high_cny))
        for lost in ("不可行", "not possible")
    )
    return Words(
        f"{first.words.zh}影响最大：{first.low} → {first.high} 时净现值 {zh} {unit.words.zh}",
        f"{first.words.en} moves it most: NPV {en} {unit.words.en} at {english(first.low)} → {english(first.high)}",
    )


def english(shown: str) -> str:
    """A figure with its unit in English."""
    return shown.replace("元", "CNY")


def _npv_shown(npv_cny: float | None, unit: MoneyUnit, lost: str) -> str:
    return lost if npv_cny is None else unit.text(npv_cny)


def cash_flow_finding(report: SizingReport) -> Words:
    """What the cash flow says: when the money is back."""
    npv, payback = npv_words(report), report.chosen.measures.discounted_payback
    life = report.project.project.life_years
    if payback.years is None:
        return Words(
            f"{life} 年内折现后收不回投资：净现值 {npv.zh}",
            f"not paid back in {life} years, discounted: NPV of {npv.en}",
        )
    again = payback.negative_again_in_year
    later = (
        Words("", "")
        if again is None
        else Words(f"（第 {again} 年末再转负）", f", negative again at the end of year {again}")
    )
    return Words(
        f"折现后 {payback.years:.1f} 年回收投资{later.zh}，{life} 年净现值 {npv.zh}",
        f"paid back after {payback.years:.1f} years, discounted{later.en}; NPV of {npv.en} over {life} years",
    )


def scenarios_finding(report: SizingReport) -> Words:
    """What the scenarios say: in how many of them the size earns back what it costs."""
    known = [cny_of(each.at_size.measures.npv_fen) for each in report.judged if each.at_size is not None]
    unit, count, good = unit_of(known), len(report.judged), sum(1 for npv in known if npv > 0)
    least, most = (unit.text(each) for each in (min(known), max(known)))
    return Words(
        f"{count} 个情景中 {good} 个净现值为正：{least} 至 {most} {unit.words.zh}",
        f"NPV above zero in {good} of {count} scenarios: {least} to {most} {unit.words.en}",
    )
