"""A month of the regulated regime made up for the closed loop: the project, what the meters see, and the real commands."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import pi, sin
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from huchu.cli.main import app

MONTH = "2025-07"
FIRST_AT = datetime.fromisoformat("2025-07-01T00:00:00+08:00")
MINUTES = 15
PER_HOUR = 60 // MINUTES
COUNT = 31 * 24 * PER_HOUR
COAL = Fraction("0.4155")
"""Coal benchmark price, 元/kWh; on season days half of it is paid for charging, 1.2 times it for discharging."""
PAID = {"charge_energy": COAL / 2, "discharge_energy": COAL * Fraction("1.2")}
CALLS_REQUIRED = Fraction(210 * 31, 212)
"""The requirement of July: its days of the 212 season days of June to September and December to February."""

SETTINGS = """season_calendar      = "jun_sep_dec_feb"
obligation_year_from = "07-01"
call_counting        = "equivalent_discharge"
assessment_profile   = "own"

[assessment.plan_deviation]
factor                = 2
plan_tolerance_ratio  = {plan}
power_tolerance_ratio = {power}

[assessment.order_shortfall]
factor = 1
"""
STATION = """[[station]]
id                  = "{id}"
name                = "{id}"
power_mw            = {power}
energy_mwh          = {energy}
charge_efficiency   = {into}
discharge_efficiency = {out}
grid_connected_on   = {connected_on}
in_annual_plan_from = {connected_on}
"""
APPROVED = """
[[station.outage]]
from_at            = 2025-07-10T06:20:00+08:00
until_at           = 2025-07-10T14:00:00+08:00
power_available_mw = 4
cause              = "approved"
"""
LEASE = """
[[station.lease]]
lessee                = "L"
lessee_is_new_energy  = true
power_mw              = 2
duration_h            = 2
from_on               = 2025-07-11
until_on              = 2026-06-30
price_cny_per_kw_year = 240
"""
OWN_OUTAGE = """
[[station.outage]]
from_at            = {start}
until_at           = {end}
power_available_mw = 0
cause              = "own"
"""
STATIONS = {
    "L-1": STATION.format(id="L-1", power=50, energy=100, into=0.95, out=0.93, connected_on="2025-06-20"),
    "L-2": STATION.format(id="L-2", power=30, energy=90, into=0.94, out=0.94, connected_on="2025-06-20") + APPROVED,
    "L-3": STATION.format(id="L-3", power=20, energy=40, into=0.9, out=0.9, connected_on="2025-06-20") + LEASE,
    "L-4": STATION.format(id="L-4", power=40, energy=80, into=0.97, out=0.96, connected_on="2025-07-16"),
}
CONNECTED_ON = {"L-4": "2025-07-16"}

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What `huchu settle` wrote."""

    lines: tuple[Row, ...]
    calls: Mapping[str, Row]
    orders: Mapping[str, Mapping[str, Any]]
    findings: frozenset[str]

    def money(self, station_id: str, item: str) -> tuple[str, str]:
        """Quantity and amount of the only line of an item."""
        (line,) = (each for each in self.lines if (each["station_id"], each["item"]) == (station_id, item))
        return line["quantity"], line["amount_cny"]

    def assessed(self, station_id: str, formula: str) -> tuple[str, str]:
        """Quantity and amount of an assessment; zeros where nothing was assessed."""
        found = [
            (each["quantity"], each["amount_cny"])
            for each in self.lines
            if (each["station_id"], each["item"]) == (station_id, "assessment") and formula in each["flags"]
        ]
        assert len(found) <= 1
        return found[0] if found else ("0", "0.00")


def load_mw(step: int) -> float:
    """A summer load: an afternoon hump, a smaller one in the evening, a week's swing, and some unrest."""
    hour = step / PER_HOUR
    humps = 150 * sin((hour % 24 - 9) / 12 * pi) + 60 * sin((hour % 24 - 4) / 6 * pi)
    return round(900 + humps + 30 * sin(hour / 84 * pi) + 7 * sin(step * step), 3)


