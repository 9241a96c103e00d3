"""Claims held against the text, and what they come to at most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from regulations.jewellery_fashion_zone.inputs import (
    ENCOURAGED_ONLY,
    OF_TESTING_BODIES,
    STATED,
    CapBasis,
    Claim,
    DayThatCounts,
    GrantCount,
    Inputs,
    Kind,
    Options,
    Place,
    Standard,
)
from regulations.jewellery_fashion_zone.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, Notice, Reading, all_of
from tariffs.judging.clauses import Clause, Unit, amount_words
from tariffs.vocabulary.errors import Words

_FACT: Final = {None: Verdict.CANNOT_TELL, True: Verdict.YES, False: Verdict.NO}
_QUALIFIED: Final = Words("符合条件（另行规定）", "qualified under other rules")
_OVERSEAS: Final = Words("在海外", "overseas")
_OVERSEAS_OPEN: Final = Words(
    "海外是否含港澳台未有定义", "whether 海外 takes in Hong Kong, Macao and Taiwan is not defined"
)
_IN_HONG_KONG: Final = Words("在港澳台", "in Hong Kong, Macao or Taiwan")
_ENCOURAGED: Final = Words("仅鼓励，未列资金", "encouraged only, no money named")
_WHOLE: Final = Words("支持合计至多", "support in all, at most")
_MORE: Final = Words("未定各项若成立另加至多", "more, at most, should the open claims hold")
_MONEY: Final = Words("列有资金支持", "money is named")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A claim held against the text: the clause of its kind, and whether its day counts."""

    claim: Claim
    item: Judged
    day: Judged

    @property
    def verdict(self) -> Verdict:
        """Whether the claim finds support on its day."""
        return all_of((self.item.verdict, self.day.verdict))


def held(number: int, claim: Claim, inputs: Inputs, terms: Terms) -> Held:
    """A claim held against the clause of its kind and the days of the text; its reasons bear its number."""
    event = inputs.options.day_that_counts is DayThatCounts.EVENT
    day = claim.event_on if event else claim.claimed_on or inputs.on
    end = terms.term.effective_until
    covered = terms.term.effective_from <= day and (end is None or day <= end)
    verdict = Verdict.YES if covered else Verdict.NO
    needed = Words(
        f"{terms.term.effective_from} 至 {end}（含首尾两日）",
        f"{terms.term.effective_from} to {end} (both days included)",
    )
    return Held(
        claim=claim,
        item=_numbered(number, _item(claim, terms)),
        day=_numbered(number, Judged(clause=terms.days_covered, verdict=verdict, found=day, needed=needed)),
    )


def _numbered(number: int, judged: Judged) -> Judged:
    more = judged.because or Words("", "")
    words = Words(f"第 {number} 项 {more.zh}".rstrip(), f"claim {number} {more.en}".rstrip())
    return replace(judged, because=words)


def _item(claim: Claim, terms: Terms) -> Judged:
    clause: Clause = getattr(terms, claim.kind.value)
    match claim.kind:
        case Kind.PROMOTION_MEETING:
            return _meeting(claim, terms)
        case Kind.TESTING_BRANCH if claim.place is not Place.OVERSEAS:
            return _branch_elsewhere(claim, clause)
        case Kind.TESTING_STANDARD if claim.standard is not Standard.INTERNATIONAL:
            found = Words("国家标准或行业标准", "a national or trade standard")
            return Judged(clause=clause, verdict=Verdict.NO, found=found, needed=Words("国际标准", "international"))
        case kind if kind in ENCOURAGED_ONLY:
            return Judged(clause=clause, verdict=Verdict.NO, found=_ENCOURAGED, needed=_MONEY)
    return _if_qualified(clause, claim.qualified)


