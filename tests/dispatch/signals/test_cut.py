"""A part of the signals: on the grid and inside, else refused."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dispatch.signals import Signals, read_signals
from tariffs.vocabulary.errors import InputError
from tariffs.vocabulary.timegrid import ZONE


def at(hour: int, minute: int = 0, day: int = 1) -> datetime:
    return datetime(2025, 7, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def four_hours(priced: Callable[..., Path]) -> Signals:
    return read_signals(priced([10, 20, 30, 40]))


def test_a_cut_keeps_the_steps_from_one_instant_to_another(four_hours: Signals) -> None:
    part = four_hours.cut(at(1), at(3))
    assert [20_000, 30_000] == part.charge_price_e6.tolist()
    assert [20_000, 30_000] == part.discharge_price_e6.tolist()
    assert (at(1), at(3)) == (part.horizon.first_at, part.horizon.until_at)
    assert None is part.load_mw


def test_an_end_that_is_not_given_stays(four_hours: Signals) -> None:
    assert [30_000, 40_000] == four_hours.cut(from_at=at(2)).charge_price_e6.tolist()
    assert [10_000] == four_hours.cut(until_at=at(1)).charge_price_e6.tolist()
    assert 4 == four_hours.cut(at(0), at(4)).horizon.count


def test_an_instant_of_another_zone_is_the_same_instant(four_hours: Signals) -> None:
    assert [40_000] == four_hours.cut(datetime(2025, 6, 30, 19, tzinfo=UTC)).charge_price_e6.tolist()


@pytest.mark.parametrize(
    ("from_at", "until_at", "what"),
    [
        (at(0, 30), None, "off the grid"),
        (None, at(0, 1), "off the grid"),
        (at(23, day=2), None, "outside"),
        (None, at(5), "outside"),
        (at(4), None, "nothing is left"),
        (at(2), at(2), "nothing is left"),
        (at(3), at(1), "nothing is left"),
    ],
)
def test_a_cut_outside_or_off_the_grid_is_refused(
    four_hours: Signals, from_at: datetime | None, until_at: datetime | None, what: str
) -> None:
    with pytest.raises(InputError) as caught:
        four_hours.cut(from_at, until_at)
    assert what in caught.value.what.en
    assert "2025-07-01T04:00:00+08:00" in caught.value.found.en
