"""Whether a wind project has the storage that it must be paired with, day by day, and how much is missing.

The two floors hold separately: power as a share of the farm's capacity, and the rated duration (energy over power) of every
station that counts. A part of a station with fewer hours does not count, however much of it there is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final

from tariffs.citation import Citation
from tariffs.claims import Span, figure_text, hours_text
from tariffs.projects import PairedStorage, Project, WindKind
from tariffs.schema import read_record
from tariffs.settings import PairingUpgradeBase
from tariffs.stations import Station
from tariffs.versions import Library, Version
from tariffs.vocabulary.errors import DocumentError, SettingsError, Words

SERIES: Final = "wind_pairing"
NATIONAL_SERIES: Final = "national/new_energy_market"
Unmet = Callable[[Station, date], Sequence[Words]]
"""What keeps a station from being an independent one on a day; nothing if it is one."""


class Verdict(Enum):
    """What the plan says of a project on a day."""

    MET = "met"
    SHORT = "short"
    SHOWN = "shown_only"
    """computed, and no failure, since the national notice made storage no precondition"""
    CANNOT_TELL = "cannot_tell"
    NO_RULE = "no_rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The `[pairing]` table of a document: least power as a share of the capacity, least rated duration."""

    article: str
    meaning: str
    required_power_ratio: Decimal
    required_duration_h: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OffshoreTerms:
    """The `[offshore]` table of a document, and the only table of the national notice: an article without a figure."""

    article: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The settings of the rule, and the city whose documents hold it."""

    city: str = "shanghai"
    enforced: bool = False
    upgrade_base: PairingUpgradeBase = PairingUpgradeBase.NOT_SET


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """Least power in MW and least rated duration in hours; `other_power_mw` is that of the other base of an upgrade."""

    power_mw: Decimal
    duration_h: Decimal
    other_power_mw: Decimal | None = None

    @property
    def energy_mwh(self) -> Decimal:
        """The energy of the least power over the least duration, MWh."""
        return self.power_mw * self.duration_h


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What a project owes: a requirement, or why there is none.

    Shape   `otherwise` is the verdict where there is no requirement; `judged` says whether missing storage is a failure
    """

    reason: Words
    citations: tuple[Citation, ...]
    requirement: Requirement | None = None
    judged: bool = True
    otherwise: Verdict = Verdict.NO_RULE


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a project stands on some days: what it lists, what of that counts, what is missing, and why.

    Shape   powers in MW, energies in MWh; what is missing is storage that would count; `not_counted` names each station of
            which a part does not count, and why
    """

    verdict: Verdict
    listed_mw: Decimal
    counted_mw: Decimal
    counted_mwh: Decimal
    short_mw: Decimal
    reason: Words
    not_counted: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A standing and the days on which it holds, both ends included."""

    first_on: date
    last_on: date
    standing: Standing


def obligation_of(project: Project, library: Library, choices: Choices) -> Obligation:
    """What a project owes by the day on which its construction started.

    Raises  SettingsError if the project is an upgrade and nobody chose the base of its share; DocumentError if a document
            lacks its tables
    Source  沪府办发〔2024〕28号 二（一）; 发改价格〔2025〕136号
    Check   tests/cases/pairing/requirements.toml
    """
    series, started = f"{choices.city}/{SERIES}", project.construction_started_on
    versions = library.versions(series)
    if not versions:
        library.in_force(series, started)
    in_force = [version for version in versions if version.covers(started)]
    if not in_force:
        return _outside(started, versions)
    plan = in_force[-1]
    if project.kind is WindKind.ONSHORE and not project.concentrated:
        terms = _terms(plan)
        return Obligation(
            reason=Words("分散式陆上风电不在配储要求之内", "onshore wind that is not concentrated is not in the rule"),
            citations=(plan.citation(terms.article),),
        )
    owed = _offshore(project, plan) if project.kind is WindKind.OFFSHORE else _onshore(project, plan, choices)
    notice = _notice(library, started)
    if owed.requirement is None or notice is None or choices.enforced:
        return owed
    return Obligation(
        reason=Words(
            f"{owed.reason.zh}；{notice.header.effective_from} 起开工，国家文件规定配置储能不作为前提条件，只列数字，不判未达标",
            f"{owed.reason.en}; started on or after {notice.header.effective_from}, since when storage is no "
            "precondition: figures without a failure",
        ),
        citations=(*owed.citations, notice.citation(_article(notice, "precondition"))),
        requirement=owed.requirement,
        judged=False,
    )


