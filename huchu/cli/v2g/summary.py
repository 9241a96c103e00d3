"""`summary.json` of `huchu v2g`: figures as exact decimal text in kW, kWh and 元."""

import platform
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from huchu.cli.printing import finding_counts
from huchu.cli.v2g.compared import Side
from huchu.cli.v2g.done import Done
from tariffs.vocabulary.money import cny_text, kwh_text

FIGURE_DECIMALS = 4


def summary_of(done: Done) -> dict[str, Any]:
    """What came out, without what differs from run to run."""
    given, envelope, made = done.given, done.envelope, done.made
    return {
        "from": given.horizon.first_at.isoformat(),
        "until": given.horizon.until_at.isoformat(),
        "step_minutes": given.horizon.minutes,
        "steps": given.horizon.count,
        "sessions": len(done.assigned.sessions),
        "most_parked": done.most_parked,
        "clusters": len(envelope.clusters),
        "asked_kwh": kwh_text(done.asked_kwh_e4),
        "got_kwh": kwh_text(done.got_kwh_e4),
        "short_sessions": done.short_count,
        "short_kwh": kwh_text(done.short_kwh_e4),
        "envelope": "exact" if envelope.is_exact else "inner",
        "charge_efficiency": str(envelope.losses.charge_efficiency),
        "discharge_efficiency": str(envelope.losses.discharge_efficiency),
        "objective": "given" if made is None else given.goal.value,
        "objective_value": None if made is None else _text(made.objective),
        "best_bound": None if made is None else _text(made.bound),
        "rounds": None if made is None else made.rounds,
        "store_lost_power_ratio": None if done.store is None else _text(done.store.lost.power_ratio),
        "store_lost_energy_ratio": None if done.store is None else _text(done.store.lost.energy_ratio),
        "inner_lost_ratio": None if done.store is None else _text(done.store.by_losses_ratio),
        "strayed_kwh": _text(done.assigned.strayed_kwh),
        "before": _side(done.compared.before),
        "after": _side(done.compared.after),
        "findings": finding_counts(done.findings),
    }


def run_record(files: Sequence[Path], seconds: Mapping[str, float]) -> dict[str, Any]:
    """The inputs with their hashes, the versions, and the seconds of each stage."""
    return {
        "inputs": [{"name": path.name, "sha256": sha256(path.read_bytes()).hexdigest()} for path in files],
        "engine": {"huchu": version("huchu"), "python": platform.python_version()},
        "seconds": dict(seconds),
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "charged_kwh": kwh_text(side.charged_kwh_e4),
        "discharged_kwh": kwh_text(side.discharged_kwh_e4),
        "peak_kw": _text(side.peak_kw),
        "peak_at": side.peak_at.isoformat(),
        "cost_cny": None if side.cost_fen is None else cny_text(side.cost_fen),
    }


def _text(figure: float) -> str:
    # a rounding zero has no sign
    return f"{round(figure, FIGURE_DECIMALS) + 0.0:.{FIGURE_DECIMALS}f}"
