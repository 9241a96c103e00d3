"""Raw readings of meter files, checked: complete readings of the stations that pass, findings about everything else.

Knows no check: it prepares what checks read, runs all that the folder holds, and leaves refused stations out.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import polars as pl

from settlement.meter.checks import Reads, checks_reading
from settlement.meter.estimate import with_gaps_filled
from settlement.meter.intervals import metering_block
from settlement.meter.merge import Merged
from settlement.meter.prepare import Prepared, interval_starts, prepared, series_of
from settlement.meter.report import findings_of, severity_of
from settlement.meter.scope import Checked, Scope
from settlement.meter.series import Hit
from tariffs.vocabulary.columns import READINGS
from tariffs.vocabulary.findings import Severity
from tariffs.vocabulary.timegrid import INSTANT

__all__ = ["Checked", "Scope", "checked"]


def checked(intake_intervals: pl.DataFrame, intake_registers: pl.DataFrame, scope: Scope) -> Checked:
    """Complete readings of every station that has no refusal, in 1e-4 kWh, and the findings of all stations.

    Shape   intake frames have the columns RAW_INTERVALS and RAW_REGISTERS
    Check   tests/settlement/meter/test_codes.py has an input for each code
    """
    ready = prepared(intake_intervals, intake_registers, scope)
    hits = [*ready.hits, *_hits(ready, scope)]
    refused = _refused(hits)
    grid = ready.grid
    if scope.estimate:
        sound = [series for series in series_of(ready, scope) if series.station_id not in refused]
        grid, filled_hits = with_gaps_filled(grid, sound, ready.directory)
        hits += filled_hits
        refused |= _refused(filled_hits)
    sizes = zip(ready.directory.station_ids, ready.periods.minutes, ready.periods.sizes, strict=True)
    registers = metering_block(ready.registers, ready.periods)
    return Checked(
        readings=_readings(ready, grid, refused),
        minutes={station_id: int(minutes) for station_id, minutes, size in sizes if size and station_id not in refused},
        registers=registers.filter(~pl.col("station_id").is_in(list(refused))),
        findings=tuple(findings_of(hits, scope.file_names)),
    )


def _hits(ready: Prepared, scope: Scope) -> Iterator[Hit]:
    for check in checks_reading(Reads.ROWS):
        yield from check.found(ready.rows)
    for check in checks_reading(Reads.REGISTERS):
        yield from check.found(ready.registers)
    of_series = checks_reading(Reads.SERIES)
    for series in series_of(ready, scope):
        for check in of_series:
            yield from check.found(series)


def _refused(hits: Iterable[Hit]) -> set[str]:
    return {hit.station_id for hit in hits if severity_of(hit.code) is Severity.REFUSAL}


def _readings(ready: Prepared, grid: Merged, refused: set[str]) -> pl.DataFrame:
    places, at_ms = interval_starts(ready.periods, grid.offsets)
    charge, discharge = grid.charge, grid.discharge
    ids = ready.directory.station_ids
    frame = pl.DataFrame(
        {
            "station_id": pl.Series(ids, dtype=pl.String).gather(places),
            "interval_start": pl.Series(at_ms).cast(INSTANT),
            "charge_kwh_e4": charge.energy_kwh_e4,
            "discharge_kwh_e4": discharge.energy_kwh_e4,
            "quality": charge.quality,
            "discharge_quality": discharge.quality,
            "file_no": charge.file_no,
            "row": charge.row,
            "discharge_file_no": discharge.file_no,
            "discharge_row": discharge.row,
        },
        schema=READINGS,
    )
    if refused.isdisjoint(ids):
        return frame
    kept = np.array([station_id not in refused for station_id in ids], np.bool_)
    return frame.filter(pl.Series(kept[places]))
