"""The reserve price of the unit auction: the average deal price of the month's person auction."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Final

from regulations.car_quota_auction.inputs import Options, ReserveRounding
from regulations.car_quota_auction.quotas import Holder, Reserve
from regulations.car_quota_auction.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, Reading
from tariffs.judging.clauses import Unit, plain
from tariffs.judging.parts import Part, Question
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.units import FEN_PER_CNY

MEETS = Question(
    key="reserve_price",
    words=Words("底价能否确定且出价不低于底价", "can the reserve be told, and is the bid not below it?"),
)
PERSONS = Words("个人拍卖", "a person auction")
NO_DEALS = Words("未给出同月个人拍卖的成交", "the deals of the month's person auction are not given")
TOLD = Words("已得出", "told")
KNOWN_DEALS = Words("同月个人拍卖的成交", "the deals of the month's person auction")
RESERVE = Words("单位拍卖底价", "reserve price of the unit auction")
TURNOVER = Words("同月个人拍卖成交总额", "turnover of the month's person auction")
SOLD = Words("同月个人拍卖成交数量", "quotas sold in the month's person auction")
TURNOVER_HOW = Words("各笔单价乘数量之和", "sum of price times quantity")
SOLD_HOW = Words("各笔数量之和", "sum of quantities")
HALF_UP: Final = Fraction(1, 2)
STEPS: Final = {
    ReserveRounding.YUAN: Decimal(1),
    ReserveRounding.FEN: Decimal(1) / FEN_PER_CNY,
    ReserveRounding.HUNDRED_YUAN: Decimal(100),
}
ROUNDED = {
    ReserveRounding.YUAN: Words("底价四舍五入到 1 元", "the reserve is rounded to 1 yuan, half up"),
    ReserveRounding.FEN: Words("底价四舍五入到 0.01 元", "the reserve is rounded to 0.01 yuan, half up"),
    ReserveRounding.HUNDRED_YUAN: Words("底价四舍五入到 100 元", "the reserve is rounded to 100 yuan, half up"),
}


def reserve_part(reserve: Reserve, _on: date, terms: Terms, options: Options) -> Part:
    """Whether the reserve can be told and the bid is not below it; a person auction has none."""
    if reserve.auction is Holder.PERSON:
        free = Judged(clause=terms.no_reserve, verdict=Verdict.YES, found=PERSONS)
        return Part(ruling=MEETS.ruled([free], terms.term))
    clause = terms.reserve_is_average
    if not reserve.deals:
        unknown = Judged(clause=clause, verdict=Verdict.CANNOT_TELL, needed=KNOWN_DEALS, because=NO_DEALS)
        return Part(ruling=MEETS.ruled([unknown], terms.term))
    price_cny = reserve_price_cny(reserve, options.reserve_rounding)
    choice = options.reserve_rounding
    return Part(
        ruling=MEETS.ruled([_bid(reserve, price_cny, terms)], terms.term),
        figures=_figures(reserve, price_cny, terms),
        readings=(Reading(option="reserve_rounding", choice=choice.value, words=ROUNDED[choice], clause=clause),),
    )


def reserve_price_cny(reserve: Reserve, rounding: ReserveRounding) -> Decimal:
    """The average price of the deals in 元, weighted by quantity and rounded half up; there is one deal at least."""
    turnover_cny = Fraction(_turnover_cny(reserve))
    step = STEPS[rounding]
    return floor(turnover_cny / _sold(reserve) / Fraction(step) + HALF_UP) * step


def _turnover_cny(reserve: Reserve) -> Decimal:
    return sum((deal.price_cny * deal.quantity for deal in reserve.deals), Decimal(0))


def _sold(reserve: Reserve) -> int:
    return sum(deal.quantity for deal in reserve.deals)


def _bid(reserve: Reserve, price_cny: Decimal, terms: Terms) -> Judged:
    clause, bid_cny = terms.reserve_is_average, reserve.bid_cny
    if bid_cny is None:
        return Judged(clause=clause, verdict=Verdict.YES, found=TOLD, needed=KNOWN_DEALS)
    asked, found = plain(price_cny), plain(bid_cny)
    return Judged(
        clause=clause,
        verdict=Verdict.YES if bid_cny >= price_cny else Verdict.NO,
        found=Words(f"{found} 元", f"{found} yuan"),
        needed=Words(f"不低于 {asked} 元", f"at least {asked} yuan"),
    )


def _figures(reserve: Reserve, price_cny: Decimal, terms: Terms) -> tuple[Figure, ...]:
    clause, turnover_cny, sold = terms.reserve_is_average, _turnover_cny(reserve), _sold(reserve)
    how = Words(f"{plain(turnover_cny)} 元 ÷ {sold}", f"{plain(turnover_cny)} yuan over {sold}")
    return (
        Figure(id="turnover", name=TURNOVER, quantity=turnover_cny, unit=Unit.CNY, clause=clause, how=TURNOVER_HOW),
        Figure(id="sold", name=SOLD, quantity=sold, unit=Unit.ITEM, clause=clause, how=SOLD_HOW),
        Figure(id="reserve_price", name=RESERVE, quantity=price_cny, unit=Unit.CNY, clause=clause, how=how),
    )
