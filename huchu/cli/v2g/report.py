"""What `huchu v2g` prints: the cars by themselves beside the plan, what the envelope holds, and who leaves short."""

from typing import Final

from dispatch.v2g.planning import Goal
from huchu.cli.printing import (
    Justify,
    finding_counts,
    print_findings,
    print_json,
    print_table,
    to_stdout,
)
from huchu.cli.v2g.compared import Side
from huchu.cli.v2g.done import Done
from huchu.cli.v2g.summary import summary_of
from huchu.cli.words import say
from huchu.output import FINDINGS_FILE, SHOWN_NAMES
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.findings import Severity
from tariffs.vocabulary.money import cny_text
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH

TOLD_BELOW: Final = ("session_asks_too_much",)
"""Findings that a sentence sums up."""
GOALS: Final = {Goal.COST: Words("电费（元）", "the cost in CNY"), Goal.PEAK: Words("最高功率（kW）", "the peak in kW")}
COLUMNS: Final[tuple[tuple[Words, Justify], ...]] = (
    (Words("", ""), "left"),
    (Words("无序充电", "uncontrolled"), "right"),
    (Words("计划", "plan"), "right"),
)


def report(done: Done, *, as_json: bool) -> None:
    """Say what came out: a table and sentences for people, one JSON object for programs."""
    if as_json:
        print_json({"status": "done", "out": str(done.out), **summary_of(done)})
        return
    warnings = [each for each in done.findings if each.severity is not Severity.NOTICE]
    # what a file has more of a kind is a finding of its own, and names the kind
    print_findings([each for each in warnings if {each.code, each.evidence.get("repeated")}.isdisjoint(TOLD_BELOW)])
    _tell_sessions(done)
    print_table(COLUMNS, _rows(done), Words("行", "rows"))
    _tell_envelope(done)
    _tell_store(done)
    _tell_short(done)
    counts = finding_counts(done.findings)
    to_stdout(
        say(
            f"警告 {counts['warning']}，提示 {counts['notice']}，见 {done.out / FINDINGS_FILE}",
            f"{counts['warning']} warning(s), {counts['notice']} notice(s) in {done.out / FINDINGS_FILE}",
        )
    )
    to_stdout(say(f"结果在 {done.out}", f"results in {done.out}"))


def _tell_sessions(done: Done) -> None:
    count, horizon = len(done.assigned.sessions), done.given.horizon
    span = f"{horizon.first_at:%Y-%m-%d %H:%M}", f"{horizon.until_at:%Y-%m-%d %H:%M}"
    asked = _kwh(done.asked_kwh_e4)
    to_stdout(
        say(
            f"充电记录 {count:,} 条，需要 {asked} kWh；{span[0]} 至 {span[1]}，{horizon.minutes} 分钟一步；"
            f"同时最多 {done.most_parked:,} 辆",
            f"{count:,} sessions asking for {asked} kWh; {span[0]} until {span[1]} in steps of {horizon.minutes} minutes; "
            f"at most {done.most_parked:,} cars at once",
        )
    )


def _rows(done: Done) -> list[tuple[str, ...]]:
    before, after = done.compared.before, done.compared.after
    signals = done.given.signals
    has_load = signals is not None and signals.load_mw is not None
    peak = say("最高功率（含负荷）kW", "peak with load, kW") if has_load else say("最高功率 kW", "peak, kW")
    rows = [
        (peak, f"{before.peak_kw:,.1f}", f"{after.peak_kw:,.1f}"),
        (say("出现于", "reached at"), *(f"{side.peak_at:%Y-%m-%d %H:%M}" for side in (before, after))),
        (say("充电 kWh", "charged, kWh"), _kwh(before.charged_kwh_e4), _kwh(after.charged_kwh_e4)),
    ]
    if after.discharged_kwh_e4:
        rows.append((say("放电 kWh", "discharged, kWh"), "0.0", _kwh(after.discharged_kwh_e4)))
    if before.cost_fen is not None:
        rows.append((say("电费 元", "cost, CNY"), _cost(before), _cost(after)))
    return rows


def _tell_envelope(done: Done) -> None:
    if done.envelope.is_exact:
        to_stdout(
            say(
                "包络：精确。可行计划不多不少，正是各时段集合的上下限都满足的计划",
                "envelope: exact; the cars can follow a plan if and only if it keeps the bounds of every set of steps",
            )
        )
    else:
        to_stdout(
            say(
                "包络：内含（有损耗且可放电）。其中的计划都可行；同一时段一些车充、一些车放的计划不在其中",
                "envelope: inner (losses, and cars that discharge); all its plans can be followed, plans in which some "
                "cars charge while others discharge are not in it",
            )
        )
        _tell_bound(done)


def _tell_bound(done: Done) -> None:
    """How much better the best plan of these cars can be at most, where the envelope leaves some out."""
    if done.made is None:
        return
    best = f"{done.made.bound:,.2f}"
    goal = done.given.goal
    to_stdout(
        say(
            f"所有计划（含混合的）的{GOALS[goal].zh}不低于 {best}",
            f"for no plan of these cars, mixed ones included, is {GOALS[goal].en} below {best}",
        )
    )


def _tell_store(done: Done) -> None:
    if done.store is None:
        return
    power, energy = f"{done.store.lost.power_ratio:.1%}", f"{done.store.lost.energy_ratio:.1%}"
    to_stdout(
        say(
            f"普通储能（envelope.csv 的 store_ 各列）：其中任何计划都可行；放弃功率范围的 {power}、累计电量范围的 {energy}",
            f"plain store (columns store_ of envelope.csv): every plan in it can be followed; it gives away {power} of the "
            f"room of power and {energy} of the room of energy",
        )
    )
    if not done.envelope.is_exact:
        share = f"{done.store.by_losses_ratio:.1%}"
        to_stdout(
            say(
                f"包络因不含混合方向而放弃的灵活性：{share}（车辆最多的一段内测得）",
                f"the envelope itself, without mixed directions, gives away {share} of what the cars can do, measured where most "
                "are parked",
            )
        )


def _tell_short(done: Done) -> None:
    if not done.short_count:
        to_stdout(say("每辆车离开时都充到所需电量", "every car leaves with what it asked for"))
        return
    short = _kwh(done.short_kwh_e4)
    names = list(done.assigned.short)
    named = ", ".join(names[:SHOWN_NAMES]) + (", …" if len(names) > SHOWN_NAMES else "")
    to_stdout(
        say(
            f"{done.short_count:,} 辆车（{named}）离开时共差 {short} kWh：停放时间与桩功率所限，已充到最多；逐车见 session_energies.csv",
            f"{done.short_count:,} car(s) ({named}) leave short, by {short} kWh in all: their stay at that power allows no more, and "
            "they get that much; car by car in session_energies.csv",
        )
    )


def _kwh(energy_kwh_e4: int) -> str:
    return f"{energy_kwh_e4 / ENERGY_UNITS_PER_KWH:,.1f}"


def _cost(side: Side) -> str:
    return "" if side.cost_fen is None else cny_text(side.cost_fen)
