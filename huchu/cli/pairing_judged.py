"""Projects judged over a period: what each owes, where it stands on which days, and what is behind that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from tariffs.claims import Span, check_claims, spans_between
from tariffs.eligibility.wind_pairing import SERIES, Choices, Obligation, Stretch, Unmet, obligation_of, stretches
from tariffs.independent_station import eligibility_terms, unmet_marks
from tariffs.projects import Project, ProjectFile
from tariffs.stations import Station
from tariffs.versions import Library
from tariffs.vocabulary.errors import UsageError, Words

PRICING: Final = "storage_pricing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What is to be judged, and by which documents and settings."""

    file: ProjectFile
    stations: tuple[Station, ...]
    library: Library
    choices: Choices


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectJudged:
    """A project, what it owes, and where it stands over the period."""

    project: Project
    owed: Obligation
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """All projects over one period.

    Shape   `spans` cut the period wherever something begins or ends; `unmet` says what keeps a station from counting;
            `least_station_mw` is the least charging power of an independent station
    """

    period: Span
    spans: tuple[Span, ...]
    projects: tuple[ProjectJudged, ...]
    unmet: Unmet
    least_station_mw: Decimal


def judged(given: Inputs, asked: Span | None) -> Judged:
    """Every project judged over the days asked for, by default over the plan's whole term.

    Raises  InputError if projects and stations disagree; PolicyNotCovered if the plan is not in force on the days asked
            for; SettingsError if an upgrade needs a setting
    """
    check_claims(given.file, given.stations)
    period = asked or _term(given)
    for day in (period.first_on, period.last_on):
        given.library.in_force(f"{given.choices.city}/{SERIES}", day)
    spans = spans_between(period.first_on, period.last_on, given.file.projects, given.stations)
    unmet = _independence(given)
    stations = {station.id: station for station in given.stations}
    owed = [(project, obligation_of(project, given.library, given.choices)) for project in given.file.projects]
    return Judged(
        period=period,
        spans=spans,
        projects=tuple(
            ProjectJudged(project=project, owed=each, stretches=stretches(project, each, stations, unmet, spans))
            for project, each in owed
        ),
        unmet=unmet,
        least_station_mw=_least_station_mw(given, period.first_on),
    )


def period_between(first: date | None, last: date | None, on: date | None) -> Span | None:
    """The days that a command line asks for; nothing where it names none.

    Raises  UsageError if one end is missing, the ends cross, or a day is named beside a period
    """
    if on is not None and (first is not None or last is not None):
        raise UsageError(
            Words("--on 不与 --from、--until 同用", "--on does not go with --from and --until"),
            found=Words("两者都给了", "both are given"),
            do=Words("只用一种", "give one of them"),
        )
    if on is not None:
        return Span(first_on=on, last_on=on)
    if first is None and last is None:
        return None
    if first is None or last is None or last < first:
        raise UsageError(
            Words("--from 与 --until 须同时给出，且先后有序", "--from and --until go together, in order"),
            found=Words(f"{first or '无'} 至 {last or '无'}", f"{first or 'nothing'} to {last or 'nothing'}"),
            do=Words(
                "例如 --from 2026-01-01 --until 2026-12-31（含）",
                "for example --from 2026-01-01 --until 2026-12-31 (included)",
            ),
        )
    return Span(first_on=first, last_on=last)


def _term(given: Inputs) -> Span:
    """The term of the plan's newest version with an end, from the first version on."""
    series = f"{given.choices.city}/{SERIES}"
    versions = given.library.versions(series)
    if not versions or versions[-1].header.effective_until is None:
        raise UsageError(
            Words(f"{series} 没有截止日，须给出期间", f"{series} has no last day: a period must be given"),
            found=Words("没有 --on，也没有 --from、--until", "neither --on nor --from and --until"),
            do=Words("例如 --on 2026-01-01", "for example --on 2026-01-01"),
        )
    return Span(first_on=versions[0].header.effective_from, last_on=versions[-1].header.effective_until)


def _independence(given: Inputs) -> Unmet:
    """The marks of an independent station that one lacks on a day; being in the yearly plan is not one of them."""
    known: dict[tuple[str, date], Sequence[Words]] = {}

    def unmet(station: Station, day: date) -> Sequence[Words]:
        if (station.id, day) not in known:
            plan = given.library.in_force(f"{given.choices.city}/{PRICING}", day)
            known[station.id, day] = [each.condition for each in unmet_marks(station, plan, day)]
        return known[station.id, day]

    return unmet


def _least_station_mw(given: Inputs, day: date) -> Decimal:
    plan = given.library.in_force(f"{given.choices.city}/{PRICING}", day)
    return eligibility_terms(plan).min_charge_power_mw
