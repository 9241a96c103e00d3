"""Rules of a month that several parts share: assessed days, corrections given twice, failures in the unit of calls."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from settlement import SettleOptions, StatementSet, settle
from settlement.earlier import Earlier, EarlierMonth, SettledCorrection
from settlement.inputs.records import Correction, Inputs, Leg, Order, OrderOutcome
from tariffs.settings import AssessedDays, AssessmentProfile, CallCounting, CapacitySupport, Settings
from tariffs.stations import Change, Outage, OutageCause, Station
from tariffs.vocabulary.errors import Refused
from tariffs.vocabulary.timegrid import ZONE, Month, parse_months

STATION = Station(
    id="A",
    name="A",
    power_mw=Decimal(10),
    energy_mwh=Decimal(20),
    grid_connected_on=date(2025, 3, 1),
    in_annual_plan=True,
)
MUCH_LATER = datetime(2032, 1, 1, tzinfo=ZONE)


def settings(**choices: Any) -> Settings:
    plain: Mapping[str, Any] = {
        "season_calendar": "jun_sep_dec_feb",
        "obligation_year_from": "06-01",
        "call_counting": CallCounting.EQUIVALENT_DISCHARGE,
    }
    return Settings(**{**plain, **choices})


def settled(
    months: str,
    chosen: Settings,
    station: Station = STATION,
    inputs: Inputs | None = None,
    earlier: Earlier | None = None,
) -> StatementSet:
    """Idle months."""
    span = parse_months(months)
    hours = (span[-1].end - span[0].first_day).days * 24
    start = datetime(span[0].year, span[0].number, 1, tzinfo=ZONE)
    frame = pl.DataFrame(
        {
            "station_id": [station.id] * hours,
            "interval_start": [(start + timedelta(hours=n)).isoformat() for n in range(hours)],
            "charge_kwh": ["0"] * hours,
            "discharge_kwh": ["0"] * hours,
            "interval_minutes": [60] * hours,
        }
    )
    options = SettleOptions(inputs=inputs or Inputs(), earlier=earlier or Earlier(), now=MUCH_LATER)
    return settle(frame, [station], months, chosen, options)


def items(result: StatementSet) -> list[tuple[str, str]]:
    return list(result.lines.filter(pl.col("item") == "assessment").select("month", "amount_cny").rows())


def codes(result: StatementSet) -> set[str]:
    return {finding.code for finding in result.findings}


def outage(first: str, until: str) -> Outage:
    return Outage(
        from_at=datetime.fromisoformat(first),
        until_at=datetime.fromisoformat(until),
        power_available_mw=Decimal(0),
        cause=OutageCause.OWN,
    )


def test_outside_the_seasons_nothing_is_assessed_unless_the_settings_say_so() -> None:
    """Own outages of 10 hours in May and in June: 10 MW x 10 h x 0.4155 = 41,550 元, in May only with all days."""
    station = replace(
        STATION,
        outage=(
            outage("2025-05-05T00:00", "2025-05-05T10:00"),
            outage("2025-06-05T00:00", "2025-06-05T10:00"),
        ),
    )
    figures = {"unplanned_outage": {"factor": Decimal(1), "max_hours": Decimal(72), "peak_factor": Decimal(1)}}
    of_season = settings(assessment_profile=AssessmentProfile.OWN, assessment=figures)
    result = settled("2025-05..2025-06", of_season, station)
    assert [("2025-06", "-41550.00")] == items(result)
    assert "assessed_outside_season" not in codes(result)
    of_all = settings(assessment_profile=AssessmentProfile.OWN, assessment=figures, assessed_days=AssessedDays.ALL)
    result = settled("2025-05..2025-06", of_all, station)
    assert [("2025-05", "-41550.00"), ("2025-06", "-41550.00")] == items(result)
    assert "assessed_outside_season" in codes(result)


CORRECTION = Correction(
    station_id="A",
    original_month=Month(2025, 4),
    original_on=None,
    direction=Leg.DISCHARGE,
    energy_kwh_e4=12_345_000,
    reason="a;b",
    file="adjust.csv",
    row=2,
)


def test_a_correction_that_an_earlier_month_settled_is_refused_but_not_the_same_month_again_or_another_reason() -> None:
    before = SettledCorrection(
        station_id="A", original_month="2025-04", leg="discharge", quantity_kwh="1234.5000", reason="a b"
    )
    inputs = Inputs(corrections=(CORRECTION,))
    first = settled("2025-05", settings(), inputs=inputs)
    assert "correction_settled_once" in codes(first)
    with pytest.raises(Refused) as refused:
        settled("2025-06", settings(), inputs=inputs, earlier=Earlier(corrections={before: Month(2025, 5)}))
    (found,) = [each for each in refused.value.findings if each.code == "correction_settled_before"]
    assert ("adjust.csv", 2, "2025-05") == (found.file, found.row, found.evidence["settled_month"])
    other = SettledCorrection(
        station_id="A", original_month="2025-04", leg="discharge", quantity_kwh="1234.5000", reason="c"
    )
    for known in ({other: Month(2025, 5)}, {before: Month(2025, 6)}):
        again = settled("2025-06", settings(), inputs=inputs, earlier=Earlier(corrections=known))
        assert "adjustment" in again.lines["item"].to_list()


def failed_order(on: date) -> Order:
    """A full discharge of the 20 MWh that the station fails."""
    start = datetime(on.year, on.month, on.day, 18, tzinfo=ZONE)
    return Order(
        order_id="O",
        station_id="A",
        start_at=start,
        end_at=start + timedelta(hours=2),
        direction=Leg.DISCHARGE,
        energy_kwh_e4=200_000_000,
        outcome=OrderOutcome.FAILED,
        cause=OutageCause.OWN,
    )


def test_failed_energy_is_counted_in_the_calls_of_the_rule() -> None:
    """With four hours a call, 20 MWh of a 10 MW station are half a call."""
    chosen = settings(call_counting=CallCounting.FULL_POWER_HOURS, hours_per_call=Decimal(4))
    inputs = Inputs(orders=(failed_order(date(2025, 6, 10)),))
    assert ["0.5000"] == settled("2025-06", chosen, inputs=inputs).calls["shortfall_own"].to_list()
    assert ["1.0000"] == settled("2025-06", settings(), inputs=inputs).calls["shortfall_own"].to_list()


def test_a_years_own_shortfall_is_the_energy_that_failed_whatever_the_rating_is_by_then() -> None:
    """20 MWh failed on 10 February, 40 MWh rated from the 20th on: 20 MWh are assessed, not 40."""
    station = replace(STATION, change=(Change(from_on=date(2026, 2, 20), energy_mwh=Decimal(40)),))
    figures = {"call_shortfall": {"factor": Decimal(1)}}
    chosen = settings(assessment_profile=AssessmentProfile.OWN, assessment=figures)
    reference = 200_000_000
    known = EarlierMonth(
        discharge_kwh_e4={reference: 0},
        tally={("discharge", reference): 0, ("failed_own", reference): 0, ("failed_grid", reference): 0},
    )
    months = [Month(2025, number) for number in (6, 7, 8, 9, 12)] + [Month(2026, 1)]
    earlier = Earlier(calls={("A", date(2025, 6, 1), month): known for month in months})
    result = settled("2026-02", chosen, station, Inputs(orders=(failed_order(date(2026, 2, 10)),)), earlier)
    (line,) = [row for row in result.lines.rows(named=True) if row["item"] == "assessment"]
    assert ("20000.0000", "-8310.00") == (line["quantity"], line["amount_cny"])
    assert Fraction(1) == result.statements[0].calls[0].failed_own_share


def test_a_month_without_national_support_cites_the_national_document() -> None:
    chosen = settings(capacity_support=CapacitySupport.NATIONAL_CAPACITY_PRICE)
    (found,) = [each for each in settled("2026-05", chosen).findings if each.code == "capacity_support_not_paid"]
    assert "发改价格〔2026〕114号" in found.message.zh
    assert "六（四）" not in found.message.zh


def test_earlier_months_of_another_rating_are_not_added_up() -> None:
    """June was settled against 10 MWh, the station has 20 MWh and no change of rating."""
    june = EarlierMonth(discharge_kwh_e4={100_000_000: 5}, tally={("discharge", 100_000_000): 5})
    earlier = Earlier(calls={("A", date(2025, 6, 1), Month(2025, 6)): june})
    result = settled("2025-07", settings(), earlier=earlier)
    assert [""] == result.calls["calls_to_date"].to_list()
    assert "earlier_rating_differs" in codes(result)
    same = replace(STATION, energy_mwh=Decimal(10))
    result = settled("2025-07", settings(), same, earlier=earlier)
    assert ["0.0000"] == result.calls["calls_to_date"].to_list()
    assert "earlier_rating_differs" not in codes(result)


def test_a_final_run_says_that_it_rests_on_preliminary_results() -> None:
    earlier = Earlier(preliminary=("settled-2025-06",))
    assert "earlier_results_preliminary" in codes(settled("2025-07", settings(), earlier=earlier))
    assert "earlier_results_preliminary" not in codes(settled("2025-07", settings()))
