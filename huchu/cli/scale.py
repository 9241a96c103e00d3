"""Progress to the figures of the plan: the power in use, the growth that is needed, the piles; as records and as lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from huchu.cli.printing import Justify, print_table, to_stdout, told
from huchu.cli.words import say
from tariffs.eligibility.targets import PILES, SCALE, Growth, Target, TargetKind, growth, pile_power_mw
from tariffs.vocabulary.errors import Words

KIND_WORDS: Final = {
    TargetKind.TARGET: Words("目标", "target"),
    TargetKind.STRIVE: Words("力争", "striven for"),
    TargetKind.SOFT: Words("软性", "soft"),
    TargetKind.WORDS: Words("文字", "words"),
}
MW_STEP: Final = Decimal("0.001")
RATIO_STEP: Final = Decimal("0.000001")
PERCENT_STEP: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piles:
    """Piles that charge and discharge cars, and their power where it was asked for."""

    count: int
    power_mw: Decimal | None
    target: Target

    @property
    def within(self) -> bool:
        """Whether the number lies within the plan's range, above which is more than the plan asks for."""
        most = self.target.table.max_quantity
        return bool(self.target.met_by(Decimal(self.count))) and (most is None or self.count <= most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Power in use on a day, and the growth from a base to the marks of the plan.

    Shape   `marks` in the order of their years; `needed` is one growth a mark, none without a base; `between` from the
            first mark to the last
    """

    on: date
    installed_mw: Decimal | None
    base_year: int
    base_mw: Decimal | None
    marks: tuple[Target, ...]
    needed: tuple[Growth, ...]
    between: Growth


def scale_of(
    targets: Mapping[str, Target], on: date, installed_mw: Decimal | None, base_year: int, base_mw: Decimal | None
) -> Scale:
    """Where the power in use stands against the marks of the plan."""
    marks = tuple(targets[name] for name in SCALE)
    first, last = marks[0], marks[-1]
    needed: tuple[Growth, ...] = ()
    if base_mw is not None:
        needed = tuple(growth(base_year, base_mw, each.table.target_year, each.mark or Decimal(0)) for each in marks)
    return Scale(
        on=on,
        installed_mw=installed_mw,
        base_year=base_year,
        base_mw=base_mw,
        marks=marks,
        needed=needed,
        between=growth(
            first.table.target_year, first.mark or Decimal(0), last.table.target_year, last.mark or Decimal(0)
        ),
    )


def piles_of(targets: Mapping[str, Target], count: int, pile_kw: Decimal | None, share: Decimal | None) -> Piles:
    """The piles against the plan's range, and their power where their rating and share are given."""
    power = None if pile_kw is None or share is None else pile_power_mw(count, pile_kw, share)
    return Piles(count=count, power_mw=power, target=targets[PILES])


def scale_record(targets: Mapping[str, Target], scale: Scale, piles: Piles | None) -> dict[str, Any]:
    """Targets, progress, growth and piles as plain texts for JSON."""
    return {
        "on": str(scale.on),
        "targets": [_target_record(target, scale, piles) for target in targets.values()],
        "installed_mw": _text(scale.installed_mw),
        "growth_needed": [_growth_record(each) for each in scale.needed],
        "growth_between_marks": _growth_record(scale.between),
        "piles": None
        if piles is None
        else {"piles": piles.count, "within_range": piles.within, "power_mw": _text(piles.power_mw)},
    }


def tell_scale(targets: Mapping[str, Target], scale: Scale, piles: Piles | None) -> None:
    """Print the targets, and what it takes to reach them."""
    columns: tuple[tuple[Words, Justify], ...] = (
        (Words("年份", "year"), "left"),
        (Words("项目", "item"), "left"),
        (Words("目标", "figure"), "left"),
        (Words("性质", "kind"), "left"),
        (Words("现状", "now"), "right"),
        (Words("差额", "gap"), "right"),
        (Words("条款", "article"), "left"),
    )
    print_table(columns, [_row(target, scale, piles) for target in targets.values()], Words("项", "targets"))
    for target, each in zip(scale.marks, scale.needed, strict=False):
        if each.yearly_mw is not None or not target.met_by(each.from_mw):
            to_stdout(_growth_line(each, exclusive=target.exclusive))
    to_stdout(_growth_line(scale.between, exclusive=scale.marks[-1].exclusive))
    if piles is not None:
        _tell_piles(piles)


def figure_words(target: Target) -> Words:
    """The figure of a target with its sign and unit, or its words where it has none."""
    table = target.table
    unit = "" if table.quantity_unit in ("", "1") else f" {table.quantity_unit}"
    if target.words.zh:
        sign = ">= " if target.mark is not None else ""
        figure = "" if target.mark is None else f"{sign}{target.mark:,f}{unit}，"
        return Words(f"{figure}{target.words.zh}", f"{figure.replace('，', ', ')}{target.words.en}")
    if target.mark is None:
        return Words("—", "—")
    if table.max_quantity is not None:
        text = f"{target.mark:,f}–{table.max_quantity:,f}{unit}"
    else:
        text = f"{'>' if target.exclusive else '>='} {target.mark:,f}{unit}"
    return Words(text, text)


def _tell_piles(piles: Piles) -> None:
    verdict = Words("在方案范围内", "within the plan's range")
    if not piles.target.met_by(Decimal(piles.count)):
        verdict = Words("未到方案范围", "below the plan's range")
    elif not piles.within:
        verdict = Words("超过方案范围", "above the plan's range")
    figure = figure_words(piles.target)
    to_stdout(
        say(
            f"充放电桩 {piles.count:,} 个：{verdict.zh} {figure.zh}",
            f"{piles.count:,} piles: {verdict.en} {figure.en}",
        )
    )
    if piles.power_mw is not None:
        shown = f"{power_text(piles.power_mw)} MW"
        to_stdout(say(f"同时可放电 {shown}", f"they can discharge {shown} at once"))


def _row(target: Target, scale: Scale, piles: Piles | None) -> tuple[str, ...]:
    now = _now(target, scale, piles)
    gap = ""
    if now is not None and target.mark is not None:
        gap = f"{max(target.mark - now, Decimal(0)):,f}" if not target.met_by(now) else say("已达到", "reached")
    return (
        str(target.table.target_year),
        told(target.name),
        told(figure_words(target)),
        told(KIND_WORDS[target.table.target_kind]),
        "" if now is None else f"{now:,f}",
        gap,
        target.citation.article,
    )


def _now(target: Target, scale: Scale, piles: Piles | None) -> Decimal | None:
    if target.id in SCALE:
        return scale.installed_mw
    return Decimal(piles.count) if piles is not None and target.id == PILES else None


def _growth_line(each: Growth, *, exclusive: bool) -> str:
    spans = f"{each.from_year} → {each.until_year}, {each.from_mw:,f} → {each.until_mw:,f} MW"
    if each.gap_mw == 0 and not (exclusive and each.from_mw == each.until_mw):
        return say(f"{spans}：已达到", f"{spans}: reached")
    if each.yearly_mw is None:
        gap = f"{each.gap_mw:,f}"
        return say(f"{spans}：差 {gap} MW，已无整年", f"{spans}: {gap} MW short, no whole year left")
    more = Words("多于", "more than ") if exclusive else Words("", "")
    yearly = power_text(each.yearly_mw)
    rate = "" if each.cagr_ratio is None else f", CAGR {percent(each.cagr_ratio)}"
    return say(f"{spans}：每年{more.zh} {yearly} MW{rate}", f"{spans}: {more.en}{yearly} MW a year{rate}")


def percent(ratio: Decimal) -> str:
    """A ratio in per cent with two decimals."""
    return f"{(ratio.scaleb(2)).quantize(PERCENT_STEP, ROUND_HALF_UP):f} %"


def power_text(power_mw: Decimal) -> str:
    """A power in MW, rounded to the kW, without trailing zeros."""
    return f"{power_mw.quantize(MW_STEP, ROUND_HALF_UP).normalize():,f}"


def _target_record(target: Target, scale: Scale, piles: Piles | None) -> dict[str, Any]:
    table = target.table
    now = _now(target, scale, piles)
    return {
        "target": target.id,
        "name": {"zh": target.name.zh, "en": target.name.en},
        "target_year": table.target_year,
        "target_kind": table.target_kind.value,
        "min_quantity": _text(table.min_quantity),
        "above_quantity": _text(table.above_quantity),
        "max_quantity": _text(table.max_quantity),
        "about_quantity": _text(table.about_quantity),
        "quantity_unit": table.quantity_unit,
        "words": {"zh": target.words.zh, "en": target.words.en},
        "now": _text(now),
        "met": None if now is None else target.met_by(now),
        "gap": None if now is None or target.mark is None else _text(max(target.mark - now, Decimal(0))),
        "document": target.citation.document_number,
        "article": target.citation.article,
    }


def _growth_record(each: Growth) -> dict[str, Any]:
    yearly, rate = each.yearly_mw, each.cagr_ratio
    return {
        "from_year": each.from_year,
        "from_mw": _text(each.from_mw),
        "until_year": each.until_year,
        "until_mw": _text(each.until_mw),
        "gap_mw": _text(each.gap_mw),
        "yearly_mw": None if yearly is None else _text(yearly.quantize(MW_STEP, ROUND_HALF_UP)),
        "cagr_ratio": None if rate is None else _text(rate.quantize(RATIO_STEP, ROUND_HALF_UP)),
    }


def _text(figure: Decimal | None) -> str | None:
    return None if figure is None else f"{figure:f}"
