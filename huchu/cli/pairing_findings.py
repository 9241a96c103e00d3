"""What a user of `huchu pairing` should know beside the figures, as findings."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from huchu.cli.pairing_judged import Inputs, Judged, ProjectJudged
from huchu.cli.pairing_ways import Proposals, Way
from tariffs.citation import CONFIRMATION_WORDS
from tariffs.claims import figure_text, unused_leases
from tariffs.eligibility.wind_pairing import Stretch, Verdict
from tariffs.vocabulary.findings import Catalogue, Finding

CATALOGUE: Final = Catalogue.load(Path(__file__).with_suffix(".toml"))


def findings_of(found: Judged, ways: Proposals, given: Inputs) -> tuple[Finding, ...]:
    """Everything to be known, refusals never among it, in the order in which findings are printed."""
    findings = [finding for each in found.projects for finding in _of_project(each)]
    findings += _of_leases(found, given)
    findings += _of_ways(ways, found)
    if any(each.owed.requirement is not None for each in found.projects):
        findings.append(CATALOGUE.finding("pairing_day_not_stated"))
    if not ways.proven:
        findings.append(CATALOGUE.finding("pairing_fewest_not_proven"))
    return tuple(sorted(findings, key=Finding.sort_key))


def _of_project(each: ProjectJudged) -> Iterator[Finding]:
    project, owed = each.project, each.owed
    if owed.requirement is None:
        if any(stretch.standing.verdict is Verdict.CANNOT_TELL for stretch in each.stretches):
            yield CATALOGUE.finding(
                "pairing_cannot_tell", project_id=project.id, reason_zh=owed.reason.zh, reason_en=owed.reason.en
            )
        return
    if owed.requirement.other_power_mw is not None:
        yield CATALOGUE.finding(
            "pairing_upgrade_base_chosen",
            project_id=project.id,
            required_mw=figure_text(owed.requirement.power_mw),
            other_mw=figure_text(owed.requirement.other_power_mw),
        )
    if not owed.judged:
        notice = owed.citations[-1]
        confirmation = CONFIRMATION_WORDS[notice.confirmation]
        yield CATALOGUE.finding(
            "pairing_shown_only",
            project_id=project.id,
            started_on=project.construction_started_on,
            document=notice.document_number,
            confirmation_zh=confirmation.zh,
            confirmation_en=confirmation.en,
        )
    for stretch in each.stretches:
        yield from _of_stretch(each, stretch)


def _of_stretch(each: ProjectJudged, stretch: Stretch) -> Iterator[Finding]:
    standing, required = stretch.standing, each.owed.requirement
    if standing.verdict is Verdict.SHORT and required is not None:
        yield CATALOGUE.finding(
            "pairing_short",
            project_id=each.project.id,
            first_on=stretch.first_on,
            last_on=stretch.last_on,
            short_mw=figure_text(standing.short_mw),
            short_mwh=figure_text(standing.short_mw * required.duration_h),
            article=each.owed.citations[0],
        )
    for reason in standing.not_counted:
        yield CATALOGUE.finding(
            "pairing_storage_not_counted",
            project_id=each.project.id,
            first_on=stretch.first_on,
            last_on=stretch.last_on,
            reason_zh=reason.zh,
            reason_en=reason.en,
        )


def _of_leases(found: Judged, given: Inputs) -> Iterator[Finding]:
    for station in given.stations:
        for lease in unused_leases(station, given.file.projects):
            if lease.from_on <= found.period.last_on and found.period.first_on <= lease.until_on:
                yield CATALOGUE.finding(
                    "pairing_lease_not_used",
                    station_id=station.id,
                    lessee=lease.lessee,
                    power_mw=figure_text(lease.power_mw),
                    first_on=lease.from_on,
                    last_on=lease.until_on,
                )


def _of_ways(ways: Proposals, found: Judged) -> Iterator[Finding]:
    for row in ways.rows:
        power = figure_text(row.power_mw)
        if row.way is Way.STILL_OPEN:
            yield CATALOGUE.finding(
                "pairing_free_power_not_enough",
                project_id=row.project_id,
                first_on=row.first_on,
                last_on=row.last_on,
                power_mw=power,
                energy_mwh=figure_text(row.power_mw * row.duration_h),
            )
        elif row.way is Way.BUILD and row.power_mw < found.least_station_mw:
            yield CATALOGUE.finding(
                "pairing_below_station_floor",
                project_id=row.project_id,
                power_mw=power,
                least_mw=figure_text(found.least_station_mw),
            )
