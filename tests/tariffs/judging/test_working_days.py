"""Working days: the notices of the library, and the user's own years before them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tariffs.judging.working_days import WorkingDays, working_days_of
from tariffs.versions import Library
from tariffs.vocabulary.errors import DocumentError, PolicyNotCovered

OWN_YEAR = """[year]
article = "own"
meaning = "own"
year = {year}
rest_on = [{rest}]
work_on = [{work}]
"""


def _calendar(put: Callable[..., Path], *, year: int = 2099, rest: str = "", work: str = "") -> WorkingDays:
    folder = put("national/working_days", f"{year}-01-01", body=OWN_YEAR.format(year=year, rest=rest, work=work))
    return working_days_of(Library((folder,)))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 1, 1), False),  # New Year
        (date(2025, 1, 26), True),  # Sunday made up for the Spring Festival
        (date(2025, 2, 3), False),  # Monday inside it
        (date(2025, 10, 11), True),  # Saturday made up for the National Day
        (date(2026, 2, 14), True),  # Saturday made up for the Spring Festival
        (date(2025, 3, 8), False),  # plain Saturday
        (date(2025, 3, 10), True),  # plain Monday
    ],
)
def test_the_notices_of_the_state_council_count(day: date, works: bool) -> None:
    assert works is WorkingDays().includes(day)


def test_a_year_not_announced_is_refused_and_says_what_to_add() -> None:
    with pytest.raises(PolicyNotCovered) as refused:
        WorkingDays().includes(date(2099, 1, 1))
    assert "put 2099-01-01.toml under national/working_days/ of documents_dir" == refused.value.do.en


def test_an_own_year_is_taken_and_comes_before_the_library(put: Callable[..., Path]) -> None:
    own = _calendar(put, rest="2099-01-01", work="2099-01-03")
    assert own.covers(2099)
    assert not own.includes(date(2099, 1, 1))
    assert own.includes(date(2099, 1, 3))
    assert own.includes(date(2099, 1, 2))
    assert not own.includes(date(2099, 1, 4))
    changed = _calendar(put, year=2025, rest="2025-03-10")
    assert not changed.includes(date(2025, 3, 10))


@pytest.mark.parametrize(
    ("rest", "work", "told"),
    [
        ("2098-12-31", "", "not in 2099"),
        ("2099-01-03", "", "needs no rest_on"),
        ("", "2099-01-01", "needs no work_on"),
    ],
)
def test_an_own_year_with_days_that_cannot_be_is_refused(
    put: Callable[..., Path], rest: str, work: str, told: str
) -> None:
    with pytest.raises(DocumentError, match=told):
        _calendar(put, rest=rest, work=work)
