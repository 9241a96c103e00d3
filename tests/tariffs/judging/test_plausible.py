"""What cannot be is told together with what is missing, and by records that are made in Python too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tariffs.judging.plausible import (
    by_place,
    in_shanghai,
    more_than,
    not_above_nothing,
    not_to_the_fen,
    not_together,
    nothing_listed,
    odd_amounts,
    out_of_order,
    outside,
    read_of,
    refuse_impossible,
    refuse_silence,
    twice,
)
from tariffs.schema import read_record
from tariffs.vocabulary.errors import InputError, RecordProblems, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A record that checks itself."""

    from_on: date
    until_on: date
    people: int
    paid_cny: Decimal | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order, counts below one, broken fen."""
        return [
            *out_of_order(given, ("from_on", "until_on")),
            *outside(given, 1, 9, "people"),
            *not_to_the_fen(given, "paid_cny"),
        ]

    def __post_init__(self) -> None:
        refuse_impossible(self)


def test_everything_that_is_wrong_with_a_table_is_told_at_once() -> None:
    table = {"from_on": date(2025, 2, 1), "until_on": date(2025, 1, 1), "paid_cny": Decimal("0.001"), "peeple": 3}
    with pytest.raises(InputError) as refused:
        read_record(Stay, table, where="stay")
    told = refused.value.found.en
    assert [] == [
        part
        for part in (
            "did you mean people",
            "stay lacks people",
            "until_on 2025-01-01 is before from_on 2025-02-01",
            "paid_cny has at most two decimals, not 0.001",
        )
        if part not in told
    ]


@pytest.mark.parametrize(("people", "fits"), [(0, False), (1, True), (9, True), (10, False)])
def test_a_record_made_in_python_is_checked_too(people: int, fits: bool) -> None:
    def made() -> Stay:
        return Stay(from_on=date(2025, 1, 1), until_on=date(2025, 1, 1), people=people)

    if fits:
        assert people == made().people
        return
    with pytest.raises(RecordProblems, match=f"people must be 1 to 9, not {people}"):
        made()


def test_an_instant_without_an_offset_is_on_the_clock_of_shanghai() -> None:
    naive = datetime(2025, 1, 1, 8)  # noqa: DTZ001
    assert in_shanghai(datetime(2025, 1, 1, tzinfo=UTC)) == in_shanghai(naive)


@pytest.mark.parametrize(("year", "fits"), [(1948, False), (1949, True), (2099, True), (2100, False)])
def test_a_day_of_another_age_is_refused(year: int, fits: bool) -> None:
    def made() -> Stay:
        return Stay(from_on=date(year, 1, 1), until_on=date(year, 12, 31), people=1)

    if fits:
        assert year == made().from_on.year
        return
    with pytest.raises(RecordProblems, match=f"from_on {year}-01-01 is not between 1949 and 2099"):
        made()


@pytest.mark.parametrize(
    ("paid", "told"),
    [
        ("0.00", ""),
        ("100000.10", ""),
        ("1e2", ""),
        ("0.100", ""),
        ("1e999999", "too many digits"),
        ("1e21", "too many digits"),
        ("0.001", "at most two decimals"),
        ("1e-999999", "at most two decimals"),
        ("999999999999999999999999999999.99", "too many digits"),
    ],
)
def test_an_amount_that_cannot_be_reckoned_with_exactly_is_refused(paid: str, told: str) -> None:
    table = {"from_on": date(2025, 1, 1), "until_on": date(2025, 1, 1), "people": 1, "paid_cny": Decimal(paid)}
    if not told:
        assert Decimal(paid) == read_record(Stay, table, where="stay").paid_cny
        return
    with pytest.raises(InputError, match=told):
        read_record(Stay, table, where="stay")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A case with one question and something beside it."""

    on: date
    status: str = "x"
    stay: Stay | None = None


def test_a_case_that_asks_nothing_is_told_what_it_may_ask() -> None:
    stay = Stay(from_on=date(2025, 1, 1), until_on=date(2025, 1, 1), people=1)
    refuse_silence(Asked(on=date(2025, 1, 1), stay=stay), "status")
    with pytest.raises(RecordProblems, match=r"ask at least one question: \[stay\]"):
        refuse_silence(Asked(on=date(2025, 1, 1)), "status")


def test_a_name_that_stands_twice_and_a_figure_of_nothing_are_told() -> None:
    assert ["b stands 2 times in homes"] == [each.en for each in twice("homes", ["a", "b", "b"])]
    assert ["x must be above 0, not 0"] == [each.en for each in not_above_nothing({"x": 0, "y": 1}, "x", "y", "z")]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"part": 3, "whole": 2}, ["part 3 is more than whole 2"]),
        ({"part": 2, "whole": 2}, []),
        ({"part": 2}, []),
    ],
)
def test_a_part_above_its_whole_is_told(given: dict[str, int], told: list[str]) -> None:
    assert told == [each.en for each in more_than(given, ("part", "whole"))]


@pytest.mark.parametrize(
    ("given", "told"), [({}, []), ({"x_m": 0, "y_m": 1}, []), ({"x_m": 0}, ["x_m and y_m go together"])]
)
def test_one_of_two_fields_that_go_together_is_told(given: dict[str, int], told: list[str]) -> None:
    assert told == [each.en for each in not_together(given, "x_m", "y_m")]


def test_a_list_with_nothing_in_it_is_told_and_one_left_out_is_not() -> None:
    assert ["give at least 1 of a"] == [each.en for each in nothing_listed({"a": (), "b": (1,)}, "a", "b", "c")]


def test_entries_that_could_not_be_read_are_left_out_and_the_others_keep_their_places() -> None:
    given = {"a": (5, None, 0)}
    assert [5, 0] == read_of(given, "a")
    assert [] == read_of(given, "b")
    assert {"a[1]": 5, "a[3]": 0} == by_place(given, "a", "b")


def test_an_amount_below_nothing_and_one_with_broken_fen_are_told() -> None:
    given = {"a_cny": Decimal("-0.01"), "b_cny": Decimal("0.001"), "c_cny": Decimal("0.01")}
    assert ["a_cny must be 0 or more, not -0.01", "b_cny has at most two decimals, not 0.001"] == [
        each.en for each in odd_amounts(given, "a_cny", "b_cny", "c_cny", "d_cny")
    ]
