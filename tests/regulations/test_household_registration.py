"""Years, bases and relaxations against a reckoning month by month and day by day, written apart from the product."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

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
NAMES = ("all_conditions", "relaxation_1", "relaxation_2", "relaxation_3", "relaxation_4", "relaxation_5")
ORDER = (Verdict.NO, Verdict.CANNOT_TELL, Verdict.YES)
ONE_DAY = timedelta(days=1)
WAGE = Decimal(10000)
END = date(2029, 12, 31)


def _assess(inputs: Inputs) -> Assessment:
    return JUDGE.assess(inputs)


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _years_later(day: date, years: int) -> date:
    try:
        return date(day.year + years, day.month, day.day)
    except ValueError:
        return date(day.year + years, 2, 28)


def _days(stretches: tuple[Stretch, ...], on: date) -> set[date]:
    held = set()
    for each in stretches:
        day = each.from_on
        while day <= min(on, each.until_on or on):
            held.add(day)
            day += ONE_DAY
    return held


def _run_to(days: set[date], last: date) -> date:
    first = last
    while first - ONE_DAY in days:
        first -= ONE_DAY
    return first


def _long_enough(days: set[date], on: date, years: int, unbroken: bool, anywhere: bool) -> bool:
    """Whether days come to so many years: gaps taken out by moving earlier days up to the last run."""
    if not days:
        return False
    last = max(days)
    end = on if last == on else last + ONE_DAY
    if not unbroken:
        return (
            _years_later(_run_to(days, last) - (len(days) - ((last - _run_to(days, last)).days + 1)) * ONE_DAY, years)
            <= end
        )
    if not anywhere:
        return _years_later(_run_to(days, last), years) <= end
    ends = [day for day in days if day + ONE_DAY not in days]
    return any(_years_later(_run_to(days, day), years) <= (on if day == on else day + ONE_DAY) for day in ends)


def _insured(asked: Application) -> dict[int, Decimal]:
    return {
        month: each.base_cny_per_month
        for each in asked.insurance
        for month in range(_number(each.from_on), _number(each.until_on) + 1)
    }


def _wage_year(month: int, now: int, reading: WageYear) -> int:
    if reading is WageYear.APPLICATION_YEAR:
        return now // 12 - 1
    if reading is WageYear.CALENDAR_YEAR:
        return month // 12 - 1
    return month // 12 - 1 if month % 12 >= 6 else month // 12 - 2


def _reaches(inputs: Inputs, asked: Application, multiple: int, unknown_counts: bool) -> bool:
    """36 of the 48 months and the month of application, counted one by one."""
    now, paid = _number(inputs.on), _insured(asked)
    wages = {wage.year: wage.cny_per_month for wage in asked.average_wages}

    def counts(month: int) -> bool:
        wage = wages.get(_wage_year(month, now, inputs.options.wage_year))
        if month not in paid:
            return False
        return unknown_counts if wage is None else paid[month] / wage >= multiple

    first = now - 47 if inputs.options.application_month is ApplicationMonth.INSIDE else now - 48
    return counts(now) and sum(counts(month) for month in range(first, first + 48)) >= 36


def _years_of_insurance(asked: Application, held: set[date], on: date, unbroken: bool) -> int:
    """Insured months with a day of permit; unbroken those in a row up to this month or the one before."""
    months = {month for month in _insured(asked) if month in {_number(day) for day in held}}
    if not unbroken:
        return len(months)
    paid = _insured(asked)
    last = next((month for month in (_number(on), _number(on) - 1) if month in paid), None)
    count = 0
    while last is not None and last in months:
        count, last = count + 1, last - 1
    return count


def _ways(inputs: Inputs, favour: bool, unbroken: bool) -> dict[str, bool]:
    """Each way to apply where all that is left open is read in favour, or all against."""
    asked, on = inputs.application, inputs.on
    assert asked is not None
    held, served = _days(asked.permit, on), _days(asked.suburban_posts, on)
    months = _years_of_insurance(asked, held, on, unbroken)

    def told(found: bool | None) -> bool:
        return favour if found is None else found

    def years(count: int) -> bool:
        return _long_enough(held, on, count, unbroken, anywhere=False) and months >= count * 12

    shared = asked.mainland_person and asked.employer_registered_in_city and asked.income_tax_paid and on in held
    shared = shared and not asked.criminal_record and not asked.fraud_found
    shared = shared and told(None if asked.other_bar is None else not asked.other_bar)
    match = told(asked.matches_post)
    senior = (asked.title is Title.SENIOR or asked.skill is Skill.LEVEL_1) and match
    title = ((asked.title is Title.MIDDLE or asked.skill is Skill.LEVEL_2) and match) or senior
    lifted = (told(asked.contribution_award) or senior) and (
        favour or bool(set(_insured(asked)) & {_number(day) for day in held})
    )
    named = asked.suburban_field in (PostField.EDUCATION, PostField.HEALTH)
    suburban = years(5) and _long_enough(served, on, 5, unbroken, anywhere=True) and (named or favour)
    double, triple = _reaches(inputs, asked, 2, favour), _reaches(inputs, asked, 3, favour)
    tripled = years(5) and triple and told(asked.base_matches_income)
    business = asked.invests_or_founded and (
        (_at_least(asked.tax_years_at_standard, 3, favour) and told(asked.tax_total_at_standard))
        or _at_least(asked.staff_years_at_standard, 3, favour)
    )
    by_years, by_title = (years(7), lifted, suburban, tripled), (title, double, business)
    return {
        "all_conditions": shared and years(7) and title,
        "relaxation_1": shared and lifted and title,
        "relaxation_2": shared and suburban and title,
        "relaxation_3": shared and years(7) and double,
        "relaxation_4": shared and years(7) and business,
        "relaxation_5": shared and tripled and title,
        "one_relaxation": shared and any(by_years) and any(by_title),
    }


def _at_least(found: int | None, least: int, favour: bool) -> bool:
    return favour if found is None else found >= least


def _reckoned(inputs: Inputs) -> dict[str, Verdict]:
    """The verdict of each way and of the whole, by reading every open point both ways."""
    options = inputs.options
    favoured = _ways(inputs, favour=True, unbroken=options.year_counting is YearCounting.UNBROKEN)
    surely = _ways(inputs, favour=False, unbroken=options.year_counting is not YearCounting.ADDED_UP)
    found = {name: ORDER[favoured[name] + surely[name]] for name in favoured}
    one, two = max((found[name] for name in NAMES), key=ORDER.index), found["one_relaxation"]
    match options.two_relaxations:
        case TwoRelaxations.ONE_ONLY:
            found["application"] = one
        case TwoRelaxations.TOGETHER:
            found["application"] = two
        case TwoRelaxations.EITHER:
            found["application"] = Verdict.YES if one is Verdict.YES else min(Verdict.CANNOT_TELL, two, key=ORDER.index)
    return found


UNSURE = st.sampled_from([True, True, True, False, None])


@st.composite
def _stretches(draw: Any, on: date) -> tuple[Stretch, ...]:
    """About five or seven years up to the day or a little before, in one to three stretches in any order."""
    years = draw(st.sampled_from([5, 7, 7, 8]))
    ends = on - draw(st.sampled_from([0, 0, 0, 0, 1, 40])) * ONE_DAY
    rest = (ends - _years_later(ends, -years)).days + draw(st.sampled_from([-300, -31, -2, -1, 0, 1, 2, 31]))
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
    last = _number(on) - draw(st.sampled_from([0, 0, 0, 0, 0, 1, 2]))
    periods: list[Insurance] = []
    while rest > 0 and len(periods) < 5:
        first = last + 1 - min(rest, draw(st.sampled_from([1, 6, 12, 34, 35, 36, 37, 48, 49, 96])))
        base = draw(st.sampled_from(["9000", "19999.99", "20000", "24000", "30000", "29999.99", "30000", "33000"]))
        periods.append(Insurance(from_on=_month(first), until_on=_month(last), base_cny_per_month=Decimal(base)))
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
def _cases(draw: Any, flat: bool = False) -> Inputs:
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
        average_wages=draw(_wages(flat)),
    )
    options = Options(
        year_counting=draw(st.sampled_from(YearCounting)),
        wage_year=draw(st.sampled_from(WageYear)),
        application_month=draw(st.sampled_from(ApplicationMonth)),
        two_relaxations=draw(st.sampled_from(TwoRelaxations)),
    )
    return Inputs(on=on, application=asked, options=options)


def _told(assessment: Assessment) -> dict[str, Verdict]:
    ruling = assessment.rulings[0]
    found = {each.clause.id: each.verdict for each in ruling.reasons}
    return {name: found[name] for name in (*NAMES, "one_relaxation")} | {"application": ruling.verdict}


@settings(max_examples=60, deadline=None)
@given(_cases())
def test_every_way_comes_out_as_reckoned_month_by_month(inputs: Inputs) -> None:
    assert _reckoned(inputs) == _told(_assess(inputs))


def _later(inputs: Inputs, day: date) -> Inputs:
    """The case on a later day: the permit that lasts runs on, and so does insurance that was paid to the month before."""
    asked = inputs.application
    assert asked is not None
    now, then = _number(inputs.on), _number(day)
    runs_on = [each for each in asked.insurance if now - 1 <= _number(each.until_on)]
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
@given(_cases(flat=True))
def test_the_day_of_change_is_the_first_on_which_the_verdict_differs(inputs: Inputs) -> None:
    found = _assess(inputs)
    assert found.changes_on is not None
    for day in _days_to_try(inputs, min(found.changes_on, END + ONE_DAY)):
        if day < found.changes_on:
            assert found.verdict is _assess(_later(inputs, day)).verdict
    assert found.verdict is not _assess(_later(inputs, found.changes_on)).verdict


@settings(max_examples=40, deadline=None)
@given(_cases(flat=True))
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
    month = _number(inputs.on) - before
    if month in _insured(asked):
        return
    added = Insurance(from_on=_month(month), until_on=_month(month), base_cny_per_month=Decimal(base))
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
