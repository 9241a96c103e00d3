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
    Support,
)
from regulations.jewellery_fashion_zone.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, Notice, Reading, all_of
from tariffs.judging.clauses import Clause, Unit, amount_words
from tariffs.judging.parts import Part, Question, chosen, stated
from tariffs.vocabulary.errors import Words

SUPPORT: Final = Question(
    key="support", words=Words("所列各项是否均可获资金支持", "does every claim find support in money?")
)
_QUALIFIED: Final = Words("符合条件（另行规定）", "qualified under other rules")
_OVERSEAS: Final = Words("在海外", "overseas")
_IN_HONG_KONG: Final = Words("在港澳台", "in Hong Kong, Macao or Taiwan")
_HERE: Final = Words("在境内", "in the mainland")
_OVERSEAS_OPEN: Final = Words(
    "海外是否含港澳台未有定义", "whether 海外 takes in Hong Kong, Macao and Taiwan is not defined"
)
_INTERNATIONAL: Final = Words("国际标准", "an international standard")
_OTHER_STANDARD: Final = Words("国家标准或行业标准", "a national or trade standard")
_ENCOURAGED: Final = Words("仅鼓励，未列资金", "encouraged only, no money named")
_MONEY: Final = Words("列有资金支持", "money is named")
_WHOLE: Final = Words("支持合计至多", "support in all, at most")
_MORE: Final = Words("未定各项若成立另加至多", "more, at most, should the open claims hold")


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


def support_part(asked: Support, inputs: Inputs, terms: Terms) -> Part:
    """Whether every claim finds support, and what they come to at most, in 元."""
    claims = [_held(n, claim, inputs, terms) for n, claim in enumerate(asked.claims, start=1)]
    reasons = (judged for one in claims for judged in (one.item, one.day))
    return Part(
        ruling=SUPPORT.ruled(reasons, terms.term),
        figures=tuple(_amounts(claims, inputs.options, terms)),
        notices=tuple(_beside(claims, inputs.options, terms)),
        readings=tuple(_readings(claims, inputs.options, terms)),
    )


def _held(number: int, claim: Claim, inputs: Inputs, terms: Terms) -> Held:
    event = inputs.options.day_that_counts is DayThatCounts.EVENT
    day = claim.event_on if event else claim.claimed_on or inputs.on
    start, end = terms.term.effective_from, terms.term.effective_until
    verdict = Verdict.YES if start <= day and (end is None or day <= end) else Verdict.NO
    needed = Words(f"{start} 至 {end}（含首尾两日）", f"{start} to {end} (both days included)")
    return Held(
        claim=claim,
        item=_numbered(number, _item(claim, terms)),
        day=_numbered(number, Judged(clause=terms.days_covered, verdict=verdict, found=day, needed=needed)),
    )


def _numbered(number: int, judged: Judged) -> Judged:
    found, because = judged.found_words, judged.because
    return replace(
        judged,
        found=Words(f"第 {number} 项：{found.zh}", f"claim {number}: {found.en}"),
        because=because and Words(f"第 {number} 项，{because.zh}", f"claim {number}, {because.en}"),
    )


def _item(claim: Claim, terms: Terms) -> Judged:
    clause: Clause = getattr(terms, claim.kind.value)
    match claim.kind:
        case Kind.PROMOTION_MEETING:
            return _meeting(claim, terms)
        case Kind.TESTING_BRANCH if claim.place is Place.MAINLAND:
            return Judged(clause=clause, verdict=Verdict.NO, found=_HERE, needed=_OVERSEAS)
        case Kind.TESTING_BRANCH if claim.place is Place.HONG_KONG_MACAO_TAIWAN and claim.qualified is not False:
            return _overseas_open(clause)
        case Kind.TESTING_STANDARD if claim.standard is not Standard.INTERNATIONAL:
            return Judged(clause=clause, verdict=Verdict.NO, found=_OTHER_STANDARD, needed=_INTERNATIONAL)
        case kind if kind in ENCOURAGED_ONLY:
            return Judged(clause=clause, verdict=Verdict.NO, found=_ENCOURAGED, needed=_MONEY)
    return _if_qualified(clause, claim)


def _meeting(claim: Claim, terms: Terms) -> Judged:
    match claim.place:
        case Place.OVERSEAS:
            return Judged(clause=terms.promotion_meeting, verdict=Verdict.YES, found=_OVERSEAS, needed=_OVERSEAS)
        case Place.MAINLAND:
            return _if_qualified(terms.other_promotion, claim)
    return _overseas_open(terms.promotion_meeting)


def _overseas_open(clause: Clause) -> Judged:
    verdict = Verdict.CANNOT_TELL
    return Judged(clause=clause, verdict=verdict, found=_IN_HONG_KONG, needed=_OVERSEAS, because=_OVERSEAS_OPEN)


