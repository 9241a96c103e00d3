"""Registers against the intervals between their readings, exchanges of meters, readings too far apart."""

from collections.abc import Iterator

import numpy as np

from settlement.meter.checks import Reads
from settlement.meter.series import CHARGE, DISCHARGE, Chain, Hit, Series, minute_text
from tariffs.vocabulary.money import kwh_text
from tariffs.vocabulary.units import MS_PER_MINUTE

READS = Reads.SERIES
CODES = ("register_difference", "register_not_compared", "register_gap", "meter_exchanged")


def found(series: Series) -> Iterator[Hit]:
    """Differences of registers that the intervals do not add up to; readings farther apart than an interval where
    nothing else is known; each exchange of meters.

    Shape   a difference may be off by one last digit of the registers times the multiplier, added over the meters;
            compared between readings whose intervals are all there
    """
    chain = series.chain
    if chain is None:
        return
    for at_ms, old, new in chain.exchanges:
        if series.start_ms < at_ms < series.end_ms:
            evidence = {"old": old, "new": new, "at": minute_text(at_ms)}
            yield Hit(code="meter_exchanged", station_id=series.station_id, at_ms=at_ms, evidence=evidence)
    if series.registers_only:
        if not series.estimate:
            yield from _far_apart(series, chain)
        return
    yield from _against_intervals(series, chain)


def _far_apart(series: Series, chain: Chain) -> Iterator[Hit]:
    step_ms = series.minutes * MS_PER_MINUTE
    for nth in np.flatnonzero(chain.until_ms - chain.from_ms > step_ms).tolist():
        at_ms = int(chain.from_ms[nth])
        evidence = {
            "first": minute_text(at_ms),
            "last": minute_text(int(chain.until_ms[nth])),
            "charge_kwh": kwh_text(int(chain.import_kwh_e4[nth])),
            "discharge_kwh": kwh_text(int(chain.export_kwh_e4[nth])),
        }
        yield Hit(code="register_gap", station_id=series.station_id, at_ms=at_ms, evidence=evidence)


def _against_intervals(series: Series, chain: Chain) -> Iterator[Hit]:
    compared = 0
    step_ms = series.minutes * MS_PER_MINUTE
    first, rest = np.divmod(chain.from_ms - series.start_ms, step_ms)
    end, rest_of_end = np.divmod(chain.until_ms - series.start_ms, step_ms)
    usable = (rest == 0) & (rest_of_end == 0) & (first >= 0) & (end <= series.charge_kwh_e4.size)
    for direction, energy, given, known in (
        (CHARGE, series.charge_kwh_e4, series.has_charge, chain.import_kwh_e4),
        (DISCHARGE, series.discharge_kwh_e4, series.has_discharge, chain.export_kwh_e4),
    ):
        sums, counts = np.concatenate(([0], np.cumsum(energy))), np.concatenate(([0], np.cumsum(given)))
        spans = usable.copy()
        spans[usable] = counts[end[usable]] - counts[first[usable]] == (end - first)[usable]
        compared += int(np.count_nonzero(spans))
        gaps_only = usable & ~spans if series.estimate else np.zeros(usable.size, np.bool_)
        total = np.zeros(usable.size, np.int64)
        total[usable] = sums[end[usable]] - sums[first[usable]]
        apart = known - total
        wrong = (spans & (np.abs(apart) > chain.tolerance_kwh_e4)) | (gaps_only & (apart < -chain.tolerance_kwh_e4))
        compared += int(np.count_nonzero(gaps_only))
        for nth in np.flatnonzero(wrong).tolist():
            evidence = {
                **direction,
                "register_kwh": kwh_text(int(known[nth])),
                "intervals_kwh": kwh_text(int(total[nth])),
                "tolerance_kwh": kwh_text(chain.tolerance_kwh_e4),
                "until": minute_text(int(chain.until_ms[nth])),
            }
            at_ms = int(chain.from_ms[nth])
            yield Hit(code="register_difference", station_id=series.station_id, at_ms=at_ms, evidence=evidence)
    if not compared:
        yield series.month_hit("register_not_compared", {})
