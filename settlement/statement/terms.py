"""What counts for every station of one month: segments, obligation years and the run they belong to."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from settlement.assessing import AssessmentItem, assessment_items
from settlement.inputs.records import InputFile
from settlement.meter.read import MeterFile
from settlement.statement.assemble import ItemsByStart, items_in_force
from tariffs.calendar import Season, obligation_year
from tariffs.obligation import YearDays, year_days
from tariffs.segments import Segment, month_segments
from tariffs.settings import Settings
from tariffs.versions import Library
from tariffs.vocabulary.timegrid import Month, days_between


class RunKind(Enum):
    """Which run of a month a statement belongs to."""

    PRELIM = "prelim"
    FINAL = "final"
    REVISION = "revision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What identifies a settlement run: equal inputs, settings and documents give an equal id."""

    run_id: str
    kind: RunKind
    settings: Settings
    city: Mapping[str, Any]
    inputs: tuple[MeterFile, ...]
    beside: tuple[InputFile, ...]
    engine_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTerms:
    """What counts for every station of a month."""

    month: Month
    run: Run
    library: Library
    segments: tuple[Segment, ...]
    items: ItemsByStart
    years: tuple[YearDays, ...]
    assessment: tuple[AssessmentItem, ...]


def month_terms(month: Month, run: Run, library: Library) -> MonthTerms:
    """The terms of a month, from the documents in force on its days.

    Raises  PolicyNotCovered if a document has no version in force on one of the days; DocumentError if one is wrong;
            SettingsError if a figure of the chosen assessment is missing
    """
    settings = run.settings
    segments = month_segments(settings, library, month)
    days = days_between(month.first_day, month.end)
    years = {obligation_year(day, settings.obligation_year_from) for day in days}
    return MonthTerms(
        month=month,
        run=run,
        library=library,
        segments=segments,
        items=items_in_force(segments),
        years=tuple(
            year_days(year, segments[0].calendar, settings, library)
            for year in sorted(years, key=lambda year: year.first_day)
        ),
        assessment=_assessment(segments, settings, library),
    )


def _assessment(segments: tuple[Segment, ...], settings: Settings, library: Library) -> tuple[AssessmentItem, ...]:
    """The assessment of the regulated days of the month, by what applies on the last of them."""
    days = [segment.days[-1] for segment in segments if segment.season is not Season.MARKET]
    return assessment_items(settings, library, max(days)) if days else ()
