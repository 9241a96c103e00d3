"""The reasons of an application: every condition as found, then each way to apply with what it lacks."""

from functools import lru_cache
from typing import Final

from regulations.household_registration.answers import clause_of, names_of
from regulations.household_registration.conditions import BITS, CLAUSES, Timeline
from regulations.household_registration.insurance import SHOWN
from regulations.household_registration.since import KEPT
from regulations.household_registration.terms import Terms
from regulations.household_registration.ways import PAIR_MASKS, SINGLE, SINGLE_MASKS
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, any_of
from tariffs.judging.clauses import Clause
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.units import MONTHS_PER_YEAR

COUNTING_OPEN: Final = Words(
    "累计则满，连续则不满；year_counting 未选定", "full if added up, not if unbroken; year_counting is not chosen"
)
JOINED_OPEN: Final = Words(
    "只免年限，从未参保者文中未写", "only the years are lifted; nothing is said of who was never insured"
)
WAGE_OPEN: Final = Words("有的月份缺所比年度的平均工资", "the average wage is not given for some months")
TOGETHER_OPEN: Final = Words(
    "文中写“之一”，未说能否两项并用；two_relaxations 可选定",
    "the text says one of them and not whether two go together; two_relaxations chooses",
)
NO_GAIN: Final = Words("两项并用不比单项更有利", "two together give no more than one")
NOT_INSURED: Final = Words("申报当月未写参保", "no insurance told for the month of application")
NO_WAGE: Final = Words("缺所比年度的平均工资", "the average wage of the year is not given")
BY_PERMIT: Final = {
    "permit_years": "permit_years",
    "suburban_permit": "suburban_permit_years",
    "triple_permit": "triple_permit_years",
}
BY_INSURANCE: Final = {
    "insurance_years": "insurance_years",
    "suburban_insurance": "suburban_permit_years",
    "triple_insurance": "triple_permit_years",
    "insurance_joined": "insurance_joined",
}
MEASURED: Final = {
    "suburban_permit": Words("持证 ", "permit "),
    "triple_permit": Words("持证 ", "permit "),
    "suburban_insurance": Words("参保 ", "insurance "),
    "triple_insurance": Words("参保 ", "insurance "),
}
"""What is measured where one clause is asked of both."""
BY_SERVICE: Final = {"suburban_work": "suburban_years"}
PERMIT_MASK, INSURANCE_MASK, SERVICE_MASK = (
    sum(BITS[name] for name in group) for group in (BY_PERMIT, BY_INSURANCE, BY_SERVICE)
)


def timed_reasons(time: Timeline, terms: Terms, unmet: tuple[int, int], unbroken: bool) -> tuple[Judged, ...]:
    """The reasons that time brings, by the bits of conditions that may not be and are not surely met today."""
    never, unsure = unmet
    permit, service, insured, months = time.permit, time.suburban, time.insured, time.months
    # the months shown are those of the reading chosen
    held = 0 if permit is None else permit.months_unbroken if unbroken else permit.months_added
    served = 0 if service is None else service.months_longest() if unbroken else service.months_added
    paid = insured.unbroken if unbroken else insured.added_up
    return (
        *_by_permit(terms, held, never & PERMIT_MASK, unsure & PERMIT_MASK),
        *_by_insurance(terms, paid, never & INSURANCE_MASK, unsure & INSURANCE_MASK),
        *_by_service(terms, served, never & SERVICE_MASK, unsure & SERVICE_MASK),
        *_in_total(terms, time.in_window),
        *_now(terms, months.ratio, months.double & 1, months.triple & 1, months.unknown & 1),
    )


@lru_cache(maxsize=KEPT)
def way_reasons(terms: Terms, never: int, unsure: int) -> tuple[Judged, ...]:
    """The result of each way to apply with what it lacks, by the bits of conditions that are not met today."""
    single = [_way(terms, name, never, unsure) for name in SINGLE]
    best = any_of(each.verdict for each in single)
    pairs = {pair: _verdict(never & mask, unsure & mask) for pair, mask in PAIR_MASKS.items()}
    together = any_of([best, *pairs.values()])
    clause = terms.one_relaxation
    if together is best:
        return (*single, Judged(clause=clause, verdict=together, found=NO_GAIN))
    gain = [pair for pair, verdict in pairs.items() if verdict is together]
    text = "; ".join(" + ".join(clause_of(terms, name).citation.article for name in pair) for pair in gain)
    return (*single, Judged(clause=clause, verdict=together, found=Words(text, text), because=TOGETHER_OPEN))


