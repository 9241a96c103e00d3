"""A reckoning of ways, months and counts, month by month and day by day, written apart from the product."""

from datetime import date, timedelta
from decimal import Decimal

from regulations.household_registration import Inputs
from regulations.household_registration.inputs import (
    Application,
    ApplicationMonth,
    PostField,
    Skill,
    Stretch,
    Title,
    TwoRelaxations,
    WageYear,
    YearCounting,
)
from tariffs.answers import Verdict

NAMES = ("all_conditions", "relaxation_1", "relaxation_2", "relaxation_3", "relaxation_4", "relaxation_5")
ORDER = (Verdict.NO, Verdict.CANNOT_TELL, Verdict.YES)
ONE_DAY = timedelta(days=1)
WAGE = Decimal(10000)
END = date(2029, 12, 31)


def first_of(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def number_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def years_later(day: date, years: int) -> date:
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
            years_later(_run_to(days, last) - (len(days) - ((last - _run_to(days, last)).days + 1)) * ONE_DAY, years)
            <= end
        )
    if not anywhere:
        return years_later(_run_to(days, last), years) <= end
    ends = [day for day in days if day + ONE_DAY not in days]
    return any(years_later(_run_to(days, day), years) <= (on if day == on else day + ONE_DAY) for day in ends)


def insured_months(asked: Application) -> dict[int, Decimal]:
    return {
        month: each.base_cny_per_month
        for each in asked.insurance
        for month in range(number_of(each.from_on), number_of(each.until_on) + 1)
    }


def _wage_year(month: int, now: int, reading: WageYear) -> int:
    if reading is WageYear.APPLICATION_YEAR:
        return now // 12 - 1
    if reading is WageYear.CALENDAR_YEAR:
        return month // 12 - 1
    return month // 12 - 1 if month % 12 >= 6 else month // 12 - 2


def _reaches(inputs: Inputs, asked: Application, multiple: int, unknown_counts: bool) -> bool:
    """36 of the 48 months and the month of application, counted one by one."""
    now, paid = number_of(inputs.on), insured_months(asked)
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
    months = {month for month in insured_months(asked) if month in {number_of(day) for day in held}}
    if not unbroken:
        return len(months)
    paid = insured_months(asked)
    last = next((month for month in (number_of(on), number_of(on) - 1) if month in paid), None)
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
        favour or bool(set(insured_months(asked)) & {number_of(day) for day in held})
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


def reckoned(inputs: Inputs) -> dict[str, Verdict]:
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


def counted(inputs: Inputs) -> dict[str, int]:
    """The figures of a case, counted one by one; those that are shown only where they differ or are not nothing, too."""
    asked, on, options = inputs.application, inputs.on, inputs.options
    assert asked is not None
    held, paid, now = _days(asked.permit, on), insured_months(asked), number_of(on)
    wages = {wage.year: wage.cny_per_month for wage in asked.average_wages}
    first = now - 47 if options.application_month is ApplicationMonth.INSIDE else now - 48
    window = [month for month in range(first, first + 48) if month in paid]
    known = {month: wages.get(_wage_year(month, now, options.wage_year)) for month in window}
    ratios = [paid[month] / wage for month, wage in known.items() if wage is not None]
    found = {
        "permit_months": _months_held(held, on, unbroken=False),
        "insured_months": _years_of_insurance(asked, held, on, unbroken=False),
        "months_at_double": sum(ratio >= 2 for ratio in ratios),
        "months_at_triple": sum(ratio >= 3 for ratio in ratios),
    }
    maybe = {
        "permit_months_unbroken": _months_held(held, on, unbroken=True),
        "insured_months_unbroken": _years_of_insurance(asked, held, on, unbroken=True),
        "months_without_wage": len(window) - len(ratios),
    }
    plain = {"permit_months_unbroken": "permit_months", "insured_months_unbroken": "insured_months"}
    return found | {name: count for name, count in maybe.items() if count != found.get(plain.get(name, ""), 0)}


def _months_held(days: set[date], on: date, unbroken: bool) -> int:
    """The most months that lie between a start and an end: each ends on the same day number or the month's last day."""
    last = max(days)
    start, end = _run_to(days, last), on if last == on else last + ONE_DAY
    if not unbroken:
        start -= (len(days) - (last - start).days - 1) * ONE_DAY
    months = 0
    while _months_later(start, months + 1) <= end:
        months += 1
    return months


def _months_later(day: date, months: int) -> date:
    first = first_of(number_of(day) + months)
    return min(first + (day.day - 1) * ONE_DAY, first_of(number_of(first) + 1) - ONE_DAY)
