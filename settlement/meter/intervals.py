"""Register readings into energies: difference times multiplier, in exact integers.

A difference uses the multiplier of its earlier reading: a multiplier counts from the reading that first shows it.
The registers of a meter roll over at their width, which is that of the longest figure printed. A meter that takes over
where another ends is an exchange; meters that run side by side add.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import polars as pl

from settlement.meter.grid import commonest
from settlement.meter.resolve import NOBODY, Directory, meter_feed
from settlement.meter.scope import IMPOSSIBLE_POWER_PERCENT, METERED
from settlement.meter.series import Chain, Integers, Periods
from tariffs.vocabulary.columns import Quality
from tariffs.vocabulary.timegrid import DEFAULT_MINUTES, INSTANT, INTERVAL_MINUTES, UTC_OFFSET_MS
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, MINUTES_PER_HOUR, MS_PER_MINUTE

DIRECTIONS: Final = ("import", "export")
MULTIPLIER_UNITS: Final = ENERGY_UNITS_PER_KWH
LARGEST_ENERGY_KWH_E4: Final = 10**16
MOST_DIGITS: Final = 12
UNRATED_SHARE_OF_WIDTH: Final = 10
"""Without a rating, a roll-over is believed when the register moved on by at most a tenth of its width."""
RATED_SHARE_OF_WIDTH: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Registers:
    """What register checks read.

    Shape   `spans`: one row for two consecutive readings of a meter, sorted by station, meter and time: station,
            meter_id, from_ms, until_ms, multiplier_e4 and next_multiplier_e4, file_no and row of the later reading
            and, for import and export, *_first_kwh_e4, *_last_kwh_e4, *_kwh_e4, *_rolled, *_fell, *_inexact, *_large;
            `twice`: readings of a meter at an instant that it has already
    """

    spans: pl.DataFrame
    twice: pl.DataFrame
    station_ids: tuple[str, ...]


def registers_of(readings: pl.DataFrame, directory: Directory) -> Registers:
    """The differences between consecutive readings of every meter of a known station."""
    places = pl.col("feed").replace_strict(directory.station_of_name, default=NOBODY, return_dtype=pl.Int32)
    known = (
        readings.with_columns(places.alias("station"), pl.col("read_at").to_physical().alias("at_ms"))
        .filter(pl.col("station") != NOBODY)
        .sort("station", "meter_id", "at_ms", "import_register_kwh_e4", "export_register_kwh_e4", "file_no", "row")
    )
    meter = ("station", "meter_id")
    again = pl.all_horizontal(pl.col(name) == pl.col(name).shift(1) for name in (*meter, "at_ms")).fill_null(
        value=False
    )
    once = known.filter(~again)
    same = pl.all_horizontal(pl.col(name) == pl.col(name).shift(1) for name in meter)
    paired = once.with_columns(
        pl.col("at_ms").shift(1).alias("from_ms"),
        pl.col("multiplier_e4").shift(1).alias("earlier_multiplier_e4"),
        *(pl.col(f"{side}_register_digits").max().over(meter).alias(f"{side}_digits") for side in DIRECTIONS),
        *(pl.col(f"{side}_register_kwh_e4").shift(1).alias(f"{side}_first_kwh_e4") for side in DIRECTIONS),
    ).filter(same)
    spans = paired.select(
        "station",
        "feed",
        "meter_id",
        "from_ms",
        pl.col("at_ms").alias("until_ms"),
        pl.col("earlier_multiplier_e4").alias("multiplier_e4"),
        pl.col("multiplier_e4").alias("next_multiplier_e4"),
        "file_no",
        "row",
        *(pl.col(f"{side}_first_kwh_e4") for side in DIRECTIONS),
        *(pl.col(f"{side}_register_kwh_e4").alias(f"{side}_last_kwh_e4") for side in DIRECTIONS),
        *(pl.col(f"{side}_digits") for side in DIRECTIONS),
    )
    for side in DIRECTIONS:
        spans = _with_energy(spans, side, directory)
    return Registers(spans=spans, twice=known.filter(again), station_ids=directory.station_ids)


def _with_energy(spans: pl.DataFrame, side: str, directory: Directory) -> pl.DataFrame:
    """The spans with the energy of one direction, and whether its register rolled over, fell or gives no exact energy."""
    step = (spans[f"{side}_last_kwh_e4"] - spans[f"{side}_first_kwh_e4"]).to_numpy()
    widths = np.array([0, *(10**digits * ENERGY_UNITS_PER_KWH for digits in range(1, MOST_DIGITS + 1))], np.int64)
    width = widths[np.minimum(spans[f"{side}_digits"].to_numpy(), MOST_DIGITS)]
    multiplier = spans["multiplier_e4"].to_numpy()
    moved_on = step + width
    rolled = (step < 0) & (moved_on >= 0) & (moved_on <= _believable(spans, width, side, directory))
    fell = (step < 0) & ~rolled
    advance = np.where(rolled, moved_on, np.where(fell, 0, step))
    whole, rest = np.divmod(advance, MULTIPLIER_UNITS)
    large = whole > LARGEST_ENERGY_KWH_E4 // np.maximum(multiplier, 1)
    rest_energy, lost = np.divmod(rest * multiplier, MULTIPLIER_UNITS)
    energy = np.where(large, 0, np.where(large, 0, whole) * multiplier + rest_energy)
    return spans.with_columns(
        pl.Series(f"{side}_kwh_e4", energy),
        pl.Series(f"{side}_rolled", rolled),
        pl.Series(f"{side}_fell", fell),
        pl.Series(f"{side}_inexact", (lost != 0) & ~large),
        pl.Series(f"{side}_large", large),
    )


def _believable(spans: pl.DataFrame, width: Integers, side: str, directory: Directory) -> Integers:
    """The furthest that a register may have moved on through a roll-over: a part of its width, and within the rating."""
    if not any(directory.stations):
        return width // UNRATED_SHARE_OF_WIDTH
    hourly = [_rated_kwh_e4(directory, place, side) for place in range(len(directory.stations))]
    rated = np.array(hourly, np.int64)[spans["station"].to_numpy()]
    minutes = (spans["until_ms"] - spans["from_ms"]).to_numpy() // MS_PER_MINUTE
    multiplier = np.maximum(spans["multiplier_e4"].to_numpy(), 1)
    by_rating = rated * minutes // MINUTES_PER_HOUR * MULTIPLIER_UNITS // multiplier
    furthest: Integers = np.minimum(width // RATED_SHARE_OF_WIDTH, by_rating)
    return furthest


def _rated_kwh_e4(directory: Directory, place: int, side: str) -> int:
    station = directory.stations[place]
    if station is None:
        return 0
    ratings = [station.rating_on(day) for day in (station.grid_connected_on, *(c.from_on for c in station.change))]
    of_hour = [
        rating.charge_limit_kwh_e4(MINUTES_PER_HOUR)
        if side == "import"
        else rating.discharge_limit_kwh_e4(MINUTES_PER_HOUR)
        for rating in ratings
    ]
    return max(of_hour) * IMPOSSIBLE_POWER_PERCENT // 100


def interval_rows(registers: Registers, directory: Directory, only: frozenset[int]) -> pl.DataFrame:
    """Interval rows, numbered as by `resolve.numbered`, of the stations that have registers and nothing else.

    Shape   a span as long as the station's interval is an interval; shorter spans that fill one interval between
            them are one, across an exchange of meters too; longer spans give no row
    """
    spans = registers.spans.filter(pl.col("station").is_in(list(only)))
    track_of = {feed: track for track, feed in enumerate(directory.feeds)}
    label = pl.concat_str("feed", pl.lit(meter_feed("", "")), "meter_id")
    spans = spans.with_columns(label.replace_strict(track_of, return_dtype=pl.Int32, default=NOBODY).alias("track"))
    lengths = _lengths(spans)
    length = pl.col("station").replace_strict(lengths, default=DEFAULT_MINUTES, return_dtype=pl.Int64)
    step_ms = length * MS_PER_MINUTE
    since = (pl.col("from_ms") + UTC_OFFSET_MS) // step_ms * step_ms - UTC_OFFSET_MS
    spans = spans.with_columns(
        length.alias("minutes"), since.alias("cell_ms"), (pl.col("until_ms") - pl.col("from_ms")).alias("long_ms")
    )
    step = pl.col("minutes") * MS_PER_MINUTE
    equal = spans.filter(pl.col("long_ms") == step).with_columns(pl.col("from_ms").alias("cell_ms"))
    short = spans.filter((pl.col("long_ms") < step) & (pl.col("until_ms") <= pl.col("cell_ms") + step))
    by_meter = _joined(short, ("station", "track", "cell_ms"))
    rest = short.join(by_meter, on=("station", "track", "cell_ms"), how="anti")
    by_station = _joined(rest, ("station", "cell_ms"))
    parts = [frame.select(_ROW_COLUMNS) for frame in (equal, by_meter, by_station)]
    return (
        pl.concat(parts)
        .sort("track", "cell_ms")
        .select(
            pl.col("cell_ms").cast(INSTANT).alias("interval_start"),
            pl.col("minutes").cast(pl.Int16).alias("interval_minutes"),
            pl.col("import_kwh_e4").alias("charge_kwh_e4"),
            pl.col("export_kwh_e4").alias("discharge_kwh_e4"),
            pl.lit(Quality.MEASURED.value, pl.UInt8).alias("quality"),
            "file_no",
            "row",
            "station",
            "track",
        )
    )


_ROW_COLUMNS: Final = ("station", "track", "cell_ms", "minutes", "import_kwh_e4", "export_kwh_e4", "file_no", "row")


def _joined(short: pl.DataFrame, cell: tuple[str, ...]) -> pl.DataFrame:
    ordered = short.sort("until_ms", "track")
    sums = ordered.group_by(cell, maintain_order=True).agg(
        pl.col("track" if "track" not in cell else "station").last().alias("last"),
        pl.col("minutes", "file_no", "row").last(),
        pl.col("import_kwh_e4", "export_kwh_e4", "long_ms").sum(),
    )
    whole = sums.filter(pl.col("long_ms") == pl.col("minutes") * MS_PER_MINUTE)
    return whole.rename({"last": "track"}) if "track" not in cell else whole.drop("last")


def _lengths(spans: pl.DataFrame) -> dict[int, int]:
    long_ms = spans["until_ms"] - spans["from_ms"]
    allowed = spans.filter(long_ms.is_in([minutes * MS_PER_MINUTE for minutes in INTERVAL_MINUTES]))
    steps = commonest(allowed["station"], allowed["until_ms"] - allowed["from_ms"])
    return {station: step_ms // MS_PER_MINUTE for station, step_ms in steps.items()}


def chains_of(registers: Registers) -> Iterator[tuple[int, Chain]]:
    """Station number and known energies of every station that has register readings."""
    for (station,), spans in registers.spans.partition_by("station", as_dict=True, maintain_order=True).items():
        meters = spans.partition_by("meter_id", maintain_order=True)
        meters.sort(key=lambda each: (each["from_ms"][0], each["until_ms"][-1]))
        edges = [(each["from_ms"][0], each["until_ms"][-1]) for each in meters]
        in_turn = all(earlier[1] <= later[0] for earlier, later in pairwise(edges))
        table = pl.concat(meters) if in_turn else _side_by_side(meters)
        exchanges = [
            (later["from_ms"][0], earlier["meter_id"][0], later["meter_id"][0])
            for earlier, later in pairwise(meters)
            if in_turn
        ]
        yield (
            int(station),
            Chain(
                from_ms=table["from_ms"].to_numpy(),
                until_ms=table["until_ms"].to_numpy(),
                import_kwh_e4=table["import_kwh_e4"].to_numpy(),
                export_kwh_e4=table["export_kwh_e4"].to_numpy(),
                tolerance_kwh_e4=sum(_last_digit_kwh_e4(each) for each in meters),
                exchanges=tuple(exchanges),
            ),
        )


def _side_by_side(meters: list[pl.DataFrame]) -> pl.DataFrame:
    """Energies between the instants at which all meters of a station are read."""
    shared = None
    for each in meters:
        instants = {*each["from_ms"], *each["until_ms"]}
        shared = instants if shared is None else shared & instants
    edges = sorted(shared or ())
    energies = []
    for first, last in pairwise(edges):
        within = [each.filter((pl.col("from_ms") >= first) & (pl.col("until_ms") <= last)) for each in meters]
        energies.append([sum(int(part[f"{side}_kwh_e4"].sum()) for part in within) for side in DIRECTIONS])
    return pl.DataFrame(
        {
            "from_ms": edges[:-1],
            "until_ms": edges[1:],
            "import_kwh_e4": [each[0] for each in energies],
            "export_kwh_e4": [each[1] for each in energies],
        },
        schema=dict.fromkeys(("from_ms", "until_ms", "import_kwh_e4", "export_kwh_e4"), pl.Int64),
    )


def _last_digit_kwh_e4(spans: pl.DataFrame) -> int:
    """One unit of the last digit that a meter shows, times its multiplier: what a difference may be off by."""
    figures = np.concatenate(
        [spans[f"{side}_{end}_kwh_e4"].to_numpy() for side in DIRECTIONS for end in ("first", "last")]
    )
    digit = 1
    while digit < ENERGY_UNITS_PER_KWH and not (figures % (digit * 10)).any():
        digit *= 10
    return -(-digit * int(spans["multiplier_e4"].to_numpy().max()) // MULTIPLIER_UNITS)


def within_periods(registers: Registers, periods: Periods) -> Registers:
    """The differences and double readings that touch the period of their station."""
    station = pl.col("station").cast(pl.Int64)
    places = range(len(registers.station_ids))
    start = station.replace_strict(dict(zip(places, periods.start_ms.tolist(), strict=True)), return_dtype=pl.Int64)
    end = station.replace_strict(dict(zip(places, periods.end_ms.tolist(), strict=True)), return_dtype=pl.Int64)
    return Registers(
        spans=registers.spans.filter((pl.col("until_ms") > start) & (pl.col("from_ms") < end)),
        twice=registers.twice.filter((pl.col("at_ms") >= start) & (pl.col("at_ms") <= end)),
        station_ids=registers.station_ids,
    )


def metering_block(registers: Registers, periods: Periods) -> pl.DataFrame:
    """First and last reading of each meter within the period of its station, and the energy between them (METERED)."""
    station = registers.spans["station"].to_numpy()
    inside = (registers.spans["from_ms"].to_numpy() >= periods.start_ms[station]) & (
        registers.spans["until_ms"].to_numpy() <= periods.end_ms[station]
    )
    ids = dict(enumerate(registers.station_ids))
    return (
        registers.spans.filter(pl.Series(inside, dtype=pl.Boolean))
        .with_columns(pl.struct("station", "meter_id", "multiplier_e4").rle_id().alias("stretch"))
        .group_by("stretch", maintain_order=True)
        .agg(
            pl.col("station").first().replace_strict(ids, return_dtype=pl.String).alias("station_id"),
            pl.col("meter_id", "multiplier_e4").first(),
            pl.col("from_ms").first().cast(INSTANT).alias("first_read_at"),
            pl.col("until_ms").last().cast(INSTANT).alias("last_read_at"),
            *(pl.col(f"{side}_first_kwh_e4").first() for side in DIRECTIONS),
            *(pl.col(f"{side}_last_kwh_e4").last() for side in DIRECTIONS),
            *(pl.col(f"{side}_kwh_e4").sum() for side in DIRECTIONS),
        )
        .select(*METERED)
        .sort("station_id", "first_read_at", "meter_id")
    )