def _way(terms: Terms, name: str, never: int, unsure: int) -> Judged:
    mask, clause = SINGLE_MASKS[name], clause_of(terms, name)
    verdict = _verdict(never & mask, unsure & mask)
    if verdict is Verdict.YES:
        return Judged(clause=clause, verdict=verdict, found=True)
    lacking = never & mask or unsure & mask
    names = names_of(terms, [CLAUSES.get(each, each) for each in SINGLE[name] if BITS[each] & lacking])
    if verdict is Verdict.NO:
        because = Words(f"不符合：{names.zh}", f"not met: {names.en}")
        return Judged(clause=clause, verdict=verdict, found=False, because=because)
    return Judged(clause=clause, verdict=verdict, because=Words(f"不能确定：{names.zh}", f"cannot tell: {names.en}"))


def _verdict(never: int, unsure: int) -> Verdict:
    if never:
        return Verdict.NO
    return Verdict.CANNOT_TELL if unsure else Verdict.YES


@lru_cache(maxsize=KEPT)
def _by_permit(terms: Terms, months: int, never: int, unsure: int) -> tuple[Judged, ...]:
    return tuple([_held(terms, BY_PERMIT[name], name, (months, never, unsure)) for name in BY_PERMIT])


@lru_cache(maxsize=KEPT)
def _by_insurance(terms: Terms, months: int, never: int, unsure: int) -> tuple[Judged, ...]:
    return tuple([_held(terms, BY_INSURANCE[name], name, (months, never, unsure)) for name in BY_INSURANCE])


@lru_cache(maxsize=KEPT)
def _by_service(terms: Terms, months: int, never: int, unsure: int) -> tuple[Judged, ...]:
    return tuple([_held(terms, BY_SERVICE[name], name, (months, never, unsure)) for name in BY_SERVICE])


def _held(terms: Terms, clause: str, condition: str, found: tuple[int, int, int]) -> Judged:
    months, never, unsure = found
    years, rest = divmod(months, MONTHS_PER_YEAR)
    verdict = _verdict(never & BITS[condition], unsure & BITS[condition])
    because = JOINED_OPEN if condition == "insurance_joined" else COUNTING_OPEN
    of = MEASURED.get(condition, Words("", ""))
    counted = Words(f"{of.zh}{years} 年 {rest} 个月", f"{of.en}{years} year(s) {rest} month(s)")
    whole = not rest and condition not in MEASURED and clause_of(terms, clause).unit is not None
    return Judged(
        clause=clause_of(terms, clause),
        verdict=verdict,
        found=years if whole else counted,
        because=because if verdict is Verdict.CANNOT_TELL else None,
    )


@lru_cache(maxsize=KEPT)
def _in_total(terms: Terms, in_window: tuple[int, int, int, int]) -> tuple[Judged, ...]:
    double, double_unknown, triple, triple_unknown = in_window
    return _months(terms.double_months, double, double_unknown), _months(terms.triple_months, triple, triple_unknown)


def _months(clause: Clause, months: int, unknown: int) -> Judged:
    if clause.met_by(months):
        return Judged(clause=clause, verdict=Verdict.YES, found=months)
    if clause.met_by(months + unknown):
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=months, because=WAGE_OPEN)
    return Judged(clause=clause, verdict=Verdict.NO, found=months)


@lru_cache(maxsize=KEPT)
def _now(terms: Terms, ratio: int | None, double: int, triple: int, unknown: int) -> tuple[Judged, ...]:
    return _reached(terms.double_base, ratio, double, unknown), _reached(terms.triple_base, ratio, triple, unknown)


def _reached(clause: Clause, ratio: int | None, reached: int, unknown: int) -> Judged:
    if unknown:
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=NO_WAGE, because=WAGE_OPEN)
    if ratio is None:
        return Judged(clause=clause, verdict=Verdict.NO, found=NOT_INSURED)
    return Judged(clause=clause, verdict=Verdict.YES if reached else Verdict.NO, found=ratio * SHOWN)
