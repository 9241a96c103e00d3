"""Single steps of registers: roll-overs, falls, changed multipliers, double readings, energies that do not come out."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from settlement.meter.checks import Reads
from settlement.meter.intervals import Registers
from settlement.meter.series import CHARGE, DISCHARGE, Hit
from tariffs.vocabulary.money import decimal_text, kwh_text

READS = Reads.REGISTERS
CODES = (
    "register_rolled_over",
    "register_fell",
    "register_energy_not_exact",
    "register_out_of_range",
    "multiplier_changed",
    "register_duplicate",
)


def found(registers: Registers) -> Iterator[Hit]:
    """Each step of a register that is not a plain advance, at its later reading."""
    flags = ("rolled", "fell", "inexact", "large")
    for side, direction in (("import", CHARGE), ("export", DISCHARGE)):
        for flag, code in zip(flags, CODES[:4], strict=True):
            for step in registers.spans.filter(pl.col(f"{side}_{flag}")).iter_rows(named=True):
                evidence = {
                    **direction,
                    "meter": step["meter_id"],
                    "from_kwh": kwh_text(step[f"{side}_first_kwh_e4"]),
                    "to_kwh": kwh_text(step[f"{side}_last_kwh_e4"]),
                    "energy_kwh": kwh_text(step[f"{side}_kwh_e4"]),
                    "multiplier": decimal_text(step["multiplier_e4"], 4),
                }
                yield _hit(registers, code, step, step["until_ms"], evidence)
    changed = registers.spans.filter(pl.col("multiplier_e4") != pl.col("next_multiplier_e4"))
    for step in changed.iter_rows(named=True):
        evidence = {
            "meter": step["meter_id"],
            "old": decimal_text(step["multiplier_e4"], 4),
            "new": decimal_text(step["next_multiplier_e4"], 4),
        }
        yield _hit(registers, "multiplier_changed", step, step["until_ms"], evidence)
    for reading in registers.twice.iter_rows(named=True):
        yield _hit(registers, "register_duplicate", reading, reading["at_ms"], {"meter": reading["meter_id"]})


def _hit(registers: Registers, code: str, step: Mapping[str, Any], at_ms: int, evidence: Mapping[str, object]) -> Hit:
    return Hit(
        code=code,
        station_id=registers.station_ids[step["station"]],
        at_ms=at_ms,
        file_no=step["file_no"],
        row=step["row"],
        evidence=evidence,
    )
