"""What `huchu size` prints: the size and what it is worth, all scenarios beside each other, what moves it, where it turns."""

from pathlib import Path
from typing import Final

from dispatch.outcome import Status
from dispatch.sizing.break_even import BreakEven
from dispatch.sizing.finance.measures import Payback
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.linear import Found
from dispatch.sizing.report import Judged, SizingReport
from dispatch.sizing.sensitivity import Driver
from huchu.cli.printing import Justify, finding_counts, print_findings, print_json, print_table, to_stdout, told
from huchu.cli.words import say
from huchu.output import FINDINGS_FILE
from huchu.sizes.exact import plain_text
from huchu.sizes.summary import headline_of
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.findings import Severity
from tariffs.vocabulary.money import cny_text
from tariffs.vocabulary.units import FEN_PER_CNY

MILLION: Final = 10**6
SHOWN_DRIVERS: Final = 3
NONE: Final = "–"
MARK: Final = "!"
"""After a figure that goes with a warning."""
KEPT_QUIET: Final = ("rate_of_return_doubtful",)
"""Warnings that stand in the table."""
COLUMNS: Final[tuple[tuple[Words, Justify], ...]] = (
    (Words("情景", "scenario"), "left"),
    (Words("净现值 百万元", "NPV, million CNY"), "right"),
    (Words("内部收益率", "IRR"), "right"),
    (Words("度电成本 元/MWh", "LCOS, CNY/MWh"), "right"),
    (Words("回收期 年", "payback, years"), "right"),
    (Words("该情景自身最优", "best size of its own"), "right"),
    (Words("其净现值 百万元", "its NPV, million CNY"), "right"),
)


def report(known: SizingReport, out: Path, *, as_json: bool) -> None:
    """Say what came out: the answer, the scenarios, drivers and break-even figures for people, one JSON object for programs."""
    counts = finding_counts(known.findings)
    if as_json:
        print_json({"status": "done", "out": str(out), **headline_of(known), "findings": counts})
        return
    warnings = [each for each in known.findings if each.severity is not Severity.NOTICE]
    print_findings([each for each in warnings if each.code not in KEPT_QUIET])
    _tell_answer(known)
    _tell_linear(known)
    to_stdout("")
    to_stdout(say(f"所有情景，规模 {_size(known.size)}：", f"all scenarios at {_size(known.size)}:"))
    print_table(COLUMNS, [_row(known, each) for each in known.judged], Words("个情景", "scenarios"))
    to_stdout(
        say(
            f"* 用来选规模的情景；{MARK} 收益率存疑，或回收后再转负：见 {FINDINGS_FILE}、scenarios.csv",
            f"* the scenario that chooses the size; {MARK} a doubtful rate, or money out again after the payback: see "
            f"{FINDINGS_FILE}, scenarios.csv",
        )
    )
    _tell_drivers(known)
    _tell_break_evens(known)
    to_stdout(
        say(
            f"警告 {counts['warning']}，提示 {counts['notice']}，见 {out / FINDINGS_FILE}",
            f"{counts['warning']} warning(s), {counts['notice']} notice(s) in {out / FINDINGS_FILE}",
        )
    )
    _tell_files(out)


def _tell_answer(known: SizingReport) -> None:
    plant, measures, scenario = known.project.project, known.chosen.measures, known.base
    title = Words(scenario.title_zh or scenario.name, scenario.title_en or scenario.name)
    to_stdout(f"{plant.name} {plant.id} · {scenario.name}: {told(title)}")
    given, sought = say("给定规模", "size given"), say("最优规模", "best size")
    lines = [
        (given if known.best is None else sought, f"{_size(known.size)} ({float(known.size.duration_h):.2f} h)"),
        (say("净现值 NPV", "net present value, NPV"), f"{_cny(measures.npv_fen)} 元"),
        (say("内部收益率 IRR", "internal rate of return, IRR"), _rate(measures.irr_ratio)),
        (say("度电成本 LCOS", "levelised cost, LCOS"), _costs(known)),
        (say("投资回收期", "payback"), _paybacks(known)),
    ]
    for label, figure in lines:
        to_stdout(f"  {label}: {figure}")
    if measures.irr_words is not None:
        to_stdout(f"  {told(measures.irr_words)}")
    if known.best is not None and not known.best.is_worth_building:
        to_stdout("  " + say("任何规模都收不回投入", "no size earns back what it costs"))


def _tell_linear(known: SizingReport) -> None:
    if known.best is None:
        return
    found = known.best.linear
    if found is None:
        to_stdout("  " + say("线性规划：时限内没有结果", "linear program: no answer in time"))
        return
    words = _linear_words(found)
    if found.is_worth_building:
        decides = Words("税按固定比例；以逐年现金流为准", "tax as a plain share; the yearly cash flow decides")
        words = Words(f"{words.zh}；{decides.zh}", f"{words.en}; {decides.en}")
    to_stdout("  " + say(f"线性规划：{words.zh}", f"linear program: {words.en}"))


