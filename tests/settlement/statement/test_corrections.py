"""Corrections around the switch to market prices and around the season's edge."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from settlement import SettleOptions, StatementSet, settle
from settlement.inputs.records import MARKET_PRICES, Correction, Inputs, Leg, MarketPrices
from tariffs.settings import AdjustmentPrice, CallCounting, MarketSettlement, Settings
from tariffs.stations import Station
from tariffs.vocabulary.errors import Refused
from tariffs.vocabulary.timegrid import ZONE, Month

MARCH, MAY = Month(2025, 3), Month(2025, 5)
STATION = Station(
    id="A",
    name="A",
    power_mw=Decimal(10),
    energy_mwh=Decimal(20),
    grid_connected_on=date(2025, 3, 10),
    in_annual_plan=True,
)


def settled(
    corrections: tuple[Correction, ...],
    *,
    market_from: date | None = None,
    price: AdjustmentPrice = AdjustmentPrice.ORIGINAL_MONTH,
    month: Month = MAY,
    prices: MarketPrices | None = None,
) -> StatementSet:
    """An idle month with corrections in it."""
    settings = Settings(
        season_calendar="mid_jun_mid_sep_mid_dec_mid_mar",
        obligation_year_from="06-01",
        call_counting=CallCounting.EQUIVALENT_DISCHARGE,
        market_from=market_from,
        market_settlement=MarketSettlement.REAL_TIME,
        adjustment_price=price,
    )
    start = datetime(month.year, month.number, 1, tzinfo=ZONE)
    hours = month.days * 24
    frame = pl.DataFrame(
        {
            "station_id": ["A"] * hours,
            "interval_start": [(start + timedelta(hours=n)).isoformat() for n in range(hours)],
            "charge_kwh": ["0"] * hours,
            "discharge_kwh": ["0"] * hours,
            "interval_minutes": [60] * hours,
        }
    )
    options = SettleOptions(
        inputs=Inputs(corrections=corrections, prices=prices), now=datetime(2032, 1, 1, tzinfo=ZONE)
    )
    return settle(frame, [STATION], str(month), settings, options)


def correction(on: date | None, *, month: Month = MARCH, leg: Leg = Leg.DISCHARGE) -> Correction:
    return Correction(
        station_id="A", original_month=month, original_on=on, direction=leg, energy_kwh_e4=10_000_000, reason="x"
    )


def market_prices(month: Month) -> MarketPrices:
    start = datetime(month.year, month.number, 1, tzinfo=ZONE)
    hours = month.days * 24
    columns = {
        "interval_start": [start + timedelta(hours=n) for n in range(hours)],
        "day_ahead_price_e6": [300_000] * hours,
        "real_time_price_e6": [300_000] * hours,
    }
    return MarketPrices(frame=pl.DataFrame(columns, schema=dict(MARKET_PRICES)), minutes=60)


def amounts(result: StatementSet) -> list[tuple[str, str]]:
    lines = result.lines.filter(pl.col("item") == "adjustment")
    return lines.select("price_cny_per_unit", "amount_cny").rows()


def refusals(corrections: tuple[Correction, ...], **choices: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        settled(corrections, **choices)
    return [finding.code for finding in refused.value.findings if finding.code.startswith("correction")]


def test_a_day_has_the_price_of_its_own_season() -> None:
    """Peak until 15 March: 1,000 kWh x 0.4986, from the 16th on x 0.4155."""
    assert [("0.4155", "415.50"), ("0.4986", "498.60")] == sorted(
        amounts(settled((correction(date(2025, 3, 15)), correction(date(2025, 3, 16)))))
    )


def test_a_month_of_two_prices_needs_the_day() -> None:
    assert ["correction_two_prices"] == refusals((correction(None),))
    assert ["correction_two_prices"] == refusals((correction(None, leg=Leg.CHARGE),))


def test_a_whole_month_is_priced_by_its_settled_days_only() -> None:
    """April has one price; a station connected on 10 March has no correction of the days before."""
    assert [("0.4155", "415.50")] == amounts(settled((correction(None, month=Month(2025, 4)),)))
    assert ["correction_before_connection"] == refusals((correction(date(2025, 3, 9)),))


def test_a_regulated_day_of_the_month_of_the_switch_keeps_its_price_and_a_market_day_has_none() -> None:
    """Market from 20 April on; the refund month, May, lies in the market stage at 300 元/MWh."""
    april = Month(2025, 4)
    choices: dict[str, Any] = {"market_from": date(2025, 4, 20), "prices": market_prices(Month(2025, 5))}
    assert [("0.4155", "415.50")] == amounts(settled((correction(date(2025, 4, 19), month=april),), **choices))
    assert ["correction_in_market"] == refusals((correction(date(2025, 4, 20), month=april),), **choices)
    assert ["correction_in_market"] == refusals((correction(None, month=april),), **choices)


def test_a_correction_of_the_settled_month_is_refused() -> None:
    assert ["correction_not_earlier"] == refusals((correction(None, month=Month(2025, 5)),))


def test_at_refund_month_prices_the_month_of_the_refund_has_to_have_one_price() -> None:
    corrected = (correction(date(2025, 3, 12)),)
    assert [("0.4155", "415.50")] == amounts(settled(corrected, price=AdjustmentPrice.REFUND_MONTH))
    assert ["correction_two_prices"] == refusals(corrected, price=AdjustmentPrice.REFUND_MONTH, month=Month(2025, 6))
