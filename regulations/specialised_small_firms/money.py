"""Money by a share or a limit: upgrading, services, interest, guarantees, the surcharge on water."""

from collections.abc import Sequence
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
from regulations.specialised_small_firms.standing import open_to, specialised
from regulations.specialised_small_firms.terms import Terms, Told
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, Notice, judge, ruling
from tariffs.judging.clauses import Clause, Unit, amount_words
from tariffs.vocabulary.errors import Words

FEN: Final = Decimal("0.01")


def of_upgrading(asked: Upgrading, status: Status | None, terms: Terms) -> Told:
    """Whether a project has the support of especially major ones, and what that is: a share, up to the cap."""
    words = Words("技改项目能否获特别重大项目支持", "may the project have the support of especially major ones?")
    reasons = [
        *specialised(status, terms),
        judge(terms.upgrading_project, asked.qualified),
        open_to(terms.upgrading_major, asked.especially_major, _MAJOR),
    ]
    answer = ruling("upgrading", words, reasons)
    investment = asked.approved_investment_cny
    wanted = asked.especially_major is True and answer.verdict is not Verdict.NO
    return Told(
        ruling=answer,
        benefits=(_upgrading(investment, terms),) if wanted and investment is not None else (),
        figures=(_investment_at_cap(terms),),
        notices=(
            Notice(words=_SUBSIDIES, clause=terms.upgrading_subsidies),
            Notice(words=_STANDARD, clause=terms.iso56005),
        ),
    )


def of_services(
    question: str, asked: Services, status: Status | None, kind: Clause, share: Clause, terms: Terms
) -> Told:
    """Whether services of a kind are supported when bought, and up to what share of the contract."""
    words = Words(f"{kind.name.zh}能否获支持", f"{kind.name.en}: is it supported?")
    answer = ruling(question, words, [*specialised(status, terms), judge(kind, asked.relevant)])
    return Told(ruling=answer, benefits=_share_of(asked.contract_cny, share, answer.verdict, _CONTRACT))


def of_loan(asked: Loan, status: Status | None, terms: Terms) -> Told:
    """Whether the interest of a loan is subsidised, and up to what."""
    words = Words("贷款能否获贴息", "is the interest of the loan subsidised?")
    answer = ruling("credit_loan", words, [*specialised(status, terms), judge(terms.credit_loan, asked.on_credit)])
    return Told(
        ruling=answer,
        benefits=_share_of(asked.interest_paid_cny, terms.interest_share, answer.verdict, _INTEREST),
        notices=(
            Notice(words=_OF_INTEREST, clause=terms.interest_basis),
            Notice(words=_NO_APPLICATION, clause=terms.credit_loan),
        ),
    )


def of_guarantee(asked: Guarantee, status: Status | None, terms: Terms) -> Told:
    """Whether a guarantee keeps within the limit of one firm, and the headroom, in 元."""
    words = Words("担保额是否在单户上限内", "does the guarantee keep within the limit of one firm?")
    limit = terms.guarantee_limit
    reasons = [*specialised(status, terms), judge(limit, asked.outstanding_cny + asked.asked_cny)]
    headroom = Figure(
        id="guarantee_headroom",
        name=Words("单户担保余额空间", "headroom of the firm's guarantees"),
        quantity=limit.mark - asked.outstanding_cny,
        unit=Unit.CNY,
        clause=limit,
        how=Words("上限减在保余额", "the limit less what is outstanding"),
    )
    return Told(
        ruling=ruling("guarantee", words, reasons),
        figures=(headroom,),
        notices=(Notice(words=_NO_ENTITLEMENT, clause=limit),),
    )


def of_water(asked: WaterSurcharge, status: Status | None, terms: Terms) -> Told:
    """Whether the surcharge on water of a year is waived."""
    words = Words("超定额累进加价水费能否免收", "is the surcharge on water waived?")
    clause = terms.water_surcharge
    verdict = judge(clause, asked.of_year).verdict
    judged = Judged(clause=clause, verdict=verdict, found=_year(asked.of_year), needed=_year(clause.count))
    answer = ruling("water_surcharge", words, [*specialised(status, terms), judged])
    if asked.surcharge_cny is None or answer.verdict is Verdict.NO:
        return Told(ruling=answer)
    how = Words("全额免收", "waived in full")
    waived = Figure(id=clause.id, name=clause.name, quantity=asked.surcharge_cny, unit=Unit.CNY, clause=clause, how=how)
    return Told(ruling=answer, benefits=(waived,))


