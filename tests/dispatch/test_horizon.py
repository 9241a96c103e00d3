"""The steps of a plan: on the grid, in a row, counted by local days."""

from datetime import date, datetime

import numpy as np
import pytest

from dispatch.horizon import Horizon, horizon_between
from tariffs.vocabulary.errors import InputError
from tariffs.vocabulary.timegrid import ZONE

NOON = datetime(2025, 6, 1, 12, tzinfo=ZONE)


def test_steps_are_counted_between_two_instants() -> None:
    horizon = horizon_between(NOON, datetime(2025, 6, 3, tzinfo=ZONE), 15)
    assert 36 * 4 == horizon.count
    assert NOON == horizon.first_at
    assert datetime(2025, 6, 3, tzinfo=ZONE) == horizon.until_at


def test_local_days_are_counted_from_midnight_to_midnight() -> None:
    horizon = horizon_between(NOON, datetime(2025, 6, 3, 6, tzinfo=ZONE), 60)
    assert (date(2025, 6, 1), date(2025, 6, 2), date(2025, 6, 3)) == horizon.dates
    assert [12, 24, 6] == np.bincount(horizon.day_of_step).tolist()


def test_a_cut_keeps_the_instants() -> None:
    horizon = horizon_between(NOON, datetime(2025, 6, 2, 12, tzinfo=ZONE), 30)
    part = horizon.cut(2, 5)
    assert horizon.starts_ms[2:5].tolist() == part.starts_ms.tolist()


@pytest.mark.parametrize(
    ("found", "minutes", "until"),
    [
        ("20", 20, datetime(2025, 6, 2, tzinfo=ZONE)),
        ("0 steps", 15, NOON),
        ("-96 steps", 15, datetime(2025, 5, 31, 12, tzinfo=ZONE)),
        ("2025-06-01T12:10", 15, datetime(2025, 6, 1, 12, 10, tzinfo=ZONE)),
    ],
)
def test_a_strange_step_no_step_and_an_end_off_the_grid_are_refused(found: str, minutes: int, until: datetime) -> None:
    with pytest.raises(InputError) as refused:
        horizon_between(NOON, until, minutes)
    assert found in refused.value.found.en


def test_a_start_off_the_grid_is_refused() -> None:
    start_ms = int(NOON.timestamp() * 1_000) + 5 * 60_000
    with pytest.raises(InputError, match="off the grid"):
        Horizon(first_ms=start_ms, minutes=15, count=4)