def standing_on(
    project: Project, owed: Obligation, stations: Mapping[str, Station], unmet: Unmet, day: date
) -> Standing:
    """Where a project stands on a day.

    Source  沪府办发〔2024〕28号 二（一）
    Check   tests/cases/pairing/standings.toml
    """
    rows = [row for row in project.storage if row.runs_on(day)]
    required = owed.requirement
    least_h = Fraction(0) if required is None else Fraction(required.duration_h)
    listed = counted = Decimal(0)
    energy_mwh = Fraction(0)
    not_counted: list[Words] = []
    for row in rows:
        station = stations[row.station_id]
        hours = counted_hours(station, row, day)
        against = _against(station, hours, least_h, unmet, day)
        listed += row.power_mw
        if against:
            not_counted.extend(Words(f"{station.id}：{each.zh}", f"{station.id}: {each.en}") for each in against)
        else:
            counted += row.power_mw
            energy_mwh += Fraction(row.power_mw) * hours
    started = project.construction_started_on <= day
    short = Decimal(0)
    if required is not None and started:
        short = max(short, required.power_mw - counted)
    return Standing(
        verdict=_verdict(owed, short) if started else Verdict.NO_RULE,
        listed_mw=listed,
        counted_mw=counted,
        counted_mwh=_decimal(energy_mwh),
        short_mw=short,
        reason=owed.reason if started else _not_started(project),
        not_counted=tuple(dict.fromkeys(not_counted)),
    )


def stretches(
    project: Project, owed: Obligation, stations: Mapping[str, Station], unmet: Unmet, spans: Sequence[Span]
) -> tuple[Stretch, ...]:
    """The standing of a project over spans, days of equal standing in one; days before its start only if there are no others."""
    begun = [span for span in spans if project.construction_started_on <= span.first_on]
    found: list[Stretch] = []
    for span in begun or spans:
        standing = standing_on(project, owed, stations, unmet, span.first_on)
        first = span.first_on
        if found and found[-1].standing == standing:
            first = found.pop().first_on
        found.append(Stretch(first_on=first, last_on=span.last_on, standing=standing))
    return tuple(found)


def counted_hours(station: Station, row: PairedStorage, day: date) -> Fraction:
    """The hours that a part of a station counts with: the station's rated duration, or what the part states if less."""
    rated = rated_hours(station, day)
    return rated if row.duration_h is None else min(rated, Fraction(row.duration_h))


def rated_hours(station: Station, day: date) -> Fraction:
    """Rated energy over rated power of a station on a day, hours."""
    rating = station.rating_on(day)
    return Fraction(rating.energy_mwh) / Fraction(rating.power_mw)


def hindrances(station: Station, least_h: Fraction, unmet: Unmet, day: date) -> tuple[Words, ...]:
    """Why no part of a station can count on a day towards a least duration; nothing if one can."""
    return _against(station, rated_hours(station, day), least_h, unmet, day)


def _not_started(project: Project) -> Words:
    on = project.construction_started_on
    return Words(f"{on} 才开工", f"construction starts on {on} only")


def _outside(started: date, versions: Sequence[Version]) -> Obligation:
    first = versions[0]
    article = (first.citation(_terms(first).article),)
    if started < first.header.effective_from:
        begin = first.header.effective_from
        return Obligation(
            reason=Words(f"{started} 开工，早于 {begin}", f"construction started on {started}, before {begin}"),
            citations=article,
        )
    last = versions[-1].header.effective_until
    return Obligation(
        reason=Words(
            f"{started} 开工，方案只到 {last}", f"construction starts on {started}, the plan's term ends on {last}"
        ),
        citations=article,
        otherwise=Verdict.CANNOT_TELL,
    )