def in_all(answers: Sequence[Told], terms: Terms) -> tuple[tuple[Figure, ...], tuple[Notice, ...]]:
    """The benefits of all questions together, at most, in 元: those that are sure, and those that are open."""
    kinds = ((Verdict.YES, "at_most_total", _WHOLE), (Verdict.CANNOT_TELL, "at_most_open", _OPEN))
    figures: list[Figure] = []
    for verdict, name, words in kinds:
        found = [Decimal(each.quantity) for told in answers if told.ruling.verdict is verdict for each in told.benefits]
        if found:
            how = Words(f"{len(found)} 项之和", f"the sum of {len(found)} item(s)")
            total, clause = sum(found, Decimal(0)), terms.without_application
            figures.append(Figure(id=name, name=words, quantity=total, unit=Unit.CNY, clause=clause, how=how))
    if not figures:
        return (), ()
    added = Notice(words=_ADDED, clause=terms.without_application)
    return tuple(figures), (added, Notice(words=_OFFICER, clause=terms.officer))


def _upgrading(investment: Decimal, terms: Terms) -> Figure:
    share, cap = terms.upgrading_share, terms.upgrading_cap
    by_share = _to_fen(investment * share.mark)
    rate, most = amount_words(share.mark, share.unit), amount_words(cap.mark, cap.unit)
    return Figure(
        id="upgrading",
        name=Words("特别重大技改项目支持，至多", "support of an especially major project, at most"),
        quantity=min(by_share, cap.mark),
        unit=Unit.CNY,
        clause=share if by_share < cap.mark else cap,
        how=Words(
            f"核定投资的 {rate.zh}，上限 {most.zh}", f"{rate.en} of the approved investment, capped at {most.en}"
        ),
    )


def _investment_at_cap(terms: Terms) -> Figure:
    return Figure(
        id="investment_at_cap",
        name=Words("达到上限的核定投资", "approved investment from which the cap binds"),
        quantity=terms.upgrading_cap.mark / terms.upgrading_share.mark,
        unit=Unit.CNY,
        clause=terms.upgrading_cap,
        how=Words("上限除以比例", "the cap divided by the share"),
    )


def _share_of(base: Decimal, share: Clause, verdict: Verdict, of: Words) -> tuple[Figure, ...]:
    if verdict is Verdict.NO:
        return ()
    rate = amount_words(share.mark, share.unit)
    how = Words(f"至多{of.zh}的 {rate.zh}，舍至分", f"at most {rate.en} of {of.en}, cut to the fen")
    amount = _to_fen(base * share.mark)
    return (Figure(id=share.id, name=share.name, quantity=amount, unit=Unit.CNY, clause=share, how=how),)


def _to_fen(amount: Decimal) -> Decimal:
    """The amount cut to the fen: what is up to a share never passes it."""
    return amount.quantize(FEN, ROUND_FLOOR)


def _year(year: int) -> Words:
    return Words(f"{year} 年度", f"the year {year}")


_MAJOR: Final = Words("特别重大的标准未载明", "what is especially major is not stated")
_SUBSIDIES: Final = Words(
    "符合条件的技改项目可获贷款贴息和融资租赁补贴，比例未载明",
    "qualified projects may have subsidies of interest and leases, no rate stated",
)
_STANDARD: Final = Words(
    "另可获 ISO56005 标准的指导，未列资金", "guidance by the standard ISO56005 as well, no money named"
)
_OFFICER: Final = Words("专精特新企业一企配 1 名服务专员", "a 专精特新 firm has 1 officer to turn to")
_CONTRACT: Final = Words("合同金额", "the contract sum")
_INTEREST: Final = Words("已付利息", "the interest paid")
_OF_INTEREST: Final = Words("比例按利息计，系推断", "that the share is one of the interest is our inference")
_NO_APPLICATION: Final = Words("免申即享", "without application")
_NO_ENTITLEMENT: Final = Words("上限内的担保仍由基金核定", "within the limit the fund still decides")
_WHOLE: Final = Words("各项合计至多", "all benefits together, at most")
_OPEN: Final = Words("未定各项若成立另加至多", "more, at most, should what is open hold")
_ADDED: Final = Words(
    "各项为上限，能否叠加未载明；兑现按免申即享要求",
    "the amounts are caps and whether they add up is not stated; payment without application is the aim",
)