def _meeting(claim: Claim, terms: Terms) -> Judged:
    match claim.place:
        case Place.OVERSEAS:
            return Judged(clause=terms.promotion_meeting, verdict=Verdict.YES, found=_OVERSEAS, needed=_OVERSEAS)
        case Place.MAINLAND:
            return _if_qualified(terms.other_promotion, claim.qualified)
    return Judged(
        clause=terms.promotion_meeting,
        verdict=Verdict.CANNOT_TELL,
        found=_IN_HONG_KONG,
        needed=_OVERSEAS,
        because=_OVERSEAS_OPEN,
    )


def _branch_elsewhere(claim: Claim, clause: Clause) -> Judged:
    if claim.place is Place.HONG_KONG_MACAO_TAIWAN and claim.qualified is not False:
        verdict, found, because = Verdict.CANNOT_TELL, _IN_HONG_KONG, _OVERSEAS_OPEN
        return Judged(clause=clause, verdict=verdict, found=found, needed=_OVERSEAS, because=because)
    if claim.place is Place.HONG_KONG_MACAO_TAIWAN:
        return _if_qualified(clause, claim.qualified)
    return Judged(clause=clause, verdict=Verdict.NO, found=Words("在境内", "in the mainland"), needed=_OVERSEAS)


def _if_qualified(clause: Clause, qualified: bool | None) -> Judged:
    verdict = _FACT[qualified]
    return Judged(clause=clause, verdict=verdict, found=qualified, needed=_QUALIFIED)


def amounts(claims: Sequence[Held], options: Options, terms: Terms) -> Iterable[Figure]:
    """What the claims come to at most, in 元: for each clause, in all, and should the open ones hold."""
    sure = [one for one in claims if one.verdict is Verdict.YES]
    open_ones = [one for one in claims if one.verdict is Verdict.CANNOT_TELL]
    sums = _at_most_by_clause(sure, options, terms)
    for clause, count, amount in sums:
        yield _of_clause(clause, count, amount)
    total = sum((amount for _, _, amount in sums), Decimal(0))
    yield _in_all("at_most_total", _WHOLE, total, len(sure), terms)
    if open_ones:
        both = _at_most_by_clause(sure + open_ones, options, terms)
        more = sum((amount for _, _, amount in both), -total)
        yield _in_all("at_most_open", _MORE, more, len(open_ones), terms)
    unstated = [one for one in claims if _unstated(one)]
    if unstated:
        yield Figure(
            id="amounts_not_stated",
            name=Words("金额未载明的项数", "claims whose amount is not stated"),
            quantity=len(unstated),
            unit=Unit.ITEM,
            clause=unstated[0].item.clause,
            how=Words("不计入合计", "not in the sum"),
        )


def _at_most_by_clause(claims: Sequence[Held], options: Options, terms: Terms) -> list[tuple[Clause, int, Decimal]]:
    """For each clause with an amount: how many claims rest on it, and what they come to at most."""
    sums: list[tuple[Clause, int, Decimal]] = []
    for name in STATED:
        clause: Clause = getattr(terms, name)
        of_clause = [one.claim for one in claims if one.item.clause is clause]
        if of_clause:
            sums.append((clause, len(of_clause), _at_most(of_clause, clause, options)))
    return sums


def _at_most(claims: Sequence[Claim], clause: Clause, options: Options) -> Decimal:
    """What claims of one clause come to: the fixed sum of each, or the cap of each or of each body."""
    if clause.boundary is None:
        return clause.mark * len(claims)
    once = options.testing_grant is GrantCount.ONCE_A_BODY
    groups: dict[object, list[Decimal | None]] = {}
    for number, claim in enumerate(claims):
        shared = once and claim.kind in OF_TESTING_BODIES
        groups.setdefault(claim.body if shared else number, []).append(claim.cost_cny)
    return sum((_within_cap(costs, clause, options) for costs in groups.values()), Decimal(0))


def _within_cap(costs: Sequence[Decimal | None], clause: Clause, options: Options) -> Decimal:
    known = [cost for cost in costs if cost is not None]
    if options.cap_basis is CapBasis.CAP_ALONE or len(known) < len(costs):
        return clause.mark
    return min(sum(known, Decimal(0)), clause.mark)


