"""Files that must be refused, each beside one that must pass and differs in one thing.

Made by hand. The ratings they are held against are those of SH-1 in conftest.py: 10 MW discharge, 8 MW charge, 20 MWh,
connected on 2025-03-01, twice as large from 2025-07-16 on.
"""

from typing import NamedTuple


class BadInput(NamedTuple):
    kind: str
    bad: str
    code: str
    row: int
    good: str


ORDERS = "order_id,station_id,start_at,end_at,direction,energy_kwh,outcome,done_kwh,cause"
PLAN = ",".join(["station_id", "date", "direction", *(f"p{point:02d}" for point in range(1, 97))])
PRICES = "interval_start,day_ahead_price_cny_per_mwh,real_time_price_cny_per_mwh"
ADJUST = "station_id,original_date,original_month,direction,energy_kwh,reason"
INCIDENTS = "station_id,date,kind,count,hours"
AGC = "station_id,month,required_h,available_h,k1,k2,k3,frequency_ratio"
FIRST_ORDER = "A-0,SH-1,2025-07-01T00:00+08:00,2025-07-01T01:00+08:00,charge,8000,,,"


class OrderRow(NamedTuple):
    """The cells of an order that passes: 20 MWh in two hours at the rated 10 MW."""

    name: str = "A-1"
    station: str = "SH-1"
    start: str = "2025-07-01T08:00+08:00"
    end: str = "2025-07-01T10:00+08:00"
    direction: str = "discharge"
    energy: str = "20000"
    outcome: str = ""
    done: str = ""
    cause: str = ""


order = OrderRow


def lines(header: str, *rows: str | OrderRow) -> str:
    cells = (row if isinstance(row, str) else ",".join(row) for row in rows)
    return "".join(f"{row}\n" for row in (header, *cells))


def orders(*rows: str | OrderRow) -> str:
    return lines(ORDERS, FIRST_ORDER, *rows)


def points(first: str = "0", station: str = "SH-1", day: str = "2025-07-01", direction: str = "charge") -> str:
    return ",".join((station, day, direction, first, *["0"] * 95))


def prices(*changed: str, count: int = 8, minutes: int = 15, header: str = PRICES) -> str:
    """Quarters from midnight at 300 and 310 元/MWh; the rows that are given replace the first ones."""
    cells = ",".join(["300", "310.125"][: header.count(",")])
    made = [f"2025-07-01T{at // 60:02d}:{at % 60:02d}+08:00,{cells}" for at in range(0, count * minutes, minutes)]
    return lines(header, *changed, *made[len(changed) :])


def priced(day_ahead: str = "300", real_time: str = "310") -> str:
    return prices(f"2025-07-01T00:00+08:00,{day_ahead},{real_time}")


def adjust(
    *,
    station: str = "SH-1",
    day: str = "2025-06-03",
    month: str = "",
    direction: str = "charge",
    energy: str = "-12.5",
    reason: str = "表计更换",
) -> str:
    return lines(ADJUST, ",".join((station, day, month, direction, energy, reason)))


def incident(
    *, station: str = "SH-1", day: str = "2025-07-03", kind: str = "late_report", count: str = "1", hours: str = ""
) -> str:
    return lines(INCIDENTS, ",".join((station, day, kind, count, hours)))


def agc(
    *, month: str = "2025-07", required: str = "744", available: str = "700.5", factors: str = "1,0.9,0.8,0.95"
) -> str:
    return lines(AGC, f"SH-1,{month},{required},{available},{factors}")


def of_order(code: str, bad: dict[str, str], good: dict[str, str] | None = None) -> BadInput:
    return BadInput("orders", orders(order(**bad)), code, 3, orders(order(**(good or {}))))


NEXT = {"name": "A-2", "start": "2025-07-01T09:00+08:00", "end": "2025-07-01T11:00+08:00"}
AFTER = {**NEXT, "start": "2025-07-01T10:00+08:00"}