def _onshore(project: Project, plan: Version, choices: Choices) -> Obligation:
    terms = _terms(plan)
    whole = terms.required_power_ratio * project.capacity_mw
    percent, hours = figure_text(terms.required_power_ratio * 100), figure_text(terms.required_duration_h)
    power, other, base = whole, None, Words("装机容量", "the capacity")
    if project.upgrade and project.capacity_before_mw is not None:
        added = terms.required_power_ratio * (project.capacity_mw - project.capacity_before_mw)
        _refuse_unset(project, choices, whole, added)
        by_whole = choices.upgrade_base is PairingUpgradeBase.WHOLE
        power, other = (whole, added) if by_whole else (added, whole)
        base = (
            Words("改造后全部容量", "the whole capacity after the upgrade")
            if by_whole
            else Words("新增容量", "the added capacity")
        )
    return Obligation(
        requirement=Requirement(power_mw=power, duration_h=terms.required_duration_h, other_power_mw=other),
        reason=Words(
            f"不低于{base.zh}的 {percent}%，额定时长不低于 {hours} h",
            f"at least {percent} % of {base.en}, rated for at least {hours} h",
        ),
        citations=(plan.citation(terms.article),),
    )


def _refuse_unset(project: Project, choices: Choices, whole: Decimal, added: Decimal) -> None:
    if choices.upgrade_base is PairingUpgradeBase.NOT_SET:
        raise SettingsError(
            Words(
                f"{project.id} 是升级改造，须设 pairing_upgrade_base",
                f"{project.id} is an upgrade: pairing_upgrade_base must be set",
            ),
            found=Words(
                f"方案未写明；按全部容量 {figure_text(whole)} MW，按新增容量 {figure_text(added)} MW",
                f"the plan does not say; {figure_text(whole)} MW of the whole, {figure_text(added)} MW of the added capacity",
            ),
            do=Words(
                '在 huchu.toml 中写 pairing_upgrade_base = "whole" 或 "added capacity"',
                'write pairing_upgrade_base = "whole" or "added capacity" in huchu.toml',
            ),
        )


def _offshore(project: Project, plan: Version) -> Obligation:
    citations = (plan.citation(_article(plan, "offshore")),)
    power, hours = project.required_power_mw, project.required_duration_h
    if power is None or hours is None:
        missing = [
            name for name, figure in (("required_power_mw", power), ("required_duration_h", hours)) if figure is None
        ]
        return Obligation(
            reason=Words(
                f"海上风电按竞争配置要求，未给出 {'、'.join(missing)}",
                f"offshore wind follows its competitive allocation; {', '.join(missing)} not given",
            ),
            citations=citations,
            otherwise=Verdict.CANNOT_TELL,
        )
    return Obligation(
        requirement=Requirement(power_mw=power, duration_h=hours),
        reason=Words(
            f"竞争配置要求 {figure_text(power)} MW、{figure_text(hours)} h",
            f"its competitive allocation demands {figure_text(power)} MW for {figure_text(hours)} h",
        ),
        citations=citations,
    )


def _notice(library: Library, started: date) -> Version | None:
    """The national notice, where construction started when it was out."""
    return next((each for each in reversed(library.versions(NATIONAL_SERIES)) if each.covers(started)), None)


def _terms(plan: Version) -> Terms:
    return read_record(Terms, plan.body.get("pairing", {}), where=plan.series, error=DocumentError)


def _article(version: Version, table: str) -> str:
    return read_record(OffshoreTerms, version.body.get(table, {}), where=version.series, error=DocumentError).article


def _against(station: Station, hours: Fraction, least_h: Fraction, unmet: Unmet, day: date) -> tuple[Words, ...]:
    found = list(unmet(station, day))
    if day < station.grid_connected_on:
        on = station.grid_connected_on
        found.append(Words(f"{on} 才并网", f"connected on {on} only"))
    if hours < least_h:
        counted, least = hours_text(hours), hours_text(least_h)
        found.append(Words(f"时长 {counted} h，低于 {least} h", f"{counted} h, below {least} h"))
    return tuple(found)


def _verdict(owed: Obligation, short_mw: Decimal) -> Verdict:
    if owed.requirement is None:
        return owed.otherwise
    if not owed.judged:
        return Verdict.SHOWN
    return Verdict.SHORT if short_mw else Verdict.MET


def _decimal(figure: Fraction) -> Decimal:
    """A figure with at most six decimals, cut."""
    return Decimal(int(figure * 10**6)).scaleb(-6).normalize()
