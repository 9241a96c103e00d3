"""`huchu calls`: standings from settled months, the last day to begin, the table and the picture; the comparison."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import matplotlib.image
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from huchu.cli import calls as command
from huchu.cli import settle
from huchu.cli.calls_compare import run as compared
from huchu.cli.calls_picture import picture_of
from huchu.cli.calls_request import Request
from huchu.cli.calls_standing import Standing, Tallies, Verdict, available_share, standings
from huchu.cli.calls_table import COLUMNS, row_of
from huchu.plots.calls import calls_png, draw_calls
from tariffs.settings import CallCounting, Proration, Settings
from tariffs.stations import Outage, OutageCause, Station
from tariffs.versions import Library
from tariffs.vocabulary.errors import HuchuError, InputError, UsageError
from tariffs.vocabulary.timegrid import Month

Made = Callable[..., Path]
FULL = 2_000_000_000
"""200 MWh in 1e-4 kWh."""
YEAR = date(2025, 6, 1)
SETTINGS = Settings(
    season_calendar="jun_sep_dec_feb", obligation_year_from="06-01", call_counting=CallCounting.EQUIVALENT_DISCHARGE
)


def outage(first: str, until: str, power_mw: int = 0) -> Outage:
    return Outage(
        from_at=datetime.fromisoformat(first),
        until_at=datetime.fromisoformat(until),
        power_available_mw=Decimal(power_mw),
        cause=OutageCause.APPROVED,
    )


def station(*outages: Outage, **changes: Any) -> Station:
    given = {
        "id": "S",
        "name": "临港一号储能电站",
        "power_mw": Decimal(100),
        "energy_mwh": Decimal(200),
        "grid_connected_on": date(2025, 5, 1),
        "outage": outages,
    }
    return Station(**(given | changes))


def months(calls: dict[str, float], failed: tuple[float, float] | None = None) -> Tallies:
    """Settled months with so many full discharges each; failed calls of own cause and of the grid side in the first."""
    found: dict[tuple[str, date, Month], dict[tuple[str, int], int]] = {}
    for number, (month, count) in enumerate(calls.items()):
        own, grid = (0, 0) if failed is None or number else failed
        tally = {("discharge", FULL): int(count * FULL)}
        if failed is not None:
            tally |= {("failed_own", FULL): int(own * FULL), ("failed_grid", FULL): int(grid * FULL)}
        found[("S", YEAR, Month.parse(month))] = tally
    return found


def stand(tallies: Tallies, on: date | None = None, site: Station | None = None, **changes: Any) -> Standing:
    (found,) = standings(tallies, [site or station()], replace(SETTINGS, **changes), Library(), on)
    return found


def test_two_hundred_and_ten_calls_are_required_over_two_hundred_and_twelve_days() -> None:
    found = stand(months({"2025-06": 30}))
    # June to September 122 days, December to February 90
    assert (210, 30, 182) == (found.required, found.days_past, len(found.days_left))
    assert (180, Fraction(180, 182)) == (found.left, found.per_day_needed)
    assert Fraction(210 * 30, 212) == found.required_by_now
    assert Verdict.ON_PACE is found.verdict


def test_a_call_less_than_the_days_ask_for_is_behind() -> None:
    # 210 x 30 / 212 = 29.717 by the end of June
    assert Verdict.BEHIND is stand(months({"2025-06": 29})).verdict


def test_the_verdict_compares_unrounded_calls() -> None:
    year = {f"2025-{number:02d}": 30.0 for number in range(6, 13)} | {"2026-01": 0.0, "2026-02": 0.0}
    tallies = dict(months(year))
    tallies[("S", YEAR, Month(2026, 2))] = {("discharge", FULL): 1}
    # 7 x 30 + 1 / FULL: above 210 by 1e-4 kWh
    assert Verdict.REACHED is stand(tallies).verdict
    tallies[("S", YEAR, Month(2025, 6))] = {("discharge", FULL): 30 * FULL - 2}
    assert Verdict.MISSED is stand(tallies).verdict


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        # 180 left: 182 days at one a day begin two days in; 90 days at two and 60 at three a day end on 28 February
        (30, (date(2025, 7, 3), date(2025, 12, 1), date(2025, 12, 31))),
        # 182 left on 182 days: the next day at the latest; 91 days; 182 / 3 = 60.67, so 61 days
        (28, (date(2025, 7, 1), date(2025, 9, 30), date(2025, 12, 30))),
        # 182.5 left: out of reach at one a day
        (27.5, (None, date(2025, 9, 29), date(2025, 12, 30))),
    ],
)
def test_the_last_day_to_begin_leaves_just_enough_days(done: float, expected: tuple[date | None, ...]) -> None:
    found = stand(months({"2025-06": done}))
    assert expected == tuple(found.last_start_on(pace) for pace in (1, 2, 3))


def test_full_outage_days_give_no_call_and_half_power_gives_half() -> None:
    site = station(outage("2026-02-19", "2026-03-01"), outage("2026-02-09", "2026-02-19", 50))
    found = stand(months({"2025-06": 30}), site=site)
    # 182 days less 10 and less 10 halves
    assert 167 == found.available_days_left
    # 180 left at two a day: 10 halves give 10 calls, 170 more are 85 whole days: 8 of February, 31 of January,
    # 31 of December and 15 of September
    assert date(2025, 9, 16) == found.last_start_on(2)
    assert found.last_start_on(1) is None


def test_the_share_of_a_day_is_its_mean_and_the_lowest_outage_rules() -> None:
    site = station(
        outage("2025-12-01T06:00", "2025-12-01T12:00"),
        outage("2025-12-01T00:00", "2025-12-02T00:00", 50),
        outage("2025-12-05T00:00", "2025-12-06T00:00", 100),
    )
    # a quarter of the day nothing, three quarters half
    assert Fraction(3, 8) == available_share(site, date(2025, 12, 1))
    assert 1 == available_share(site, date(2025, 12, 2)) == available_share(site, date(2025, 12, 5))


def test_months_missing_in_between_are_named_and_make_the_count_a_lower_bound() -> None:
    found = stand(months({"2025-06": 30, "2025-08": 30}))
    assert (Month(2025, 7),) == found.missing
    assert Verdict.INCOMPLETE is found.verdict
    row = row_of(found)
    assert ("60.0000", "", "2025-07") == (row["calls_counted"], row["calls_to_date"], row["months_missing"])


def test_a_lower_bound_that_reaches_the_requirement_has_reached_it() -> None:
    assert Verdict.REACHED is stand(months({"2025-06": 105, "2025-08": 105})).verdict


def test_months_outside_the_season_are_not_missed() -> None:
    season = {"2025-06": 30, "2025-07": 31, "2025-08": 31, "2025-09": 30}
    assert () == stand(months(season | {"2025-12": 31})).missing


def test_a_day_of_reckoning_inside_a_month_leaves_that_month_out_and_names_it() -> None:
    found = stand(months({"2025-06": 30, "2025-07": 31}), on=date(2025, 7, 15))
    assert (30, (Month(2025, 7),), 45) == (found.done, found.missing, found.days_past)


def test_a_day_of_reckoning_before_every_settled_month_gives_nothing() -> None:
    assert () == standings(months({"2025-06": 30}), [station()], SETTINGS, Library(), date(2025, 6, 29))


def test_the_requirement_of_a_station_that_starts_in_mid_season_goes_by_days() -> None:
    late = station(grid_connected_on=date(2025, 12, 1))
    found = stand(months({"2025-12": 31}), site=late)
    assert (Fraction(210 * 90, 212), 31, ()) == (found.required, found.days_past, found.missing)
    whole = stand(months({"2025-12": 31}), site=late, prorate_new_station=Proration.NONE)
    assert 210 == whole.required


def test_the_shortfall_is_split_where_orders_are_known() -> None:
    # 92 of 212 days: 91.132 due, 60 done, 31.132 short: 2 own, 3 of the grid side, the rest not ordered
    found = stand(months({"2025-06": 20, "2025-07": 20, "2025-08": 20}, failed=(2, 3)))
    row = row_of(found)
    shares = (row["shortfall_own"], row["shortfall_grid"], row["shortfall_not_ordered"])
    assert ("2.0000", "3.0000", "26.1321") == shares
    unknown = row_of(stand(months({"2025-06": 20})))
    assert ("", "", "") == (unknown["shortfall_own"], unknown["shortfall_grid"], unknown["shortfall_not_ordered"])


def test_paired_cycles_pair_over_months_and_each_month_adds_the_difference() -> None:
    tallies: Tallies = {
        ("S", YEAR, Month(2025, 6)): {("charge", FULL): FULL, ("discharge", FULL): 0},
        ("S", YEAR, Month(2025, 7)): {("charge", FULL): 0, ("discharge", FULL): FULL},
    }
    rule: dict[str, Any] = {"call_counting": CallCounting.PAIRED_CYCLES, "pairing_efficiency_ratio": Decimal(1)}
    found = stand(tallies, **rule)
    assert ((Month(2025, 6), 0), (Month(2025, 7), 1)) == found.months


def test_a_year_without_a_counted_day_requires_nothing() -> None:
    late = station(grid_connected_on=date(2026, 3, 15))
    found = stand(months({"2026-03": 0}), site=late)
    assert (0, Verdict.NOTHING_REQUIRED) == (found.required, found.verdict)


def test_months_outside_the_season_need_no_orders_for_the_shares_to_be_known() -> None:
    tallies = dict(months({"2025-06": 20, "2025-07": 20, "2025-08": 20, "2025-09": 20}, failed=(2, 3)))
    tallies[("S", YEAR, Month(2025, 10))] = {("discharge", FULL): 0}
    found = stand(tallies)
    assert found.shortfall is not None
    assert (2, 3) == (found.shortfall.own, found.shortfall.grid)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def settle_months(folder: Path, *named: str) -> Path:
    for month in named:
        settle.run(
            settle.Request(meter=(folder / "meter.csv",), month=month, out=folder / "settled" / month, formats=())
        )
    return folder / "settled"


def test_settled_months_of_the_program_are_read_and_written(make_project: Made) -> None:
    folder = make_project("three", ids=("A-1", "B-2"), months=(6, 7, 8))
    results = settle_months(folder, "2025-06", "2025-07..2025-08")
    done = command.run(
        Request(
            inputs=(results,),
            settings=folder / "huchu.toml",
            stations=folder / "stations.toml",
            out=folder / "standing",
        )
    )
    # 4,500 kWh a day over 20,000 kWh on 92 days: 20.7 calls; 210 x 92 / 212 = 91.1321 due
    rows = table(folder / "standing" / "calls_progress.csv")
    assert [("A-1", "20.7000", "91.1321", "behind"), ("B-2", "20.7000", "91.1321", "behind")] == [
        (row["station_id"], row["calls_to_date"], row["calls_required_by_now"], row["standing"]) for row in rows
    ]
    assert list(COLUMNS) == list(rows[0])
    assert ("pictures/A-1-2025-06-01-calls.png", "pictures/B-2-2025-06-01-calls.png") == done.pictures
    assert all((folder / "standing" / name).read_bytes().startswith(b"\x89PNG") for name in done.pictures)


def test_a_standing_agrees_with_the_last_row_that_was_settled(make_project: Made) -> None:
    folder = make_project("agree", months=(6, 7))
    results = settle_months(folder, "2025-06..2025-07")
    (found,) = command.run(Request(inputs=(results,), settings=folder / "huchu.toml")).standings
    told = table(results / "2025-06..2025-07" / "calls.csv")[-1]
    row = row_of(found)
    same = ("season_days_past", "season_days_left", "calls_to_date", "calls_required", "calls_left")
    assert {name: told[name] for name in same} == {name: row[name] for name in same}
    assert told["calls_per_day_needed"] == row["calls_per_day_needed"]


def test_one_station_without_picture_leaves_the_table_alone(make_project: Made) -> None:
    folder = make_project("one")
    results = settle_months(folder, "2025-06")
    request = Request(inputs=(results,), settings=folder / "huchu.toml", stations=folder / "stations.toml")
    command.run(replace(request, out=folder / "plain", plot=False))
    assert ["calls_progress.csv"] == sorted(path.name for path in (folder / "plain").iterdir())
    assert ("calls.png",) == command.run(replace(request, out=folder / "drawn")).pictures
    with pytest.raises(InputError):
        command.run(replace(request, out=folder / "drawn"))


@pytest.mark.parametrize(
    ("changes", "kind", "says"),
    [
        ({"on": "2025-6-1"}, UsageError, "--on"),
        ({"month": "2025-06"}, UsageError, "--month"),
        ({"orders": Path("orders.csv")}, UsageError, "--orders"),
        ({"only": ("Z-9",)}, UsageError, "Z-9"),
        ({"on": "2025-01-01"}, InputError, "no settled month"),
        ({"inputs": (Path("nowhere"),)}, InputError, "calls.csv"),
        ({"compare": True}, UsageError, "--month"),
        ({"compare": True, "month": "2025-06", "on": "2025-06-30"}, UsageError, "--on"),
    ],
)
def test_what_cannot_be_answered_is_refused(
    make_project: Made, changes: dict[str, Any], kind: type[HuchuError], says: str
) -> None:
    folder = make_project("refused")
    results = settle_months(folder, "2025-06")
    request = Request(inputs=(results,), settings=folder / "huchu.toml", stations=folder / "stations.toml")
    asked = replace(request, **changes)
    with pytest.raises(kind) as refused:
        (compared if asked.compare else command.run)(asked)
    assert says in str(refused.value)


def test_a_station_that_only_the_results_know_is_named(make_project: Made) -> None:
    folder = make_project("two", ids=("A-1", "B-2"))
    results = settle_months(folder, "2025-06")
    stations = (folder / "stations.toml").read_text(encoding="utf-8")
    (folder / "one.toml").write_text(stations.partition('[[station]]\nid = "B-2"')[0], encoding="utf-8")
    request = Request(inputs=(results,), settings=folder / "huchu.toml", stations=folder / "one.toml")
    with pytest.raises(InputError) as refused:
        command.run(request)
    assert "B-2" in str(refused.value)
    assert 1 == len(command.run(replace(request, only=("A-1",))).standings)


def test_a_result_that_was_settled_with_another_rule_is_refused(make_project: Made) -> None:
    folder = make_project("other")
    results = settle_months(folder, "2025-06")
    text = (folder / "huchu.toml").read_text(encoding="utf-8")
    (folder / "huchu.toml").write_text(text.replace("equivalent_discharge", "full_power_hours"), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        command.run(Request(inputs=(results,), settings=folder / "huchu.toml", stations=folder / "stations.toml"))
    assert "call_counting" in str(refused.value)


def test_the_program_prints_a_table_and_one_json_object(make_project: Made, huchu: Any) -> None:
    folder = make_project("process")
    settle_months(folder, "2025-06")
    shown = huchu("calls", "settled", cwd=folder, LANG="zh_CN.UTF-8")
    assert 0 == shown.code
    assert "进度落后" in shown.out
    told = huchu("calls", "settled", "--json", cwd=folder)
    (standing,) = json.loads(told.out)["standings"]
    # 135,000 / 20,000 kWh
    assert "6.7500" == standing["calls_to_date"]
    refused = huchu("calls", "settled", "--on", "never", "--json", cwd=folder)
    assert (2, "wrong_usage") == (refused.code, json.loads(refused.out)["status"])


def whole_year() -> Standing:
    year = {"2025-06": 24.0, "2025-07": 27.5, "2025-08": 22.25}
    return stand(months(year), site=station(outage("2025-12-10", "2025-12-24")))


def test_a_picture_has_the_calls_of_the_standing() -> None:
    picture = picture_of(whole_year())
    assert 73.75 == picture.done
    # days past and calls at the ends of June, July and August
    assert ((0, 0), (30, 24), (61, 51.5), (92, 73.75)) == tuple(picture.done_calls)
    assert (365, 212) == (len(picture.in_season), int(picture.in_season.sum()))
    # 120 days are left, 14 of them without power
    assert (106, 14) == (picture.available_shares.sum(), int(picture.out_of_service.sum()))


def test_a_picture_is_a_page_and_the_same_figures_give_the_same_bytes(tmp_path: Path) -> None:
    drawn = calls_png(picture_of(whole_year()))
    assert calls_png(picture_of(whole_year())) == drawn
    (tmp_path / "calls.png").write_bytes(drawn)
    assert (1240, 1753) == matplotlib.image.imread(tmp_path / "calls.png").shape[:2]


@pytest.mark.parametrize(
    "standing",
    [
        whole_year(),
        stand(months({"2025-06": 30, "2025-08": 1})),
        stand(months({"2025-06": 240})),
        stand(months({"2025-06": 0}), site=station(name="名" * 200)),
        stand(months({"2025-06": 30, "2025-07": 31, "2025-08": 31, "2025-09": 30, "2025-12": 0}), on=date(2026, 3, 1)),
    ],
    ids=["behind", "months missing", "reached", "long name", "missed"],
)
def test_every_standing_can_be_drawn_and_no_words_leave_the_page(standing: Standing) -> None:
    seen: dict[str, Any] = {}

    def draw(figure: Figure) -> None:
        draw_calls(figure, picture_of(standing))
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        width, height = canvas.get_width_height()
        boxes = [
            text.get_window_extent()
            for text in figure.findobj(lambda each: hasattr(each, "get_text"))
            if text.get_text()
        ]
        seen["outside"] = [
            box for box in boxes if box.x0 < -1 or box.x1 > width + 1 or box.y0 < -1 or box.y1 > height + 1
        ]
        seen["count"] = len(boxes)

    from huchu.plots.page import png_of

    png_of(draw)
    assert [] == seen["outside"]
    assert seen["count"] > 20


def test_limits_of_a_pace_end_at_the_requirement_on_the_last_day() -> None:
    figure = Figure()
    draw_calls(figure, picture_of(whole_year()))
    above = figure.axes[0]
    ends = {tuple(np.round(line.get_xydata()[-1], 6)) for line in above.lines if line.get_linewidth() == 1.0}
    # 1 March 2026 00:00 is the end of the season: day 20513 since 1970
    assert {(20513.0, 210.0)} == ends
