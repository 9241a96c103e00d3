"""Who uses which power of a station on which day: the parts that wind projects count on, and the leases.

What counts for a project is only what its own `[[project.storage]]` lists. Where a station lists leases, they say how much of
it is leased: a project's row of manner `lease` then is a use of such a lease, not a second one, and must lie inside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

from tariffs.projects import Manner, PairedStorage, Project, ProjectFile
from tariffs.stations import Lease, Station
from tariffs.vocabulary.errors import InputError, Words, nearest

ONE_DAY: Final = timedelta(days=1)
OPEN: Final = Words("长期", "open")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Rated power of a station that somebody counts on, MW, from one day up to and including another."""

    station_id: str
    claimant: str
    power_mw: Decimal
    from_on: date
    until_on: date | None

    def runs_on(self, day: date) -> bool:
        """Whether the claim holds on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days on none of which anything begins or ends; both ends included."""

    first_on: date
    last_on: date


def claims_on_station(station: Station, projects: Sequence[Project]) -> tuple[Claim, ...]:
    """Everything that takes power of a station, each MW once.

    Shape   own and joint parts of the projects; then the station's leases, or, where it lists none, the projects' leases
    """
    rows = [(project, row) for project in projects for row in project.storage if row.station_id == station.id]
    built = [_claim(project, row) for project, row in rows if row.manner is not Manner.LEASE]
    if not station.lease:
        return (*built, *(_claim(project, row) for project, row in rows if row.manner is Manner.LEASE))
    leased = (
        Claim(
            station_id=station.id,
            claimant=lease.lessee,
            power_mw=lease.power_mw,
            from_on=lease.from_on,
            until_on=lease.until_on,
        )
        for lease in station.lease
    )
    return (*built, *leased)


def taken_mw(claims: Sequence[Claim], day: date) -> Decimal:
    """The power that is taken on a day, MW."""
    return sum((claim.power_mw for claim in claims if claim.runs_on(day)), Decimal(0))


def spans_between(
    first: date, last: date, projects: Sequence[Project], stations: Sequence[Station]
) -> tuple[Span, ...]:
    """The days from the first to the last, cut wherever something begins or ends."""
    rows = [row for project in projects for row in project.storage]
    turning = [
        *(project.construction_started_on for project in projects),
        *_row_days(rows),
        *(day for station in stations for day in _station_days(station)),
    ]
    return _cut(first, last, turning)


def check_claims(file: ProjectFile, stations: Sequence[Station]) -> None:
    """Nothing, if every part that a project counts on is there once.

    Raises  InputError with every station that is not known, every leased part that no lease of the station covers, and
            the days on which more of a station is taken than it has
    """
    projects = file.projects
    problems = list(_unknown_stations(file, [station.id for station in stations]))
    claimed = {row.station_id for project in projects for row in project.storage}
    for station in stations:
        if station.id in claimed:
            problems.extend(_uncovered_leases(station, projects))
            problems.extend(_overclaims(station, projects))
    if problems:
        raise InputError(
            Words(
                f"项目与电站不一致：{len(problems)} 处", f"projects and stations disagree in {len(problems)} place(s)"
            ),
            found=Words("；".join(p.zh for p in problems), "; ".join(p.en for p in problems)),
            do=Words(
                "改正 projects.toml 或 stations.toml，使每兆瓦每天只用一次",
                "mend projects.toml or stations.toml, so that a MW is used once on any day",
            ),
        )


def unused_leases(station: Station, projects: Sequence[Project]) -> tuple[Lease, ...]:
    """Leases of a station to a project or its developer while no row of that project or developer uses the station."""
    return tuple(
        lease
        for lease in station.lease
        if (lessees := _lessees(lease, projects))
        and not any(
            row.station_id == station.id and row.manner is Manner.LEASE and _overlap(row, lease)
            for project in lessees
            for row in project.storage
        )
    )


def _claim(project: Project, row: PairedStorage) -> Claim:
    return Claim(
        station_id=row.station_id,
        claimant=project.id,
        power_mw=row.power_mw,
        from_on=row.from_on,
        until_on=row.until_on,
    )


def _row_days(rows: Sequence[PairedStorage]) -> Iterator[date]:
    """Every day on which a row begins, or on the day before which one ended."""
    for row in rows:
        yield row.from_on
        yield from _after(row.until_on)


def _station_days(station: Station) -> Iterator[date]:
    """Every day on which something of a station begins, or on the day before which something ended."""
    yield station.grid_connected_on
    yield from (change.from_on for change in station.change)
    for lease in station.lease:
        yield lease.from_on
        yield from _after(lease.until_on)


def _cut(first: date, last: date, turning: Sequence[date]) -> tuple[Span, ...]:
    starts = [first, *sorted({day for day in turning if first < day <= last})]
    ends = [*(start - ONE_DAY for start in starts[1:]), last]
    return tuple(Span(first_on=start, last_on=end) for start, end in zip(starts, ends, strict=True))


def _after(last: date | None) -> Iterator[date]:
    if last is not None and last < date.max:
        yield last + ONE_DAY


def _unknown_stations(file: ProjectFile, known: Sequence[str]) -> Iterator[Words]:
    named = [(project.id, row.station_id) for project in file.projects for row in project.storage]
    named += [("lease_offer", offer.station_id) for offer in file.lease_offers]
    for who, station_id in named:
        if station_id not in known:
            near = nearest(station_id, known)
            hint = (f"，是否为 {near}", f"; did you mean {near}") if near else ("", "")
            yield Words(
                f"{who}：没有电站 {station_id}{hint[0]}",
                f"{who}: there is no station {station_id}{hint[1]}",
            )


