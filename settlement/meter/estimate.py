"""Gaps filled on request, by named rules, in exact integers; every filled interval is marked.

straight_line        a gap of an hour at most, with readings on both sides: a line between its neighbours
like_days            else: the mean of the same time of day of like days (working days or weekends, Monday to Friday or
                     not, of the same month) that the files give, two at least; else of all days of the month
register_difference  where registers are read on both sides: the energy that they leave for the missing intervals,
                     in proportion to what the rules above would give, evenly where these give nothing
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from settlement.meter.merge import Leg, Merged
from settlement.meter.resolve import Directory
from settlement.meter.scope import IMPOSSIBLE_POWER_PERCENT
from settlement.meter.series import (
    CHARGE,
    DISCHARGE,
    LISTED_PER_CODE,
    Chain,
    Flags,
    Hit,
    Integers,
    Series,
    instant_of,
    minute_text,
    runs_of,
)
from tariffs.vocabulary.columns import Quality
from tariffs.vocabulary.money import kwh_text, round_half_away
from tariffs.vocabulary.timegrid import intervals_per_day
from tariffs.vocabulary.units import MINUTES_PER_HOUR, MS_PER_MINUTE

LEAST_LIKE_DAYS = 2
LINE_MINUTES = MINUTES_PER_HOUR
FIRST_WEEKEND_DAY = 5
DayKind = tuple[int, int, bool]
"""Year, month, and whether the day is a Saturday or Sunday."""


class Rule(IntEnum):
    """How the energy of an interval was found."""

    NOT_FILLED = 0
    STRAIGHT_LINE = 1
    LIKE_DAYS = 2
    REGISTER_DIFFERENCE = 3


RULES_ZH = {Rule.STRAIGHT_LINE: "直线内插", Rule.LIKE_DAYS: "同类日均值", Rule.REGISTER_DIFFERENCE: "表底差分摊"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One direction of a station without gaps: energies, the rule of each interval, what could not be filled."""

    energy_kwh_e4: Integers
    rule: npt.NDArray[np.int8]
    unfillable: Flags


def with_gaps_filled(grid: Merged, sound: list[Series], directory: Directory) -> tuple[Merged, list[Hit]]:
    """The grid with the gaps of these stations filled, and what was filled by which rule or cannot be."""
    with_gaps = [series for series in sound if not series.whole]
    if not with_gaps:
        return grid, []
    place_of = {station_id: place for place, station_id in enumerate(directory.station_ids)}
    charge, discharge = _copy(grid.charge), _copy(grid.discharge)
    hits: list[Hit] = []
    for series in with_gaps:
        first = int(grid.offsets[place_of[series.station_id]])
        filled = (_filled(series, discharging=False), _filled(series, discharging=True))
        for leg, new in zip((charge, discharge), filled, strict=True):
            part = slice(first, first + new.rule.size)
            chosen = new.rule != Rule.NOT_FILLED
            leg.energy_kwh_e4[part] = new.energy_kwh_e4
            leg.quality[part][chosen] = Quality.FILLED.value
            leg.file_no[part][chosen] = 0
            leg.row[part][chosen] = 0
        hits.extend(_hits(series, *filled))
    return replace(grid, charge=charge, discharge=discharge), hits


def _copy(leg: Leg) -> Leg:
    return Leg(
        energy_kwh_e4=leg.energy_kwh_e4.copy(),
        given=leg.given,
        quality=leg.quality.copy(),
        file_no=leg.file_no.copy(),
        row=leg.row.copy(),
    )


def _filled(series: Series, *, discharging: bool) -> Filled:
    energy = series.discharge_kwh_e4 if discharging else series.charge_kwh_e4
    given = series.has_discharge if discharging else series.has_charge
    guess, rule = energy.copy(), np.zeros(energy.size, np.int8)
    for first, end in runs_of(~given):
        inner = first > 0 and end < energy.size
        if inner and (end - first) * series.minutes <= LINE_MINUTES:
            guess[first:end] = straight_line(int(energy[first - 1]), int(energy[end]), end - first)
            rule[first:end] = Rule.STRAIGHT_LINE.value
    _fill_from_like_days(series, energy, given, guess, rule)
    if series.chain is not None:
        known = series.chain.export_kwh_e4 if discharging else series.chain.import_kwh_e4
        _fit_to_registers(series, series.chain, known, given, guess, rule)
    return Filled(energy_kwh_e4=guess, rule=rule, unfillable=~given & (rule == Rule.NOT_FILLED))


def straight_line(before_kwh_e4: int, after_kwh_e4: int, count: int) -> list[int]:
    """Energies of a gap on the line between its neighbours, 1e-4 kWh; their sum is the rounded sum of the line."""
    parts = count + 1
    weights = [before_kwh_e4 * (parts - nth) + after_kwh_e4 * nth for nth in range(1, parts)]
    total = round_half_away(sum(weights), parts)
    return shared_out(total, weights)


def shared_out(total_kwh_e4: int, weights: list[int]) -> list[int]:
    """A total in proportion to weights, each share rounded so that all of them add up to the total.

    Shape   equal shares where all weights are zero; no weight below zero
    """
    whole = sum(weights)
    if whole == 0:
        weights, whole = [1] * len(weights), len(weights)
    shares, reached, weighed = [], 0, 0
    for weight in weights:
        weighed += weight
        upto = round_half_away(total_kwh_e4 * weighed, whole)
        shares.append(upto - reached)
        reached = upto
    return shares


