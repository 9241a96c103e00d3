"""Laws of the calculator on car quotas, over many made-up cases."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

import regulations
from regulations.car_quota_auction.bidders import Car, Offence, Paid, Penalty, Person, Residence, Waits
from regulations.car_quota_auction.inputs import Auction, Deal, Inputs, NoticeDays, Options, Reserve, ReserveRounding
from regulations.car_quota_auction.quotas import (
    Certificate,
    Change,
    Fraud,
    Holder,
    HolderChange,
    NewCar,
    NewEnergy,
    Transfer,
    Use,
    Way,
)
from tariffs.answers import Verdict
from tariffs.judging.periods import ShiftEnd
from tariffs.vocabulary.errors import RecordProblems

JUDGE = regulations.Judge("car_quota_auction")
DAY = timedelta(days=1)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
RANK = {Verdict.NO: 0, Verdict.CANNOT_TELL: 1, Verdict.YES: 2}
FEW = settings(max_examples=50, deadline=None)


def _verdict(inputs: Inputs) -> Verdict:
    return JUDGE.assess(inputs).verdict


def _fit(**changes: Any) -> Person:
    fit = Person(
        residence=Residence.HUKOU, holds_certificate=False, cars=(), licence_valid=True, other_conditions_met=True
    )
    return replace(fit, **changes)


def _change_is_the_first(inputs: Inputs, days: int) -> bool:
    """Whether the day told is the first with another verdict, by walking there a day at a time."""
    told = JUDGE.assess(inputs).changes_on
    assert told is not None
    for step in range(1, days):
        day = inputs.on + step * DAY
        differs = _verdict(replace(inputs, on=day)) is not _verdict(inputs)
        if differs or day >= told:
            return differs and day == told
    return told > inputs.on + (days - 1) * DAY


@FEW
@given(DAYS, st.integers(300, 430))
def test_one_more_day_of_insurance_never_turns_yes_into_no(on: date, days: int) -> None:
    def verdict(paid_days: int) -> Verdict:
        insurance = Paid(from_on=on - paid_days * DAY)
        return _verdict(Inputs(on=on, person=_fit(residence=Residence.RESIDENCE_PROOF, insurance=insurance)))

    assert RANK[verdict(days)] <= RANK[verdict(days + 1)]


@FEW
@given(DAYS, st.integers(350, 380))
def test_a_year_of_insurance_is_full_on_the_same_day_of_the_next_year(on: date, days: int) -> None:
    start = on - days * DAY
    insurance = Paid(from_on=start)
    # a start on 29 February has no such day, and is full on 28 February
    expected = Verdict.YES if on >= start + relativedelta(years=1) else Verdict.NO
    assert expected is _verdict(Inputs(on=on, person=_fit(residence=Residence.RESIDENCE_PROOF, insurance=insurance)))


OFFENCES = st.lists(
    st.tuples(st.integers(0, 800), st.integers(0, 12), st.booleans(), st.sampled_from(Penalty)), max_size=7
)


def _offences(on: date, drawn: list[tuple[int, int, bool, Penalty]]) -> tuple[Offence, ...]:
    return tuple(
        Offence(on=on - days * DAY, points=points, by_motor_vehicle=driving, penalty=penalty)
        for days, points, driving, penalty in drawn
    )


@FEW
@given(DAYS, OFFENCES, OFFENCES)
def test_another_offence_never_helps(on: date, some: Any, more: Any) -> None:
    def verdict(drawn: Any) -> Verdict:
        person = _fit(offences=_offences(on, drawn), licence_first_issued_on=date(2012, 5, 17))
        return _verdict(Inputs(on=on, person=person))

    assert RANK[verdict(some + more)] <= RANK[verdict(some)]


@FEW
@given(DAYS, OFFENCES)
def test_knowing_the_scoring_cycle_only_settles_what_was_open(on: date, drawn: Any) -> None:
    offences = _offences(on, drawn)
    unknown = _verdict(Inputs(on=on, person=_fit(offences=offences)))
    for issued_on in (date(2012, 5, 17), date(2016, 2, 29), date(2020, 12, 31)):
        known = _verdict(Inputs(on=on, person=_fit(offences=offences, licence_first_issued_on=issued_on)))
        assert unknown in (known, Verdict.CANNOT_TELL)


@FEW
@given(DAYS, OFFENCES, st.integers(0, 500), st.integers(0, 1200))
def test_the_day_of_change_of_a_person_is_the_first(on: date, drawn: Any, paid: int, waited: int) -> None:
    person = _fit(
        residence=Residence.RESIDENCE_PROOF,
        insurance=Paid(from_on=on - paid * DAY),
        offences=_offences(on, drawn[:3]),
        licence_first_issued_on=date(2012, 5, 17),
        waits=Waits(entrusted_on=on - waited * DAY),
    )
    assert _change_is_the_first(Inputs(on=on, person=person), 60)


@FEW
@given(DAYS, OFFENCES)
def test_the_day_of_change_is_the_first_where_the_scoring_cycle_is_not_known(on: date, drawn: Any) -> None:
    assert _change_is_the_first(Inputs(on=on, person=_fit(offences=_offences(on, drawn))), 60)


@FEW
@given(DAYS, st.integers(300, 400), st.integers(0, 120), st.booleans())
def test_the_day_of_change_of_payments_made_up_is_the_first(on: date, paid: int, made_up: int, earlier: bool) -> None:
    start = on - paid * DAY
    insurance = Paid(from_on=start, made_up_until_on=start + made_up * DAY, earlier_full_year=earlier)
    assert _change_is_the_first(
        Inputs(on=on, person=_fit(residence=Residence.RESIDENCE_PROOF, insurance=insurance)), 60
    )


@FEW
@given(DAYS, st.integers(300, 500), st.integers(0, 120))
def test_what_was_made_up_is_never_better_than_paid_in_time_nor_worse_than_not_paid(
    on: date, paid: int, made_up: int
) -> None:
    def verdict(insurance: Paid) -> int:
        return RANK[_verdict(Inputs(on=on, person=_fit(residence=Residence.RESIDENCE_PROOF, insurance=insurance)))]

    start = on - paid * DAY
    mended = verdict(Paid(from_on=start, made_up_until_on=start + made_up * DAY))
    assert verdict(Paid(from_on=start + (made_up + 1) * DAY)) <= mended <= verdict(Paid(from_on=start))


@FEW
@given(st.dates(date(2027, 2, 26), date(2027, 3, 2)), st.integers(300, 370))
def test_the_day_of_change_is_the_first_around_a_leap_day(offence_on: date, days: int) -> None:
    person = _fit(offences=(Offence(on=offence_on, by_motor_vehicle=True, penalty=Penalty.REVOKED),))
    assert _change_is_the_first(Inputs(on=offence_on + days * DAY, person=person), 100)


@FEW
@given(DAYS, st.integers(0, 40), st.integers(0, 40))
def test_the_day_of_change_of_runs_that_end_is_the_first(on: date, before: int, overlap: int) -> None:
    insurance = Paid(from_on=on - (330 + before) * DAY, until_on=on + DAY * 0)
    income_tax = Paid(from_on=on - overlap * DAY)
    person = _fit(residence=Residence.RESIDENCE_PROOF, insurance=insurance, income_tax=income_tax)
    assert _change_is_the_first(Inputs(on=on, person=person), 60)


@FEW
@given(DAYS, st.integers(0, 1200), st.sampled_from(Use), st.sampled_from([None, True, False]))
def test_the_day_of_change_of_a_certificate_is_the_first(on: date, age: int, use: Use, told: bool | None) -> None:
    certificate = Certificate(issued_on=on - age * DAY, holder=Holder.PERSON, use=use, told=told)
    assert _change_is_the_first(Inputs(on=on, certificate=certificate), 60)


@FEW
@given(DAYS, st.integers(0, 1200), st.sampled_from(Way))
def test_the_day_of_change_of_a_transfer_is_the_first(on: date, age: int, way: Way) -> None:
    assert _change_is_the_first(Inputs(on=on, transfer=Transfer(in_use_from_on=on - age * DAY, way=way)), 60)


@FEW
@given(DAYS, st.integers(0, 1200))
def test_who_may_register_may_entrust(on: date, age: int) -> None:
    def verdict(use: Use) -> Verdict:
        certificate = Certificate(issued_on=on - age * DAY, holder=Holder.PERSON, use=use, told=True)
        return _verdict(Inputs(on=on, certificate=certificate))

    assert RANK[verdict(Use.REGISTER)] <= RANK[verdict(Use.ENTRUST)]


@FEW
@given(st.dates(date(2025, 1, 20), date(2026, 12, 31)), st.integers(0, 20))
def test_clear_days_ask_for_exactly_one_day_more(auction_on: date, ahead: int) -> None:
    def verdict(days: int, choice: NoticeDays) -> Verdict:
        auction = Auction(auction_on=auction_on, notice_on=auction_on - days * DAY)
        return _verdict(Inputs(on=auction_on, auction=auction, options=Options(notice_days=choice)))

    assert verdict(ahead, NoticeDays.COUNTED_BACK) is verdict(ahead + 1, NoticeDays.CLEAR_DAYS)
    assert (ahead >= 7) is (verdict(ahead, NoticeDays.COUNTED_BACK) is Verdict.YES)


DEALS = st.lists(st.tuples(st.decimals(80_000, 100_000, places=2), st.integers(1, 9_000)), min_size=1, max_size=6)


@FEW
@given(DEALS, st.sampled_from(ReserveRounding))
def test_the_reserve_is_the_mean_of_all_quotas_sold_to_half_a_step(
    drawn: list[tuple[Decimal, int]], rounding: ReserveRounding
) -> None:
    deals = tuple(Deal(sold_on=date(2025, 5, 24), price_cny=price, quantity=sold) for price, sold in drawn)
    reserve = Reserve(auction=Holder.UNIT, auction_on=date(2025, 5, 30), deals=deals)
    inputs = Inputs(on=date(2025, 5, 30), reserve_price=reserve, options=Options(reserve_rounding=rounding))
    found = {each.id: Fraction(each.quantity) for each in JUDGE.assess(inputs).figures}
    mean = sum((Fraction(price) * sold for price, sold in drawn), Fraction(0)) / sum(sold for _, sold in drawn)
    step = {ReserveRounding.YUAN: Fraction(1), ReserveRounding.FEN: Fraction(1, 100)}.get(rounding, Fraction(100))
    assert 0 == found["reserve_price"] % step
    assert abs(found["reserve_price"] - mean) <= step / 2


@FEW
@given(DEALS, st.integers(1, 9))
def test_the_reserve_does_not_hang_on_how_deals_are_grouped(drawn: list[tuple[Decimal, int]], parts: int) -> None:
    def reserve_price(sold: list[tuple[Decimal, int]]) -> Decimal | int:
        deals = tuple(Deal(sold_on=date(2025, 5, 24), price_cny=price, quantity=each) for price, each in sold)
        reserve = Reserve(auction=Holder.UNIT, auction_on=date(2025, 5, 30), deals=deals)
        figures = JUDGE.assess(Inputs(on=date(2025, 5, 30), reserve_price=reserve)).figures
        return next(each.quantity for each in figures if each.id == "reserve_price")

    split = [(price, 1) for price, _ in drawn for _ in range(parts)]
    assert reserve_price([(price, parts) for price, _ in drawn]) == reserve_price(split)


def test_a_person_in_a_waiting_time_that_began_after_the_application_is_not_barred() -> None:
    person = _fit(applied_on=date(2025, 3, 1), waits=Waits(gave_in_family_on=date(2025, 4, 1)))
    assert Verdict.YES is _verdict(Inputs(on=date(2025, 5, 1), person=person))


def test_a_free_special_plate_beside_a_quota_does_not_help() -> None:
    person = _fit(cars=(Car.FREE_SPECIAL_PLATE, Car.WITH_QUOTA))
    assert Verdict.NO is _verdict(Inputs(on=date(2025, 5, 1), person=person))


def test_a_move_of_ends_where_nothing_is_known_of_the_year_says_so() -> None:
    transfer = Transfer(in_use_from_on=date(2025, 6, 3), way=Way.TRANSFER)
    moved = Inputs(on=date(2028, 6, 3), transfer=transfer, options=Options(shift_end=ShiftEnd.NEXT_WORKING_DAY))
    (end,) = JUDGE.assess(moved).deadlines
    assert date(2028, 6, 3) == end.at
    assert "2028" in end.how.en and "2028" in end.how.zh


def _because(inputs: Inputs) -> list[str]:
    """Why reasons came out as they did, in English, where that is told."""
    found = [reason.because for ruling in JUDGE.assess(inputs).rulings for reason in ruling.reasons]
    return [because.en for because in found if because is not None]


def test_who_pays_late_is_told_that_the_quota_is_given_up_and_nobody_else_is() -> None:
    def told(paid_on: date) -> list[str]:
        return _because(Inputs(on=date(2025, 6, 12), auction=Auction(pay_by_on=date(2025, 6, 10), paid_on=paid_on)))

    assert [] == told(date(2025, 6, 10))
    assert ["not paid in time: the quota counts as given up"] == told(date(2025, 6, 11))


@pytest.mark.parametrize(("expected", "met"), [("is not given", None), ("the comma", True)])
def test_false_papers_are_left_open_for_the_reason_that_applies(expected: str, met: bool | None) -> None:
    fraud = Fraud(
        false_papers=True, conditions_met=met, quota_obtained=False, car_registered=False, found_on=date(2025, 6, 1)
    )
    (because,) = _because(Inputs(on=date(2025, 6, 1), fraud=fraud))
    assert expected in because


def test_a_reading_that_two_questions_share_is_told_once() -> None:
    on = date(2025, 6, 1)
    inputs = Inputs(
        on=on,
        transfer=Transfer(in_use_from_on=on, way=Way.TRANSFER),
        waiting=Waits(false_papers_on=on),
        fraud=Fraud(false_papers=True, conditions_met=False, quota_obtained=False, car_registered=False, found_on=on),
    )
    assert ["shift_end"] == [each.option for each in JUDGE.assess(inputs).readings]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Inputs(on=date(2025, 1, 1)),
        lambda: Paid(from_on=date(2025, 1, 2), until_on=date(2025, 1, 1)),
        lambda: Paid(from_on=date(2025, 1, 2), made_up_until_on=date(2025, 1, 1)),
        lambda: Offence(on=date(2025, 1, 1), by_motor_vehicle=True, points=-1),
        lambda: Waits(deal_on=date(2025, 1, 1)),
        lambda: Auction(),
        lambda: NewCar(invoice_names_holder=True, small_and_private=True, seats=0),
        lambda: Deal(sold_on=date(2025, 1, 1), price_cny=Decimal("0.001"), quantity=1),
        lambda: NewEnergy(
            holder=Holder.PERSON,
            certificate_issued_on=date(2025, 2, 1),
            owns_new_energy_car=True,
            filed_on=date(2025, 1, 1),
        ),
        lambda: HolderChange(change=Change.FAMILY),
        lambda: Reserve(auction=Holder.UNIT, auction_on=date(2025, 1, 1), bid_cny=Decimal(-1)),
    ],
)
def test_a_record_that_cannot_be_is_refused_in_python_too(make: Any) -> None:
    with pytest.raises(RecordProblems):
        make()
