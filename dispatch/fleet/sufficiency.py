"""Whether a fleet has hours enough to cut a load's peak: how many hours of rated power the cut takes, in words.

Rated power is that of the cut: a cut of 5 % of the peak by a fleet of just that power takes the energy above the level,
divided by that power, in hours. As everywhere in `dispatch.peak_cut`, one discharge a day and losses left aside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from dispatch.peak_cut import CutNeeds, CutReach, Fleet, Load, Shortfall, cut_needs, cut_reach, shortfall
from dispatch.station.steps import StationSteps
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.notebook import html_sentences

DEFAULT_SHARE: Final = 0.05
"""The plan has no figure: five percent of the highest load is a choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sufficiency:
    """What a cut takes, what a fleet has and how far it comes.

    Shape   `share` of the highest load is cut; `of_whole_power` where that share is the fleet's power
    """

    load: Load
    fleet: Fleet
    share: float
    of_whole_power: bool
    needs: CutNeeds
    reach: CutReach
    lacks: Shortfall

    @property
    def enough(self) -> bool:
        """Whether the fleet makes the cut."""
        return self.lacks.enough

    @property
    def sentences(self) -> tuple[Words, ...]:
        """The cut and the hours that it takes, whether the fleet's hours are enough, and what is left out, in words."""
        return sentences(self)

    def __str__(self) -> str:
        return "\n".join(str(each) for each in self.sentences)

    def __repr__(self) -> str:
        return f"<Sufficiency {self.share:.2%} of {self.load.peak_mw:,.1f} MW: {'enough' if self.enough else 'short'}>"

    def _repr_html_(self) -> str:
        return html_sentences(self.sentences)


def sufficiency(load: Load, fleet: Fleet, share: float | None = DEFAULT_SHARE) -> Sufficiency:
    """What it takes to cut a share of the highest load, and whether a fleet has it; no share: the fleet's whole power.

    Shape   0 < share < 1; a fleet of more power than the highest load cuts all of it; its power is above zero
    Check   tests/dispatch/fleet/test_sufficiency.py
    """
    asked = min(fleet.power_mw / load.peak_mw, 1.0) if share is None else share
    needs = cut_needs(load, asked)
    return Sufficiency(
        load=load,
        fleet=fleet,
        share=asked,
        of_whole_power=share is None,
        needs=needs,
        reach=cut_reach(load, fleet),
        lacks=shortfall(needs, fleet),
    )


def fleet_of(stations: Sequence[StationSteps]) -> Fleet:
    """Stations taken together as one store: the most power and the most energy of one discharge over the horizon.

    Shape   energy is what lies between the stored-energy bounds, losses of discharging taken off
    """
    power_mw = np.sum([each.discharge_limit_mw for each in stations], axis=0)
    between = [(each.max_stored_mwh - each.min_stored_mwh) * each.discharge_efficiency for each in stations]
    return Fleet(power_mw=float(power_mw.max()), energy_mwh=float(np.sum(between, axis=0).max()))


def sentences(told: Sufficiency) -> tuple[Words, ...]:
    """What a user reads: the cut and the hours that it takes, whether the fleet's hours are enough, and what is left out."""
    spoken = [_asked(told), _verdict(told), *([] if told.enough else _reached(told))]
    if told.needs.midnights:
        times = told.needs.midnights
        spoken.append(
            Words(
                f"负荷 {times} 次在零点前后都高于所削至的水平，其间充不满，实际需要更多电量",
                f"the load is above that level on both sides of midnight {times} time(s): "
                "not full again in between, it takes more energy",
            )
        )
    return tuple(spoken)


def _asked(told: Sufficiency) -> Words:
    needs, share, why = told.needs, f"{told.share:.2%}", _why(told)
    peak, level = f"{told.load.peak_mw:,.1f}", f"{needs.level_mw:,.1f}"
    power, energy, hours = f"{needs.power_mw:,.1f}", f"{needs.energy_mwh:,.1f}", f"{needs.duration_h:.2f}"
    return Words(
        f"最高负荷 {peak} 兆瓦削去 {share}（{why.zh}）至 {level} 兆瓦，"
        f"须 {power} 兆瓦、{energy} 兆瓦时，即额定功率 {hours} 小时（{needs.day}）",
        f"cutting {share} ({why.en}) of the highest load of {peak} MW, down to {level} MW, "
        f"takes {power} MW and {energy} MWh: {hours} h of rated power ({needs.day})",
    )


def _why(told: Sufficiency) -> Words:
    if not told.of_whole_power:
        return Words("比例自选", "the share is chosen")
    if told.fleet.power_mw > told.load.peak_mw:
        return Words("储能功率大于负荷", "the fleet has more power than the load")
    return Words("储能全部功率", "the whole power of the fleet")


def _verdict(told: Sufficiency) -> Words:
    fleet, lacks = told.fleet, told.lacks
    power, energy, hours = f"{fleet.power_mw:,.1f}", f"{fleet.energy_mwh:,.1f}", f"{fleet.duration_h:.2f}"
    has = Words(
        f"储能 {power} 兆瓦、{energy} 兆瓦时（{hours} 小时）", f"the fleet has {power} MW, {energy} MWh ({hours} h)"
    )
    if not told.enough:
        short = _short_of(lacks)
        return Words(f"{has.zh}：不够，差 {short.zh}", f"{has.en}: it falls short by {short.en}")
    if lacks.duration_h:
        return Words(
            f"{has.zh}：时长不足，但功率有余，够",
            f"{has.en}: fewer hours than that, but power to spare makes up for them: enough",
        )
    return Words(f"{has.zh}：够", f"{has.en}: enough")


def _short_of(lacks: Shortfall) -> Words:
    """What is missing, in the order power, energy, hours; only what is above zero."""
    power, energy, hours = f"{lacks.power_mw:,.1f}", f"{lacks.energy_mwh:,.1f}", f"{lacks.duration_h:.2f}"
    parts = [
        Words(f"{power} 兆瓦", f"{power} MW") if lacks.power_mw else None,
        Words(f"{energy} 兆瓦时", f"{energy} MWh") if lacks.energy_mwh else None,
        Words(f"{hours} 小时", f"{hours} h") if lacks.duration_h else None,
    ]
    there = [part for part in parts if part is not None]
    return Words("、".join(part.zh for part in there), ", ".join(part.en for part in there))


def _reached(told: Sufficiency) -> list[Words]:
    reach = told.reach
    limit = Words("电量", "energy") if reach.by_energy else Words("功率", "power")
    cut, share, level = f"{reach.cut_mw:,.1f}", f"{reach.cut_share:.2%}", f"{reach.level_mw:,.1f}"
    spoken = [
        Words(
            f"每天放一次最多削 {cut} 兆瓦（{share}），至 {level} 兆瓦，受限于 {reach.day} 的{limit.zh}",
            f"with one discharge a day it cuts {cut} MW ({share}) at most, down to {level} MW; {limit.en} stops it on {reach.day}",
        )
    ]
    if reach.unfilled_days:
        spoken.append(
            Words(
                f"其中 {reach.unfilled_days} 天当日谷段不够充满（不计损耗）",
                f"on {reach.unfilled_days} of the days it cannot charge again below that level, losses apart",
            )
        )
    return spoken
