"""What a fleet reaches, in words."""

import numpy as np

from dispatch.fleet.outcome import FleetFound
from dispatch.fleet.sufficiency import fleet_of, sentences, sufficiency
from dispatch.fleet.task import FleetTask
from dispatch.fleet.verify import FleetVerified, PeakFigures, WindFigures
from dispatch.peak_cut import Load
from dispatch.verify import instant_text
from tariffs.vocabulary.errors import Words


def sentences_of(task: FleetTask, found: FleetFound, figures: FleetVerified) -> tuple[Words, ...]:
    """The sentences of a plan: what was reached, how it is proven, the calls, and whether the hours are enough."""
    told: list[Words] = []
    if figures.peak is not None:
        told.append(_peak(task, figures.peak))
    if figures.wind is not None:
        told.append(_wind(task, figures.wind))
    told.append(found.certificate)
    share = figures.calls.least_share
    if share is not None:
        told.append(_share(task, figures, share))
    if figures.peak is not None and figures.peak.peak_mw > 0:
        told.extend(_hours(task, figures.peak))
    return tuple(told)


def _peak(task: FleetTask, peak: PeakFigures) -> Words:
    at = instant_text(task.horizon, int(np.argmax(peak.before_mw)))
    shown = f"{peak.peak_mw:,.2f}", f"{peak.peak_after_mw:,.2f}", f"{peak.cut_mw:,.2f}", f"{peak.cut_share:.2%}"
    return Words(
        f"最高负荷 {shown[0]} 兆瓦（{at}），削峰后 {shown[1]} 兆瓦，削减 {shown[2]} 兆瓦（{shown[3]}）",
        f"highest load {shown[0]} MW ({at}), {shown[1]} MW after: cut by {shown[2]} MW ({shown[3]})",
    )


def _wind(task: FleetTask, wind: WindFigures) -> Words:
    hours = task.horizon.hours
    promised, curtailed, short = (
        f"{hours * float(each.sum()):,.2f}" for each in (wind.promised_mw, wind.curtailed_mw, wind.shortfall_mw)
    )
    return Words(
        f"承诺 {promised} 兆瓦时，缺额 {short} 兆瓦时，弃电 {curtailed} 兆瓦时",
        f"{promised} MWh promised, {short} MWh missing, {curtailed} MWh curtailed",
    )


def _share(task: FleetTask, figures: FleetVerified, share: float) -> Words:
    if share >= 1.0:
        return Words("每站都完成所要求的全容量充放电调用", "every station makes all the calls asked of it")
    asked = [
        (float(done) / want, each.station.station_id)
        for done, want, each in zip(figures.calls.done, figures.calls.asked, task.stations, strict=True)
        if want
    ]
    lowest, shown = min(asked)[1], f"{share:.2%}"
    best = (*task.first, *task.after_first)
    return Words(
        f"各站全容量充放电调用完成份额最低 {shown}（{lowest}）" + ("，已尽可能高" if best else ""),
        f"the smallest share of the calls asked for is {shown} ({lowest})" + (", as large as can be" if best else ""),
    )


def _hours(task: FleetTask, peak: PeakFigures) -> tuple[Words, ...]:
    stations = [each.station for each in task.stations]
    fleet = fleet_of(stations)
    if fleet.power_mw <= 0:
        return ()
    load = Load(horizon=task.horizon, load_mw=peak.before_mw)
    return sentences(sufficiency(load, fleet, None))