BAD_ORDERS = [
    of_order("input_station_unknown", {"station": "SH-3"}, {"station": "SH-2", "energy": "10000"}),
    of_order("input_station_unknown", {"station": "M-77"}),
    of_order("input_station_unknown", {"station": "sh-1"}),
    of_order("input_cell_missing", {"station": ""}),
    of_order("input_cell_missing", {"name": ""}),
    of_order("input_cell_missing", {"name": "  "}),
    of_order("order_id_malformed", {"name": "A-1 "}, {"name": "A 1"}),
    of_order("order_id_malformed", {"name": "A\u202e-1"}, {"name": "沪调〔2025〕0715-1"}),
    of_order("order_id_malformed", {"name": "A" * 65}, {"name": "A" * 64}),
    of_order("instant_missing", {"start": ""}),
    of_order("instant_malformed", {"start": "2025/07/01 08:00"}),
    of_order("instant_impossible", {"end": "2025-06-31T10:00+08:00"}),
    of_order("instants_mixed", {"start": "2025-07-01T08:00"}),
    of_order("order_ends_early", {"end": "2025-07-01T08:00+08:00"}, {"end": "2025-07-01T10:00+08:00"}),
    of_order("order_ends_early", {"end": "2025-07-01T07:00+08:00"}, {"end": "2025-07-01T02:00Z"}),
    of_order("input_cell_missing", {"direction": ""}),
    of_order("input_word_unknown", {"direction": "Discharge"}, {"direction": "放电"}),
    of_order("input_word_unknown", {"direction": "discharge "}),
    of_order("input_number_missing", {"energy": ""}),
    of_order("input_number_malformed", {"energy": "20_000"}),
    of_order("input_number_malformed", {"energy": "2e4"}),
    of_order("input_number_malformed", {"energy": "nan"}),
    of_order("input_number_too_fine", {"energy": "19999.99995"}, {"energy": "19999.99990"}),
    of_order("input_number_too_large", {"energy": "9999999999999"}),
    of_order("input_number_too_large", {"energy": "10000000001"}),
    of_order("order_energy_not_positive", {"energy": "0"}, {"energy": "0.0001"}),
    of_order("order_energy_not_positive", {"energy": "-20000"}),
    of_order("order_above_rated", {"energy": "22000.0001"}, {"energy": "22000"}),
    of_order(
        "order_above_rated",
        {"direction": "charge", "energy": "17600.0001"},
        {"direction": "charge", "energy": "17600"},
    ),
    of_order(
        # an hour at 10 MW before the expansion of 2025-07-16, an hour at 20 MW after it, and a tenth of both
        "order_above_rated",
        {"start": "2025-07-15T23:00+08:00", "end": "2025-07-16T01:00+08:00", "energy": "33000.0001"},
        {"start": "2025-07-15T23:00+08:00", "end": "2025-07-16T01:00+08:00", "energy": "33000"},
    ),
    of_order("input_word_unknown", {"outcome": "partly-done"}, {"outcome": "partly_done"}),
    of_order("input_word_unknown", {"cause": "own fault"}, {"cause": "own"}),
    of_order(
        "order_done_with_cause", {"outcome": "done", "cause": "grid"}, {"outcome": "partly_done", "cause": "grid"}
    ),
    of_order("input_number_negative", {"done": "-1"}, {"done": "0"}),
    of_order("input_number_too_fine", {"done": "1.00001"}, {"done": "1.00010"}),
    of_order("order_above_rated", {"done": "22000.0001"}, {"done": "22000"}),
    of_order("order_failed_with_energy", {"outcome": "failed", "done": "0.0001"}, {"outcome": "failed", "done": "0"}),
    of_order("order_failed_with_energy", {"outcome": "cancelled", "done": "5"}, {"outcome": "cancelled", "done": ""}),
    of_order("order_done_without_energy", {"outcome": "done", "done": "0"}, {"outcome": "done", "done": ""}),
    of_order("order_done_without_energy", {"outcome": "partly_done", "done": "0"}, {"outcome": "partly_done"}),
    BadInput(
        "orders",
        orders(order(), order(start="2025-07-02T08:00+08:00", end="2025-07-02T10:00+08:00")),
        "order_repeated",
        4,
        orders(order(), order(station="SH-2", energy="9000")),
    ),
    BadInput(
        "orders", orders(order(), order(**NEXT)), "order_overlaps", 4, orders(order(), order(**AFTER, energy="9000"))
    ),
    BadInput(
        "orders",
        orders(order(**NEXT), order(done="20000")),
        "order_overlaps",
        3,
        orders(order(**NEXT, done="20000"), order(done="20000")),
    ),
    BadInput(
        # the first lasts past the second, which must not hide it from the third
        "orders",
        orders(
            order(),
            order(**{**NEXT, "start": "2025-07-01T08:30+08:00"}, outcome="failed"),
            order(name="A-3", start="2025-07-01T09:30+08:00", end="2025-07-01T12:00+08:00"),
        ),
        "order_overlaps",
        5,
        orders(order(), order(**NEXT, outcome="cancelled")),
    ),
]

