"""A case: the day judged, the holder's permit, insurance and title, the family, the papers, and the readings chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from typing import Any

from tariffs.judging.plausible import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    not_above_nothing,
    not_to_the_fen,
    out_of_order,
    out_of_reach,
    outside,
    refuse_impossible,
    refuse_silence,
)
from tariffs.vocabulary.errors import RecordProblems, Words


class Title(Enum):
    """The technical title to which the holder has been appointed in the city."""

    NONE = "none"
    JUNIOR = "junior"
    MIDDLE = "middle"
    SENIOR = "senior"


class Skill(Enum):
    """The national vocational qualification; level 2 is that of a technician, level 1 of a senior technician."""

    NONE = "none"
    LEVEL_5 = "level_5"
    LEVEL_4 = "level_4"
    LEVEL_3 = "level_3"
    LEVEL_2 = "level_2"
    LEVEL_1 = "level_1"


class PostField(Enum):
    """The field of a post in the outer suburbs; the text names two and leaves the list open."""

    EDUCATION = "education"
    HEALTH = "health"
    OTHER = "other"


class YearCounting(Enum):
    """Whether the years of permit, insurance and service are added up or must run unbroken."""

    EITHER = "either"
    ADDED_UP = "added_up"
    UNBROKEN = "unbroken"


class WageYear(Enum):
    """Which year's average wage a month's insurance base is held against."""

    CALENDAR_YEAR = "calendar_year"
    INSURANCE_YEAR = "insurance_year"
    APPLICATION_YEAR = "application_year"


class ApplicationMonth(Enum):
    """Whether the month of application may be one of the months in total, or comes beside them."""

    SEPARATE = "separate"
    INSIDE = "inside"


class TwoRelaxations(Enum):
    """Whether one relaxation may shorten the years while another does without the title."""

    EITHER = "either"
    ONE_ONLY = "one_only"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days on which something held, both days included; without `until_on` it still holds.

    Raises  RecordProblems if it ends before it begins
    """

    from_on: date
    until_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order."""
        return out_of_order(given, ("from_on", "until_on"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Insurance:
    """Months of employee social insurance paid in the city on one base: the months of both days and all between.

    Raises  RecordProblems if it ends before it begins, or the base is negative or finer than a fen
    """

    from_on: date
    until_on: date
    base_cny_per_month: Decimal

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order, a base that cannot be."""
        return [
            *out_of_order(given, ("from_on", "until_on")),
            *outside(given, 0, None, "base_cny_per_month"),
            *not_to_the_fen(given, "base_cny_per_month"),
        ]

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class AverageWage:
    """The average wage of the city's urban employed persons, all units, of one year, by the month.

    Raises  RecordProblems if it is not above zero
    """

    year: int
    cny_per_month: Decimal

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A wage or a year that cannot be."""
        return outside(given, EARLIEST_YEAR, LATEST_YEAR, "year") + not_above_nothing(given, "cny_per_month")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A holder of the residence permit who applies; what the text leaves to others may be left out.

    Raises  RecordProblems if two insurance periods share a month, a year's wage stands twice, or a count is negative
    """

    mainland_person: bool
    employer_registered_in_city: bool
    income_tax_paid: bool
    criminal_record: bool
    fraud_found: bool
    title: Title
    skill: Skill
    invests_or_founded: bool
    permit: tuple[Stretch, ...]
    insurance: tuple[Insurance, ...]
    average_wages: tuple[AverageWage, ...] = ()
    other_bar: bool | None = None
    matches_post: bool | None = None
    contribution_award: bool | None = None
    suburban_posts: tuple[Stretch, ...] = ()
    suburban_field: PostField | None = None
    tax_years_at_standard: int | None = None
    tax_total_at_standard: bool | None = None
    staff_years_at_standard: int | None = None
    base_matches_income: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Months of insurance told twice, wages told twice, negative counts."""
        return [
            *outside(given, 0, None, "tax_years_at_standard", "staff_years_at_standard"),
            *_months_twice(given.get("insurance", ())),
            *_wages_twice(given.get("average_wages", ())),
        ]

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Who is to move along: the spouse, and children by their days of birth.

    Raises  RecordProblems if there is nobody, or a child was born in another age
    """

    with_spouse: bool
    spouse_meets_conditions: bool | None = None
    children_born_on: tuple[date, ...] = ()

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Children born in another age."""
        born = given.get("children_born_on", ())
        return [problem for each in born for problem in out_of_reach({"children_born_on": each})]

    def __post_init__(self) -> None:
        refuse_impossible(self)
        if not self.with_spouse and not self.children_born_on:
            raise RecordProblems([Words("须有配偶或子女", "name a spouse or children")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials:
    """Which papers are there; `other_materials` is left out where nobody has said what the departments ask for."""

    identity_and_form: bool
    tax_certificate: bool
    title_and_contract: bool
    no_record_promise: bool
    housing_certificate: bool
    by_relaxation: bool
    other_materials: bool | None = None
    relaxation_proof: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The readings chosen where the text leaves several."""

    year_counting: YearCounting = YearCounting.EITHER
    wage_year: WageYear = WageYear.CALENDAR_YEAR
    application_month: ApplicationMonth = ApplicationMonth.SEPARATE
    two_relaxations: TwoRelaxations = TwoRelaxations.EITHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A case: the day judged, the questions asked, and the readings chosen.

    Raises  RecordProblems if nothing is asked, or something began after the day judged
    """

    on: date
    application: Application | None = None
    family: Family | None = None
    materials: Materials | None = None
    options: Options = Options()

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days after the day judged."""
        return [] if given.get("on") is None else list(_after(given["on"], given))

    def __post_init__(self) -> None:
        refuse_impossible(self)
        refuse_silence(self)


def _after(on: date, given: Mapping[str, Any]) -> Iterable[Words]:
    """What a case tells of days after the day judged; insurance may be told to the end of its month."""
    if (asked := given.get("application")) is not None:
        for name, stretches in (("permit", asked.permit), ("suburban_posts", asked.suburban_posts)):
            yield from (_later(f"application.{name}.from_on", each.from_on) for each in stretches if each.from_on > on)
        for paid in asked.insurance:
            if (paid.until_on.year, paid.until_on.month) > (on.year, on.month):
                yield _later("application.insurance.until_on", paid.until_on)
    if (family := given.get("family")) is not None:
        yield from (_later("family.children_born_on", born) for born in family.children_born_on if born > on)


def _later(name: str, day: date) -> Words:
    return Words(f"{name} {day} 晚于评判日 on", f"{name} {day} is after the day judged, on")


def _months_twice(insurance: Iterable[Insurance | None]) -> list[Words]:
    by_start = sorted((paid for paid in insurance if paid is not None), key=lambda paid: paid.from_on)
    return [
        Words(
            f"insurance：{late.from_on} 起与 {early.until_on} 止的两段含同一个月",
            f"insurance: the periods until {early.until_on} and from {late.from_on} share a month",
        )
        for early, late in pairwise(by_start)
        if (late.from_on.year, late.from_on.month) <= (early.until_on.year, early.until_on.month)
    ]


def _wages_twice(wages: Iterable[AverageWage | None]) -> list[Words]:
    years = [wage.year for wage in wages if wage is not None]
    return [
        Words(f"average_wages：{year} 年写了多次", f"average_wages: {year} stands more than once")
        for year in sorted({year for year in years if years.count(year) > 1})
    ]
