"""What the pictures of a fleet show: several stations behind one goal as plain arrays, and load or wind with them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt

from dispatch.arrays import Floats, Integers
from tariffs.vocabulary.errors import InputError, Words
from tariffs.vocabulary.units import MINUTES_PER_DAY, MINUTES_PER_HOUR

Powers = npt.NDArray[np.float32] | npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetLoad:
    """A load without and with the fleet, MW, and the least peak that is proven: none where nothing is.

    Shape   one figure a step; the proven peak is the same in all steps, or each day's own where days stand alone
    """

    before_mw: Floats
    after_mw: Floats
    proven_peak_mw: Floats | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetWind:
    """Wind, what is promised and delivered at the grid, and what of either is lost, MW, one figure a step."""

    wind_mw: Floats
    promised_mw: Floats
    delivered_mw: Floats
    curtailed_mw: Floats
    shortfall_mw: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetCalls:
    """Calls of each station over the horizon, and how many are asked of it: none where nothing is asked of any.

    Shape   one figure a station; `of_year` is what a whole year asks, of which the horizon has its part
    """

    done: Floats
    asked: Floats | None = None
    of_year: float | None = None

    @property
    def asked_of(self) -> npt.NDArray[np.bool_]:
        """Whether anything is asked, station by station."""
        return np.zeros(len(self.done), dtype=np.bool_) if self.asked is None else self.asked > 0

    @property
    def shares(self) -> Floats:
        """Calls done as a part of those asked; nan where nothing is asked."""
        shares = np.full(len(self.done), np.nan)
        if self.asked is not None:
            np.divide(self.done, self.asked, out=shares, where=self.asked_of)
        return shares


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetPicture:
    """What is drawn of a plan of several stations.

    Shape   `net_mw` has a row a station and a column a step, discharge minus charge at the grid; `rated_mw` one
            figure a station; `energy_mwh` one full discharge of all; `first_at` is Shanghai time; `certificate` says
            what is proven of the plan; with neither load nor wind the net power itself is drawn; nothing of it needs
            more than numpy to be drawn
    Raises  InputError if the arrays are not of one length
    """

    objective: str
    certificate: Words
    first_at: datetime
    minutes: int
    station_ids: tuple[str, ...]
    rated_mw: Floats
    energy_mwh: float
    net_mw: Powers
    calls: FleetCalls
    zones: tuple[str, ...] | None = None
    load: FleetLoad | None = None
    wind: FleetWind | None = None

    def __post_init__(self) -> None:
        stations = {len(self.station_ids), len(self.rated_mw), len(self.calls.done), len(self.net_mw)}
        stations |= {len(each) for each in (self.zones, self.calls.asked) if each is not None}
        steps = {self.count}
        if self.load is not None:
            proven = () if self.load.proven_peak_mw is None else self.load.proven_peak_mw
            steps |= {len(self.load.before_mw), len(self.load.after_mw), len(proven) or self.count}
        if self.wind is not None:
            wind = self.wind
            drawn = (wind.wind_mw, wind.promised_mw, wind.delivered_mw, wind.curtailed_mw, wind.shortfall_mw)
            steps |= {len(each) for each in drawn}
        if len(stations) > 1 or len(steps) > 1 or 0 in stations | steps:
            found = f"{sorted(stations)} · {sorted(steps)}"
            raise InputError(
                Words("一张图的序列长短不一", "the arrays of a picture are not of one length"),
                found=Words(f"电站与时段数 {found}", f"stations and steps {found}"),
                do=Words("每站一行、每个时段一列", "give a row a station and a column a step"),
            )

    @property
    def count(self) -> int:
        """Number of steps."""
        return int(self.net_mw.shape[1])

    @property
    def hours(self) -> float:
        """Length of a step in hours."""
        return self.minutes / MINUTES_PER_HOUR

    @property
    def until_at(self) -> datetime:
        """End of the last step, Shanghai time."""
        return self.first_at + timedelta(minutes=self.minutes) * self.count

    @property
    def first_minute(self) -> int:
        """Minutes from midnight to the first step."""
        return self.first_at.hour * MINUTES_PER_HOUR + self.first_at.minute

    @property
    def edges(self) -> Floats:
        """Both ends of every step in days of wall time since 1970-01-01: one figure more than there are steps."""
        first = (self.first_at.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(days=1)
        return first + np.arange(self.count + 1, dtype=np.float64) * (self.minutes / MINUTES_PER_DAY)

    @property
    def first_steps(self) -> Integers:
        """The number of the first step of each local day."""
        days = (self.first_minute + np.arange(self.count, dtype=np.int64) * self.minutes) // MINUTES_PER_DAY
        return np.flatnonzero(np.diff(days, prepend=-1)).astype(np.int64)

    @property
    def fleet_mw(self) -> Floats:
        """Net power of all stations together, step by step."""
        total: Floats = self.net_mw.sum(axis=0, dtype=np.float64)
        return total


def printable_picture(picture: FleetPicture) -> FleetPicture:
    """The picture with the mark 〓 for every character that the shipped fonts lack."""
    from settlement.export.fonts import printable

    words = Words(*printable((picture.certificate.zh, picture.certificate.en)))
    zones = None if picture.zones is None else tuple(printable(picture.zones))
    ids = tuple(printable(picture.station_ids))
    return replace(
        picture, certificate=words, zones=zones, station_ids=ids, objective=str(printable(picture.objective))
    )
