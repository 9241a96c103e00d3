"""Laws of the calculator on lodging registration, over many made-up stays and channels."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regulations
from regulations.lodging_registration.inputs import (
    Channel,
    ChannelChoice,
    Inputs,
    Lodging,
    Options,
    Papers,
    Person,
    Place,
    Through,
)
from tariffs.answers import Verdict
from tariffs.judging.periods import ShiftEnd
from tariffs.judging.plausible import SHANGHAI
from tariffs.vocabulary.errors import RecordProblems

JUDGE = regulations.Judge("lodging_registration")
DAY = timedelta(days=1)
RANK = {Verdict.NO: 0, Verdict.CANNOT_TELL: 1, Verdict.YES: 2}
FEW = settings(max_examples=50, deadline=None)
MOMENTS = st.datetimes(datetime.fromisoformat("2025-04-02T00:00"), datetime.fromisoformat("2026-11-30T00:00"))
PERSONS, PLACES = st.sampled_from(Person), st.sampled_from([None, *Place])
HOURS_AT_MOST = 24
MAY_2 = datetime(2025, 5, 2, tzinfo=SHANGHAI)
CHANNELS = st.builds(
    ChannelChoice,
    person=PERSONS,
    channel=st.sampled_from(Channel),
    through=st.sampled_from(Through),
    papers=st.sampled_from(Papers),
    false_statement_before=st.booleans(),
    place=PLACES,
    paper_on_list=st.none() | st.booleans(),
    proof_in_hand=st.none() | st.booleans(),
    other_paper_valid=st.none() | st.booleans(),
)


def _lodging(stay: Lodging, on: date, shift: ShiftEnd = ShiftEnd.NONE) -> Any:
    return JUDGE.assess(Inputs(on=on, lodging=stay, options=Options(shift_end=shift)))


def _channel(choice: ChannelChoice) -> Verdict:
    return JUDGE.assess(Inputs(on=date(2025, 6, 1), channel=choice)).verdict


@FEW
@given(MOMENTS, st.integers(0, 100 * 3600))
def test_a_foreigner_has_exactly_24_hours(moved_in: datetime, seconds: int) -> None:
    registered = moved_in + timedelta(seconds=seconds)
    stay = Lodging(person=Person.FOREIGNER, place=Place.URBAN, moved_in_at=moved_in, registered_at=registered)
    expected = Verdict.YES if seconds <= HOURS_AT_MOST * 3600 else Verdict.NO
    assert expected is _lodging(stay, registered.date() + DAY).verdict


@FEW
@given(MOMENTS, PERSONS, PLACES, st.integers(0, 100), st.integers(1, 50), st.sampled_from(ShiftEnd))
def test_to_register_earlier_never_harms(
    moved_in: datetime, person: Person, place: Place | None, hours: int, more: int, shift: ShiftEnd
) -> None:
    def verdict(after: int) -> Verdict:
        registered = moved_in + timedelta(hours=after)
        stay = Lodging(person=person, place=place, moved_in_at=moved_in, registered_at=registered)
        found: Verdict = _lodging(stay, moved_in.date() + 7 * DAY, shift).verdict
        return found

    assert RANK[verdict(hours + more)] <= RANK[verdict(hours)]


@FEW
@given(MOMENTS, PERSONS, st.integers(0, 100))
def test_to_know_the_place_settles_what_was_open_and_turns_nothing_around(
    moved_in: datetime, person: Person, hours: int
) -> None:
    stay = Lodging(person=person, moved_in_at=moved_in, registered_at=moved_in + timedelta(hours=hours))
    on = moved_in.date() + 7 * DAY
    unknown = _lodging(stay, on).verdict
    for place in (Place.URBAN, Place.RURAL):
        known = _lodging(replace(stay, place=place), on).verdict
        assert unknown in (known, Verdict.CANNOT_TELL)


@FEW
@given(MOMENTS, PERSONS, PLACES, st.integers(0, 6), st.sampled_from(ShiftEnd))
def test_the_day_of_change_of_a_stay_is_the_first(
    moved_in: datetime, person: Person, place: Place | None, later: int, shift: ShiftEnd
) -> None:
    stay, on = Lodging(person=person, place=place, moved_in_at=moved_in), moved_in.date() + later * DAY
    found = _lodging(stay, on, shift)
    for step in range(1, 20):
        if on + step * DAY == found.changes_on:
            assert _lodging(stay, on + step * DAY, shift).verdict is not found.verdict
            return
        assert _lodging(stay, on + step * DAY, shift).verdict is found.verdict


@FEW
@given(MOMENTS, PERSONS, PLACES)
def test_an_end_that_moves_is_never_earlier_and_lies_on_a_working_day(
    moved_in: datetime, person: Person, place: Place | None
) -> None:
    stay = Lodging(person=person, place=place, moved_in_at=moved_in)
    still = _lodging(stay, moved_in.date())
    moved = _lodging(stay, moved_in.date(), ShiftEnd.NEXT_WORKING_DAY)
    working_days = JUDGE.terms_of(regulations.LIBRARY.versions("lodging_registration")[0]).working_days
    for before, after in zip(still.deadlines, moved.deadlines, strict=True):
        assert before.at <= after.at
        assert before.at.time() == after.at.time()
        assert working_days.includes(after.at.date())


@FEW
@given(MOMENTS, st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York"]))
def test_the_deadline_is_the_same_instant_by_any_clock(moved_in: datetime, zone: str) -> None:
    here = moved_in.replace(tzinfo=SHANGHAI)
    there = here.astimezone(ZoneInfo(zone))

    def deadlines(at: datetime) -> list[Any]:
        stay = Lodging(person=Person.FOREIGNER, moved_in_at=at)
        return [each.at for each in _lodging(stay, moved_in.date()).deadlines]

    assert deadlines(moved_in) == deadlines(here) == deadlines(there)


@FEW
@given(CHANNELS)
def test_a_window_of_the_police_is_always_open(choice: ChannelChoice) -> None:
    assert Verdict.YES is _channel(replace(choice, channel=Channel.WINDOW))
    assert Verdict.YES is _channel(replace(choice, channel=Channel.COMMUNITY_WINDOW))


@FEW
@given(CHANNELS)
def test_what_was_not_known_never_turns_a_yes_or_no_around(choice: ChannelChoice) -> None:
    unknown = _channel(replace(choice, paper_on_list=None, proof_in_hand=None, other_paper_valid=None))
    for on_list, proof, other in product((True, False), repeat=3):
        known = _channel(replace(choice, paper_on_list=on_list, proof_in_hand=proof, other_paper_valid=other))
        assert unknown in (known, Verdict.CANNOT_TELL)


@FEW
@given(CHANNELS)
def test_an_earlier_false_statement_never_helps(choice: ChannelChoice) -> None:
    before = _channel(replace(choice, false_statement_before=True))
    assert RANK[before] <= RANK[_channel(replace(choice, false_statement_before=False))]


def _at_window(**facts: Any) -> ChannelChoice:
    plain = ChannelChoice(
        person=Person.FOREIGNER,
        channel=Channel.WINDOW,
        through=Through.SELF,
        papers=Papers.VALID,
        paper_on_list=True,
        false_statement_before=False,
    )
    return replace(plain, **facts)


def _told(choice: ChannelChoice) -> list[str]:
    """What is said on the papers at a window, and what is to be brought, in English."""
    found = JUDGE.assess(Inputs(on=date(2025, 6, 1), channel=choice))
    papers = [
        str(reason.found_words.en) for reason in found.rulings[0].reasons if reason.clause.id == "incomplete_papers"
    ]
    return papers + [notice.words.en for notice in found.notices if notice.words.en.startswith(("still", "and the"))]


OF_THE_OTHER = "and the valid identity paper of the host or agent"


@pytest.mark.parametrize(
    ("expected", "facts"),
    [
        (["papers complete, taken on the spot"], {}),
        (["whether they are complete is not known; registered first either way"], {"paper_on_list": None}),
        (
            ["papers missing: registered first, supplemented later", "still to bring: a valid paper of the person"],
            {"paper_on_list": False},
        ),
        (
            ["papers complete, taken on the spot", OF_THE_OTHER],
            {"through": Through.HOST, "other_paper_valid": True},
        ),
        (
            [
                "papers missing: registered first, supplemented later",
                OF_THE_OTHER,
                "still to bring: a valid paper of the host or agent",
            ],
            {"through": Through.AGENT, "other_paper_valid": False},
        ),
        (
            ["whether they are complete is not known; registered first either way", OF_THE_OTHER],
            {"through": Through.AGENT},
        ),
        (["papers complete, taken on the spot"], {"papers": Papers.LOST, "proof_in_hand": True}),
        (
            [
                "papers missing: registered first, supplemented later",
                "still to bring: the receipt or proof of loss",
            ],
            {"papers": Papers.LOST, "proof_in_hand": False},
        ),
    ],
)
def test_a_window_says_what_is_still_to_bring(expected: list[str], facts: dict[str, Any]) -> None:
    assert expected == _told(_at_window(**facts))


@pytest.mark.parametrize(("expected", "proof"), [("the text names no channel", True), ("is not given", None)])
def test_a_proof_on_line_is_left_open_for_the_reason_that_applies(expected: str, proof: bool | None) -> None:
    choice = _at_window(channel=Channel.SELF_SERVICE, papers=Papers.LOST, proof_in_hand=proof)
    (ruling,) = JUDGE.assess(Inputs(on=date(2025, 6, 1), channel=choice)).rulings
    (open_point,) = [reason.because for reason in ruling.reasons if reason.verdict is Verdict.CANNOT_TELL]
    assert open_point is not None and expected in open_point.en


@pytest.mark.parametrize(
    ("expected", "on"), [(False, date(2025, 6, 1)), (True, date(2025, 6, 2)), (False, date(2025, 6, 3))]
)
def test_that_the_hours_end_within_the_day_is_told_on_that_day_alone(expected: bool, on: date) -> None:
    stay = Lodging(person=Person.FOREIGNER, moved_in_at=datetime(2025, 6, 1, 8, tzinfo=SHANGHAI))
    (ruling,) = _lodging(stay, on).rulings
    assert expected is (ruling.reasons[0].because is not None)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Inputs(on=date(2025, 5, 1)),
        lambda: Lodging(person=Person.FOREIGNER, moved_in_at=datetime.min.replace(tzinfo=SHANGHAI)),
        lambda: Lodging(person=Person.FOREIGNER, moved_in_at=MAY_2, registered_at=MAY_2 - timedelta(hours=1)),
        lambda: Inputs(on=date(2025, 5, 1), lodging=Lodging(person=Person.FOREIGNER, moved_in_at=MAY_2)),
    ],
)
def test_a_record_that_cannot_be_is_refused_in_python_too(make: Any) -> None:
    with pytest.raises(RecordProblems):
        make()
