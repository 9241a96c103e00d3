"""A standing as the picture that is drawn of it: plain numbers by day."""

from datetime import date
from fractions import Fraction

import numpy as np

from huchu.cli.calls_standing import PACES, VERDICT_WORDS, Standing, last_day
from huchu.plots.calls import CallsPicture, MonthBar
from settlement.export.fonts import printable
from tariffs.vocabulary.timegrid import days_between

LONGEST_NAME = 26
"""Characters of a station's name that fit on the page; a longer one is cut."""


def picture_of(standing: Standing) -> CallsPicture:
    """The picture of a standing; exact fractions become floats, for nothing is counted from it any more."""
    year = standing.year
    days = days_between(year.first_day, year.end)
    counted = set(standing.counted)
    shares = [standing.share(day) if day in counted and day > standing.until_on else Fraction(0) for day in days]
    name = standing.station.name
    verdict = VERDICT_WORDS[standing.verdict]
    return CallsPicture(
        station_id=standing.station.id,
        station_name=printable(name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"),
        first_on=year.first_day,
        until_on=standing.until_on,
        rule=standing.rule,
        in_season=np.array([day in counted for day in days], dtype=np.bool_),
        out_of_service=np.array([day in standing.shares for day in days], dtype=np.bool_),
        available_shares=np.array([float(share) for share in shares]),
        done_calls=_done_by_day(standing, days),
        required_calls=float(standing.required),
        due_calls=float(standing.required_by_now),
        months=_bars(standing),
        last_starts=tuple((pace, standing.last_start_on(pace)) for pace in PACES),
        complete=not standing.missing,
        verdict=f"{verdict.zh} {verdict.en}",
    )


def _done_by_day(standing: Standing, days: tuple[date, ...]) -> tuple[tuple[float, float], ...]:
    """Calls to date at the beginning of the year and at the end of each settled month, by the number of days past."""
    total = Fraction(0)
    points = [(0.0, 0.0)]
    for month, calls in standing.months:
        before = max(0, (month.first_day - days[0]).days)
        total += calls
        points.extend(
            [(float(before), points[-1][1]), (float((last_day(month, standing.year) - days[0]).days + 1), float(total))]
        )
    return tuple(dict.fromkeys(points))


def _bars(standing: Standing) -> tuple[MonthBar, ...]:
    """Each settled month: what it added, and its share of the requirement by days."""
    a_day = standing.required / len(standing.counted) if standing.counted else Fraction(0)
    found = []
    for month, calls in standing.months:
        until = last_day(month, standing.year)
        first = max(month.first_day, standing.year.first_day)
        days = sum(first <= day <= until for day in standing.counted)
        found.append(
            MonthBar(
                first_on=first,
                last_on=until,
                calls=float(calls),
                due_calls=float(a_day * days),
            )
        )
    return tuple(found)