def write_project(folder: Path) -> Path:
    """Settings, stations and load."""
    folder.mkdir()
    write_settings(folder, plan="0", power="0")
    (folder / "stations.toml").write_text("\n".join(STATIONS.values()), encoding="utf-8")
    rows = [f"{(FIRST_AT + timedelta(minutes=MINUTES * n)).isoformat()},{load_mw(n)}" for n in range(COUNT)]
    (folder / "signals.csv").write_text("interval_start,load_mw\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return folder


def write_settings(folder: Path, *, plan: str, power: str) -> None:
    """The settings, with these tolerances of the plan deviation."""
    (folder / "huchu.toml").write_text(SETTINGS.format(plan=plan, power=power), encoding="utf-8")


def asked(*arguments: object) -> None:
    """Runs a command and wants it done."""
    ran = CliRunner().invoke(app, [*map(str, arguments)])
    assert ran.exit_code == 0, ran.output


def planned(folder: Path, objective: str) -> Path:
    """The result folder of `huchu dispatch`."""
    out = folder / objective
    asked(
        "dispatch", "--signals", folder / "signals.csv", "--stations", folder / "stations.toml", "--settings",
        folder / "huchu.toml", "--objective", objective, "--reserve-leases", "--no-plot", "--out", out,
    )  # fmt: skip
    return out


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table of a result folder."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def energies(plan: Path) -> dict[str, list[tuple[int, int]]]:
    """Charged and discharged energy of each step of each station as `schedule.csv` has them, 1e-4 kWh."""
    found: dict[str, list[tuple[int, int]]] = {name: [] for name in STATIONS}
    for row in read_rows(plan / "schedule.csv"):
        charge, discharge = (Decimal(row[leg]) * 10**7 / PER_HOUR for leg in ("charge_mw", "discharge_mw"))
        assert charge == int(charge) and discharge == int(discharge)
        found[row["station_id"]].append((int(charge), int(discharge)))
    assert all(len(each) == COUNT for each in found.values())
    return found


def points(plan: Path) -> dict[str, list[int]]:
    """Net planned energy of each step of each station as the 96 points of `plan.csv` have it, 1e-4 kWh."""
    by_leg: dict[tuple[str, str], list[int]] = {}
    for row in read_rows(plan / "plan.csv"):
        # a point of so many kW is a quarter of that in kWh
        day = [int(Decimal(row[f"p{number:02d}"]) * 10_000 / PER_HOUR) for number in range(1, 24 * PER_HOUR + 1)]
        by_leg.setdefault((row["station_id"], row["direction"]), []).extend(day)
    return {
        name: [out - into for into, out in zip(by_leg[name, "charge"], by_leg[name, "discharge"], strict=True)]
        for name in STATIONS
    }


def write_meter(path: Path, seen: Mapping[str, Sequence[tuple[int, int]]]) -> Path:
    """What the meters saw as a meter file in the long format, each station from its connection on."""
    lines = ["interval_minutes,station_id,interval_start,charge_kwh,discharge_kwh"]
    for name, steps in seen.items():
        for number, (charge, discharge) in enumerate(steps):
            at = (FIRST_AT + timedelta(minutes=MINUTES * number)).isoformat()
            if at >= CONNECTED_ON.get(name, ""):
                lines.append(f"{MINUTES},{name},{at},{kwh(charge)},{kwh(discharge)}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def kwh(units: int) -> str:
    """Energy of 1e-4 kWh in kWh with four decimals."""
    return f"{Decimal(units).scaleb(-4):.4f}"


def settled(folder: Path, meter: Path, plan: Path) -> Settled:
    """What `huchu settle` makes of a meter file beside the orders and the points of a plan."""
    out = folder / f"settled-{meter.stem}-{plan.name}"
    asked(
        "settle", meter, "--month", MONTH, "--stations", folder / "stations.toml", "--settings", folder / "huchu.toml",
        "--orders", plan / "orders.csv", "--plan", plan / "plan.csv", "--formats", "json", "--jobs", 1, "--out", out,
    )  # fmt: skip
    statements = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((out / "statements").rglob("*.json"))]
    return Settled(
        lines=tuple(read_rows(out / "lines.csv")),
        calls={row["station_id"]: row for row in read_rows(out / "calls.csv")},
        orders={each["station"]["id"]: each["orders"] for each in statements},
        findings=frozenset(row["code"] for row in read_rows(out / "findings.csv")),
    )


def bought(units: int, price: Fraction) -> str:
    """Energy of 1e-4 kWh at a price in 元/kWh, half a fen away from zero, in 元."""
    fen = Fraction(units, 10_000) * price * 100
    rounded = int(abs(fen) + Fraction(1, 2))
    return f"{Decimal(rounded if fen >= 0 else -rounded).scaleb(-2):.2f}"
