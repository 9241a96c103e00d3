"""What a distrustful auditor and a hostile uploader tried: each must be refused, warned of or kept out of the amounts."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from huchu.cli import meter_check, settle, start
from settlement import SettleOptions
from settlement import settle as settle_frames
from tariffs.settings import CallCounting, Settings, read_settings
from tariffs.stations import Station, stations_from_table
from tariffs.vocabulary.errors import DocumentError, InputError, Refused
from tariffs.vocabulary.timegrid import ZONE

LATER = datetime(2032, 1, 1, tzinfo=ZONE)
FIRST = datetime(2025, 6, 1, tzinfo=ZONE)
SETTINGS = Settings(
    season_calendar="jun_sep_dec_feb",
    obligation_year_from="06-01",
    call_counting=CallCounting.EQUIVALENT_DISCHARGE,
)
Rows = list[tuple[str, datetime, int, int]]


def station(**changes: object) -> Station:
    table = {
        "id": "A-1",
        "name": "甲站",
        "power_mw": 10,
        "energy_mwh": 20,
        "grid_connected_on": FIRST.date(),
        "in_annual_plan": True,
        **changes,
    }
    return stations_from_table({"station": [table]}, where="stations")[0]


def june(feed: str = "A-1", *, minutes: int = 15, days: int = 30) -> Rows:
    """1,000 kWh charged an hour from one to three, as much discharged from eighteen to twenty, every day."""
    each = 1_000 * minutes // 60
    stamps = [FIRST + timedelta(minutes=minutes * n) for n in range(days * 24 * 60 // minutes)]
    return [(feed, at, each if at.hour in (1, 2) else 0, each if at.hour in (18, 19) else 0) for at in stamps]


def frame(rows: Rows, **columns: int) -> pl.DataFrame:
    names = ("station_id", "interval_start", "charge_kwh", "discharge_kwh")
    return pl.DataFrame(rows, schema=names, orient="row").with_columns(
        pl.lit(figure).alias(name) for name, figure in columns.items()
    )


def codes(meter: pl.DataFrame, *stations: Station, months: str = "2025-06", **options: object) -> set[str]:
    """The codes that refuse the readings, or a failure of the test if they are settled."""
    with pytest.raises(Refused) as refused:
        settle_frames(meter, stations or (station(),), months, SETTINGS, SettleOptions(now=LATER, **options))  # type: ignore[arg-type]
    return {finding.code for finding in refused.value.findings if finding.severity.value == "refusal"}


def seen(meter: pl.DataFrame, *stations: Station, **options: object) -> dict[str, str]:
    """Code and severity of everything that was found on the way to statements."""
    made = settle_frames(meter, stations or (station(),), "2025-06", SETTINGS, SettleOptions(now=LATER, **options))  # type: ignore[arg-type]
    return {finding.code: finding.severity.value for finding in made.findings}


def test_half_hours_that_a_file_does_not_state_draw_a_warning_and_stated_quarters_are_then_missing() -> None:
    thinned = june()[::2]
    assert "warning" == seen(frame(thinned))["interval_length_not_stated"]
    assert "interval_length_not_stated" not in seen(frame(thinned, interval_minutes=30))
    assert {"interval_missing", "readings_thinned"} <= codes(frame(thinned, interval_minutes=15))


def test_a_change_to_half_hours_inside_a_month_is_refused_and_not_filled() -> None:
    mixed = [*june(days=15), *(row for row in june(minutes=30) if row[1].day > 15)]
    assert "readings_thinned" in codes(frame(mixed), estimate=True)


def test_a_listed_meter_without_readings_draws_a_warning() -> None:
    two = station(meter_ids=["M1", "M2"])
    assert "warning" == seen(frame(june("M1")), two)["meter_without_readings"]
    assert "meter_without_readings" not in seen(frame([*june("M1"), *june("M2")]), two)


def test_readings_under_the_id_and_under_a_meter_are_refused() -> None:
    assert {"feed_named_twice"} == codes(frame([*june("A-1"), *june("M1")]), station(meter_ids=["M1"]))


def test_end_stamps_are_seen_though_the_file_covers_more_than_the_month() -> None:
    late = [(feed, at + timedelta(minutes=15), *energies) for feed, at, *energies in june(days=61)]
    assert "stamps_look_like_ends" in codes(frame(late))  # type: ignore[arg-type]


def test_a_month_that_is_mostly_estimated_draws_a_warning() -> None:
    few = [row for row in june() if row[1].day < 20]
    assert "warning" == seen(frame(few), estimate=True)["much_estimated"]
    assert "much_estimated" not in seen(frame(june()), estimate=True)


def test_a_gap_of_one_direction_is_not_said_of_the_other() -> None:
    rows = frame(june()).with_row_index().with_columns(quality=pl.lit("measured"))
    legs = [
        rows.filter(pl.lit(True) if way == "charge" else pl.col("index") != 1_000)
        .group_by(pl.col("interval_start").dt.date().alias("date"), maintain_order=True)
        .agg(
            pl.col(f"{way}_kwh"), (pl.col("interval_start").dt.hour() * 4 + pl.col("interval_start").dt.minute() // 15)
        )
        for way in ("charge", "discharge")
    ]
    points = []
    for way, leg in zip(("charge", "discharge"), legs, strict=True):
        for day, energies, places in leg.iter_rows():
            cells = {f"p{place + 1:02d}": str(energy) for energy, place in zip(energies, places, strict=True)}
            points.append({"station_id": "A-1", "date": str(day), "direction": way, **cells})
    whole = [point for point in points if len(point) == 99]
    made = settle_frames(
        pl.DataFrame(whole), (station(),), "2025-06", SETTINGS, SettleOptions(now=LATER, estimate=True)
    )
    flags = dict(zip(made.lines["item"], made.lines["flags"], strict=True))
    assert "filled_intervals" not in flags["charge_energy"]
    assert "filled_intervals=96" in flags["discharge_energy"]


def test_a_station_that_lacks_a_meter_because_a_file_was_refused_is_not_settled(project: Path) -> None:
    text = (project / "stations.toml").read_text("utf-8").replace('id = "A-1"', 'id = "A-1"\nmeter_ids = ["M1", "M2"]')
    (project / "stations.toml").write_text(text, "utf-8")
    meters = sorted(project.glob("*.csv"))
    (project / "one.csv").write_text(meters[0].read_text("utf-8").replace("A-1,", "M1,"), "utf-8")
    (project / "two.csv").write_text("station_id;interval_start\nM2;2025-06-01\n", "utf-8")
    request = settle.Request(
        meter=(project / "one.csv", project / "two.csv"),
        month="2025-06",
        stations=project / "stations.toml",
        settings=project / "huchu.toml",
        out=project / "out",
        formats=(),
        skip_refused=True,
    )
    with pytest.raises(Refused):
        settle.run(request)
    assert ["findings.csv"] == [path.name for path in (project / "out").iterdir()]


@pytest.mark.parametrize(
    ("series", "body"),
    [
        ("shanghai/coal_benchmark", '[benchmark]\narticle = "-"\nmeaning = "-"\nprice_cny_per_kwh = 415.5'),
        ("shanghai/coal_benchmark", '[benchmark]\narticle = "-"\nmeaning = "-"\nprice_cny_per_kwh = -0.4155'),
        ("national/vat", '[tax]\narticle = "-"\nmeaning = "-"\nelectricity_rate_ratio = 13'),
        (
            "shanghai/network_prices",
            '[network]\narticle = "-"\nmeaning = "-"\ntransmission_price_cny_per_kwh = -0.5\nsurcharge_price_cny_per_kwh = 0',
        ),
    ],
)
def test_an_own_document_in_another_unit_or_below_zero_is_refused(tmp_path: Path, series: str, body: str) -> None:
    folder = tmp_path / series
    folder.mkdir(parents=True)
    head = 'effective_from = 2025-01-01\nchecked_on = 2031-01-01\nconfirmation = "user"\nchanged = []\n[citation]\n'
    cited = 'document_number = "-"\ntitle = "-"\nissuer = "-"\npublished_on = 2024-01-01\n'
    (folder / "2025-01-01.toml").write_text(f"{head}{cited}{body}\n", "utf-8")
    (tmp_path / "huchu.toml").write_text(
        'season_calendar = "jun_sep_dec_feb"\nobligation_year_from = "06-01"\n'
        'call_counting = "equivalent_discharge"\ndocuments_dir = "."\n',
        "utf-8",
    )
    settings = read_settings(tmp_path / "huchu.toml")
    with pytest.raises(DocumentError):
        settle_frames(frame(june()), (station(),), "2025-06", settings, SettleOptions(now=LATER))


def test_instants_that_no_calendar_holds_are_findings_and_no_fault() -> None:
    for stamp in ("0000-01-01T00:00:00+14:00", "9999-12-31T24:00:00-12:00", "1991-06-01T00:00:00+08:00"):
        rows = frame(june()).with_columns(interval_start=pl.col("interval_start").dt.strftime("%Y-%m-%dT%H:%M:%S%:z"))
        spoilt = pl.concat([rows, rows.head(1).with_columns(interval_start=pl.lit(stamp))])
        assert "instant_impossible" in codes(spoilt)


def test_a_demo_does_not_replace_a_settlement_and_force_not_a_users_file(project: Path, demo_out: Path) -> None:
    (demo_out / "run.json").write_text(json.dumps({"inputs": [{"name": "meter.csv"}]}), "utf-8")
    with pytest.raises(SystemExit):
        start.demo(demo_out, as_json=True)
    assert ["run.json"] == [path.name for path in demo_out.iterdir()]
    (demo_out / "statements").mkdir()
    (demo_out / "statements" / "signed-scan.pdf").write_bytes(b"signed")
    request = settle.Request(meter=tuple(project.glob("*.csv")), month="2025-06", out=demo_out, force=True, formats=())
    with pytest.raises(InputError, match="signed-scan"):
        settle.run(request)


@pytest.fixture
def demo_out(tmp_path: Path) -> Path:
    folder = tmp_path / "results"
    folder.mkdir()
    return folder


def test_meter_check_does_not_claim_a_file_that_it_could_not_write(
    project: Path, capsys: pytest.CaptureFixture[str], check: Callable[..., int]
) -> None:
    held = project / "held"
    held.mkdir()
    (held / "run.json").write_text("{}", "utf-8")
    assert 1 == check(project, held)
    assert "findings.csv" not in capsys.readouterr().out


@pytest.fixture
def check() -> Callable[..., int]:
    """Runs the check and gives its exit code."""

    def run(project: Path, out: Path) -> int:
        with pytest.raises(SystemExit) as left:
            meter_check.check(meter_check.Request(files=tuple(project.glob("*.csv")), out=out), as_json=False)
        return int(str(left.value.code))

    return run