def _lessees(lease: Lease, projects: Sequence[Project]) -> tuple[Project, ...]:
    """The project that a lease names; else the projects of the developer that it names."""
    named = tuple(project for project in projects if project.id == lease.lessee)
    return named or tuple(project for project in projects if project.developer == lease.lessee)


def _overlap(row: PairedStorage, lease: Lease) -> bool:
    return row.from_on <= lease.until_on and (row.until_on is None or lease.from_on <= row.until_on)


def _whole_span(station: Station, projects: Sequence[Project]) -> tuple[Span, ...]:
    """All days that the claims on a station can differ on."""
    rows = [row for project in projects for row in project.storage if row.station_id == station.id]
    starts = [*(row.from_on for row in rows), *(lease.from_on for lease in station.lease)]
    return _cut(min(starts), date.max, [*_row_days(rows), *_station_days(station)])


def _overclaims(station: Station, projects: Sequence[Project]) -> Iterator[Words]:
    claims = claims_on_station(station, projects)
    for span in _whole_span(station, projects):
        taken, rated = taken_mw(claims, span.first_on), station.rating_on(span.first_on).power_mw
        if taken > rated:
            running = [claim for claim in claims if claim.runs_on(span.first_on)]
            parts = [f"{claim.claimant} {figure_text(claim.power_mw)} MW" for claim in running]
            days, most, too_much = _days(span), figure_text(rated), figure_text(taken)
            yield Words(
                f"{station.id} {days.zh} 共占用 {too_much} MW，额定只有 {most} MW（{'、'.join(parts)}）",
                f"{station.id} {days.en}: {too_much} MW are taken, {most} MW are rated ({', '.join(parts)})",
            )


def _uncovered_leases(station: Station, projects: Sequence[Project]) -> Iterator[Words]:
    if not station.lease:
        return
    for span in _whole_span(station, projects):
        day = span.first_on
        used = {
            project.id: rows
            for project in projects
            if (rows := [row for row in project.storage if _uses_lease(row, station) and row.runs_on(day)])
        }
        running = [lease for lease in station.lease if lease.from_on <= day <= lease.until_on]
        for developer in sorted({project.developer for project in projects if project.id in used}):
            of_developer = [project for project in projects if project.developer == developer]
            yield from _shortage(station, span, of_developer, used, running)
        for project in projects:
            yield from _too_long(station, span, project, used.get(project.id, ()), running)


def _uses_lease(row: PairedStorage, station: Station) -> bool:
    return row.station_id == station.id and row.manner is Manner.LEASE


def _shortage(
    station: Station,
    span: Span,
    projects: Sequence[Project],
    used: Mapping[str, Sequence[PairedStorage]],
    running: Sequence[Lease],
) -> Iterator[Words]:
    """What a developer's projects use beyond the leases to each of them and those to the developer."""
    ids = {project.id for project in projects}
    shared = sum((lease.power_mw for lease in running if _is_shared(lease, projects)), Decimal(0))
    beyond = Decimal(0)
    for project in projects:
        own = sum((lease.power_mw for lease in running if lease.lessee == project.id), Decimal(0))
        beyond += max(Decimal(0), sum((row.power_mw for row in used.get(project.id, ())), Decimal(0)) - own)
    if beyond > shared:
        names = sorted(ids & used.keys())
        listed = sum((row.power_mw for name in names for row in used[name]), Decimal(0))
        days, told, excess = _days(span), figure_text(listed), figure_text(beyond - shared)
        yield Words(
            f"{'、'.join(names)} {days.zh} 租用 {station.id} {told} MW，比该站对其的 lease 多 {excess} MW",
            f"{', '.join(names)} {days.en}: {told} MW leased of {station.id}, "
            f"{excess} MW more than the station's leases to them",
        )


def _is_shared(lease: Lease, projects: Sequence[Project]) -> bool:
    """Whether a lease is to the developer as such, not to one of its projects."""
    return lease.lessee == projects[0].developer and lease.lessee not in {project.id for project in projects}


def _too_long(
    station: Station, span: Span, project: Project, rows: Sequence[PairedStorage], running: Sequence[Lease]
) -> Iterator[Words]:
    """Rows that count on more hours than any lease to the project has."""
    leased = [lease.duration_h for lease in running if lease.lessee in (project.id, project.developer)]
    if not leased:
        return
    rating = station.rating_on(span.first_on)
    rated_h = Fraction(rating.energy_mwh) / Fraction(rating.power_mw)
    for row in rows:
        counted = rated_h if row.duration_h is None else Fraction(row.duration_h)
        if counted > max(leased):
            hours, most, days = hours_text(counted), figure_text(max(leased)), _days(span)
            yield Words(
                f"{project.id} {days.zh} 按 {hours} h 计 {station.id}，租约只有 {most} h；写明 duration_h",
                f"{project.id} {days.en}: counts on {hours} h of {station.id}, the lease has {most} h; "
                "write duration_h",
            )


def figure_text(figure: Decimal) -> str:
    """A figure as plain decimal text without trailing zeros."""
    return f"{figure.normalize():f}"


def hours_text(hours: Fraction) -> str:
    """Hours with at most two decimals, cut and not rounded, so that what is below a limit looks so."""
    hundredths = int(hours * 100)
    return f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")


def _days(span: Span) -> Words:
    zh, en = (OPEN.zh, OPEN.en) if span.last_on == date.max else (str(span.last_on),) * 2
    return Words(f"{span.first_on} 至 {zh}", f"{span.first_on} to {en}")