def _if_qualified(clause: Clause, claim: Claim) -> Judged:
    return replace(stated(clause, claim.qualified), needed=_QUALIFIED)


def _amounts(claims: Sequence[Held], options: Options, terms: Terms) -> Iterable[Figure]:
    """What the claims come to at most, in 元: for each clause, in all, and should the open ones hold."""
    sure = [one for one in claims if one.verdict is Verdict.YES]
    open_ones = [one for one in claims if one.verdict is Verdict.CANNOT_TELL]
    by_clause = tuple(_by_clause(sure, options, terms))
    yield from by_clause
    total = _sum(by_clause)
    yield _in_all("at_most_total", _WHOLE, total, len(sure), terms)
    if open_ones:
        more = _sum(_by_clause([*sure, *open_ones], options, terms)) - total
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


def _sum(figures: Iterable[Figure]) -> Decimal:
    return sum((Decimal(each.quantity) for each in figures), Decimal(0))


def _by_clause(claims: Sequence[Held], options: Options, terms: Terms) -> Iterable[Figure]:
    for name in STATED:
        clause: Clause = getattr(terms, name)
        of_clause = [one.claim for one in claims if one.item.clause is clause]
        if of_clause:
            yield Figure(
                id=clause.id,
                name=clause.name,
                quantity=_at_most(of_clause, clause, options),
                unit=Unit.CNY,
                clause=clause,
                how=_how(of_clause, clause, options),
            )


def _at_most(claims: Sequence[Claim], clause: Clause, options: Options) -> Decimal:
    """What claims of one clause come to: the fixed sum of each, or the cap of each or of each body."""
    if clause.boundary is None:
        return clause.mark * len(claims)
    once = _once_a_body(claims[0], options)
    groups: dict[object, list[Decimal | None]] = {}
    for number, claim in enumerate(claims):
        groups.setdefault(claim.body if once else number, []).append(claim.cost_cny)
    return sum((_within_cap(costs, clause, options) for costs in groups.values()), Decimal(0))


def _once_a_body(claim: Claim, options: Options) -> bool:
    return options.testing_grant is GrantCount.ONCE_A_BODY and claim.kind in OF_TESTING_BODIES


def _within_cap(costs: Sequence[Decimal | None], clause: Clause, options: Options) -> Decimal:
    known = [cost for cost in costs if cost is not None]
    if options.cap_basis is CapBasis.CAP_ALONE or len(known) < len(costs):
        return clause.mark
    return min(sum(known, Decimal(0)), clause.mark)


def _how(claims: Sequence[Claim], clause: Clause, options: Options) -> Words:
    count, mark = amount_words(len(claims), Unit.ITEM), amount_words(clause.mark, clause.unit)
    if clause.boundary is None:
        return Words(f"{count.zh}，每项定额 {mark.zh}", f"{count.en}, a fixed sum of {mark.en} each")
    body = Words("每机构", "for each body") if _once_a_body(claims[0], options) else Words("每项", "each")
    cost = Words("费用与上限孰低，", "cost or cap, the lower, ")
    lower = cost if options.cap_basis is CapBasis.COST_WITHIN_CAP else Words("", "")
    return Words(f"{count.zh}，{lower.zh}{body.zh}至多 {mark.zh}", f"{count.en}, {lower.en}at most {mark.en} {body.en}")


def _in_all(name: str, words: Words, amount: Decimal, claims: int, terms: Terms) -> Figure:
    count = amount_words(claims, Unit.ITEM)
    how = Words(f"{count.zh}，金额未载明的不计", f"{count.en}, those without an amount left out")
    return Figure(id=name, name=words, quantity=amount, unit=Unit.CNY, clause=terms.district_first, how=how)


def _beside(claims: Sequence[Held], options: Options, terms: Terms) -> Iterable[Notice]:
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
    funds = "、".join(terms.district_first.listed)
    words = Words(
        f"市区联动、以区为主；列明的资金来源：{funds}",
        f"city and district act together, the district first; the budgets named: {funds}",
    )
    yield Notice(words=words, clause=terms.district_first)


def _unstated(one: Held) -> bool:
    return one.item.clause.quantity is None and one.verdict is not Verdict.NO


_CHOICES: Final = {
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


def _readings(claims: Sequence[Held], options: Options, terms: Terms) -> Iterable[Reading]:
    capped = [one.item.clause for one in claims if one.item.clause.boundary is not None]
    testing = [one.item.clause for one in claims if one.claim.kind in OF_TESTING_BODIES]
    yield chosen("day_that_counts", options.day_that_counts, _CHOICES, terms.days_covered)
    if capped:
        yield chosen("cap_basis", options.cap_basis, _CHOICES, capped[0])
    if testing:
        yield chosen("testing_grant", options.testing_grant, _CHOICES, testing[0])
