"""Hits of checks as findings, in an order that depends on nothing but the readings."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Final

from settlement.meter.series import LISTED_PER_CODE, NO_FILE, Hit, instant_of
from tariffs.vocabulary.findings import Catalogue, Finding, Severity

CATALOGUE: Final = Catalogue.load(Path(__file__).parent / "checks.toml")


def severity_of(code: str) -> Severity:
    """How much the findings of a code weigh."""
    return Severity(CATALOGUE.entries[code]["severity"])


def findings_of(hits: Iterable[Hit], file_names: tuple[str, ...]) -> list[Finding]:
    """The findings of the hits, at most twenty of a code and station, then one that says how many more there are."""
    found: list[Finding] = []
    for (station_id, code), group in groupby(sorted(hits, key=_order), key=lambda hit: (hit.station_id, hit.code)):
        alike = list(group)
        found.extend(_finding(hit, file_names) for hit in alike[:LISTED_PER_CODE])
        unlisted = len(alike[LISTED_PER_CODE:]) + sum(hit.unlisted for hit in alike)
        if unlisted:
            found.append(
                CATALOGUE.finding(
                    "more_of_the_same",
                    station_id=station_id,
                    interval_start=found[-1].interval_start,
                    severity=found[-1].severity,
                    of_code=code,
                    more=unlisted,
                )
            )
    return sorted(found, key=Finding.sort_key)


def _order(hit: Hit) -> tuple[str, str, int, str, int, int]:
    at_ms = -1 if hit.at_ms is None else hit.at_ms
    return (hit.station_id, hit.code, at_ms, repr(sorted(hit.evidence.items())), hit.file_no, hit.row)


def _finding(hit: Hit, file_names: tuple[str, ...]) -> Finding:
    return CATALOGUE.finding(
        hit.code,
        file=file_names[hit.file_no] if hit.file_no != NO_FILE and hit.file_no < len(file_names) else "",
        row=hit.row,
        station_id=hit.station_id,
        interval_start=None if hit.at_ms is None else instant_of(hit.at_ms),
        severity=None,
        **{name: str(figure) for name, figure in hit.evidence.items()},
    )
