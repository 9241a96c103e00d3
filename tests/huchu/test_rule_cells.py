"""Cells of a batch and the entries that they stand for, by the type of the field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huchu.cli.rule.cells import entry_of, text_of
from huchu.cli.rule.columns import columns_of, table_of
from huchu.cli.rule.quick import NotAtOnce, maker
from tariffs.schema import read_record
from tariffs.vocabulary.errors import InputError, RecordProblems, Words

MAY = date(2025, 5, 1)


class Grade(Enum):
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence:
    on: date
    points: int
    kind: Grade | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    age: int
    paid_cny: Decimal | None = None
    offences: tuple[Offence, ...] = ()
    wages: Mapping[str, Decimal] | None = None
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.age < 0:
            raise RecordProblems([Words("age 不能为负", "age cannot be negative")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    grade: Grade = Grade.GOOD
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    on: date
    person: Person | None = None
    options: Options = Options()


@pytest.mark.parametrize(
    ("kind", "text", "entry"),
    [
        (int, "-12", -12),
        (int, "1.0", "1.0"),
        (int, "１", "１"),
        (int, "1" * 31, "1" * 31),
        (Decimal, "12.50", Decimal("12.50")),
        (Decimal, "1e3", "1e3"),
        (Decimal, "nan", "nan"),
        (Decimal, "1,000", "1,000"),
        (bool, "true", True),
        (bool, "FALSE", False),
        (bool, "yes", "yes"),
        (date, "2025-02-28", date(2025, 2, 28)),
        (date, "2025/2/8", date(2025, 2, 8)),
        (date, "2025-02-30", "2025-02-30"),
        (date, "28/2/2025", "28/2/2025"),
        (datetime, "2025-05-01T18:30", datetime.combine(MAY, time(18, 30))),
        (datetime, "2025/5/1 8:05:30", datetime.combine(MAY, time(8, 5, 30))),
        (datetime, "2025-05-01T18:30Z", datetime(2025, 5, 1, 18, 30, tzinfo=UTC)),
        (datetime, "2025-05-01T18:30+08:00", datetime(2025, 5, 1, 18, 30, tzinfo=timezone(timedelta(hours=8)))),
        (datetime, "2025-05-01T25:00", "2025-05-01T25:00"),
        (datetime, "2025-05-01", "2025-05-01"),
        (Grade, "good", "good"),
        (str | None, "张三", "张三"),
        (tuple[date, ...], "2025-01-01; 2025-01-02", [date(2025, 1, 1), date(2025, 1, 2)]),
        (tuple[int, int], "1;2", [1, 2]),
        (tuple[int, int], "1;2;3", ["1", "2", "3"]),
        (tuple[str, ...], '["a;b", "c"]', ["a;b", "c"]),
        (tuple[str, ...], "[", "["),
        (tuple[str, ...], "[]", []),
        (Mapping[str, Decimal], "2023=1.5;2024=2", {"2023": Decimal("1.5"), "2024": Decimal(2)}),
        (Mapping[str, Decimal], "2023:1.5", "2023:1.5"),
        (Mapping[str, Decimal], "2023=1;2023=2", "2023=1;2023=2"),
        (Mapping[str, Decimal], "=1", "=1"),
        (tuple[str, ...], "a;;b", "a;;b"),
        (tuple[str, ...], "a;", "a;"),
        (
            tuple[Offence, ...],
            "2025-01-01 3;2025-01-02 4 bad;2025-01-03 - good",
            [
                {"on": date(2025, 1, 1), "points": 3},
                {"on": date(2025, 1, 2), "points": 4, "kind": "bad"},
                {"on": date(2025, 1, 3), "kind": "good"},
            ],
        ),
        (tuple[Offence, ...], "2025-01-01 3 bad more", ["2025-01-01 3 bad more"]),
        (tuple[Offence, ...], "{on = 2025-01-01, points = 3}", [{"on": date(2025, 1, 1), "points": 3}]),
    ],
)
def test_a_cell_stands_for_the_entry_of_its_type_or_for_itself(kind: Any, text: str, entry: Any) -> None:
    assert entry == entry_of(kind, text)
    assert type(entry) is type(entry_of(kind, text))


@pytest.mark.parametrize(
    ("kind", "entry", "text"),
    [
        (Decimal, Decimal("100000000"), "100000000"),
        (tuple[Offence, ...], [{"on": date(2025, 1, 1), "points": 3, "kind": "bad"}], "2025-01-01 3 bad"),
        (tuple[str, ...], ["a", "b"], "a;b"),
        (tuple[str, ...], ["a;b"], '["a;b"]'),
        (tuple[str, ...], [], "[]"),
        (tuple[tuple[int, int], ...], [[1, 2]], "[[1, 2]]"),
        (Mapping[str, Decimal], {"2023": Decimal("1.5")}, "2023=1.5"),
        (Mapping[str, str], {"a=b": "c"}, '{"a=b" = "c"}'),
    ],
)
def test_an_entry_is_written_in_the_short_form_where_that_says_the_same(kind: Any, entry: Any, text: str) -> None:
    assert text == text_of(kind, entry)
    assert entry == entry_of(kind, text)


def test_the_columns_are_the_dotted_paths_of_the_fields_in_their_order() -> None:
    assert [
        "on",
        "person.age",
        "person.paid_cny",
        "person.offences",
        "person.wages",
        "person.names",
        "options.grade",
        "options.strict",
    ] == list(columns_of(Inputs))


CELLS = {
    "on": ("2025-01-01", "2025-13-01", ""),
    "person.age": ("30", "-1", "old", ""),
    "person.paid_cny": ("1.5", "0", "x", ""),
    "person.offences": ("2025-01-01 3", "2025-01-01 3 bad;2025-01-02 1", "2025-01-01", "[]", ""),
    "person.wages": ("2023=5;2024=6", "2023=5;2023=6", "2023", ""),
    "person.names": ("a;b", "a;;b", ""),
    "options.grade": ("good", "bad", "goood", ""),
    "options.strict": ("true", "FALSE", "1", ""),
}
COMMON: tuple[dict[str, Any], ...] = (
    {},
    {"on": date(2025, 6, 1)},
    {"on": date(2025, 6, 1), "person": {"age": 40, "paid_cny": Decimal(7)}, "options": {"strict": True}},
    {"person": {"paid_cny": Decimal(7)}, "options": {}},
    {"on": date(2025, 6, 1), "person": {}},
)


@given(
    st.lists(st.sampled_from(sorted(CELLS)), unique=True).flatmap(
        lambda names: st.tuples(st.just(names), st.tuples(*(st.sampled_from(CELLS[name]) for name in names)))
    ),
    st.sampled_from(COMMON),
)
def test_reading_at_once_gives_the_same_case_as_reading_slowly_or_gives_up(
    row: tuple[list[str], tuple[str, ...]], common: dict[str, Any]
) -> None:
    names, cells = row
    try:
        slowly = read_record(
            Inputs, table_of(dict(zip(names, cells, strict=True)), columns_of(Inputs), common), where="case"
        )
    except InputError:
        slowly = None
    make = maker(Inputs, {name: place for place, name in enumerate(names)}, common)
    for _ in range(2):
        try:
            at_once = make(cells)
        except NotAtOnce:
            at_once = None
        assert slowly == at_once


def test_the_table_that_all_rows_share_is_left_as_it_is() -> None:
    common = {"person": {"age": 40}}
    assert 30 == table_of({"person.age": "30"}, columns_of(Inputs), common)["person"]["age"]
    assert {"person": {"age": 40}} == common
