"""What may be right is told and goes through: units off by a thousand, hourly prices in quarters."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dispatch.signals import read_signals

Priced = Callable[..., Path]


@pytest.mark.parametrize(
    ("prices", "told"),
    [
        ([0.35, 0.42, 1.1, 400], True),  # 元/kWh: three of four below 5
        ([35_000, 42_000, 0, 0], True),  # 分 or the like: both of the prices that are not zero
        ([4.99, 5, 0, -4.99], True),  # two of three
        ([4.99, 5, 6, -4.99], False),  # two of four is no more than half
        ([0, 0, 0, 0], False),
        ([300, -80, 1296, 20_000], False),
    ],
)
def test_prices_that_look_off_by_a_thousand_are_told(priced: Priced, prices: Sequence[float], told: bool) -> None:
    findings = read_signals(priced(prices)).findings
    assert told == ("signal_unit_doubtful" in [f.code for f in findings])


def test_a_doubtful_unit_says_how_many_of_how_many(priced: Priced) -> None:
    (finding,) = read_signals(priced([0.3, 0.4, 0, 500])).findings
    assert ("2", "3", "notice") == (finding.evidence["count"], finding.evidence["of"], finding.severity.value)


@pytest.mark.parametrize(
    ("prices", "minutes", "told"),
    [
        ([100] * 4 + [200] * 4, 15, True),
        ([100] * 4 + [200] * 3 + [201], 15, False),
        ([100] * 8, 15, False),  # the same all the time says nothing
        ([100, 100, 200, 200], 30, True),
        ([100, 200, 300, 400], 60, False),
        ([100] * 12 + [200] * 12 + [300] * 3, 5, True),  # the hour that is cut does not count
    ],
)
def test_hourly_prices_in_finer_rows_are_told(priced: Priced, prices: Sequence[int], minutes: int, told: bool) -> None:
    findings = read_signals(priced(prices, minutes)).findings
    assert told == ("signal_hourly_price" in [f.code for f in findings])


def test_hours_are_those_of_the_clock_where_the_file_begins_within_one(priced: Priced) -> None:
    # from 00:30 on: 01:00 to 02:00 has one price, 02:00 to 03:00 another
    path = priced([100] * 2 + [200] * 4 + [300] * 4, 15, first_minute=30)
    assert ["signal_hourly_price"] == [f.code for f in read_signals(path).findings]
    # from 00:15 on the same prices change within the hours
    path = priced([100] * 2 + [200] * 4 + [300] * 4, 15, first_minute=15)
    assert () == read_signals(path).findings
