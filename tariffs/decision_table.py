"""The decision table of the storage plan for one station on one day: every question, its answer, why, by which article."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from tariffs.answers import Answer
from tariffs.award import SERIES as AWARD
from tariffs.award import award_on, award_size
from tariffs.citation import Citation
from tariffs.eligibility.classification import Plan, StationKind, classified
from tariffs.eligibility.filing import SERIES as FILING
from tariffs.eligibility.filing import Step, paths_of, steps_of
from tariffs.schema import read_record
from tariffs.stations import Station
from tariffs.support_claims import national_version
from tariffs.versions import Library, Version
from tariffs.vocabulary.errors import DocumentError, PolicyNotCovered

PRICING: Final = "storage_pricing"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueTable:
    """The `[catalogue_award]` table of a plan: the article of the demonstration catalogue."""

    article: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What counts on a day: the plan, and the rule of the award where one is in force."""

    on: date
    plan: Plan
    award: Version | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """All answers on one station in the order of the table; its award in 元/kWh where it has one; the steps of its kind."""

    station: Station
    kind: StationKind
    answers: tuple[Answer, ...]
    award_rate_cny_per_kwh: Decimal | None
    steps: tuple[Step, ...]


def texts_on(library: Library, city: str, on: date) -> Texts:
    """The texts of a city that count on a day.

    Raises  PolicyNotCovered if the plan is not in force; the award and the national capacity price may be absent
    """
    plan = Plan(
        pricing=library.in_force(f"{city}/{PRICING}", on),
        filing=library.in_force(f"{city}/{FILING}", on),
        national=national_version(library, on),
    )
    try:
        award = library.in_force(f"{city}/{AWARD}", on)
    except PolicyNotCovered:
        award = None
    return Texts(on=on, plan=plan, award=award)


def decided(station: Station, texts: Texts, market_from: date | None = None) -> Decided:
    """Every answer on a station on the day of the texts.

    Raises  DocumentError if a table of a text cannot be used
    Source  沪府办发〔2024〕28号 二, 五, 六; 沪发改规范〔2025〕5号
    Check   tests/cases/classify
    """
    filing, on = texts.plan.filing, texts.on
    found = classified(station, texts.plan, on, market_from)
    award = award_on(station, texts.award, on, _catalogue(filing))
    sized = () if texts.award is None else (award_size(station, texts.award, on),)
    kind = found.kind.value
    return Decided(
        station=station,
        kind=found.kind,
        answers=(
            found.kind_answer,
            found.independent,
            *paths_of(kind, filing),
            found.price_regime,
            found.capacity_subsidy,
            award.answer,
            *sized,
        ),
        award_rate_cny_per_kwh=award.rate_cny_per_kwh,
        steps=steps_of(kind, filing),
    )


def _catalogue(filing: Version) -> Citation:
    where = f"{filing.series} catalogue_award"
    table = read_record(CatalogueTable, filing.body.get("catalogue_award", {}), where=where, error=DocumentError)
    return filing.citation(table.article)
