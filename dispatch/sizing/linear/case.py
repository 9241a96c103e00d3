"""What the best size is looked for in: years of operation, the limits of the size, and what a size is worth beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, isfinite

from dispatch.formulate import is_own
from dispatch.size_blocks import size_limits, supported_power
from dispatch.sizing.inputs.project import Size, SizeLimits
from dispatch.task import Task
from tariffs.vocabulary.errors import InputError, UsageError, Words

UNSIZED = ("calls_share", "grid_connection_limit", "leased_reserve", "ramp_limits")
"""Blocks with figures in MW that are no share of the rated power."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What a size is worth apart from what its schedules earn, 元 of present value.

    Shape   costs are negative; `supported_cny_per_mw` is paid for each MW of supported power: at most the rated power,
            and at most the rated energy / `peak_h`, where `peak_h` is given; `fixed_cny` only if anything is built
    Raises  InputError if a figure is not finite, or the supported power would cost money
    """

    power_cny_per_mw: float
    energy_cny_per_mwh: float
    supported_cny_per_mw: float = 0.0
    peak_h: float | None = None
    fixed_cny: float = 0.0

    def __post_init__(self) -> None:
        figures = (self.power_cny_per_mw, self.energy_cny_per_mwh, self.supported_cny_per_mw, self.fixed_cny)
        if not all(isfinite(each) for each in (*figures, self.peak_h or 0.0)):
            shown = ", ".join(f"{each:g}" for each in figures)
            raise InputError(
                Words("规模的价值不是有限数", "the worth of a size is not finite"),
                found=Words(shown, shown),
                do=Words("检查成本与折现率", "check costs and the discount"),
            )
        if self.supported_cny_per_mw < 0 or (self.peak_h or 0.0) < 0:
            shown = f"{self.supported_cny_per_mw:g}, {self.peak_h or 0.0:g}"
            raise InputError(
                Words("顶峰容量的价值与小时数不得为负", "supported power and its hours cannot be below zero"),
                found=Words(shown, shown),
                do=Words("把成本计入 power_cny_per_mw", "count a cost in power_cny_per_mw"),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Investment:
    """What must be spent to build a size, 元: for each MW, for each MWh, and whatever the size."""

    power_cny_per_mw: float
    energy_cny_per_mwh: float
    fixed_cny: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A typical year: one schedule of the model.

    Shape   `task` is prepared for the reference size with all its energy; `weight`: present value of 1 元 earned in it,
            summed over the years of life that it stands for; `energy_ratio`: share of the rated energy that is usable
    Raises  InputError if the weight or the ratio is not above zero
    """

    task: Task
    weight: float
    energy_ratio: float = 1.0

    def __post_init__(self) -> None:
        if not (0 < self.weight < inf and 0 < self.energy_ratio < inf):
            raise InputError(
                Words("典型年的权重与可用能量比例须大于 0", "weight and energy ratio of a year must be above 0"),
                found=Words(f"{self.weight:g}、{self.energy_ratio:g}", f"{self.weight:g}, {self.energy_ratio:g}"),
                do=Words("略去没有收益的年份", "leave out years that earn nothing"),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeCase:
    """All that the best size hangs on.

    Shape   `reference` is the size that the years' tasks are prepared for; calls are counted against the rated energy,
            or, where `counts_usable`, against the share of it that is usable in the year
    Raises  InputError or UsageError if a year has what does not grow with the size
    """

    years: tuple[Year, ...]
    reference: Size
    limits: SizeLimits
    investment: Investment
    worth: Worth
    counts_usable: bool = False

    def __post_init__(self) -> None:
        if not self.years:
            raise UsageError(
                Words("没有典型年", "there is no typical year"),
                found=Words("0 个", "0 years"),
                do=Words("至少给出一个 Year", "give at least one Year"),
            )
        for year in self.years:
            _refuse_unsized(year.task)

    @property
    def limit_terms(self) -> size_limits.Terms:
        """The limits of the size as floats."""
        limits, cost = self.limits, self.investment
        return size_limits.Terms(
            least_power_mw=float(limits.min_power_mw),
            most_power_mw=float(limits.max_power_mw),
            most_energy_mwh=inf if limits.max_energy_mwh is None else float(limits.max_energy_mwh),
            least_duration_h=float(limits.min_duration_h),
            most_duration_h=float(limits.max_duration_h),
            most_investment_cny=(
                inf if limits.max_investment_cny is None else float(limits.max_investment_cny) - cost.fixed_cny
            ),
            power_cost_cny_per_mw=cost.power_cny_per_mw,
            energy_cost_cny_per_mwh=cost.energy_cny_per_mwh,
        )

    @property
    def support_terms(self) -> supported_power.Terms:
        """The hours that the energy must last for at the supported power."""
        return supported_power.Terms(peak_h=self.worth.peak_h or 0.0)

    @property
    def most_power_mw(self) -> float:
        """The largest rated power that all limits together allow."""
        terms = self.limit_terms
        found = [terms.most_power_mw, terms.most_energy_mwh / terms.least_duration_h]
        each_mw_cny = terms.power_cost_cny_per_mw + terms.least_duration_h * terms.energy_cost_cny_per_mwh
        if each_mw_cny > 0:
            found.append(terms.most_investment_cny / each_mw_cny)
        return max(min(found), 0.0)


def _refuse_unsized(task: Task) -> None:
    """Refuse what a project that is not built cannot have: its figures are no share of the size."""
    listed = [each.name for each in task.blocks if each.name in UNSIZED or is_own(each)]
    found: Sequence[str] = (*listed, *_outage_words(task))
    if found:
        raise UsageError(
            Words("规模未定时不能有这些约束", "these cannot be asked of a station whose size is not chosen"),
            found=Words("、".join(found), ", ".join(found)),
            do=Words("去掉后再求规模，选定规模后再加上", "leave them out, choose the size, then plan with them"),
        )


def _outage_words(task: Task) -> Iterable[str]:
    return (f"outage {outage.from_at.isoformat()}" for outage in task.station.outages)
