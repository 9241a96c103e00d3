"""The results of `huchu pairing` as tables of exact text and as one object."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from huchu.cli.pairing_judged import Judged, ProjectJudged
from huchu.cli.pairing_ways import Proposals
from settlement.export.tables import plain_cell
from tariffs.citation import Citation
from tariffs.claims import figure_text
from tariffs.eligibility.wind_pairing import Stretch, Verdict
from tariffs.vocabulary.money import cny_text, round_half_away
from tariffs.vocabulary.units import FEN_PER_CNY

STANDING_COLUMNS: Final = (
    "project_id",
    "from_on",
    "until_on",
    "verdict",
    "required_power_mw",
    "required_energy_mwh",
    "required_duration_h",
    "other_power_mw",
    "listed_mw",
    "counted_mw",
    "counted_mwh",
    "short_mw",
    "short_mwh",
    "article",
    "reason",
)
WAY_COLUMNS: Final = (
    "project_id",
    "way",
    "station_id",
    "power_mw",
    "energy_mwh",
    "duration_h",
    "from_on",
    "until_on",
    "price_cny_per_kw_year",
    "rent_cny",
    "build_power_mw",
)


def standing_rows(found: Judged) -> list[dict[str, str]]:
    """The rows of `pairing.csv`: one for each project and stretch of days, columns STANDING_COLUMNS."""
    return [_standing_row(each, stretch) for each in found.projects for stretch in each.stretches]


def way_rows(ways: Proposals) -> list[dict[str, str]]:
    """The rows of `pairing_ways.csv`, columns WAY_COLUMNS."""
    return [
        {
            "project_id": plain_cell(row.project_id),
            "way": row.way.value,
            "station_id": plain_cell(row.station_id),
            "power_mw": figure_text(row.power_mw),
            "energy_mwh": figure_text(row.power_mw * row.duration_h),
            "duration_h": figure_text(row.duration_h),
            "from_on": str(row.first_on),
            "until_on": str(row.last_on),
            "price_cny_per_kw_year": _text_or_nothing(row.price_cny_per_kw_year),
            "rent_cny": rent_text(row.rent_cny),
            "build_power_mw": _text_or_nothing(row.build_power_mw),
        }
        for row in ways.rows
    ]


def rent_text(rent_cny: Fraction | None) -> str:
    """A rent in 元 with two decimals, rounded half away from zero; empty for nothing."""
    if rent_cny is None:
        return ""
    return cny_text(round_half_away(rent_cny.numerator * FEN_PER_CNY, rent_cny.denominator))


def record_of(found: Judged, ways: Proposals) -> dict[str, Any]:
    """The period, every project with its figures, days and articles, and the ways, as exact text."""
    return {
        "from_on": str(found.period.first_on),
        "until_on": str(found.period.last_on),
        "projects": [_project_record(each) for each in found.projects],
        "ways": [{key: text for key, text in row.items() if text} for row in way_rows(ways)],
    }


def _standing_row(each: ProjectJudged, stretch: Stretch) -> dict[str, str]:
    standing, required = stretch.standing, each.owed.requirement
    has_rule = required is not None and standing.verdict is not Verdict.NO_RULE
    rule = required if has_rule else None
    reasons = (standing.reason, *standing.not_counted)
    return {
        "project_id": plain_cell(each.project.id),
        "from_on": str(stretch.first_on),
        "until_on": str(stretch.last_on),
        "verdict": standing.verdict.value,
        "required_power_mw": "" if rule is None else figure_text(rule.power_mw),
        "required_energy_mwh": "" if rule is None else figure_text(rule.energy_mwh),
        "required_duration_h": "" if rule is None else figure_text(rule.duration_h),
        "other_power_mw": "" if rule is None else _text_or_nothing(rule.other_power_mw),
        "listed_mw": figure_text(standing.listed_mw),
        "counted_mw": figure_text(standing.counted_mw),
        "counted_mwh": figure_text(standing.counted_mwh),
        "short_mw": "" if rule is None else figure_text(standing.short_mw),
        "short_mwh": "" if rule is None else figure_text(standing.short_mw * rule.duration_h),
        "article": "；".join(str(citation) for citation in each.owed.citations),
        "reason": plain_cell("；".join(str(reason) for reason in reasons)),
    }


def _text_or_nothing(figure: Decimal | None) -> str:
    return "" if figure is None else figure_text(figure)


def _project_record(each: ProjectJudged) -> dict[str, Any]:
    project = each.project
    return {
        "project_id": project.id,
        "name": project.name,
        "developer": project.developer,
        "kind": project.kind.value,
        "construction_started_on": str(project.construction_started_on),
        "capacity_mw": figure_text(project.capacity_mw),
        "citations": list(_citation_records(each.owed.citations)),
        "stretches": [
            {key: text for key, text in _standing_row(each, stretch).items() if text and key != "project_id"}
            for stretch in each.stretches
        ],
    }


def _citation_records(citations: Sequence[Citation]) -> Iterator[Mapping[str, str]]:
    for citation in citations:
        yield {
            "document": citation.document_number,
            "article": citation.article,
            "effective_from": str(citation.effective_from),
            "confirmation": citation.confirmation.value,
        }
