"""Ways to the storage that projects lack: leases of free power, what they leave open, and what would have to be built."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import groupby

from dispatch.pairing import Need, Room, Ways, cheapest_ways
from huchu.cli.pairing_judged import Inputs, Judged, ProjectJudged
from tariffs.claims import Span, claims_on_station, taken_mw
from tariffs.eligibility.wind_pairing import Verdict, hindrances, rated_hours


class Way(Enum):
    """A way to close a gap, or what is left of it."""

    LEASE = "lease"
    STILL_OPEN = "still_open"
    BUILD = "build"
    """instead of every lease: new storage as large as the largest gap"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One row of the ways: power in MW, duration in hours, days, the rent in 元 if it is known.

    Shape   `build_power_mw`: what has to be built at least, an independent station having a least power of its own
    """

    project_id: str
    way: Way
    power_mw: Decimal
    duration_h: Decimal
    first_on: date
    last_on: date
    station_id: str = ""
    price_cny_per_kw_year: Decimal | None = None
    rent_cny: Fraction | None = None
    build_power_mw: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """All rows, project by project, and whether the leases are proven to be the fewest."""

    rows: tuple[Proposal, ...]
    proven: bool


def proposals(found: Judged, given: Inputs) -> Proposals:
    """The ways for every project that lacks storage; failures are served before figures that are only shown."""
    prices = {offer.station_id: offer.price_cny_per_kw_year for offer in given.file.lease_offers}
    days = [(span.first_on, span.last_on) for span in found.spans]
    rooms = _rooms(found, given)
    ways: list[Ways] = []
    for verdict in (Verdict.SHORT, Verdict.SHOWN):
        needs = [need for each in found.projects for need in _needs(each, found.spans, verdict)]
        if needs:
            ways.append(cheapest_ways(days, needs, rooms, prices))
            rooms = _less(rooms, ways[-1])
    rows = [
        row
        for each in found.projects
        for row in (*_leases(each, ways, found.spans, prices), *_open(each, ways, found.spans), *_built(each, found))
    ]
    return Proposals(rows=tuple(rows), proven=all(each.proven for each in ways))


def _needs(each: ProjectJudged, spans: Sequence[Span], verdict: Verdict) -> Iterator[Need]:
    """What a project lacks in each span on whose days its standing has the verdict."""
    if each.owed.requirement is None:
        return
    for number, span in enumerate(spans):
        for stretch in each.stretches:
            standing = stretch.standing
            inside = stretch.first_on <= span.first_on <= stretch.last_on
            if inside and standing.verdict is verdict and standing.short_mw > 0:
                yield Need(
                    project_id=each.project.id,
                    span_no=number,
                    power_mw=standing.short_mw,
                    duration_h=each.owed.requirement.duration_h,
                )


def _rooms(found: Judged, given: Inputs) -> list[Room]:
    """The power of each station in each span that nobody takes, where the station would count."""
    most = {offer.station_id: offer.power_mw for offer in given.file.lease_offers}
    rooms = []
    for station in given.stations:
        claims = claims_on_station(station, given.file.projects)
        for number, span in enumerate(found.spans):
            day = span.first_on
            free = max(Decimal(0), station.rating_on(day).power_mw - taken_mw(claims, day))
            offered = most.get(station.id)
            if free and not hindrances(station, Fraction(0), found.unmet, day):
                power = free if offered is None else min(free, offered)
                hours = rated_hours(station, day)
                rooms.append(Room(station_id=station.id, span_no=number, power_mw=power, duration_h=hours))
    return rooms


def _less(rooms: Sequence[Room], ways: Ways) -> list[Room]:
    """The rooms without what the ways have taken."""
    return [
        replace(
            room,
            power_mw=room.power_mw
            - sum(
                (
                    each.power_mw
                    for each in ways.contracts
                    if each.station_id == room.station_id and room.span_no in each.span_nos
                ),
                Decimal(0),
            ),
        )
        for room in rooms
    ]


def _leases(
    each: ProjectJudged, ways: Sequence[Ways], spans: Sequence[Span], prices: Mapping[str, Decimal]
) -> Iterator[Proposal]:
    for contract in (contract for way in ways for contract in way.contracts):
        if contract.project_id == each.project.id and each.owed.requirement is not None:
            yield Proposal(
                project_id=each.project.id,
                way=Way.LEASE,
                station_id=contract.station_id,
                power_mw=contract.power_mw,
                duration_h=each.owed.requirement.duration_h,
                first_on=spans[contract.span_nos[0]].first_on,
                last_on=spans[contract.span_nos[-1]].last_on,
                price_cny_per_kw_year=prices.get(contract.station_id),
                rent_cny=contract.rent_cny,
            )


def _open(each: ProjectJudged, ways: Sequence[Ways], spans: Sequence[Span]) -> Iterator[Proposal]:
    """What no lease closes, spans in a row with equal power in one."""
    left = [need for way in ways for need in way.still_open if need.project_id == each.project.id]
    left.sort(key=lambda need: need.span_no)
    numbered = enumerate(left)
    for _, run in groupby(numbered, key=lambda entry: (entry[1].power_mw, entry[1].span_no - entry[0])):
        needs = [need for _, need in run]
        yield Proposal(
            project_id=each.project.id,
            way=Way.STILL_OPEN,
            power_mw=needs[0].power_mw,
            duration_h=needs[0].duration_h,
            first_on=spans[needs[0].span_no].first_on,
            last_on=spans[needs[-1].span_no].last_on,
        )


def _built(each: ProjectJudged, found: Judged) -> Iterator[Proposal]:
    short = [stretch for stretch in each.stretches if stretch.standing.short_mw > 0]
    if not short or each.owed.requirement is None:
        return
    power = max(stretch.standing.short_mw for stretch in short)
    yield Proposal(
        project_id=each.project.id,
        way=Way.BUILD,
        power_mw=power,
        duration_h=each.owed.requirement.duration_h,
        first_on=short[0].first_on,
        last_on=short[-1].last_on,
        build_power_mw=max(power, found.least_station_mw),
    )
