"""Day -> peak season or other, by a named preset or by the user's own ranges; obligation years."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from tariffs.citation import Citation
from tariffs.schema import read_record
from tariffs.settings import Settings
from tariffs.versions import Library, Version
from tariffs.vocabulary.errors import DocumentError, SettingsError, Words, nearest
from tariffs.vocabulary.timegrid import days_between

SERIES = "peak_season"


class Season(Enum):
    """Season of a settlement segment; `market` once stations trade freely."""

    PEAK = "peak"
    OTHER = "other"
    MARKET = "market"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A named reading of the peak seasons: inclusive MM-DD ranges."""

    article: str
    meaning: str
    ranges: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonCalendar:
    """The peak-season days of every year.

    Shape   `ranges` are inclusive pairs of MM-DD; a range whose end lies before its start runs over New Year;
            29 February belongs to a range that ends 02-28
    """

    name: str
    ranges: tuple[tuple[str, str], ...]
    citation: Citation

    def season_on(self, day: date) -> Season:
        """Peak season or other."""
        label = day.strftime("%m-%d")
        if label == "02-29" and any(last == "02-28" for _, last in self.ranges):
            return Season.PEAK
        inside = any(
            first <= label <= last if first <= last else label >= first or label <= last for first, last in self.ranges
        )
        return Season.PEAK if inside else Season.OTHER

    def season_days(self, first: date, end: date) -> tuple[date, ...]:
        """The peak-season days from the first day up to but not including the end."""
        return tuple(day for day in days_between(first, end) if self.season_on(day) is Season.PEAK)


def season_calendar(settings: Settings, library: Library, on: date) -> SeasonCalendar:
    """The season calendar that the settings choose, from the documents in force on a day.

    Raises  SettingsError if no preset has that name; PolicyNotCovered outside every version
    """
    version = library.in_force(f"{settings.city}/{SERIES}", on)
    presets = _presets(version)
    if settings.season_calendar == "own":
        return SeasonCalendar(name="own", ranges=settings.season_ranges, citation=version.citation("六（二）"))
    preset = presets.get(settings.season_calendar)
    if preset is None:
        choices = [*presets, "own"]
        near = nearest(settings.season_calendar, choices)
        listed = " | ".join(choices)
        raise SettingsError(
            Words(
                f"没有名为 {settings.season_calendar} 的季节方案",
                f"no season calendar is called {settings.season_calendar}",
            ),
            found=Words(f"可选 {listed}", f"choices {listed}"),
            do=Words(f"改为 {near}" if near else "选择其一", f"write {near}" if near else "choose one of them"),
        )
    return SeasonCalendar(
        name=settings.season_calendar, ranges=preset.ranges, citation=version.citation(preset.article)
    )


def _presets(version: Version) -> Mapping[str, Preset]:
    tables: Any = version.body.get("calendar", {})
    if not tables:
        raise DocumentError(
            Words(f"{version.series} 没有 [calendar.*]", f"{version.series} has no [calendar.*]"),
            found=Words("空", "nothing"),
            do=Words("补充季节方案", "add a preset"),
        )
    return {
        name: read_record(Preset, table, where=f"{version.series} calendar.{name}", error=DocumentError)
        for name, table in tables.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationYear:
    """One year of the call obligation, half open."""

    first_day: date
    end: date


def obligation_year(day: date, year_from: str) -> ObligationYear:
    """The obligation year that a day belongs to; `year_from` is the MM-DD on which years begin."""
    month, first = int(year_from[:2]), int(year_from[3:])
    start = date(day.year, month, first)
    if day < start:
        start = date(day.year - 1, month, first)
    return ObligationYear(first_day=start, end=date(start.year + 1, month, first))


def cuts_a_season(year: ObligationYear, calendar: SeasonCalendar) -> bool:
    """Whether the edge of an obligation year lies inside a peak season."""
    before = year.first_day - timedelta(days=1)
    return calendar.season_on(before) is Season.PEAK and calendar.season_on(year.first_day) is Season.PEAK