def _linear_words(found: Found) -> Words:
    seconds, bound = f"{found.seconds:.1f}", f"{found.best_bound_cny / MILLION:,.2f}"
    if not found.is_worth_building:
        return Words(f"不建为宜（{seconds} 秒）", f"better not to build ({seconds} s)")
    size, npv = f"{found.power_mw:.2f} MW / {found.energy_mwh:.2f} MWh", f"{found.present_value_cny / MILLION:,.2f}"
    gap = f"{found.gap_ratio:.2%}"
    proof = {
        Status.OPTIMAL: Words("已证最优", "proven optimal"),
        Status.WITHIN_GAP: Words(f"差距 {gap} 以内", f"within a gap of {gap}"),
    }.get(found.status, Words(f"时限内差距 {gap}", f"gap of {gap} when time ran out"))
    return Words(
        f"{size}，净现值 {npv} 百万元，上界 {bound}，{proof.zh}（{seconds} 秒）",
        f"{size}, NPV {npv} million CNY, bound {bound}, {proof.en} ({seconds} s)",
    )


def _row(known: SizingReport, judged: Judged) -> tuple[str, ...]:
    mark = " *" if judged.scenario.name == known.base.name else ""
    best = judged.best
    own = (NONE, NONE) if best is None else (_size(best.size), f"{best.npv_cny / MILLION:,.2f}")
    if judged.at_size is None:
        return (judged.scenario.name + mark, say("不可行", "not possible"), NONE, NONE, NONE, *own)
    measures = judged.at_size.measures
    lcos = measures.lcos_cny_per_mwh
    return (
        judged.scenario.name + mark,
        f"{measures.npv_fen / FEN_PER_CNY / MILLION:,.2f}",
        _rate_cell(measures.irr_ratio, has_note=measures.irr_words is not None),
        NONE if lcos is None else f"{lcos:,}",
        _years(measures.payback),
        *own,
    )


def _tell_drivers(known: SizingReport) -> None:
    drivers = known.sensitivity.drivers[:SHOWN_DRIVERS]
    if not drivers:
        return
    to_stdout("")
    to_stdout(say("对净现值影响最大（百万元）：", "what moves the NPV most, million CNY:"))
    for driver in drivers:
        to_stdout(f"  {told(driver.words)}: {_ends(driver)}")


def _ends(driver: Driver) -> str:
    ends = ((driver.low, driver.npv_low_cny), (driver.high, driver.npv_high_cny))
    return ", ".join(f"{figure} → {NONE if npv is None else f'{npv / MILLION:,.2f}'}" for figure, npv in ends)


def _tell_break_evens(known: SizingReport) -> None:
    to_stdout(say("盈亏平衡点（净现值为零）：", "break-even figures, where the NPV is zero:"))
    for each in known.break_evens:
        now = NONE if each.now is None else _figure(each, each.now)
        turning = _turning(each, known.chosen.measures.npv_fen)
        to_stdout(
            "  " + say(f"{each.words.zh}: {turning.zh}（现 {now}）", f"{each.words.en}: {turning.en} (now {now})")
        )
    to_stdout("")


def _turning(each: BreakEven, npv_fen: int) -> Words:
    if each.figure is not None:
        figure = _figure(each, each.figure)
        return Words(figure, figure)
    least, most = _figure(each, each.least), _figure(each, each.most)
    side = Words("均为正", "above zero") if npv_fen > 0 else Words("均为负", "below zero")
    return Words(f"没有：{least} 至 {most} 之间净现值{side.zh}", f"none: {side.en} all the way from {least} to {most}")


def _figure(each: BreakEven, figure: float) -> str:
    return f"{figure:,.2f} {each.unit}" if each.unit else f"{figure:.2%}"


def _tell_files(out: Path) -> None:
    to_stdout(say(f"结果在 {out}：", f"results in {out}:"))
    for path in sorted(out.iterdir()):
        to_stdout(f"  {path.name}")


def _size(size: Size) -> str:
    return f"{plain_text(size.power_mw)} MW / {plain_text(size.energy_mwh)} MWh"


def _cny(amount_fen: int) -> str:
    whole, _, fen = cny_text(amount_fen).partition(".")
    return f"{int(whole):,}.{fen}" if whole not in ("-0", "0") else f"{whole}.{fen}"


def _rate(ratio: float | None) -> str:
    return say("没有", "none") if ratio is None else f"{ratio:.2%}"


def _rate_cell(ratio: float | None, *, has_note: bool) -> str:
    return NONE if ratio is None else f"{ratio:.2%}" + (MARK if has_note else "")


def _costs(known: SizingReport) -> str:
    lcos, storage = known.chosen.measures.lcos_cny_per_mwh, known.chosen.measures.storage_cost_cny_per_mwh
    if lcos is None or storage is None:
        return say("没有放电", "nothing is discharged")
    return say(f"{lcos:,} 元/MWh（不含购电 {storage:,}）", f"{lcos:,} 元/MWh ({storage:,} without energy bought)")


def _paybacks(known: SizingReport) -> str:
    plain, discounted = _years(known.chosen.measures.payback), _years(known.chosen.measures.discounted_payback)
    return say(f"{plain} 年（折现 {discounted} 年）", f"{plain} years ({discounted} discounted)")


def _years(known: Payback) -> str:
    if known.years is None:
        return NONE
    return f"{known.years:.1f}" + ("" if known.negative_again_in_year is None else MARK)