def _fill_from_like_days(
    series: Series, energy: Integers, given: Flags, guess: Integers, rule: npt.NDArray[np.int8]
) -> None:
    """Write the means of like days into the guesses that have no rule yet."""
    missing = np.flatnonzero(~given & (rule == Rule.NOT_FILLED))
    if not missing.size:
        return
    per_day = intervals_per_day(series.minutes)
    first_day = instant_of(series.start_ms).date()
    kinds = [_kind(first_day + timedelta(days=day)) for day in range(-(-energy.size // per_day))]
    means: dict[tuple[int, DayKind], int | None] = {}
    for position in missing.tolist():
        day, slot = divmod(position, per_day)
        if (slot, kinds[day]) not in means:
            at_slot = zip(energy[slot::per_day].tolist(), given[slot::per_day].tolist(), kinds, strict=False)
            known = [(kwh_e4, kind) for kwh_e4, there, kind in at_slot if there and kind[:2] == kinds[day][:2]]
            means[slot, kinds[day]] = _mean_of_like_days(known, kinds[day])
        mean = means[slot, kinds[day]]
        if mean is not None:
            guess[position] = mean
            rule[position] = Rule.LIKE_DAYS.value


def _mean_of_like_days(known: list[tuple[int, DayKind]], wanted: DayKind) -> int | None:
    like = [kwh_e4 for kwh_e4, kind in known if kind == wanted]
    chosen = like if len(like) >= LEAST_LIKE_DAYS else [kwh_e4 for kwh_e4, _ in known]
    return round_half_away(sum(chosen), len(chosen)) if len(chosen) >= LEAST_LIKE_DAYS else None


def _kind(day: date) -> DayKind:
    return day.year, day.month, day.weekday() >= FIRST_WEEKEND_DAY


def _fit_to_registers(
    series: Series, chain: Chain, known: Integers, given: Flags, guess: Integers, rule: npt.NDArray[np.int8]
) -> None:
    """Scale the guesses between two register readings to the energy that is left for them."""
    step_ms = series.minutes * MS_PER_MINUTE
    spans = zip(chain.from_ms.tolist(), chain.until_ms.tolist(), known.tolist(), strict=True)
    for from_ms, until_ms, total in spans:
        first, rest = divmod(from_ms - series.start_ms, step_ms)
        end, rest_of_end = divmod(until_ms - series.start_ms, step_ms)
        if rest or rest_of_end or first < 0 or end > given.size or given[first:end].all():
            continue
        missing = first + np.flatnonzero(~given[first:end])
        left = max(0, total - int(guess[first:end][given[first:end]].sum()))
        weights = [0] * missing.size if (rule[missing] == Rule.NOT_FILLED).any() else guess[missing].tolist()
        guess[missing] = shared_out(left, weights)
        rule[missing] = Rule.REGISTER_DIFFERENCE.value


def _hits(series: Series, charge: Filled, discharge: Filled) -> Iterator[Hit]:
    for direction, filled in ((CHARGE, charge), (DISCHARGE, discharge)):
        for first, end in runs_of(filled.unfillable):
            yield series.hit("gap_not_fillable", first, {**direction, **_stretch(series, first, end)})
        if series.station is None:
            continue
        limit = series.charge_limit_kwh_e4 if direction is CHARGE else series.discharge_limit_kwh_e4
        too_much = (filled.rule != Rule.NOT_FILLED) & (filled.energy_kwh_e4 > limit * IMPOSSIBLE_POWER_PERCENT // 100)
        for first, end in runs_of(too_much):
            largest = kwh_text(int(filled.energy_kwh_e4[first:end].max()))
            evidence = {
                **direction,
                **_stretch(series, first, end),
                "kwh": largest,
                "limit_kwh": kwh_text(int(limit[first])),
            }
            yield series.hit("gap_above_rated_power", first, evidence)
    stretches = _stretches_of_one_rule(charge, discharge)
    for nth, (first, end) in enumerate(stretches[:LISTED_PER_CODE], 1):
        used = list(dict.fromkeys(Rule(number) for number in (charge.rule[first], discharge.rule[first]) if number))
        evidence = {
            **_stretch(series, first, end),
            "rule": "+".join(rule.name.lower() for rule in used),
            "rule_zh": "+".join(RULES_ZH[rule] for rule in used),
            "charge_kwh": _kwh(charge, first, end),
            "discharge_kwh": _kwh(discharge, first, end),
        }
        yield Hit(
            code="gap_filled",
            station_id=series.station_id,
            at_ms=series.at_ms(first),
            evidence=evidence,
            unlisted=len(stretches) - nth if nth == LISTED_PER_CODE else 0,
        )


def _stretches_of_one_rule(charge: Filled, discharge: Filled) -> list[tuple[int, int]]:
    """First and end of every run of filled intervals in which both directions keep their rule, half open."""
    pair = charge.rule.astype(np.int64) * len(Rule) + discharge.rule
    edges = np.concatenate(([0], np.flatnonzero(np.diff(pair)) + 1, [pair.size])).tolist()
    filled = (pair != 0).tolist()
    return [(first, end) for first, end in pairwise(edges) if filled[first]]


def _kwh(filled: Filled, first: int, end: int) -> str:
    chosen = filled.rule[first:end] != Rule.NOT_FILLED
    return kwh_text(int(filled.energy_kwh_e4[first:end][chosen].sum()))


def _stretch(series: Series, first: int, end: int) -> dict[str, object]:
    return {
        "first": minute_text(series.at_ms(first)),
        "last": minute_text(series.at_ms(end - 1)),
        "count": end - first,
    }
