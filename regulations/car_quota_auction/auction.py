"""The auction: its steps, each in time or late, and the reserve price of the unit auction."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Final

from regulations.car_quota_auction.bidders import ONE_DAY
from regulations.car_quota_auction.inputs import Auction, NoticeDays, Options, Reserve, ReserveRounding, Source
from regulations.car_quota_auction.quotas import Holder
from regulations.car_quota_auction.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Figure, Judged, Notice, Reading, judge
from tariffs.judging.clauses import Clause, Unit, plain
from tariffs.judging.parts import Part, Question, chosen
from tariffs.judging.periods import days_after, working_days_after, working_days_between
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.units import FEN_PER_CNY

AUCTION: Final = Question(
    key="auction",
    words=Words(
        "来源与各步骤是否合乎规定、按时（或尚来得及）",
        "are the source and all steps as prescribed and in time, or may be yet?",
    ),
)
NOT_YET: Final = Words("尚未办理", "not done yet")
GIVEN_UP: Final = Words("逾期未付款，视为放弃额度", "not paid in time: the quota counts as given up")
NO_LIMIT: Final = Words("付款期限不在条文中，未给出", "the time for payment is not in the text and was not given")
APART: Final = Words("个人与单位分场拍卖", "persons and units bid apart")
PUBLISHED: Final = Words("竞买成交的投标号公示", "the bid numbers that won are published")
UPHELD: Final = Words("异议成立的，办理参加拍卖的手续", "an objection upheld opens the way to the auction")
NOTICE_DAYS: Final = {
    NoticeDays.COUNTED_BACK: Words("自拍卖日往前数，拍卖日不计", "counted back from the auction, its own day left out"),
    NoticeDays.CLEAR_DAYS: Words("公告日与拍卖日之间的整日", "clear days between the notice and the auction"),
}
LATEST_NOTICE: Final = Words("最迟公告日", "latest day of the notice")
LAST_DAYS: Final = {
    "check_within": Words("最迟完成核实之日", "last day to finish the check"),
    "object_within": Words("最迟提出书面异议之日", "last day to object in writing"),
    "review_within": Words("最迟完成复核之日", "last day to finish the review"),
}
PAY_BY: Final = Words("最迟付清之日", "last day to pay in full")
LATE: Final = Words("迟延的工作日", "working days late")
SOURCES: Final = {
    Source.NEW: Words("新增额度", "a new quota"),
    Source.MOTORCYCLE: Words("摩转汽额度", "a motorcycle quota turned to cars"),
    Source.IN_USE: Words("委托的在用额度", "an entrusted quota in use"),
    Source.OTHER: Words("所列以外", "none of those listed"),
}
RESERVED: Final = Question(
    key="reserve_price",
    words=Words("底价能否确定且出价不低于底价", "can the reserve be told, and is the bid not below it?"),
)
PERSONS: Final = Words("个人拍卖", "a person auction")
NO_DEALS: Final = Words("未给出同月个人拍卖的成交", "the deals of the month's person auction are not given")
TOLD: Final = Words("已得出", "told")
KNOWN_DEALS: Final = Words("同月个人拍卖的成交", "the deals of the month's person auction")
RESERVE: Final = Words("单位拍卖底价", "reserve price of the unit auction")
TURNOVER: Final = Words("同月个人拍卖成交总额", "turnover of the month's person auction")
SOLD: Final = Words("同月个人拍卖成交数量", "quotas sold in the month's person auction")
TURNOVER_HOW: Final = Words("各笔单价乘数量之和", "sum of price times quantity")
SOLD_HOW: Final = Words("各笔数量之和", "sum of quantities")
HALF_UP: Final = Fraction(1, 2)
STEPS: Final = {
    ReserveRounding.YUAN: Decimal(1),
    ReserveRounding.FEN: Decimal(1) / FEN_PER_CNY,
    ReserveRounding.HUNDRED_YUAN: Decimal(100),
}
ROUNDED: Final = {
    ReserveRounding.YUAN: Words("底价四舍五入到 1 元", "the reserve is rounded to 1 yuan, half up"),
    ReserveRounding.FEN: Words("底价四舍五入到 0.01 元", "the reserve is rounded to 0.01 yuan, half up"),
    ReserveRounding.HUNDRED_YUAN: Words("底价四舍五入到 100 元", "the reserve is rounded to 100 yuan, half up"),
}


def auction_part(auction: Auction, on: date, terms: Terms, options: Options) -> Part:
    """Whether every step that can be judged is in time."""
    deadlines = tuple(_deadlines(auction, terms, options))
    days = [each.at + ONE_DAY for each in deadlines]
    return Part(
        ruling=AUCTION.ruled_on(on, terms.term, lambda day: _reasons(auction, day, terms, options), days),
        figures=tuple(_late(auction, terms)),
        deadlines=deadlines,
        notices=tuple(_notices(auction, terms)),
        readings=tuple(_readings(auction, terms, options)),
    )


def latest_notice_on(auction_on: date, terms: Terms, options: Options) -> date:
    """The last day on which the notice may be published; such days counted back do not move."""
    clear = options.notice_days is NoticeDays.CLEAR_DAYS
    return days_after(auction_on, -terms.notice_before.count - int(clear))


def _reasons(auction: Auction, day: date, terms: Terms, options: Options) -> Iterator[Judged]:
    if auction.source is not None:
        listed = auction.source.value in terms.sources.listed
        verdict = Verdict.YES if listed else Verdict.NO
        needed = Words(f"所列 {terms.sources.count} 项之一", f"one of the {terms.sources.count} listed")
        yield Judged(clause=terms.sources, verdict=verdict, found=SOURCES[auction.source], needed=needed)
    if auction.auction_on is not None:
        yield _notice(auction, auction.auction_on, day, terms, options)
    for clause, start, done in _counted(auction, terms):
        if done is not None:
            yield judge(clause, working_days_between(start, done, terms.working_days))
        else:
            last_on = working_days_after(start, clause.count, terms.working_days)
            yield Judged(clause=clause, verdict=_still(day, last_on), found=NOT_YET)
    if auction.pay_by_on is not None or auction.paid_on is not None:
        yield _payment(auction, day, terms)


def _notice(auction: Auction, auction_on: date, day: date, terms: Terms, options: Options) -> Judged:
    if auction.notice_on is None:
        last_on = latest_notice_on(auction_on, terms, options)
        return Judged(clause=terms.notice_before, verdict=_still(day, last_on), found=NOT_YET)
    clear = options.notice_days is NoticeDays.CLEAR_DAYS
    return judge(terms.notice_before, (auction_on - auction.notice_on).days - int(clear))


def _payment(auction: Auction, day: date, terms: Terms) -> Judged:
    clause, paid_on, pay_by_on = terms.paid_in_full, auction.paid_on, auction.pay_by_on
    if pay_by_on is None:
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=paid_on, because=NO_LIMIT)
    needed = Words(f"不晚于 {pay_by_on}", f"by {pay_by_on}")
    verdict = _still(paid_on or day, pay_by_on)
    return Judged(
        clause=clause,
        verdict=verdict,
        found=NOT_YET if paid_on is None else paid_on,
        needed=needed,
        because=GIVEN_UP if verdict is Verdict.NO else None,
    )


def _still(day: date, last_on: date) -> Verdict:
    return Verdict.YES if day <= last_on else Verdict.NO


def _counted(auction: Auction, terms: Terms) -> Iterator[tuple[Clause, date, date | None]]:
    """The steps that are counted in working days: the clause, the day that it runs from, the day it was done."""
    if auction.collected_on is not None:
        yield terms.check_within, auction.collected_on, auction.checked_on
    if auction.told_on is not None:
        yield terms.object_within, auction.told_on, auction.objected_on
    if auction.objection_received_on is not None:
        yield terms.review_within, auction.objection_received_on, auction.reviewed_on


def _deadlines(auction: Auction, terms: Terms, options: Options) -> Iterator[Deadline]:
    if auction.auction_on is not None:
        at = latest_notice_on(auction.auction_on, terms, options)
        yield Deadline(
            id=terms.notice_before.id,
            name=LATEST_NOTICE,
            at=at,
            clause=terms.notice_before,
            how=NOTICE_DAYS[options.notice_days],
        )
    for clause, start, _ in _counted(auction, terms):
        how = Words(f"{start} 后第 {clause.count} 个工作日", f"working day {clause.count} after {start}")
        at = working_days_after(start, clause.count, terms.working_days)
        yield Deadline(id=clause.id, name=LAST_DAYS[clause.id], at=at, clause=clause, how=how)
    if auction.pay_by_on is not None:
        given = Words("由用户给出，条文未载", "as given; not in the text")
        yield Deadline(
            id=terms.paid_in_full.id, name=PAY_BY, at=auction.pay_by_on, clause=terms.paid_in_full, how=given
        )


def _late(auction: Auction, terms: Terms) -> Iterator[Figure]:
    for clause, start, done in _counted(auction, terms):
        taken = 0 if done is None else working_days_between(start, done, terms.working_days)
        if not clause.met_by(taken):
            how = Words(f"用去 {taken}，限 {clause.count}", f"{taken} taken, {clause.count} allowed")
            yield Figure(
                id=f"{clause.id}_late",
                name=LATE,
                quantity=taken - clause.count,
                unit=Unit.WORKING_DAY,
                clause=clause,
                how=how,
            )


def _notices(auction: Auction, terms: Terms) -> Iterator[Notice]:
    if auction.auction_on is not None:
        yield Notice(words=APART, clause=terms.no_reserve)
    if auction.reviewed_on is not None:
        yield Notice(words=UPHELD, clause=terms.review_within)
    if auction.paid_on is not None:
        yield Notice(words=PUBLISHED, clause=terms.paid_in_full)


def _readings(auction: Auction, terms: Terms, options: Options) -> Iterator[Reading]:
    if auction.auction_on is not None:
        yield chosen("notice_days", options.notice_days, NOTICE_DAYS, terms.notice_before)


def reserve_part(reserve: Reserve, _on: date, terms: Terms, options: Options) -> Part:
    """Whether the reserve can be told and the bid is not below it; a person auction has none."""
    if reserve.auction is Holder.PERSON:
        free = Judged(clause=terms.no_reserve, verdict=Verdict.YES, found=PERSONS)
        return Part(ruling=RESERVED.ruled([free], terms.term))
    clause = terms.reserve_is_average
    if not reserve.deals:
        unknown = Judged(clause=clause, verdict=Verdict.CANNOT_TELL, needed=KNOWN_DEALS, because=NO_DEALS)
        return Part(ruling=RESERVED.ruled([unknown], terms.term))
    price_cny = reserve_price_cny(reserve, options.reserve_rounding)
    return Part(
        ruling=RESERVED.ruled([_bid(reserve, price_cny, terms)], terms.term),
        figures=_figures(reserve, price_cny, terms),
        readings=(chosen("reserve_rounding", options.reserve_rounding, ROUNDED, clause),),
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