def _of_clause(clause: Clause, claims: int, amount: Decimal) -> Figure:
    kind = Words("定额", "a fixed sum of") if clause.boundary is None else Words("上限", "a cap of")
    mark = amount_words(clause.mark, clause.unit)
    how = Words(f"{claims} 项，{kind.zh} {mark.zh}", f"{claims} claim(s), {kind.en} {mark.en}")
    return Figure(id=clause.id, name=clause.name, quantity=amount, unit=Unit.CNY, clause=clause, how=how)


def _in_all(name: str, words: Words, amount: Decimal, claims: int, terms: Terms) -> Figure:
    how = Words(f"{claims} 项，金额未载明的不计", f"{claims} claim(s), those without an amount left out")
    return Figure(id=name, name=words, quantity=amount, unit=Unit.CNY, clause=terms.district_first, how=how)


def beside(claims: Sequence[Held], options: Options, terms: Terms) -> Iterable[Notice]:
    """What to know beside the amounts: those not stated, what caps are, who pays."""
    for clause in {one.item.clause.id: one.item.clause for one in claims if _unstated(one)}.values():
        words = Words(f"{clause.name.zh}：金额未载明", f"{clause.name.en}: the amount is not stated")
        yield Notice(words=words, clause=clause)
    capped = [one for one in claims if one.item.clause.boundary is not None and one.verdict is not Verdict.NO]
    if capped:
        words = Words(
            "上限不是应得数额，费用分担比例未载明", "a cap is no entitlement, and the share of costs is not stated"
        )
        yield Notice(words=words, clause=capped[0].item.clause)
    if options.cap_basis is CapBasis.COST_WITHIN_CAP and any(one.claim.cost_cny is None for one in capped):
        words = Words("未给出 cost_cny 的按上限计", "where cost_cny is left out the cap counts")
        yield Notice(words=words, clause=capped[0].item.clause)
    yield Notice(words=_DISTRICT, clause=terms.district_first)


_DISTRICT: Final = Words(
    "市区联动、以区为主：向黄浦区申报，资金出自所列专项资金",
    "city and district act together, the district first: the money is that of the budgets named",
)


def _unstated(one: Held) -> bool:
    return one.item.clause.quantity is None and one.verdict is not Verdict.NO


_READINGS: Final = {
    CapBasis.CAP_ALONE: Words("有上限的按上限计", "what has a cap counts with its cap"),
    CapBasis.COST_WITHIN_CAP: Words(
        "有上限的按费用与上限孰低计", "what has a cap counts with its cost or the cap, the lower"
    ),
    GrantCount.EACH_CASE: Words("检测机构的支持按每例计", "a testing body has its grants for each case"),
    GrantCount.ONCE_A_BODY: Words("检测机构的每种支持按每机构一次计", "a testing body has each of its grants once"),
    DayThatCounts.EVENT: Words("以活动（设立、取得）日计", "the day of the event counts"),
    DayThatCounts.CLAIM: Words(
        "以申报日计，未申报则以评判日计", "the day of the claim counts, that judged if not claimed yet"
    ),
}


def readings(claims: Sequence[Held], options: Options, terms: Terms) -> Iterable[Reading]:
    """The readings that bear on the claims."""
    capped = [one.item.clause for one in claims if one.item.clause.boundary is not None]
    testing = [one.item.clause for one in claims if one.claim.kind in OF_TESTING_BODIES]
    yield _reading("day_that_counts", options.day_that_counts, terms.days_covered)
    if capped:
        yield _reading("cap_basis", options.cap_basis, capped[0])
    if testing:
        yield _reading("testing_grant", options.testing_grant, testing[0])


def _reading(option: str, choice: CapBasis | GrantCount | DayThatCounts, clause: Clause) -> Reading:
    return Reading(option=option, choice=choice.value, words=_READINGS[choice], clause=clause)