BAD_PLANS = [
    BadInput("plan", lines(PLAN, points(station="SH-9")), "input_station_unknown", 2, lines(PLAN, points())),
    BadInput(
        "plan", lines(PLAN, points(day="2025-02-29")), "input_date_malformed", 2, lines(PLAN, points(day="2025-03-29"))
    ),
    BadInput("plan", lines(PLAN, points(day="2025-7-1")), "input_date_malformed", 2, lines(PLAN, points())),
    BadInput(
        "plan", lines(PLAN, points(direction="both")), "input_word_unknown", 2, lines(PLAN, points(direction="充电"))
    ),
    BadInput("plan", lines(PLAN, points("-1")), "input_number_negative", 2, lines(PLAN, points("0"))),
    BadInput("plan", lines(PLAN, points("1.001")), "input_number_too_fine", 2, lines(PLAN, points("1.01"))),
    BadInput("plan", lines(PLAN, points("")), "input_number_missing", 2, lines(PLAN, points("0.00"))),
    BadInput("plan", lines(PLAN, points("1,5")), "row_width", 2, lines(PLAN, points("1.5"))),
    BadInput("plan", lines(PLAN, points("8800.01")), "plan_above_rated", 2, lines(PLAN, points("8800"))),
    BadInput(
        "plan",
        lines(PLAN, points("17600.01", day="2025-07-16")),
        "plan_above_rated",
        2,
        lines(PLAN, points("17600", day="2025-07-16")),
    ),
    BadInput(
        "plan",
        lines(PLAN, points("1"), points(direction="discharge"), points("2")),
        "plan_repeated",
        4,
        lines(PLAN, points("1"), points(direction="discharge"), points("2", day="2025-07-02")),
    ),
    BadInput(
        # 4 of 8 MW and 6.01 of 10 MW are 110.1 % of a quarter
        "plan",
        lines(PLAN, points("4000"), points("6010", direction="discharge")),
        "plan_both_directions",
        3,
        lines(PLAN, points("4000"), points("6000", direction="discharge")),
    ),
    BadInput("plan", lines(PLAN), "file_no_rows", 0, lines(PLAN, points())),
    BadInput("plan", lines(PLAN.replace("p96", "p97"), points()), "column_missing", 1, lines(PLAN, points())),
]

BAD_PRICES = [
    BadInput("prices", priced(real_time="310.0001"), "input_number_too_fine", 2, priced(real_time="310.0010")),
    BadInput("prices", priced(day_ahead=""), "input_number_missing", 2, priced(day_ahead="-80")),
    BadInput("prices", priced(real_time=""), "input_number_missing", 2, priced(real_time="0")),
    BadInput("prices", priced(real_time="￥310"), "input_number_malformed", 2, priced(real_time="-0.001")),
    BadInput("prices", priced(real_time="1000000.001"), "price_too_large", 2, priced(real_time="1000000")),
    BadInput("prices", priced(day_ahead="-1000000.001"), "price_too_large", 2, priced(day_ahead="-1000000")),
    BadInput("prices", prices(minutes=5), "price_step_unknown", 0, prices(minutes=30)),
    BadInput("prices", prices(count=1), "price_step_unknown", 0, prices(count=2)),
    BadInput("prices", prices(minutes=10), "price_step_unknown", 0, prices(minutes=60)),
    BadInput("prices", prices("2025-07-01T00:15+08:00,1,1"), "price_repeated", 3, prices("2025-07-01T00:00+08:00,1,1")),
    BadInput(
        "prices", prices() + "2025-07-01T02:15+08:00,1,1\n", "price_gap", 10, prices() + "2025-07-01T02:00+08:00,1,1\n"
    ),
    BadInput("prices", prices("2025-07-01T00:07+08:00,1,1"), "price_off_grid", 2, prices()),
    BadInput(
        "prices",
        prices(count=8) + "".join(f"2025-07-01T{hour:02d}:00+08:00,1,1\n" for hour in range(2, 7)),
        "price_steps_mixed",
        10,
        prices(count=9),
    ),
    BadInput(
        "prices",
        lines(PRICES, *(f"2025-07-01T{hour:02d}:00+08:00,300,310" for hour in range(1, 25))),
        "price_stamps_look_like_ends",
        0,
        lines(PRICES, *(f"2025-07-01T{hour:02d}:00+08:00,300,310" for hour in range(24))),
    ),
    BadInput("prices", prices("2025-07-01T00:00,1,1"), "instants_mixed", 3, prices()),
    BadInput(
        "prices",
        prices(header=PRICES.rpartition(",")[0]),
        "column_missing",
        1,
        prices(header="interval_start,real_time_price_cny_per_mwh"),
    ),
    BadInput("prices", lines(PRICES), "file_no_rows", 0, prices()),
    BadInput(
        "prices",
        prices(header=PRICES.replace("day_ahead_price", "dayahead_price")),
        "input_column_unknown",
        1,
        prices(header="时段开始,日前电价,实时电价"),
    ),
]

