"""Money by a share or a limit: upgrading, services, interest, guarantees, the surcharge on water; and all of it together."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal
from typing import Final

from regulations.specialised_small_firms.firm_inputs import (
    Guarantee,
    Loan,
    Services,
    Status,
    Upgrading,
    WaterSurcharge,
)
from regulations.specialised_small_firms.standing import specialised
from regulations.specialised_small_firms.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Notice, judge
from tariffs.judging.clauses import Clause, Unit, amount_words
from tariffs.judging.parts import Part, Question, stated
from tariffs.vocabulary.errors import Words

UPGRADING: Final = Question(
    key="upgrading",
    words=Words("技改项目能否获特别重大项目支持", "may the project have the support of especially major ones?"),
)
LOAN: Final = Question(key="credit_loan", words=Words("贷款能否获贴息", "is the interest of the loan subsidised?"))
GUARANTEE: Final = Question(
    key="guarantee", words=Words("担保额是否在单户上限内", "does the guarantee keep within the limit of one firm?")
)
WATER: Final = Question(
    key="water_surcharge", words=Words("超定额累进加价水费能否免收", "is the surcharge on water waived?")
)
BENEFITS: Final = frozenset(
    (
        "scale_first",
        "scale_growth",
        "growth_reward",
        "upgrading",
        "digital_share",
        "professional_share",
        "interest_share",
        "water_surcharge",
    )
)
"""The figures that are money of the firm, and are summed."""
FEN: Final = Decimal("0.01")
_MAJOR: Final = Words("特别重大的标准未载明", "what is especially major is not stated")
_SUBSIDIES: Final = Words(
    "符合条件的技改项目可获贷款贴息和融资租赁补贴，比例未载明",
    "qualified projects may have subsidies of interest and leases, no rate stated",
)
_UPGRADED: Final = Words("特别重大技改项目支持，至多", "support of an especially major project, at most")
_CONTRACT: Final = Words("合同金额", "the contract sum")
_INTEREST: Final = Words("已付利息", "the interest paid")
_OF_INTEREST: Final = Words("比例按利息计，系推断", "that the share is one of the interest is our inference")
_NO_APPLICATION: Final = Words("免申即享", "without application")
_NO_ENTITLEMENT: Final = Words(
    "上限不是应得额度，是否担保条文未载明", "a limit is no entitlement; who is guaranteed is not stated"
)
_WHOLE: Final = Words("各项合计至多", "all benefits together, at most")
_OPEN: Final = Words("未定各项若成立另加至多", "more, at most, should what is open hold")
_ADDED: Final = Words(
    "各项为上限，能否叠加未载明；兑现按免申即享要求",
    "the amounts are caps and whether they add up is not stated; payment without application is the aim",
)


def upgrading_part(asked: Upgrading, status: Status | None, terms: Terms) -> Part:
    """Whether a project has the support of especially major ones, and what that is: a share, up to the cap."""
    reasons = [
        specialised(status, terms),
        stated(terms.upgrading_project, asked.qualified),
        stated(terms.upgrading_major, asked.especially_major, _MAJOR),
    ]
    answer = UPGRADING.ruled(reasons, terms.term)
    reached = asked.especially_major is True and answer.verdict is not Verdict.NO
    standard = amount_words(terms.iso56005.mark, terms.iso56005.unit)
    guided = Words(
        f"另可获 ISO{standard.zh} 标准的指导，未列资金",
        f"guidance by the standard ISO{standard.en} as well, no money named",
    )
    return Part(
        ruling=answer,
        figures=(
            *((_upgraded(asked.approved_investment_cny, terms),) if reached else ()),
            _investment_at_cap(terms),
        ),
        notices=(
            Notice(words=_SUBSIDIES, clause=terms.upgrading_subsidies),
            Notice(words=guided, clause=terms.iso56005),
        ),
    )


def services_part(
    question: str, asked: Services, status: Status | None, kind: Clause, share: Clause, terms: Terms
) -> Part:
    """Whether services of a kind are supported when bought, and up to what share of the contract."""
    words = Words(f"{kind.name.zh}能否获支持", f"{kind.name.en}: are they supported when bought?")
    reasons = [specialised(status, terms), stated(kind, asked.relevant)]
    answer = Question(key=question, words=words).ruled(reasons, terms.term)
    name = Words(f"{kind.name.zh}的支持，至多", f"support of {kind.name.en}, at most")
    return Part(ruling=answer, figures=_share_of(asked.contract_cny, share, answer.verdict, name, _CONTRACT))


def loan_part(asked: Loan, status: Status | None, terms: Terms) -> Part:
    """Whether the interest of a loan is subsidised, and up to what."""
    answer = LOAN.ruled([specialised(status, terms), judge(terms.credit_loan, asked.on_credit)], terms.term)
    name = Words("信用贷款贴息，至多", "subsidy of the interest, at most")
    return Part(
        ruling=answer,
        figures=_share_of(asked.interest_paid_cny, terms.interest_share, answer.verdict, name, _INTEREST),
        notices=(
            Notice(words=_OF_INTEREST, clause=terms.interest_basis),
            Notice(words=_NO_APPLICATION, clause=terms.credit_loan),
        ),
    )


def guarantee_part(asked: Guarantee, status: Status | None, terms: Terms) -> Part:
    """Whether a guarantee keeps within the limit of one firm, and the headroom of a 专精特新 firm, in 元."""
    limit, standing = terms.guarantee_limit, specialised(status, terms)
    headroom = Figure(
        id="guarantee_headroom",
        name=Words("单户担保剩余额度", "headroom of the firm's guarantees"),
        quantity=limit.mark - asked.outstanding_cny,
        unit=Unit.CNY,
        clause=limit,
        how=Words("上限减在保余额", "the limit less what is outstanding"),
    )
    return Part(
        ruling=GUARANTEE.ruled([standing, judge(limit, asked.outstanding_cny + asked.asked_cny)], terms.term),
        figures=() if standing.verdict is Verdict.NO else (headroom,),
        notices=(Notice(words=_NO_ENTITLEMENT, clause=limit),),
    )


def water_part(asked: WaterSurcharge, status: Status | None, terms: Terms) -> Part:
    """Whether the surcharge on water of a year is waived."""
    clause = terms.water_surcharge
    answer = WATER.ruled([specialised(status, terms), judge(clause, asked.of_year)], terms.term)
    if asked.surcharge_cny is None or answer.verdict is Verdict.NO:
        return Part(ruling=answer)
    how = Words("全额免收", "waived in full")
    waived = Figure(id=clause.id, name=clause.name, quantity=asked.surcharge_cny, unit=Unit.CNY, clause=clause, how=how)
    return Part(ruling=answer, figures=(waived,))


def in_all(parts: Sequence[Part], terms: Terms) -> tuple[tuple[Figure, ...], tuple[Notice, ...]]:
    """The benefits of all questions together, at most, in 元: those that are sure, and those that are open."""
    kinds = ((Verdict.YES, "at_most_total", _WHOLE), (Verdict.CANNOT_TELL, "at_most_open", _OPEN))
    clause = terms.without_application
    figures: list[Figure] = []
    for verdict, name, words in kinds:
        told = (each for part in parts if part.ruling.verdict is verdict for each in part.figures)
        found = [Decimal(each.quantity) for each in told if each.id in BENEFITS]
        if found:
            count = amount_words(len(found), Unit.ITEM)
            how = Words(f"{count.zh}之和，金额未知的不计", f"the sum of {count.en}, unknown amounts left out")
            total = sum(found, Decimal(0))
            figures.append(Figure(id=name, name=words, quantity=total, unit=Unit.CNY, clause=clause, how=how))
    if not figures:
        return (), ()
    officer = amount_words(terms.officer.mark, terms.officer.unit)
    one = Words(f"专精特新企业每家配服务专员 {officer.zh}", f"a 专精特新 firm has {officer.en} to turn to")
    return tuple(figures), (Notice(words=_ADDED, clause=clause), Notice(words=one, clause=terms.officer))


def _upgraded(investment_cny: Decimal | None, terms: Terms) -> Figure:
    share, cap = terms.upgrading_share, terms.upgrading_cap
    rate, most = amount_words(share.mark, share.unit), amount_words(cap.mark, cap.unit)
    at_cap = Figure(
        id="upgrading",
        name=_UPGRADED,
        quantity=cap.mark,
        unit=Unit.CNY,
        clause=cap,
        how=Words(
            f"核定投资的 {rate.zh}，上限 {most.zh}", f"{rate.en} of the approved investment, capped at {most.en}"
        ),
    )
    if investment_cny is None:
        unknown = Words(f"核定投资未给出，按上限 {most.zh}", f"no approved investment is given: the cap of {most.en}")
        return replace(at_cap, how=unknown)
    by_share = _to_fen(investment_cny * share.mark)
    return replace(at_cap, quantity=by_share, clause=share) if by_share < cap.mark else at_cap


def _investment_at_cap(terms: Terms) -> Figure:
    return Figure(
        id="investment_at_cap",
        name=Words("达到上限的核定投资", "approved investment from which the cap binds"),
        quantity=terms.upgrading_cap.mark / terms.upgrading_share.mark,
        unit=Unit.CNY,
        clause=terms.upgrading_cap,
        how=Words("上限除以比例", "the cap divided by the share"),
    )


def _share_of(base_cny: Decimal, share: Clause, verdict: Verdict, name: Words, of: Words) -> tuple[Figure, ...]:
    if verdict is Verdict.NO:
        return ()
    rate = amount_words(share.mark, share.unit)
    how = Words(f"至多{of.zh}的 {rate.zh}，不足一分的舍去", f"at most {rate.en} of {of.en}, cut to the fen")
    amount = _to_fen(base_cny * share.mark)
    return (Figure(id=share.id, name=name, quantity=amount, unit=Unit.CNY, clause=share, how=how),)


def _to_fen(amount_cny: Decimal) -> Decimal:
    """The amount cut to the fen: what is up to a share never passes it."""
    return amount_cny.quantize(FEN, ROUND_FLOOR)
