"""What a user of zones and of goals of several stations should know beside the figures, as findings."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

from tariffs.stations import Station
from tariffs.vocabulary.findings import Catalogue, Finding
from tariffs.zones import Zone

CATALOGUE: Final = Catalogue.load(Path(__file__).parent / "findings.toml")


def findings_of_zones(
    zones: Sequence[Zone], listed: Sequence[Station], planned: Collection[str]
) -> tuple[Finding, ...]:
    """The zones of which no station is listed, and those of which some stations are not planned."""
    found = []
    for zone in zones:
        members = [station.id for station in listed if station.zone == zone.id]
        kept = [station_id for station_id in members if station_id in planned]
        if not members:
            found.append(CATALOGUE.finding("zone_without_stations", zone_id=zone.id))
        elif kept and len(kept) < len(members):
            found.append(CATALOGUE.finding("zone_in_part", zone_id=zone.id, stations=len(members), planned=len(kept)))
    return tuple(found)


def zones_not_used(stations: Sequence[Station], objective: str) -> tuple[Finding, ...]:
    """Word of zones that nothing looks at, where stations planned each by itself name any."""
    named = sorted({station.zone for station in stations if station.zone})
    if not named:
        return ()
    return (CATALOGUE.finding("zones_not_used", objective=objective, zones=", ".join(named)),)