BAD_CORRECTIONS = [
    BadInput("adjust", adjust(station="SH-0"), "input_station_unknown", 2, adjust()),
    BadInput("adjust", adjust(day="2025-02-30"), "input_date_malformed", 2, adjust(day="2025-03-30")),
    BadInput("adjust", adjust(day="0025-06-03"), "input_date_malformed", 2, adjust()),
    BadInput("adjust", adjust(day="", month="2025-13"), "input_month_malformed", 2, adjust(day="", month="2025-12")),
    BadInput("adjust", adjust(day="", month="2025-6"), "input_month_malformed", 2, adjust(day="", month="2025-06")),
    BadInput("adjust", adjust(day=""), "adjust_original_missing", 2, adjust(day="", month="2025-06")),
    BadInput("adjust", adjust(month="2025-06"), "adjust_original_twice", 2, adjust()),
    BadInput("adjust", adjust(energy="0.0000"), "adjust_energy_zero", 2, adjust(energy="0.0001")),
    BadInput("adjust", adjust(energy="+5"), "input_number_malformed", 2, adjust(energy="5")),
    BadInput("adjust", adjust(direction="in"), "input_word_unknown", 2, adjust(direction="充电")),
    BadInput("adjust", adjust(reason=""), "input_cell_missing", 2, adjust(reason="=1+1")),
    BadInput("adjust", adjust(reason="　"), "input_cell_missing", 2, adjust(reason="表计　更换")),
    BadInput("adjust", adjust(reason="a\tb"), "input_text_unprintable", 2, adjust(reason=" a b ")),
    BadInput("adjust", adjust(reason="\u202egnp"), "input_text_unprintable", 2, adjust(reason="png")),
    BadInput("adjust", adjust(reason="长" * 257), "cell_too_long", 2, adjust(reason="长" * 256)),
    # 8 MW for a day and a tenth more
    BadInput("adjust", adjust(energy="-211200.0001"), "adjust_above_rated", 2, adjust(energy="-211200")),
    BadInput(
        "adjust",
        adjust(day="", month="2025-06", energy="6336000.0001"),
        "adjust_above_rated",
        2,
        adjust(day="", month="2025-06", energy="6336000"),
    ),
    BadInput("adjust", adjust(day="2025-02-28"), "adjust_before_connection", 2, adjust(day="2025-03-01")),
    BadInput("adjust", adjust(day="", month="2025-02"), "adjust_before_connection", 2, adjust(day="", month="2025-03")),
    BadInput(
        "adjust",
        "station_id,direction,energy_kwh,reason\n",
        "input_column_neither",
        1,
        "station_id,direction,energy_kwh,reason,original_month\n",
    ),
]

