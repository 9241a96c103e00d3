"""Years, bases and relaxations against a reckoning month by month and day by day, written apart from the product."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from household_reckoning import (
    END,
    NAMES,
    ONE_DAY,
    ORDER,
    counted,
    first_of,
    insured_months,
    number_of,
    reckoned,
    years_later,
)
from hypothesis import given, settings
from hypothesis import strategies as st

import regulations
from regulations.household_registration import Inputs
from regulations.household_registration.inputs import (
    Application,
    ApplicationMonth,
    AverageWage,
    Insurance,
    Options,
    PostField,
    Skill,
    Stretch,
    Title,
    TwoRelaxations,
    WageYear,
    YearCounting,
)
from tariffs.answers import Verdict
from tariffs.judging.assessment import Assessment

JUDGE = regulations.Judge("household_registration")


def _assess(inputs: Inputs) -> Assessment:
    return JUDGE.assess(inputs)


FINE: dict[str, Any] = {
    "income_tax_paid": True,
    "criminal_record": False,
    "other_bar": False,
    "matches_post": True,
    "contribution_award": False,
    "base_matches_income": True,
    "suburban_field": PostField.HEALTH,
    "invests_or_founded": False,
    "skill": Skill.NONE,
}
PLAIN = ({**FINE, "title": Title.MIDDLE}, {**FINE, "title": Title.NONE})
"""Cases in which nothing but time stands in the way."""
UNSURE = st.sampled_from([True, True, True, False, None])


@st.composite
def _stretches(draw: Any, on: date) -> tuple[Stretch, ...]:
    """About five or seven years up to the day or a little before, in one to three stretches in any order."""
    years = draw(st.sampled_from([5, 7, 7, 8]))
    ends = on - draw(st.sampled_from([0, 0, 0, 0, 1, 40])) * ONE_DAY
    rest = (ends - years_later(ends, -years)).days + draw(st.sampled_from([-300, -31, -2, -1, 0, 1, 2, 31]))
    stretches = []
    for turn in range(draw(st.integers(1, 3))):
        length = rest if draw(st.booleans()) else draw(st.integers(1, rest))
        first = ends - length * ONE_DAY
        lasts = turn == 0 and ends == on and draw(st.booleans())
        stretches.append(Stretch(from_on=first, until_on=None if lasts else ends))
        rest, ends = max(rest - length, 1), first - draw(st.sampled_from([1, 1, 2, 40])) * ONE_DAY
    return tuple(draw(st.permutations(stretches)))


@st.composite
def _insurance(draw: Any, on: date) -> tuple[Insurance, ...]:
    """About five or seven years of months up to this month or a little before, in periods of several bases."""
    rest = draw(st.sampled_from([30, 58, 59, 60, 61, 83, 84, 85, 96]))
    last = number_of(on) - draw(st.sampled_from([0, 0, 0, 0, 0, 1, 2]))
    periods: list[Insurance] = []
    while rest > 0 and len(periods) < 5:
        first = last + 1 - min(rest, draw(st.sampled_from([1, 6, 12, 34, 35, 36, 37, 48, 49, 96])))
        base = draw(st.sampled_from(["9000", "19999.99", "20000", "24000", "30000", "29999.99", "30000", "33000"]))
        periods.append(Insurance(from_on=first_of(first), until_on=first_of(last), base_cny_per_month=Decimal(base)))
        rest -= last + 1 - first
        last = first - draw(st.sampled_from([1, 1, 1, 2, 6]))
    return tuple(draw(st.permutations(periods)))


@st.composite
def _wages(draw: Any, flat: bool) -> tuple[AverageWage, ...]:
    amounts = ["10000"] if flat else ["9000", "10000", "10000", "10000", "10000.01"]
    missing = None if flat else draw(st.sampled_from([None, *range(2019, 2029)]))
    years = [year for year in range(2005, 2031) if year != missing]
    return tuple(AverageWage(year=year, cny_per_month=Decimal(draw(st.sampled_from(amounts)))) for year in years)


@st.composite
def _cases(draw: Any, plain: bool = False) -> Inputs:
    on = (
        draw(st.dates(date(2025, 1, 1), END))
        if not draw(st.booleans())
        else draw(
            st.sampled_from(
                [date(2025, 2, 28), date(2028, 2, 29), date(2027, 2, 28), date(2026, 6, 30), date(2026, 7, 31)]
            )
        )
    )
    asked = Application(
        mainland_person=True,
        employer_registered_in_city=True,
        income_tax_paid=draw(st.sampled_from([True] * 19 + [False])),
        criminal_record=draw(st.sampled_from([False] * 19 + [True])),
        fraud_found=False,
        other_bar=draw(st.sampled_from([False] * 9 + [True, None])),
        title=draw(st.sampled_from(Title)),
        skill=draw(st.sampled_from(Skill)),
        matches_post=draw(UNSURE),
        contribution_award=draw(st.sampled_from([False, False, False, False, True, None])),
        suburban_field=draw(st.sampled_from([None, *PostField])),
        suburban_posts=draw(st.one_of(st.just(()), _stretches(on))),
        invests_or_founded=draw(st.booleans()),
        tax_years_at_standard=draw(st.sampled_from([None, 2, 3])),
        tax_total_at_standard=draw(UNSURE),
        staff_years_at_standard=draw(st.sampled_from([None, 2, 3])),
        base_matches_income=draw(UNSURE),
        permit=draw(_stretches(on)),
        insurance=draw(_insurance(on)),
        average_wages=draw(_wages(plain)),
    )
    options = Options(
        year_counting=draw(st.sampled_from(YearCounting)),
        wage_year=draw(st.sampled_from(WageYear)),
        application_month=draw(st.sampled_from(ApplicationMonth)),
        two_relaxations=draw(st.sampled_from(TwoRelaxations)),
    )
    if plain:
        asked = replace(asked, **draw(st.sampled_from(PLAIN)))
    return Inputs(on=on, application=asked, options=options)


def _told(assessment: Assessment) -> dict[str, Verdict]:
    ruling = assessment.rulings[0]
    found = {each.clause.id: each.verdict for each in ruling.reasons}
    return {name: found[name] for name in (*NAMES, "one_relaxation")} | {"application": ruling.verdict}


@settings(max_examples=60, deadline=None)
@given(_cases())
def test_every_way_comes_out_as_reckoned_month_by_month(inputs: Inputs) -> None:
    assert reckoned(inputs) == _told(_assess(inputs))


@settings(max_examples=100, deadline=None)
@given(_cases())
def test_every_figure_comes_out_as_counted_one_by_one(inputs: Inputs) -> None:
    assert counted(inputs) == {each.id: each.quantity for each in _assess(inputs).figures}


def _later(inputs: Inputs, day: date) -> Inputs:
    """The case on a later day: the permit that lasts runs on, and so does insurance that was paid to the month before."""
    asked = inputs.application
    assert asked is not None
    now, then = number_of(inputs.on), number_of(day)
    runs_on = [each for each in asked.insurance if now - 1 <= number_of(each.until_on)]
    latest = max(runs_on, key=lambda each: each.until_on, default=None)
    insurance = tuple(
        replace(each, until_on=day) if each is latest and then > now else each for each in asked.insurance
    )

    def run_on(stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
        return tuple(
            replace(each, until_on=None) if each.until_on is None or each.until_on >= inputs.on else each
            for each in stretches
        )

    permit, posts = run_on(asked.permit), run_on(asked.suburban_posts)
    return replace(inputs, on=day, application=replace(asked, insurance=insurance, permit=permit, suburban_posts=posts))


def _days_to_try(inputs: Inputs, last: date) -> Iterator[date]:
    """Every day for some months, then the first two days of each month and those around days of the stretches."""
    asked = inputs.application
    assert asked is not None
    day = inputs.on
    numbers = {each.from_on.day for each in (*asked.permit, *asked.suburban_posts)}
    while day < last:
        day += ONE_DAY
        if (day - inputs.on).days < 40 or day.day <= 2 or day.day in numbers:
            yield day


@settings(max_examples=15, deadline=None)
@given(_cases(plain=True))
def test_the_day_of_change_is_the_first_on_which_the_verdict_differs(inputs: Inputs) -> None:
    found = _assess(inputs)
    assert found.changes_on is not None
    for day in _days_to_try(inputs, min(found.changes_on, END + ONE_DAY)):
        if day < found.changes_on:
            assert found.verdict is _assess(_later(inputs, day)).verdict
    assert found.verdict is not _assess(_later(inputs, found.changes_on)).verdict


@settings(max_examples=40, deadline=None)
@given(_cases(plain=True))
def test_each_earliest_day_is_the_first_on_which_its_way_is_open(inputs: Inputs) -> None:
    found = {each.id: each.at for each in _assess(inputs).deadlines}
    for name in NAMES:
        opens = found.get(name, END + ONE_DAY)
        assert isinstance(opens, date)
        if opens > inputs.on:
            assert Verdict.YES is not _told(_assess(_later(inputs, opens - ONE_DAY)))[name]
        if opens <= END:
            assert Verdict.YES is _told(_assess(_later(inputs, opens)))[name]


@settings(max_examples=40, deadline=None)
@given(_cases(), st.integers(-3200, 0))
def test_one_more_day_of_permit_never_makes_it_worse(inputs: Inputs, before: int) -> None:
    asked = inputs.application
    assert asked is not None
    day = inputs.on + before * ONE_DAY
    more = replace(asked, permit=(*asked.permit, Stretch(from_on=day, until_on=day)))
    assert _rank(inputs) <= _rank(replace(inputs, application=more))


@settings(max_examples=40, deadline=None)
@given(_cases(), st.integers(0, 100), st.sampled_from(["9000", "30000"]))
def test_one_more_month_of_insurance_never_makes_it_worse(inputs: Inputs, before: int, base: str) -> None:
    asked = inputs.application
    assert asked is not None
    month = number_of(inputs.on) - before
    if month in insured_months(asked):
        return
    added = Insurance(from_on=first_of(month), until_on=first_of(month), base_cny_per_month=Decimal(base))
    more = replace(asked, insurance=(*asked.insurance, added))
    assert _rank(inputs) <= _rank(replace(inputs, application=more))


@settings(max_examples=40, deadline=None)
@given(_cases(), st.sampled_from(["other_bar", "matches_post", "base_matches_income", "contribution_award"]))
def test_leaving_a_fact_out_gives_cannot_tell_or_the_same(inputs: Inputs, name: str) -> None:
    asked = inputs.application
    assert asked is not None
    left_out: dict[str, Any] = {name: None}
    less = replace(inputs, application=replace(asked, **left_out))
    assert _assess(less).rulings[0].verdict in {Verdict.CANNOT_TELL, _assess(inputs).rulings[0].verdict}


@settings(max_examples=40, deadline=None)
@given(_cases())
def test_a_chosen_reading_agrees_with_a_result_that_does_not_hang_on_it(inputs: Inputs) -> None:
    left_open = Options(
        year_counting=YearCounting.EITHER,
        two_relaxations=TwoRelaxations.EITHER,
        wage_year=inputs.options.wage_year,
        application_month=inputs.options.application_month,
    )
    verdict = _assess(replace(inputs, options=left_open)).rulings[0].verdict
    assert verdict in {Verdict.CANNOT_TELL, _assess(inputs).rulings[0].verdict}


def _rank(inputs: Inputs) -> int:
    return ORDER.index(_assess(inputs).rulings[0].verdict)
