"""A MW of a station is used once on any day, whichever of the two files names it."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tariffs.claims import check_claims, claims_on_station, hours_text, spans_between, taken_mw, unused_leases
from tariffs.projects import LeaseOffer, Manner, PairedStorage, Project, ProjectFile, WindKind
from tariffs.stations import Change, Lease, Station
from tariffs.vocabulary.errors import InputError

FIRST, LAST = date(2025, 6, 1), date(2025, 6, 30)


def part(power: str, manner: Manner = Manner.OWN, *, first: date = FIRST, last: date | None = LAST) -> PairedStorage:
    return PairedStorage(station_id="S", manner=manner, power_mw=Decimal(power), from_on=first, until_on=last)


def project(name: str, *parts: PairedStorage, developer: str = "") -> Project:
    return Project(
        id=name,
        name=name,
        developer=developer or f"developer of {name}",
        kind=WindKind.ONSHORE,
        concentrated=True,
        construction_started_on=date(2025, 1, 15),
        capacity_mw=Decimal(100),
        storage=parts,
    )


def lease(lessee: str, power: str, *, first: date = FIRST, last: date = LAST) -> Lease:
    return Lease(
        lessee=lessee,
        lessee_is_new_energy=True,
        power_mw=Decimal(power),
        duration_h=Decimal(4),
        from_on=first,
        until_on=last,
        price_cny_per_kw_year=Decimal(200),
    )


@pytest.fixture
def station() -> Callable[..., Station]:
    def made(*leases: Lease, changes: tuple[Change, ...] = ()) -> Station:
        return Station(
            id="S",
            name="站",
            power_mw=Decimal(50),
            energy_mwh=Decimal(200),
            grid_connected_on=date(2025, 1, 1),
            lease=leases,
            change=changes,
        )

    return made


def refusal(station: Station, *projects: Project) -> str:
    """What is told of claims that do not fit; nothing where they do."""
    try:
        check_claims(ProjectFile(projects=projects), [station])
    except InputError as refused:
        return refused.found.en
    return ""


def test_two_projects_may_share_all_of_a_station(station: Callable[..., Station]) -> None:
    shared = (project("A", part("30")), project("B", part("20")))
    assert "" == refusal(station(), *shared)
    assert Decimal(50) == taken_mw(claims_on_station(station(), shared), FIRST)


def test_the_days_and_the_claims_of_an_overclaim_are_named(station: Callable[..., Station]) -> None:
    """30 MW all June and 25 MW from 11 to 20 June: 55 MW on those ten days only."""
    later = part("25", first=date(2025, 6, 11), last=date(2025, 6, 20))
    told = refusal(station(), project("A", part("30")), project("B", later))
    assert "S 2025-06-11 to 2025-06-20: 55 MW are taken, 50 MW are rated (A 30 MW, B 25 MW)" == told


def test_claims_that_follow_one_another_do_not_meet(station: Callable[..., Station]) -> None:
    after = part("50", first=LAST + timedelta(days=1), last=None)
    both = (project("A", part("50")), project("B", after))
    assert "" == refusal(station(), *both)
    claims = claims_on_station(station(), both)
    assert [Decimal(50), Decimal(50)] == [taken_mw(claims, day) for day in (LAST, LAST + timedelta(days=1))]


def test_a_derating_can_make_a_claim_too_large(station: Callable[..., Station]) -> None:
    derated = station(changes=(Change(from_on=date(2025, 6, 16), power_mw=Decimal(40)),))
    told = refusal(derated, project("A", part("45")))
    assert "S 2025-06-16 to 2025-06-30: 45 MW are taken, 40 MW are rated (A 45 MW)" == told


def test_leases_to_a_developer_are_shared_by_its_projects(station: Callable[..., Station]) -> None:
    both = (
        project("A", part("12", Manner.LEASE), developer="D"),
        project("B", part("8", Manner.LEASE), developer="D"),
    )
    check_claims(ProjectFile(projects=both), [station(lease("D", "20"))])
    assert "A, B 2025-06-01 to 2025-06-30: 20 MW leased of S, 1 MW more than" in refusal(
        station(lease("D", "19")), *both
    )


def test_a_lease_to_one_project_is_not_for_its_sister(station: Callable[..., Station]) -> None:
    sister = project("B", part("8", Manner.LEASE), developer="D")
    told = refusal(station(lease("A", "20")), project("A", developer="D"), sister)
    assert "B 2025-06-01 to 2025-06-30: 8 MW leased of S, 8 MW more than the station's leases to them" == told


def test_a_station_without_leases_takes_the_projects_word(station: Callable[..., Station]) -> None:
    leased = project("A", part("20", Manner.LEASE))
    check_claims(ProjectFile(projects=(leased,)), [station()])
    assert Decimal(20) == taken_mw(claims_on_station(station(), [leased]), FIRST)


def test_a_lease_in_both_files_takes_its_power_once(station: Callable[..., Station]) -> None:
    leased = project("A", part("20", Manner.LEASE))
    assert Decimal(20) == taken_mw(claims_on_station(station(lease("A", "20")), [leased]), FIRST)


def test_a_lease_that_no_project_lists_is_found(station: Callable[..., Station]) -> None:
    with_lease = station(lease("A", "20"), lease("somebody", "5"))
    assert [with_lease.lease[0]] == list(unused_leases(with_lease, [project("A")]))
    assert () == unused_leases(with_lease, [project("A", part("20", Manner.LEASE))])


def test_an_unknown_station_is_refused_with_the_nearest_name(station: Callable[..., Station]) -> None:
    row = PairedStorage(station_id="SH-1", manner=Manner.OWN, power_mw=Decimal(1), from_on=FIRST)
    offers = (LeaseOffer(station_id="T", price_cny_per_kw_year=Decimal(1)),)
    with pytest.raises(InputError) as refused:
        check_claims(ProjectFile(projects=(project("A", row),), lease_offers=offers), [station()])
    assert "A: there is no station SH-1; lease_offer: there is no station T" == refused.value.found.en


@given(
    st.lists(
        st.tuples(st.integers(1, 30), st.integers(0, 20), st.integers(0, 20), st.booleans()), min_size=1, max_size=6
    )
)
def test_a_file_is_refused_exactly_if_some_day_has_too_much(parts: list[tuple[int, int, int, bool]]) -> None:
    """Every day of June and July is added up one by one."""
    projects = tuple(
        project(
            f"W{number}",
            part(
                str(power),
                Manner.LEASE if leased else Manner.OWN,
                first=FIRST + timedelta(days=start),
                last=FIRST + timedelta(days=start + length),
            ),
        )
        for number, (power, start, length, leased) in enumerate(parts)
    )
    days = [FIRST + timedelta(days=number) for number in range(61)]
    by_day = [sum(p for p, start, length, _ in parts if start <= number <= start + length) for number in range(61)]
    alone = Station(
        id="S", name="站", power_mw=Decimal(50), energy_mwh=Decimal(200), grid_connected_on=date(2025, 1, 1)
    )
    assert by_day == [taken_mw(claims_on_station(alone, projects), day) for day in days]
    try:
        check_claims(ProjectFile(projects=projects), [alone])
        refused = False
    except InputError:
        refused = True
    assert refused == (max(by_day) > 50)


def test_spans_cover_the_period_without_gap_or_overlap(station: Callable[..., Station]) -> None:
    spans = spans_between(FIRST, LAST, [project("A", part("1", first=date(2025, 6, 11)))], [station()])
    assert [(FIRST, date(2025, 6, 10)), (date(2025, 6, 11), LAST)] == [(each.first_on, each.last_on) for each in spans]


def test_an_end_on_the_last_day_there_is_does_no_harm(station: Callable[..., Station]) -> None:
    endless = project("A", part("30", last=date.max))
    assert "" == refusal(station(), endless)
    assert Decimal(30) == taken_mw(claims_on_station(station(), [endless]), date.max)


@pytest.mark.parametrize(("hours", "shown"), [("4", "4"), ("3.9999", "3.99"), ("2.5", "2.5"), ("10", "10")])
def test_hours_are_cut_and_never_rounded_up_to_a_limit(hours: str, shown: str) -> None:
    assert shown == hours_text(Fraction(hours))
