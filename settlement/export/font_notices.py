"""What the shipped font cannot print of a station's own texts."""

from collections.abc import Iterable

from settlement.export import fonts
from settlement.statement.catalogue import CATALOGUE
from tariffs.stations import Station
from tariffs.vocabulary.findings import Finding


def font_notices(stations: Iterable[Station]) -> tuple[Finding, ...]:
    """A notice for each station whose texts have characters that the statement's font lacks, sorted by station."""
    found = []
    for station in sorted(stations, key=lambda each: each.id):
        lacking = fonts.missing_glyphs("".join((station.name, station.owner, station.account_no, station.tax_no)))
        if lacking:
            found.append(
                CATALOGUE.finding("character_not_in_font", station_id=station.id, characters=" ".join(lacking))
            )
    return tuple(found)
