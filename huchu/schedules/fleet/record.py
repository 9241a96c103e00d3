"""What one run of several stations behind one goal gives, to be written and told."""

from dataclasses import dataclass
from pathlib import Path

from dispatch.fleet.options import FleetOptions
from dispatch.fleet.plan import FleetPlan
from tariffs.settings import Settings
from tariffs.vocabulary.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetResult:
    """A plan of a fleet with what was asked of it.

    Shape   `is_regulated` where the regulated prices apply, so that the schedules are what the dispatcher orders;
            `calls_of_year` is what a whole year asks of a station where the horizon's part of it is asked
    """

    plan: FleetPlan
    wanted: FleetOptions
    is_regulated: bool
    calls_of_year: float | None
    findings: tuple[Finding, ...]
    settings: Settings | None
    inputs: tuple[Path, ...]