BAD_INCIDENTS = [
    BadInput("incidents", incident(station="ＳＨ-1"), "input_station_unknown", 2, incident()),
    BadInput("incidents", incident(day=""), "input_cell_missing", 2, incident()),
    BadInput("incidents", incident(day="2025-07-32"), "input_date_malformed", 2, incident(day="2025-07-31")),
    BadInput("incidents", incident(kind=""), "input_cell_missing", 2, incident()),
    BadInput("incidents", incident(kind="Late report"), "incident_kind_malformed", 2, incident(kind="late_report")),
    BadInput("incidents", incident(kind="a" * 65), "incident_kind_malformed", 2, incident(kind="a" * 64)),
    BadInput("incidents", incident(count=""), "incident_amount_missing", 2, incident(count="", hours="0.5")),
    BadInput("incidents", incident(hours="0.5"), "incident_amount_twice", 2, incident()),
    BadInput("incidents", incident(count="0"), "incident_amount_not_positive", 2, incident(count="1")),
    BadInput("incidents", incident(count="1.5"), "input_number_too_fine", 2, incident(count="2.0")),
    BadInput("incidents", incident(count="10001"), "incident_amount_too_large", 2, incident(count="10000")),
    BadInput(
        "incidents",
        incident(count="", hours="-1"),
        "incident_amount_not_positive",
        2,
        incident(count="", hours="0.0001"),
    ),
    BadInput(
        "incidents", incident(count="", hours="744.1"), "incident_amount_too_large", 2, incident(count="", hours="744")
    ),
    BadInput(
        "incidents",
        lines("station_id,date,kind"),
        "input_column_neither",
        1,
        lines("station_id,date,kind,count"),
    ),
]

BAD_AGC = [
    BadInput("agc", agc(month="2025-7"), "input_month_malformed", 2, agc()),
    BadInput("agc", agc(month=""), "input_cell_missing", 2, agc()),
    BadInput("agc", agc(required="744.0001"), "agc_hours_above_month", 2, agc(required="744")),
    BadInput("agc", agc(month="2025-06"), "agc_hours_above_month", 2, agc(month="2025-08")),
    BadInput("agc", agc(available="744.5"), "agc_available_above_required", 2, agc(available="744.0")),
    BadInput("agc", agc(available="-1"), "input_number_negative", 2, agc(available="0")),
    BadInput("agc", agc(available=""), "input_number_missing", 2, agc(available="1")),
    BadInput("agc", agc(factors="-0.1,1,1,1"), "input_number_negative", 2, agc(factors="0,1,1,1")),
    BadInput("agc", agc(factors="1,1,101,1"), "agc_factor_too_large", 2, agc(factors="1,1,100,1")),
    BadInput("agc", agc(factors="1,1,1,95%"), "input_number_malformed", 2, agc(factors=",,,")),
    BadInput("agc", agc() + "SH-1,2025-07,1,1,,,,\n", "agc_repeated", 3, agc() + "SH-2,2025-07,1,1,,,,\n"),
    BadInput("agc", lines(AGC), "file_no_rows", 0, agc()),
]

BAD_FILES = [
    BadInput("orders", "", "file_empty", 0, lines(ORDERS)),
    BadInput("orders", orders()[:-1], "file_unterminated", 2, orders()),
    BadInput("orders", orders().replace(",", ";"), "separator_unknown", 1, orders()),
    BadInput("orders", orders("A-1,SH-1"), "row_width", 3, orders(order())),
    BadInput("orders", orders("", order()), "row_blank", 3, orders(order(), "")),
    BadInput("orders", orders(order(name='"A-1')), "csv_quote", 3, orders(order(name='"A-1"'))),
    BadInput("orders", orders(order(name="A" * 257)), "cell_too_long", 3, orders(order())),
    BadInput("orders", orders().replace("outcome", "outcom"), "input_column_unknown", 1, orders()),
    BadInput("orders", orders().replace("done_kwh", "cause"), "column_duplicate", 1, orders()),
    BadInput("orders", orders().replace("end_at", "till"), "column_missing", 1, orders().replace("end_at", " End_At ")),
    BadInput("orders", orders().replace("A-0", "A\0"), "text_nul", 2, orders()),
    BadInput("orders", orders().replace("A-0", "A\r0"), "text_carriage_return", 2, orders().replace("\n", "\r\n")),
]

BAD_INPUTS = [*BAD_ORDERS, *BAD_PLANS, *BAD_PRICES, *BAD_CORRECTIONS, *BAD_INCIDENTS, *BAD_AGC, *BAD_FILES]
